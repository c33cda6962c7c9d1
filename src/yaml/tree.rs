//! Text -> [`Node`]: the events of the YAML parser become a tree, and every value gets a [`Mark`].

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_yaml::granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, options};

use super::rules::{duplicate_key, invalid_yaml, resource_limit_exceeded};
use super::{MAX_DEPTH, Reader};
use crate::diagnostic::{At, Key, Mark};

/// A value of a YAML file.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub content: Content<'s>,
}

/// What a value is. Scalars stay text: `no` and `007` are read as the text they are.
#[derive(Debug, Clone)]
pub enum Content<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// Any other scalar.
    Scalar(Cow<'s, str>),
    /// A list.
    List(Vec<Node<'s>>),
    /// A mapping, in the order of the file, without doubled keys. A key's mark is the one before its value's.
    Map(Vec<(Cow<'s, str>, Node<'s>)>),
}

/// Reads `text` of at most so many values into a tree; `None` where it is no YAML, which is reported.
///
/// The marks of all values go to the reader, so that places can be shown later.
pub fn parse<'s>(text: &'s str, most: usize, reader: &mut Reader) -> Option<Node<'s>> {
    let limits = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut parser = Parser::new_from_str_with_options(text, limits);
    let mut tree = Tree {
        text,
        reader,
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        nodes: 0,
        most,
    };
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        match event {
            Err(error) => {
                let at = tree.mark_at(error.marker());
                tree.report_scan_error(&error, at);
                return None;
            }
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    let at = tree.mark(Key::None, span);
                    invalid_yaml::report(
                        tree.reader,
                        at,
                        "a second document starts in this file",
                        "keep one document in a file: remove the line `---`",
                    );
                    return None;
                }
            }
            Ok((event, span)) => tree.event(event, span)?,
        }
    }
    tree.root
}

/// A collection that is being read.
struct Open<'s> {
    at: At,
    anchor: usize,
    content: OpenContent<'s>,
}

enum OpenContent<'s> {
    List(Vec<Node<'s>>),
    Map {
        entries: Vec<(Cow<'s, str>, Node<'s>)>,
        seen: HashSet<Cow<'s, str>>,
        key: Option<PendingKey<'s>>,
    },
}

/// A key whose value has not come yet.
struct PendingKey<'s> {
    text: Cow<'s, str>,
    range: (u32, u32),
    doubled: bool,
}

struct Tree<'s, 'r> {
    text: &'s str,
    reader: &'r mut Reader,
    stack: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    anchors: HashMap<usize, (Node<'s>, usize)>,
    nodes: usize,
    most: usize,
}

impl<'s> Tree<'s, '_> {
    /// Takes one event; `None` when the file cannot be read on.
    fn event(&mut self, event: Event<'s>, span: Span) -> Option<()> {
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(text, style, anchor, span),
            Event::SequenceStart(_, anchor, _) => {
                self.open(OpenContent::List(Vec::new()), anchor, span)
            }
            Event::MappingStart(_, anchor, _) => {
                let content = OpenContent::Map {
                    entries: Vec::new(),
                    seen: HashSet::new(),
                    key: None,
                };
                self.open(content, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.stack.pop()?;
                let content = match open.content {
                    OpenContent::List(nodes) => Content::List(nodes),
                    OpenContent::Map { entries, .. } => Content::Map(entries),
                };
                self.reader.end_mark(open.at, end_of(span));
                self.value(
                    Node {
                        at: open.at,
                        content,
                    },
                    open.anchor,
                )
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
                    let at = self.mark(Key::None, span);
                    invalid_yaml::report(
                        self.reader,
                        at,
                        "an alias stands inside the value that it repeats",
                        "write the value out",
                    );
                    return None;
                };
                self.key_is_text(span)?;
                // The limit is held before the copy is kept, so that an alias bomb costs no more than the limit.
                self.count(size, span)?;
                self.mark(Key::Repeats(node.at.node), span);
                self.value(node, 0)
            }
            _ => Some(()),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        anchor: usize,
        span: Span,
    ) -> Option<()> {
        self.count(1, span)?;
        if let Some(Open {
            content:
                OpenContent::Map {
                    key: key @ None,
                    seen,
                    ..
                },
            ..
        }) = self.stack.last_mut()
        {
            let (start, end) = range(span);
            let doubled = !seen.insert(text.clone());
            *key = Some(PendingKey {
                text: text.clone(),
                range: (start, end),
                doubled,
            });
            let at = self.mark(Key::Name(start, end), span);
            if doubled {
                duplicate_key::report(self.reader, at, &text);
            }
            return Some(());
        }
        let null =
            style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
        // Nothing has no text of its own to point at: its key has.
        let at = match self.key() {
            key @ Key::Name(..) if null && text.is_empty() => self.reader.mark_as_last(key),
            key => self.mark(key, span),
        };
        let content = if null {
            Content::Null
        } else {
            Content::Scalar(text)
        };
        self.value(Node { at, content }, anchor)
    }

