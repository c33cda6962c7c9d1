//! Diagnostics -> the edits that can be made together, and the texts that they come to.

use std::collections::BTreeMap;

use super::Mended;
use crate::diagnostic::{Diagnostic, Edit, Identity, Replacement, Sources};
use crate::pipeline::Loaded;

/// A fault with the bytes that mend it.
pub(super) struct Chosen<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    edit: &'a Edit,
    /// Never empty, all in one file.
    replacements: Vec<Replacement>,
}

/// What tells a fault from others, whatever edits move it up or down its file.
pub(super) type Name = (Identity, String);

impl Chosen<'_> {
    /// The file that the edit changes.
    pub(super) fn file(&self) -> u32 {
        self.replacements[0].file
    }

    /// Whether the edit changes the order of things.
    pub(super) fn moves(&self) -> bool {
        self.edit.moves()
    }

    pub(super) fn name(&self, sources: &Sources) -> Name {
        name(self.diagnostic, sources)
    }

    pub(super) fn mended(&self, sources: &Sources) -> Mended {
        Mended {
            place: sources.line(self.diagnostic.at),
            does: self.edit.does().to_owned(),
        }
    }
}

fn name(diagnostic: &Diagnostic, sources: &Sources) -> Name {
    let identity = Identity::of(diagnostic, sources);
    (identity, diagnostic.message.clone())
}

/// The first `most` edits of wanted files that are not skipped and do not touch one another.
pub(super) fn choose(
    loaded: &Loaded,
    wanted: impl Fn(&str) -> bool,
    skipped: impl Fn(&Name) -> bool,
    most: usize,
) -> Vec<Chosen<'_>> {
    let sources = &loaded.sources;
    let mut taken: BTreeMap<u32, Vec<std::ops::Range<usize>>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for diagnostic in &loaded.diagnostics {
        if chosen.len() == most {
            break;
        }
        let Some(edit) = &diagnostic.edit else {
            continue;
        };
        let replacements = edit.replacements(sources).unwrap_or_default();
        let Some(first) = replacements.first() else {
            continue;
        };
        let path = &sources.0[first.file as usize].path;
        if !wanted(path) || skipped(&name(diagnostic, sources)) {
            continue;
        }
        let taken = taken.entry(first.file).or_default();
        let free = |it: &Replacement| {
            let mut taken = taken.iter();
            taken.all(|other| it.range.end < other.start || other.end < it.range.start)
        };
        if replacements.iter().all(free) {
            taken.extend(replacements.iter().map(|it| it.range.clone()));
            chosen.push(Chosen {
                diagnostic,
                edit,
                replacements,
            });
        }
    }
    chosen
}

/// The new texts of the files that the edits change: everything outside their ranges stays byte for byte.
pub(super) fn apply(sources: &Sources, chosen: &[Chosen<'_>]) -> BTreeMap<u32, String> {
    let mut of_file: BTreeMap<u32, Vec<&Replacement>> = BTreeMap::new();
    for replacement in chosen.iter().flat_map(|it| &it.replacements) {
        of_file
            .entry(replacement.file)
            .or_default()
            .push(replacement);
    }
    of_file
        .into_iter()
        .map(|(file, replacements)| (file, replaced(&sources.0[file as usize].text, replacements)))
        .collect()
}

fn replaced(text: &str, mut replacements: Vec<&Replacement>) -> String {
    replacements.sort_by_key(|it| it.range.start);
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for replacement in replacements {
        new.push_str(&text[at..replacement.range.start]);
        new.push_str(&replacement.text);
        at = replacement.range.end;
    }
    new.push_str(&text[at..]);
    new
}
