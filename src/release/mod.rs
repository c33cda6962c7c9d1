//! A [`Book`] -> what changed for readers since its last release, in words, and the text of the next release.

mod fields;
mod file;
mod past;
mod words;

use std::collections::BTreeMap;

pub use file::text;
pub use past::{Change, PastChange, recent};
pub use words::describe;

use crate::model::{Book, Edition, ProcedureName, ReleaseName, Status, StepChange, changes};
use crate::yaml::{Date, Id};

/// A procedure as its readers see it.
#[derive(Debug, Clone)]
pub struct State<'b> {
    /// Its edition.
    pub whole: Edition,
    /// Its steps in order, each with its hash.
    pub steps: Vec<(&'b Id, Edition)>,
}

/// Procedures by name, each in one state.
pub type States<'b> = BTreeMap<ProcedureName, State<'b>>;

/// All procedures that have a page, as they are now.
pub fn now(book: &Book) -> States<'_> {
    let built = book
        .procedures()
        .filter(|(_, procedure)| procedure.status != Status::Draft);
    let states = built.map(|(provider, procedure)| {
        let edition = book.editions().get(provider, procedure);
        let state = State {
            whole: edition.whole,
            steps: edition.state(procedure),
        };
        (provider.name_of(procedure), state)
    });
    states.collect()
}

/// All procedures that were ever released, each in its last edition of `until` or before.
pub fn released(book: &Book, until: Option<ReleaseName>) -> States<'_> {
    let states = book.ever_released().filter_map(|name| {
        let mut editions = book.released(name).into_iter();
        let last = editions.rfind(|it| until.is_none_or(|until| it.release <= until))?;
        let state = State {
            whole: last.whole,
            steps: last.steps,
        };
        Some((name.clone(), state))
    });
    states.collect()
}

/// The name of a release made today: the next of its day. `None` where the last release is of a later day.
pub fn next_name(book: &Book, today: Date) -> Option<ReleaseName> {
    let first = ReleaseName {
        date: today,
        part: 1,
    };
    match book.releases.last().map(|release| release.name) {
        Some(last) if last.date > today => None,
        Some(last) if last.date == today => Some(ReleaseName {
            part: last.part + 1,
            ..first
        }),
        _ => Some(first),
    }
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What<'b> {
    /// A procedure that was not there.
    New,
    /// A procedure that is there no more.
    Gone,
    /// A step.
    Step(StepChange, &'b Id),
    /// Something of a procedure that is no step: its questions, facts, notices, materials or titles.
    Rest,
}

/// The changes from one state of a book to another, each with the procedures that it holds for.
#[derive(Debug, Default)]
pub struct Changes<'b>(pub BTreeMap<What<'b>, Vec<ProcedureName>>);

impl<'b> Changes<'b> {
    /// Compares two states. A procedure that is gone counts only where `gone` is asked for: releases never end.
    pub fn between(old: &States<'b>, new: &States<'b>, gone: bool) -> Self {
        let mut found: BTreeMap<What<'b>, Vec<ProcedureName>> = BTreeMap::new();
        let mut add =
            |what, name: &ProcedureName| found.entry(what).or_default().push(name.clone());
        for (name, state) in new {
            match old.get(name) {
                None => add(What::New, name),
                Some(before) if before.whole == state.whole => {}
                Some(before) => {
                    let steps = changes(&before.steps, &state.steps);
                    if steps.is_empty() {
                        add(What::Rest, name);
                    }
                    for (change, step) in steps {
                        add(What::Step(change, step), name);
                    }
                }
            }
        }
        for name in old.keys().filter(|name| gone && !new.contains_key(*name)) {
            add(What::Gone, name);
        }
        Changes(found)
    }

    /// Compares two books: then it is known, too, what changed beside the steps where steps changed as well.
    pub fn between_books(old: &'b Book, new: &'b Book) -> Self {
        let (old_states, new_states) = (now(old), now(new));
        let mut changes = Self::between(&old_states, &new_states, true);
        let rest = new_states.keys().filter(|name| {
            old_states.contains_key(*name) && !fields::of_procedure(old, new, name).is_empty()
        });
        let rest: Vec<ProcedureName> = rest.cloned().collect();
        changes.0.remove(&What::Rest);
        if !rest.is_empty() {
            changes.0.insert(What::Rest, rest);
        }
        changes
    }

    /// Whether readers see no difference.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
