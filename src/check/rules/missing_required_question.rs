#![doc = include_str!("missing_required_question.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB106",
    "missing-required-question",
    Error,
    "missing_required_question.md"
);

/// Reports every required question that a procedure does not answer.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for required in standard
            .questions
            .iter()
            .filter(|question| question.is_required())
        {
            let id = required.id.as_str();
            if group
                .body
                .questions
                .iter()
                .any(|question| question.id.as_str() == id)
            {
                continue;
            }
            let diagnostic = Diagnostic::new(
                RULE,
                group.body.places.questions,
                format!("the question `{id}` is missing"),
            )
            .help(format!(
                "add it under `questions`: `- {{id: {id}, question: …, answer: …}}`"
            ))
            .because(required.because.as_deref().map(AsRef::as_ref))
            .also(required.id.at, "required here");
            diagnostics.extend(group.unless_waived(context, id, diagnostic));
        }
    }
}
