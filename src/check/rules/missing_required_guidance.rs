#![doc = include_str!("missing_required_guidance.md")]

use crate::check::{Context, coverage};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB108",
    "missing-required-guidance",
    Error,
    "missing_required_guidance.md"
);

/// Reports guidance that a standard names and nobody wrote. There is no file to point at, so the place is the standard's.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for required in &standard.guidance {
            let id = required.as_str();
            let lacking = group.procedures.iter().filter(|(provider, procedure)| {
                context.book.guidance(provider, id).is_none()
                    && coverage::waiver(procedure, id, context.today).is_none()
            });
            let subjects: Vec<String> = lacking
                .map(|(provider, procedure)| provider.subject(procedure))
                .collect();
            if subjects.is_empty() {
                continue;
            }
            let mut diagnostic =
                Diagnostic::new(RULE, required.at, format!("the guidance `{id}` is missing"))
                    .help(format!("write `content/guidance/{id}.md`"));
            diagnostic.subjects = subjects;
            diagnostics.push(diagnostic);
        }
    }
}
