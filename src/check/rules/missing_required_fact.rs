#![doc = include_str!("missing_required_fact.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB107",
    "missing-required-fact",
    Error,
    "missing_required_fact.md"
);

/// Reports every fact that a procedure neither states nor says to be unknown.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for required in &standard.facts {
            let id = required.id.as_str();
            if group.body.facts.iter().any(|(fact, _)| fact.as_str() == id) {
                continue;
            }
            let message = format!("the fact `{id}` ({}) is missing", required.title.value);
            let diagnostic = Diagnostic::new(RULE, group.body.places.facts, message)
                .help(format!(
                    "add `{id}: unknown` under `facts`, or its value with evidence"
                ))
                .because(required.because.as_deref().map(AsRef::as_ref))
                .also(required.id.at, "required here");
            diagnostics.extend(group.unless_waived(context, id, diagnostic));
        }
    }
}
