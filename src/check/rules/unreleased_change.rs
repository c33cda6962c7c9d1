#![doc = include_str!("unreleased_change.md")]

use std::collections::HashMap;

use rayon::prelude::*;

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{
    Book, Procedure, Provider, ReleasedEdition, State, Status, StepChange, changes,
};

rule!("SB405", "unreleased-change", Note, "unreleased_change.md");

const HELP: &str =
    "run `stepbook release` before you print or publish; `stepbook diff` says what changed";

/// Notes every step and procedure that readers see otherwise than its last edition says. A site that never released
/// anything has promised nothing.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    if book.releases.is_empty() || !book.releases_whole {
        return;
    }
    let found = context.providers.par_iter().flat_map_iter(|provider| {
        let procedures = provider.procedures.iter();
        procedures.flat_map(move |procedure| of_procedure(book, provider, procedure))
    });
    diagnostics.par_extend(found);
}

fn of_procedure<'b>(
    book: &'b Book,
    provider: &'b Provider,
    procedure: &'b Procedure,
) -> Vec<Diagnostic> {
    if procedure.status == Status::Draft {
        return Vec::new();
    }
    let now = book.edition_of(provider, procedure);
    let name = provider.name_of(procedure);
    if book.settled_edition(&name) == Some(now.whole) {
        return Vec::new();
    }
    let notes = match book.settled(&name, None) {
        None if book.times_released(&name) > 0 => {
            let message = "releases that were merged say different things of the procedure";
            vec![(procedure.at, message.to_owned())]
        }
        None => vec![(procedure.at, "the procedure was never released".to_owned())],
        Some(last) => notes(procedure, &now.state(procedure), &last),
    };
    let notes = notes.into_iter().map(|(at, message)| {
        let note = Diagnostic::new(RULE, at, message).help(HELP);
        note.subject(provider.subject(procedure))
    });
    notes.collect()
}

fn notes<'b>(
    procedure: &Procedure,
    now: &State<'b>,
    last: &ReleasedEdition<'b>,
) -> Vec<(At, String)> {
    let places: HashMap<&str, At> = procedure
        .body
        .steps
        .iter()
        .map(|step| (step.step.id.as_str(), step.step.at))
        .collect();
    let since = last.release;
    let told = changes(&last.steps, now).into_iter().map(|(change, id)| {
        let message = match change {
            StepChange::Added => format!("the step `{id}` is new since the edition of {since}"),
            StepChange::Reworded => {
                format!("the step `{id}` changed since the edition of {since}")
            }
            StepChange::Moved => format!("the step `{id}` moved since the edition of {since}"),
            StepChange::Retired => {
                format!("the step `{id}` ended since the edition of {since}")
            }
        };
        let at = places.get(id.as_str()).copied();
        (at.unwrap_or(procedure.body.places.steps), message)
    });
    let told: Vec<(At, String)> = told.collect();
    if told.is_empty() {
        let message =
            format!("the procedure changed since the edition of {since}, its steps did not");
        return vec![(procedure.at, message)];
    }
    told
}
