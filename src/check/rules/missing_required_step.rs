#![doc = include_str!("missing_required_step.md")]

use crate::check::coverage::{self, Coverage};
use crate::check::{Context, Group, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB101",
    "missing-required-step",
    Error,
    "missing_required_step.md"
);

/// Reports every required step that no step covers for any answer.
pub fn run<'a>(context: &Context<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let missing = |group: &Group<'a>| {
        let decided = coverage::of_requirements(context.book, group).into_iter();
        let missing = decided.filter(|it| it.coverage == Coverage::Missing);
        missing.collect()
    };
    context.report_by_shape(missing, |group, decided| {
        let requirement = decided.requirement;
        let id = requirement.id.as_str();
        let at = walk::absence(group, decided.standard, id);
        let message = format!("no step covers `{id}` ({})", requirement.title.value);
        let diagnostic = Diagnostic::new(RULE, at, message)
            .help(format!(
                "add a step with `id: {id}`, or waive it with a reason and a day under `waives`"
            ))
            .because(Some(&requirement.because))
            .also(requirement.id.at, "required here");
        diagnostics.extend(group.unless_waived(context, id, diagnostic));
    });
}
