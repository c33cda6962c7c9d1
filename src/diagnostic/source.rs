//! Every file of the content, and where each of its values stands.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// Where a value stands: a file of [`Sources`] and a mark in it. Orders as the files and their text do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Index into [`Sources`].
    pub file: u32,
    /// Index into [`Source::marks`]; 0 is the whole file.
    pub node: u32,
}

impl At {
    /// The whole of a file, shown as 1:1.
    pub const fn whole(file: u32) -> Self {
        At { file, node: 0 }
    }
}

/// How a marked value is reached from its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The file itself, or a place that is no value.
    None,
    /// A mapping's entry: the byte range of the key in the text.
    Name(u32, u32),
    /// A list's entry, from 0.
    Index(u32),
    /// An alias, which is no value of its own: the mark of the value that it repeats.
    Repeats(u32),
}

/// One marked value of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Index of the mark of the value around it.
    pub parent: u32,
    /// How it is reached from there.
    pub key: Key,
    /// Byte range in the text.
    pub start: u32,
    /// End of the byte range.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Mark {
    /// The mark of a whole file.
    pub const FILE: Mark = Mark {
        parent: 0,
        key: Key::None,
        start: 0,
        end: 0,
        line: 1,
        column: 1,
    };
}

/// Where a value begins and ends, for formats that want both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line of the last character.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
}

/// A file of the content.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// Its text; empty where it could not be read.
    pub text: Arc<str>,
    /// Where its values stand, in the order of the text; the first is the whole file.
    pub marks: Vec<Mark>,
}

impl Source {
    /// Lines and columns of any range of the text.
    pub fn region(&self, range: Range<usize>) -> Region {
        let place = |at: usize| {
            let before = &self.text[..at];
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            (number(line), number(column))
        };
        let ((line, column), (end_line, end_column)) = (place(range.start), place(range.end));
        Region {
            line,
            column,
            end_line,
            end_column,
        }
    }
}

/// All files of a run, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub Vec<Arc<Source>>);

impl Sources {
    /// The file in which `at` stands.
    pub fn source(&self, at: At) -> &Source {
        &self.0[at.file as usize]
    }

    /// The mark of `at`.
    pub fn mark(&self, at: At) -> Mark {
        self.source(at).marks[at.node as usize]
    }

    /// Path of the file in which `at` stands, relative to the root.
    pub fn path(&self, at: At) -> &str {
        &self.source(at).path
    }

    /// Path in the data, such as `steps[2].expect`; `None` for a whole file and for places in Markdown.
    pub fn field(&self, at: At) -> Option<String> {
        self.path_in_data(at, |_, position| position.to_string())
    }

    /// Path in the data, with a name for each entry of a list: the function is given its mark and its position.
    pub(super) fn path_in_data(
        &self,
        at: At,
        entry: impl Fn(u32, u32) -> String,
    ) -> Option<String> {
        let source = self.source(at);
        let mut keys = Vec::new();
        let mut node = at.node;
        while source.marks[node as usize].key != Key::None {
            keys.push(node);
            node = source.marks[node as usize].parent;
        }
        if keys.is_empty() {
            return None;
        }
        let mut field = String::new();
        for node in keys.into_iter().rev() {
            match source.marks[node as usize].key {
                Key::Name(start, end) => {
                    if !field.is_empty() {
                        field.push('.');
                    }
                    field.push_str(
                        source.text[start as usize..end as usize].trim_matches(['"', '\'']),
                    );
                }
                Key::Index(position) => {
                    let _ = write!(field, "[{}]", entry(node, position));
                }
                Key::None | Key::Repeats(_) => {}
            }
        }
        Some(field)
    }

    /// The lines and columns that a place takes up.
    pub fn region(&self, at: At) -> Region {
        let mark = self.mark(at);
        let text = &self.source(at).text;
        let value = text.get(mark.start as usize..mark.end as usize);
        let value = value.unwrap_or("").trim_end();
        let breaks = value.bytes().filter(|byte| *byte == b'\n').count();
        let last = value.rsplit('\n').next().unwrap_or("").chars().count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Region {
            line: mark.line,
            column: mark.column,
            end_line: mark.line.saturating_add(count(breaks)),
            end_column: if breaks == 0 {
                mark.column.saturating_add(count(last))
            } else {
                count(last).saturating_add(1)
            },
        }
    }

    /// `path:line`, for messages that name a second place.
    pub fn line(&self, at: At) -> String {
        format!("{}:{}", self.path(at), self.mark(at).line)
    }
}
