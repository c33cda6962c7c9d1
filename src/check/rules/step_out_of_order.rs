#![doc = include_str!("step_out_of_order.md")]

use crate::check::coverage::{self, Disorder, Law};
use crate::check::{Context, Group, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::Step;

rule!("SB103", "step-out-of-order", Error, "step_out_of_order.md");

/// Reports every order law that some answers break, naming them.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for law in coverage::laws(standard) {
            let Some(disorder) = coverage::disorder(group.body, standard, law.earlier, law.later)
            else {
                continue;
            };
            let subjects = group.subjects(|own| {
                coverage::order_waiver(own, law.earlier, law.later, context.today).is_none()
            });
            if !subjects.is_empty() {
                let mut diagnostic = diagnostic(context, group, &law, &disorder);
                diagnostic.subjects = subjects;
                diagnostics.push(diagnostic);
            }
        }
    }
}

fn diagnostic(
    context: &Context<'_>,
    group: &Group<'_>,
    law: &Law<'_>,
    disorder: &Disorder,
) -> Diagnostic {
    let Law { earlier, later, .. } = law;
    let steps = &group.body.steps;
    let (first, second): (&Step, &Step) =
        (&steps[disorder.earlier].step, &steps[disorder.later].step);
    let both = disorder.earlier == disorder.later;
    let mut message = if both {
        let id = &first.id.value;
        format!(
            "step `{id}` covers both `{earlier}` and `{later}`, and the one must be over before the other begins"
        )
    } else {
        format!("`{later}` comes before `{earlier}`")
    };
    let answers = context.book.choices.describe(&disorder.answers);
    if !answers.is_empty() {
        message = format!("{message} for `{answers}`");
    }
    let help = if both {
        format!("make two steps of it, `{earlier}` first")
    } else {
        let waiver = format!("waives: [{{order: [{earlier}, {later}], because: …, until: …}}]");
        format!(
            "put step `{}` behind step `{}`, or waive the law: `{waiver}`",
            second.id.value, first.id.value
        )
    };
    Diagnostic::new(RULE, place(group, first, second), message)
        .help(help)
        .because(Some(&law.requirement.because))
        .also(law.at, "the order is set here")
}

/// The place of the step that the procedure's own file moved, brought in or changed; else of the one that is too early.
fn place(group: &Group<'_>, first: &Step, second: &Step) -> At {
    let own = |step| walk::own_part(step, group.own_file());
    own(second).or_else(|| own(first)).unwrap_or(second.id.at)
}
