#![doc = include_str!("step_out_of_order.md")]

use crate::check::Context;
use crate::check::coverage::{self, Disorder};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, ProcedureStep, Requirement};

rule!("SB103", "step-out-of-order", Error, "step_out_of_order.md");

/// Reports every order law that some answers break, naming them.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        let Some(standard) = group.standard else {
            continue;
        };
        for (earlier, later, law) in coverage::laws(standard) {
            let Some(disorder) = coverage::disorder(group.body, standard, earlier, later) else {
                continue;
            };
            let subjects = group.subjects(|own| {
                coverage::order_waiver(own, earlier, later, context.today).is_none()
            });
            if subjects.is_empty() {
                continue;
            }
            let mut diagnostic = diagnostic(context, group.body, earlier, later, law, &disorder);
            diagnostic.subjects = subjects;
            diagnostics.push(diagnostic);
        }
    }
}

fn diagnostic(
    context: &Context<'_>,
    body: &Body,
    earlier: &str,
    later: &str,
    law: &Requirement,
    disorder: &Disorder,
) -> Diagnostic {
    let (first, second) = (&body.steps[disorder.earlier], &body.steps[disorder.later]);
    let mut message = if disorder.earlier == disorder.later {
        format!(
            "step `{}` covers both `{earlier}` and `{later}`, which come one after the other",
            first.step.id.value
        )
    } else {
        format!("`{later}` comes before `{earlier}`")
    };
    let answers = context.book.choices.describe(&disorder.answers);
    if !answers.is_empty() {
        message = format!("{message} for {answers}");
    }
    let misplaced = if first.own && !second.own {
        first
    } else {
        second
    };
    let help = if disorder.earlier == disorder.later {
        format!("make two steps of it, `{earlier}` first")
    } else {
        format!(
            "move step `{}` behind step `{}`, or waive the law with a reason: `waives: [{{order: [{earlier}, {later}], …}}]`",
            second.step.id.value, first.step.id.value
        )
    };
    Diagnostic::new(RULE, place(misplaced), message)
        .help(help)
        .because(Some(&law.because))
        .also(law.id.at, "the order is set here")
}

/// Where a step got its place: its `place`, or where it stands.
fn place(step: &ProcedureStep) -> At {
    step.step
        .place
        .as_ref()
        .map_or(step.step.id.at, |place| place.at)
}
