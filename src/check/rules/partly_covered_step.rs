#![doc = include_str!("partly_covered_step.md")]

use crate::check::coverage::{self, Coverage};
use crate::check::{Context, Group};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB102",
    "partly-covered-step",
    Error,
    "partly_covered_step.md"
);

/// Reports every required step that some readers never see, naming their answers.
pub fn run<'a>(context: &Context<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let partly = |group: &Group<'a>| {
        let decided = coverage::of_requirements(context.book, group).into_iter();
        let partly = decided.filter_map(|it| match it.coverage {
            Coverage::CoveredForSome(missing) => Some((it.standard, it.requirement, missing)),
            _ => None,
        });
        partly.collect()
    };
    context.report_by_shape(partly, |group, (standard, requirement, missing)| {
        let id = requirement.id.as_str();
        let covering = group.body.covering(standard, id);
        // The step that the author limited most recently is the one to look at: an own one before a shared one.
        let steps = covering.iter().map(|at| &group.body.steps[*at]);
        let Some(step) = steps.max_by_key(|step| step.own) else {
            return;
        };
        let at = step
            .step
            .when
            .as_ref()
            .map_or(step.step.id.at, |when| when.at);
        let answers = context.book.choices.describe(missing);
        let diagnostic = Diagnostic::new(RULE, at, format!("no step covers `{id}` for `{answers}`"))
            .help(format!("show a step that covers `{id}` for these answers too: widen its `when`, or add a step with `covers: [{id}]`"))
            .because(Some(&requirement.because))
            .also(requirement.id.at, "required here");
        diagnostics.extend(group.unless_waived(context, id, diagnostic));
    });
}
