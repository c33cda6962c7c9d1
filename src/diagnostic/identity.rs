//! What a diagnostic is known by from run to run: its rule, its file and the path to the value, by ids and not by lines.

use super::{At, Diagnostic, Key, Source, Sources};

/// Two diagnostics with one identity are about the same value of the same file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Path of the file, relative to the root.
    pub file: String,
    /// The way to the value, such as `steps[lock-bicycle].action`; `None` for whole files and places in Markdown.
    pub field: Option<String>,
    /// The code of the rule.
    pub rule: String,
    /// The way to the second place, where there is one.
    pub about: Option<String>,
}

impl Identity {
    /// The identity of a diagnostic.
    pub fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let also = diagnostic.also.as_ref();
        Identity {
            file: sources.path(diagnostic.at).to_owned(),
            field: sources.lasting_field(diagnostic.at),
            rule: diagnostic.rule.code.to_owned(),
            about: also.and_then(|(at, _)| sources.lasting_field(*at)),
        }
    }
}

impl Sources {
    /// Path in the data with ids in place of positions, so that it stays the same when something is put before it.
    pub fn lasting_field(&self, at: At) -> Option<String> {
        let source = self.source(at);
        self.path_in_data(at, |node, position| {
            name_of_entry(source, node).map_or_else(|| position.to_string(), str::to_owned)
        })
    }
}

/// What the entry of a list is named by: the id that it has, or is.
fn name_of_entry(source: &Source, node: u32) -> Option<&str> {
    let entry = source.marks[node as usize];
    let inside = source.marks[node as usize + 1..].iter();
    let mut fields = inside
        .take_while(|mark| mark.start < entry.end)
        .filter(|mark| mark.parent == node)
        .peekable();
    if fields.peek().is_none() {
        return id(source, entry.start, entry.end);
    }
    let value = fields.find(|mark| match mark.key {
        // A key's own mark begins where the key does; its value's does not.
        Key::Name(start, end) => {
            mark.start != start
                && matches!(
                    text(source, start, end),
                    "id" | "step" | "requirement" | "rule"
                )
        }
        Key::Index(_) | Key::None | Key::Repeats(_) => false,
    })?;
    id(source, value.start, value.end)
}

fn id(source: &Source, start: u32, end: u32) -> Option<&str> {
    let text = text(source, start, end);
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!text.is_empty() && text.chars().all(is_id)).then_some(text)
}

fn text(source: &Source, start: u32, end: u32) -> &str {
    let text = source.text.get(start as usize..end as usize);
    text.unwrap_or("").trim().trim_matches(['"', '\''])
}
