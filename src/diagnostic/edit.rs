//! A safe edit: what a rule offers to write, and the bytes of a file that it comes to.
//!
//! A rule knows places and words, and no text. Only where the text at the place is what the rule believes, written in
//! a way that can be changed without doubt, does an edit come to bytes; everywhere else there is none.

use std::ops::Range;

use super::{At, Diagnostic, Key, Source, Sources, block};

/// A change that can only do what the author certainly meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it does, in words: "writes `clear-balance`".
    does: String,
    change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// Another word for a key or a value.
    Word(Word),
    /// Other words for where a step goes.
    Place(Vec<Word>),
    /// Another text for the only place in a value, or in the whole file, where a text stands.
    Part(Word),
    /// A value becomes the one entry of a list.
    Listed(At, String),
    /// An entry of a list goes behind another one of it.
    Behind(At, At),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    at: At,
    from: String,
    to: String,
}

/// Other bytes for a range of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Index of the file in [`Sources`].
    pub file: u32,
    /// The range of bytes in its text.
    pub range: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

impl Edit {
    /// Writes another word in the place of a whole key or value; quotes around it stay.
    pub fn word(at: At, from: &str, to: &str) -> Self {
        Edit {
            does: format!("writes `{to}`"),
            change: Change::Word(Word::new(at, from, to)),
        }
    }

    /// Writes other words where a file says the place of something. `does` says it: "places `a` after `b`".
    pub fn place<'a>(
        does: impl Into<String>,
        words: impl IntoIterator<Item = (At, &'a str, &'a str)>,
    ) -> Self {
        let words = words
            .into_iter()
            .map(|(at, from, to)| Word::new(at, from, to));
        Edit {
            does: does.into(),
            change: Change::Place(words.collect()),
        }
    }

    /// Writes another text where `from` stands for the only time within a value, or within the file where `at` is the
    /// whole of it. `does` says it.
    pub fn part(at: At, from: &str, to: &str, does: impl Into<String>) -> Self {
        Edit {
            does: does.into(),
            change: Change::Part(Word::new(at, from, to)),
        }
    }

    /// Makes a list of a single value.
    pub fn listed(at: At, value: &str) -> Self {
        Edit {
            does: format!("writes `[{value}]`"),
            change: Change::Listed(at, value.to_owned()),
        }
    }

    /// Moves an entry of a list, its comments with it, behind another entry of the same list.
    pub fn behind(entry: At, other: At, does: impl Into<String>) -> Self {
        Edit {
            does: does.into(),
            change: Change::Behind(entry, other),
        }
    }

    /// What it does, in words: "writes `clear-balance`".
    pub fn does(&self) -> &str {
        &self.does
    }

    /// Whether it changes the order of things, and not only a word.
    pub fn moves(&self) -> bool {
        matches!(self.change, Change::Behind(..) | Change::Place(_))
    }

    /// The bytes that it comes to, in the order of the text; `None` where it cannot be made without doubt.
    pub fn replacements(&self, sources: &Sources) -> Option<Vec<Replacement>> {
        let mut replacements = match &self.change {
            Change::Word(word) => vec![whole(sources, word)?],
            Change::Place(words) => {
                let words = words.iter().map(|word| whole(sources, word));
                words.collect::<Option<Vec<_>>>()?
            }
            Change::Part(word) => vec![part(sources, word)?],
            Change::Listed(at, value) => vec![listed(sources, *at, value)?],
            Change::Behind(entry, other) if entry.file == other.file => {
                let (range, text) = block::behind(sources.source(*entry), entry.node, other.node)?;
                let file = entry.file;
                vec![Replacement { file, range, text }]
            }
            Change::Behind(..) => return None,
        };
        replacements.sort_by_key(|it| it.range.start);
        let mut pairs = replacements.windows(2);
        let sound =
            pairs.all(|it| it[0].file == it[1].file && it[0].range.end <= it[1].range.start);
        sound.then_some(replacements)
    }
}

impl Word {
    fn new(at: At, from: &str, to: &str) -> Self {
        Word {
            at,
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }
}

impl Diagnostic {
    /// Offers an edit.
    #[must_use]
    pub fn edit(mut self, edit: impl Into<Option<Edit>>) -> Self {
        self.edit = edit.into();
        self
    }

    /// The line that offers its edit, for every format that people read; `None` where there is none to be made.
    pub fn offer(&self, sources: &Sources) -> Option<String> {
        let edit = self.edit.as_ref()?;
        edit.replacements(sources)?;
        Some(format!("`stepbook check --fix` {}", edit.does))
    }
}

/// The replacement of a whole scalar: of what stands between its quotes, where it has any.
fn whole(sources: &Sources, word: &Word) -> Option<Replacement> {
    let (source, range) = marked(sources, word.at)?;
    let text = &source.text[range.clone()];
    let inner = if text == word.from {
        range
    } else {
        let bare = unquoted(text)?;
        if bare != word.from {
            return None;
        }
        range.start + 1..range.end - 1
    };
    is_plain(&word.to).then(|| Replacement {
        file: word.at.file,
        range: inner,
        text: word.to.clone(),
    })
}

fn part(sources: &Sources, word: &Word) -> Option<Replacement> {
    let (source, range) = if word.at == At::whole(word.at.file) {
        let source = sources.source(word.at);
        (source, 0..source.text.len())
    } else {
        marked(sources, word.at)?
    };
    let mut found = source.text[range.clone()].match_indices(&word.from);
    let (at, found) = found.next().filter(|_| found.next().is_none())?;
    let start = range.start + at;
    Some(Replacement {
        file: word.at.file,
        range: start..start + found.len(),
        text: word.to.clone(),
    })
}

fn listed(sources: &Sources, at: At, value: &str) -> Option<Replacement> {
    let (source, range) = marked(sources, at)?;
    let text = &source.text[range.clone()];
    let sound = text == value && is_plain(value) || unquoted(text) == Some(value);
    (sound && !text.contains(['\n', '\r'])).then(|| Replacement {
        file: at.file,
        range,
        text: format!("[{text}]"),
    })
}

/// A marked value; `None` for one that aliases repeat: it stands in several places, and is meant for all of them.
fn marked(sources: &Sources, at: At) -> Option<(&Source, Range<usize>)> {
    let source = sources.source(at);
    let mark = source.marks.get(at.node as usize)?;
    let range = mark.start as usize..mark.end as usize;
    source.text.get(range.clone())?;
    let repeated = source.marks.iter().any(|alias| {
        let Key::Repeats(node) = alias.key else {
            return false;
        };
        let value = source.marks[node as usize];
        value.start <= mark.start && mark.end <= value.end
    });
    (!repeated).then_some((source, range))
}

/// What stands between quotes, if nothing in it is written in another way than it is read.
fn unquoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| "\"'".contains(*c))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(['"', '\'', '\\', '\n', '\r'])).then_some(inner)
}

/// Whether a text reads as itself with and without quotes, in every place of a YAML file.
fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphanumeric)
        && chars.all(|c| c.is_alphanumeric() || "-_./ ".contains(c))
        && !text.ends_with(' ')
        && !text.eq_ignore_ascii_case("null")
}
