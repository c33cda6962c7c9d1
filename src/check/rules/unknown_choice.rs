#![doc = include_str!("unknown_choice.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!("SB204", "unknown-choice", Error, "unknown_choice.md");

/// Reports every condition on a choice that `choices.yaml` does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.choices_whole {
        return;
    }
    let choices = &context.book.choices;
    for (id, _) in walk::conditions(context)
        .into_iter()
        .flat_map(|condition| &condition.keys)
    {
        if choices.find(id.as_str()).is_none() {
            let known = choices.0.iter().map(|choice| choice.id.as_str());
            diagnostics.push(
                Diagnostic::new(RULE, id.at, format!("there is no choice `{}`", id.value))
                    .did_you_mean(id.as_str(), known, "add it to `content/choices.yaml`"),
            );
        }
    }
}
