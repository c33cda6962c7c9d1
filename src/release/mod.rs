//! A [`Book`] -> what changed for readers since its last release, in words, and the text of the next release.

mod fields;
mod file;
mod past;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use file::text;
pub use past::{Change, PastChange, recent};
pub use words::describe;

use crate::model::{
    Book, Edition, Procedure, ProcedureName, ReleaseName, ReleasedEdition, Status, StepChange,
    changes,
};
use crate::yaml::{Date, Id};

/// A procedure as its readers see it.
#[derive(Debug, Clone)]
pub struct State<'b> {
    /// Its edition.
    pub whole: Edition,
    /// Its steps in order, each with its hash.
    pub steps: Vec<(&'b Id, Edition)>,
    /// The actions of the steps.
    pub actions: Vec<&'b str>,
    /// Other names that it had.
    pub formerly: Vec<ProcedureName>,
}

impl<'b> From<ReleasedEdition<'b>> for State<'b> {
    fn from(edition: ReleasedEdition<'b>) -> Self {
        State {
            whole: edition.whole,
            steps: edition.steps,
            actions: edition.actions,
            formerly: Vec::new(),
        }
    }
}

/// Procedures by name, each in one state.
pub type States<'b> = BTreeMap<ProcedureName, State<'b>>;

/// All procedures that have a page, as they are now.
pub fn now(book: &Book) -> States<'_> {
    let states = book.providers.par_iter().flat_map_iter(|provider| {
        let built = provider
            .procedures
            .iter()
            .filter(|procedure| procedure.status != Status::Draft);
        built.map(move |procedure| {
            let edition = book.edition_of(provider, procedure);
            let state = State {
                whole: edition.whole,
                steps: edition.state(procedure),
                actions: actions(procedure),
                formerly: procedure.former_names().collect(),
            };
            (provider.name_of(procedure), state)
        })
    });
    states.collect()
}

fn actions(procedure: &Procedure) -> Vec<&str> {
    let steps = procedure.body.steps.iter();
    let actions = steps.map(|step| step.step.action.as_ref());
    actions.map(|it| it.map_or("", |it| &*it.value)).collect()
}

/// What the releases promise at last, or at the end of `until`. A procedure of which releases that were merged say
/// different things is not among them.
pub fn settled(book: &Book, until: Option<ReleaseName>) -> States<'_> {
    let states = book.ever_released().filter_map(|name| {
        let edition = book.settled(name, until)?;
        Some((name.clone(), State::from(edition)))
    });
    states.collect()
}

/// All procedures that were ever released, each in its last edition.
pub fn latest(book: &Book) -> States<'_> {
    let states = book.ever_released().filter_map(|name| {
        let edition = book.released(name).pop()?;
        Some((name.clone(), State::from(edition)))
    });
    states.collect()
}

/// The name of a release made today: the next of its day. `None` where the last release is of a later day.
pub fn next_name(book: &Book, today: Date) -> Option<ReleaseName> {
    let first = ReleaseName {
        date: today,
        part: 1,
    };
    match book.releases.iter().map(|release| release.name).max() {
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
    /// A procedure that had another name.
    Renamed,
    /// A procedure of which releases that were merged said different things.
    Merged,
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
        let mut renamed: BTreeSet<&ProcedureName> = BTreeSet::new();
        for (name, state) in new {
            renamed.extend(&state.formerly);
            match old.get(name) {
                None if state.formerly.iter().any(|former| old.contains_key(former)) => {
                    add(What::Renamed, name);
                }
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
        let gone = old.keys().filter(|name| gone && !new.contains_key(*name));
        for name in gone.filter(|name| !renamed.contains(name)) {
            add(What::Gone, name);
        }
        Changes(found)
    }

    /// Compares what was released last with what readers see. A procedure of which releases that were merged say
    /// different things is told, even where readers see what one of them says.
    pub fn since_releases(book: &'b Book, new: &States<'b>, gone: bool) -> Self {
        let (settled, latest) = (settled(book, None), latest(book));
        let mut changes = Self::between(&latest, new, gone);
        let merged = new.iter().filter(|(name, state)| {
            let last = latest
                .get(*name)
                .is_some_and(|last| last.whole == state.whole);
            last && !settled.contains_key(*name)
        });
        let merged: Vec<ProcedureName> = merged.map(|(name, _)| name.clone()).collect();
        if !merged.is_empty() {
            changes.0.insert(What::Merged, merged);
        }
        changes
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