    fn open(&mut self, content: OpenContent<'s>, anchor: usize, span: Span) -> Option<()> {
        self.count(1, span)?;
        self.key_is_text(span)?;
        let at = self.mark(self.key(), span);
        if self.stack.len() >= MAX_DEPTH {
            resource_limit_exceeded::report(
                self.reader,
                at,
                &format!("values are nested more than {MAX_DEPTH} deep"),
                "flatten the file: no shape needs this depth",
            );
            return None;
        }
        self.stack.push(Open {
            at,
            anchor,
            content,
        });
        Some(())
    }

    /// Refuses a mapping, a list or an alias as a key.
    fn key_is_text(&mut self, span: Span) -> Option<()> {
        if let Some(Open {
            content: OpenContent::Map { key: None, .. },
            ..
        }) = self.stack.last()
        {
            let at = self.mark(Key::None, span);
            invalid_yaml::report(
                self.reader,
                at,
                "a key of this mapping is not text",
                "write `key: value`",
            );
            return None;
        }
        Some(())
    }

    /// Puts a whole value where it belongs.
    fn value(&mut self, node: Node<'s>, anchor: usize) -> Option<()> {
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.stack.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(OpenContent::List(nodes)) => nodes.push(node),
            Some(OpenContent::Map { entries, key, .. }) => {
                let key = key.take()?;
                if !key.doubled {
                    entries.push((key.text, node));
                }
            }
        }
        Some(())
    }

    /// How the next value is reached from the collection around it.
    fn key(&self) -> Key {
        match self.stack.last().map(|open| &open.content) {
            Some(OpenContent::List(nodes)) => {
                Key::Index(u32::try_from(nodes.len()).unwrap_or(u32::MAX))
            }
            Some(OpenContent::Map { key: Some(key), .. }) => Key::Name(key.range.0, key.range.1),
            _ => Key::None,
        }
    }

    fn count(&mut self, nodes: usize, span: Span) -> Option<()> {
        self.nodes += nodes;
        if self.nodes <= self.most {
            return Some(());
        }
        let at = self.mark(Key::None, span);
        resource_limit_exceeded::report(
            self.reader,
            at,
            &format!(
                "the file holds more than {} values, repeated ones included",
                self.most
            ),
            "split the file, or write out what the aliases repeat",
        );
        None
    }

    fn mark(&mut self, key: Key, span: Span) -> At {
        let (start, end) = range(span);
        let parent = self.stack.last().map_or(0, |open| open.at.node);
        self.reader.mark(Mark {
            parent,
            key,
            start,
            end,
            line: saturate(span.start.line()),
            column: saturate(span.start.col() + 1),
        })
    }

    fn mark_at(&mut self, marker: &Marker) -> At {
        let start = marker
            .byte_offset()
            .unwrap_or(self.text.len())
            .min(self.text.len());
        let start = (0..=start)
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(0);
        let end = self.text[start..]
            .chars()
            .next()
            .map_or(start, |c| start + c.len_utf8());
        self.reader.mark(Mark {
            parent: 0,
            key: Key::None,
            start: saturate(start),
            end: saturate(end),
            line: saturate(marker.line().max(1)),
            column: saturate(marker.col() + 1),
        })
    }

    fn report_scan_error(&mut self, error: &ScanError, at: At) {
        use serde_yaml::granit_parser::ErrorKind;
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            resource_limit_exceeded::report(
                self.reader,
                at,
                &format!("values are nested more than {MAX_DEPTH} deep"),
                "flatten the file: no shape needs this depth",
            );
            return;
        }
        let line = self
            .text
            .lines()
            .nth(error.marker().line().saturating_sub(1))
            .unwrap_or("");
        let indent = &line[..line.len() - line.trim_start().len()];
        let help = if indent.contains('\t') {
            "indent with spaces: YAML allows no tabs here"
        } else if line.contains(": ") && line.matches(": ").count() > 1 {
            "put quotes around a text that holds `: `"
        } else {
            "look at this line and the one before it: indentation, quotes, brackets, and a space after `:` and `-`"
        };
        invalid_yaml::report(
            self.reader,
            at,
            &format!("this is not YAML: {}", error.kind()),
            help,
        );
    }
}

fn size(node: &Node<'_>) -> usize {
    match &node.content {
        Content::Null | Content::Scalar(_) => 1,
        Content::List(nodes) => 1 + nodes.iter().map(size).sum::<usize>(),
        Content::Map(entries) => {
            1 + entries
                .iter()
                .map(|(_, node)| 1 + size(node))
                .sum::<usize>()
        }
    }
}

fn range(span: Span) -> (u32, u32) {
    let start = span.start.byte_offset().unwrap_or(0);
    (
        saturate(start),
        saturate(end_of(span) as usize).max(saturate(start)),
    )
}

fn end_of(span: Span) -> u32 {
    saturate(span.end.byte_offset().unwrap_or(0))
}

/// Files are smaller than 4 GiB ([`super::MAX_BYTES`]).
fn saturate(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
