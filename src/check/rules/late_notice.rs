#![doc = include_str!("late_notice.md")]

use crate::check::{Context, Group};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{AnswerSet, Answers, NoticeRequirement, Standard};
use crate::yaml::{Id, Placed};

rule!("SB117", "late-notice", Error, "late_notice.md");

/// Reports every notice that readers meet behind the act that it warns of, or never.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for required in &standard.notices {
            let notice = group
                .body
                .notices
                .iter()
                .find(|notice| notice.id.value == required.id.value);
            // A notice without `before` stands before all steps, and everybody sees it.
            let before = notice.and_then(|notice| notice.before.as_ref());
            if let (Some(act), Some(before)) = (&required.before, before) {
                diagnostics.extend(fault(context, group, standard, (required, act), before));
            }
        }
    }
}

fn fault(
    context: &Context<'_>,
    group: &Group<'_>,
    standard: &Standard,
    (required, act): (&NoticeRequirement, &Placed<Id>),
    before: &Placed<Id>,
) -> Option<Diagnostic> {
    let body = group.body;
    let stands = body.position(before.as_str())?;
    let seen = AnswerSet::from_iter([body.journeys_of(&body.steps[stands])]);
    let message = body.covering(standard, act.as_str()).into_iter().find_map(|at| {
        if stands > at {
            return Some(format!("the notice `{}` stands behind the step that does `{}`", required.id.value, act.value));
        }
        let doing = body.journeys_of(&body.steps[at]);
        let unseen = seen.gap(&doing, &body.journeys)?;
        let fails = |wider: &Answers| {
            wider.is_within(&doing, &body.journeys) && seen.is_disjoint(wider)
        };
        let answers = context.book.choices.describe(&unseen.widened(&body.journeys, fails));
        Some(format!(
            "the notice `{}` stands at a step that is not shown for `{answers}`, where `{}` is done",
            required.id.value, act.value
        ))
    })?;
    let first = body.covering(standard, act.as_str()).first().copied()?;
    let diagnostic = Diagnostic::new(RULE, before.at, message)
        .help(format!(
            "write `before: {}`",
            body.steps[first].step.id.value
        ))
        .because(required.because.as_deref().map(AsRef::as_ref))
        .also(act.at, "it must stand before this");
    Some(group.all(diagnostic))
}
