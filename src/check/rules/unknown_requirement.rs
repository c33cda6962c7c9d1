#![doc = include_str!("unknown_requirement.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB210",
    "unknown-requirement",
    Error,
    "unknown_requirement.md"
);

/// Reports every requirement that a step covers, a law names or a waiver excuses, and that the standard does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, standard) in walk::requirements(context) {
        if standard.requirement(id.as_str()).is_none() {
            let known = standard
                .steps
                .iter()
                .map(|requirement| requirement.id.as_str());
            diagnostics.push(
                Diagnostic::new(
                    RULE,
                    id.at,
                    format!("the standard requires no step `{}`", id.value),
                )
                .did_you_mean(
                    id.as_str(),
                    known,
                    "name a requirement of the standard",
                ),
            );
        }
    }
    for (_, procedure) in context.book.procedures() {
        let Some(standard) = context.book.standard_of(&procedure.body) else {
            continue;
        };
        for id in procedure
            .waives
            .iter()
            .filter_map(|waiver| waiver.requirement.as_ref())
        {
            if !standard.requires(id.as_str()) {
                diagnostics.push(
                    Diagnostic::new(
                        RULE,
                        id.at,
                        format!("the standard requires nothing called `{}`", id.value),
                    )
                    .did_you_mean(
                        id.as_str(),
                        standard.required_ids(),
                        "name a requirement of the standard",
                    ),
                );
            }
        }
    }
}
