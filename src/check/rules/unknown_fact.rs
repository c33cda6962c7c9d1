#![doc = include_str!("unknown_fact.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB219", "unknown-fact", Error, "unknown_fact.md");

/// Reports every fact that the standard does not have, stated or used as an answer.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        let stated = group.body.facts.iter().map(|(id, _)| id);
        let used = group
            .body
            .questions
            .iter()
            .filter_map(|question| question.fact.as_ref());
        for id in stated.chain(used) {
            if !standard.facts.iter().any(|fact| fact.id.value == id.value) {
                let known = standard.facts.iter().map(|fact| fact.id.as_str());
                diagnostics.push(
                    Diagnostic::new(
                        RULE,
                        id.at,
                        format!("the standard has no fact `{}`", id.value),
                    )
                    .did_you_mean(
                        id.as_str(),
                        known,
                        "add it under `facts` of the standard",
                    ),
                );
            }
        }
    }
}
