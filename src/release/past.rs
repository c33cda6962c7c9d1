//! Releases -> what changed for readers with each of them: procedures that changed alike stand together.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Book, ProcedureName, ReleaseName, ReleasedEdition, StepChange, changes};

/// What a release changed in a procedure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change<'b> {
    /// It is the first that readers see of it.
    New,
    /// Steps, each with the action that it had with this release, or last; never none.
    Steps(Vec<(StepChange, &'b str)>),
    /// Something that is no step.
    Rest,
}

/// What changed alike in one or more procedures with one release.
#[derive(Debug)]
pub struct PastChange<'b> {
    /// The release.
    pub release: ReleaseName,
    /// What it changed.
    pub what: Change<'b>,
    /// In which procedures, in order; at least one.
    pub procedures: Vec<&'b ProcedureName>,
}

/// The last changes, at most `most`: later releases first, and in a release by the first procedure.
pub fn recent(book: &Book, most: usize) -> Vec<PastChange<'_>> {
    // Each release changed something: there is no need to look at more of them.
    let start = book.releases.len().saturating_sub(most);
    let Some(first) = book.releases.get(start) else {
        return Vec::new();
    };
    let names: Vec<&ProcedureName> = book.ever_released().collect();
    let found: Vec<_> = names
        .par_iter()
        .flat_map_iter(|name| {
            let changes = changes_of(book, name, first.name).into_iter();
            changes.map(move |change| (change, *name))
        })
        .collect();
    let mut groups: BTreeMap<(ReleaseName, Change<'_>), Vec<&ProcedureName>> = BTreeMap::new();
    for (change, name) in found {
        groups.entry(change).or_default().push(name);
    }
    let mut recent: Vec<PastChange<'_>> = groups
        .into_iter()
        .map(|((release, what), procedures)| PastChange {
            release,
            what,
            procedures,
        })
        .collect();
    recent.sort_by(|a, b| {
        let releases = b.release.cmp(&a.release);
        releases.then_with(|| a.procedures[0].cmp(b.procedures[0]))
    });
    recent.truncate(most);
    recent
}

/// What changed in a procedure with each release from `first` on.
fn changes_of<'b>(
    book: &'b Book,
    name: &'b ProcedureName,
    first: ReleaseName,
) -> Vec<(ReleaseName, Change<'b>)> {
    let editions = book.released(name);
    let mut before = editions
        .first()
        .and_then(|edition| under_former_name(book, name, edition.release));
    let mut found = Vec::new();
    for edition in editions {
        if edition.release >= first {
            let what = before
                .as_ref()
                .map_or(Change::New, |before| between(before, &edition));
            found.push((edition.release, what));
        }
        before = Some(edition);
    }
    found
}

fn between<'b>(before: &ReleasedEdition<'b>, edition: &ReleasedEdition<'b>) -> Change<'b> {
    let steps = changes(&before.steps, &edition.steps);
    if steps.is_empty() {
        return Change::Rest;
    }
    let named = steps.into_iter().map(|(change, step)| {
        let action = edition.action(step).or_else(|| before.action(step));
        (change, action.unwrap_or_default())
    });
    Change::Steps(named.collect())
}

/// The last edition before a release, of a procedure that went by another name then.
fn under_former_name<'b>(
    book: &'b Book,
    name: &ProcedureName,
    release: ReleaseName,
) -> Option<ReleasedEdition<'b>> {
    let (_, procedure) = book.named(name)?;
    let editions = procedure
        .former_names()
        .flat_map(|former| book.released(&former));
    editions
        .filter(|edition| edition.release < release)
        .max_by_key(|edition| edition.release)
}
