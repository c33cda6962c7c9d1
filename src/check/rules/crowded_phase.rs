#![doc = include_str!("crowded_phase.md")]

use crate::check::worst::{Part, Worst, worst};
use crate::check::{Context, Group};
use crate::diagnostic::{Diagnostic, Rule, rule};

rule!("SB508", "crowded-phase", Warning, "crowded_phase.md");

/// How many steps a phase may have that stand together.
const MOST: u32 = 7;
/// From how many on nobody keeps them in the head.
pub(super) const TOO_MANY: u32 = 10;

/// Reports every phase with more steps than are read in one go.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    report(RULE, context, diagnostics, |steps| {
        (MOST + 1..TOO_MANY).contains(&steps)
    });
}

/// Reports the phases with so many steps. Steps of which no reader sees both are not counted together.
pub(super) fn report(
    rule: &'static Rule,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    is_wrong: impl Fn(u32) -> bool,
) {
    let crowded = |group: &Group<'_>| {
        let phases = (0..group.body.phases.len()).filter_map(|phase| {
            let most = together(group, phase).filter(|most| is_wrong(most.size))?;
            Some((phase, most))
        });
        phases.collect()
    };
    context.report_by_shape(crowded, |group, (phase, most)| {
        let heading = &group.body.phases[*phase];
        let steps = most.size;
        let who = match context.book.choices.describe(&most.answers) {
            all if all.is_empty() => String::new(),
            some => format!(" for {some}"),
        };
        let message = format!("the phase `{}` has {steps} steps{who}", heading.id.value);
        let diagnostic = Diagnostic::new(rule, heading.id.at, message)
            .help(format!(
                "split it where the reader pauses; up to {MOST} are kept in the head"
            ))
            .because(Some(
                "in a long group the place is lost, and a line with it",
            ));
        diagnostics.push(group.all(diagnostic));
    });
}

/// The answers that show most steps of a phase, where those are too many.
fn together(group: &Group<'_>, phase: usize) -> Option<Worst> {
    let body = group.body;
    let steps = body.steps.iter().filter(|step| step.phase == phase);
    let parts: Vec<Part> = steps
        .map(|step| Part::in_any(vec![step.shown.clone()], 1))
        .collect();
    worst(&parts, &body.journeys, MOST, |sizes| sizes.iter().sum())
}
