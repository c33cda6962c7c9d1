#![doc = include_str!("unknown_guidance.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!("SB207", "unknown-guidance", Error, "unknown_guidance.md");

/// Reports every guidance that a step names and that neither its provider nor the shared folder has.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    for group in &context.bodies {
        for id in group
            .body
            .steps
            .iter()
            .flat_map(|step| walk::step_guidance(&step.step))
        {
            for (provider, procedure) in &group.procedures {
                if book.guidance(provider, id.as_str()).is_some() {
                    continue;
                }
                let known = book
                    .guidance
                    .iter()
                    .chain(&provider.guidance)
                    .map(|guidance| guidance.id.as_str());
                let otherwise = format!("write `content/guidance/{}.md`", id.value);
                diagnostics.push(
                    Diagnostic::new(RULE, id.at, format!("there is no guidance `{}`", id.value))
                        .did_you_mean(id.as_str(), known, &otherwise)
                        .subject(provider.subject(procedure)),
                );
            }
        }
    }
}
