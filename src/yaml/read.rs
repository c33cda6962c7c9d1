//! A node -> a typed value, with every fault reported and reading going on.

use std::borrow::Cow;

use super::rules::{missing_field, unknown_field, wrong_type};
use super::{Content, Node, Shape};
use crate::diagnostic::{At, Diagnostic, Key, Mark};

/// Reads one file: takes its diagnostics and the marks of its values.
#[derive(Debug)]
pub struct Reader {
    file: u32,
    marks: Vec<Mark>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// A reader of the file with this index in [`crate::diagnostic::Sources`].
    pub fn new(file: u32) -> Self {
        Reader {
            file,
            marks: vec![Mark::FILE],
            diagnostics: Vec::new(),
        }
    }

    /// The marks and diagnostics of the file.
    pub fn finish(self) -> (Vec<Mark>, Vec<Diagnostic>) {
        (self.marks, self.diagnostics)
    }

    /// Reports a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The diagnostic that was reported last.
    pub(super) fn last(&mut self) -> Option<&mut Diagnostic> {
        self.diagnostics.last_mut()
    }

    /// Whether a scalar can be read as a value of this type; nothing is reported.
    pub(super) fn would_read<T: Shape>(&mut self, node: &Node<'_>) -> bool {
        let before = self.diagnostics.len();
        let read = matches!(node.content, Content::Scalar(_)) && T::read(node, self).is_some();
        let good = read && self.diagnostics.len() == before;
        self.diagnostics.truncate(before);
        good
    }

    /// The whole file, as a place.
    pub fn whole(&self) -> At {
        At::whole(self.file)
    }

    /// Marks a place of the text.
    pub fn mark(&mut self, mark: Mark) -> At {
        let node = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.marks.push(mark);
        At {
            file: self.file,
            node,
        }
    }

    /// Marks the same place of the text again, reached by another way.
    pub(super) fn mark_as_last(&mut self, key: Key) -> At {
        let last = *self.marks.last().unwrap_or(&Mark::FILE);
        self.mark(Mark { key, ..last })
    }

    /// Sets where a marked collection ends.
    pub(super) fn end_mark(&mut self, at: At, end: u32) {
        self.marks[at.node as usize].end = end;
    }

    /// The key of a mapping's value: its mark stands just before the value's.
    pub fn key_of(&self, node: &Node<'_>) -> At {
        At {
            node: node.at.node.saturating_sub(1),
            ..node.at
        }
    }

    /// The entries of a mapping; anything else is reported.
    pub fn mapping<'n, 's>(
        &mut self,
        node: &'n Node<'s>,
        of: &str,
        fields: &[&str],
    ) -> Option<&'n [(Cow<'s, str>, Node<'s>)]> {
        let Content::Map(entries) = &node.content else {
            wrong_type::report_no_mapping(self, node, of, fields);
            return None;
        };
        Some(entries)
    }

    /// Reports every key that is not one of `fields`.
    pub fn known_fields(
        &mut self,
        entries: &[(Cow<'_, str>, Node<'_>)],
        fields: &[&'static str],
        of: &str,
    ) {
        for (key, node) in entries {
            if !fields.contains(&key.as_ref()) {
                unknown_field::report(self, self.key_of(node), key, fields, of);
            }
        }
    }

    /// Reads the value of a field. A value that cannot be read counts as absent; so does a missing one, where the
    /// type allows it, and is reported otherwise.
    pub fn field<T: Shape>(
        &mut self,
        at: At,
        entries: &[(Cow<'_, str>, Node<'_>)],
        name: &'static str,
        of: &str,
    ) -> Option<T> {
        match entries.iter().find(|(key, _)| key == name) {
            Some((_, node)) => T::read(node, self).or_else(T::absent),
            None => T::absent().or_else(|| {
                missing_field::report(self, at, name, of);
                None
            }),
        }
    }
}
