#![doc = include_str!("released_step_gone.md")]

use std::collections::BTreeSet;

use crate::check::Context;
use crate::diagnostic::{Diagnostic, nearest, rule};
use crate::model::{Procedure, ReleasedEdition, Status};
use crate::yaml::{Date, Id};

rule!(
    "SB401",
    "released-step-gone",
    Error,
    "released_step_gone.md"
);

/// Reports every step that an edition promised and that answers no more.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    if book.releases.is_empty() {
        return;
    }
    for (provider, procedure) in context.procedures() {
        // A draft has no page at all: its address is what is gone.
        if procedure.status == Status::Draft {
            continue;
        }
        let names = procedure
            .former_names()
            .chain([provider.name_of(procedure)]);
        let mut names = names.collect::<Vec<_>>().into_iter();
        if names.all(|name| book.promised(&name).all(|step| answers(procedure, step))) {
            continue;
        }
        let past = book.past(provider, procedure);
        let mut told = BTreeSet::new();
        // The last edition that had it is the one most readers hold.
        for edition in past.iter().rev() {
            for (step, _) in &edition.steps {
                if !answers(procedure, step) && told.insert(step.as_str()) {
                    let fault = diagnostic(procedure, step, edition, &past, context.today);
                    diagnostics.push(fault.subject(provider.subject(procedure)));
                }
            }
        }
    }
}

fn answers(procedure: &Procedure, step: &Id) -> bool {
    let mut retired = procedure.retired.iter();
    procedure.body.position(step.as_str()).is_some() || retired.any(|it| it.step.value == *step)
}

fn diagnostic(
    procedure: &Procedure,
    step: &Id,
    edition: &ReleasedEdition<'_>,
    past: &[ReleasedEdition<'_>],
    today: Date,
) -> Diagnostic {
    let body = &procedure.body;
    let released: BTreeSet<&str> = past
        .iter()
        .flat_map(|edition| edition.steps.iter().map(|(step, _)| step.as_str()))
        .collect();
    let steps = body.steps.iter().map(|step| step.step.id.as_str());
    let new: Vec<&str> = steps.filter(|step| !released.contains(step)).collect();
    let renamed = match new.as_slice() {
        [only] => Some(*only),
        _ => nearest(step.as_str(), new.iter().copied()),
    };
    let instead = renamed.map_or_else(|| "STEP-TO-USE-NOW".to_owned(), str::to_owned);
    let taken = body.removed.iter().find(|(gone, _)| gone.id.value == *step);
    let at = taken.map_or(body.places.steps, |(_, at)| *at);
    let message = format!(
        "the step `{step}` is gone, which the edition of {} promised",
        edition.release
    );
    let help = format!(
        "bring it back; or, where its time is over, add `retired: [{{step: {step}, use: {instead}, date: {today}, because: WHY}}]`, without `use` where nothing takes its place"
    );
    Diagnostic::new(RULE, at, message)
        .help(help)
        .because(Some(&format!(
            "sheets of the edition `{}` and links in chats lead to it: they would open the guide at no step",
            edition.whole
        )))
        .also(edition.at, "the promise")
}
