#![doc = include_str!("step_out_of_order.md")]

use crate::check::coverage::{self, Disorder, Law};
use crate::check::{Context, Group, walk};
use crate::diagnostic::{At, Diagnostic, Edit, rule};
use crate::model::{Step, StepPlace};

rule!("SB103", "step-out-of-order", Error, "step_out_of_order.md");

/// Reports every order law that some answers break, naming them.
pub fn run<'a>(context: &Context<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let broken = |group: &Group<'a>| {
        let standard = group.standard.into_iter();
        let laws = standard.flat_map(|standard| {
            let laws = coverage::laws(standard).into_iter();
            laws.map(move |law| (standard, law))
        });
        let broken = laws.filter_map(|(standard, law)| {
            let disorder = coverage::disorder(group.body, standard, law.earlier, law.later)?;
            Some((law, disorder))
        });
        broken.collect()
    };
    context.report_by_shape(broken, |group, (law, disorder)| {
        let subjects = group.subjects(|own| {
            coverage::order_waiver(own, law.earlier, law.later, context.today).is_none()
        });
        if !subjects.is_empty() {
            let mut diagnostic = diagnostic(context, group, law, disorder);
            diagnostic.subjects = subjects;
            diagnostics.push(diagnostic);
        }
    });
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
        .edit((!both).then(|| edit(first, second)).flatten())
}

/// What brings `first` before `second`, where only one of the two can be moved, or both stand in one list.
fn edit(first: &Step, second: &Step) -> Option<Edit> {
    let (earlier, later) = (first.id.as_str(), second.id.as_str());
    match (&first.place, &second.place) {
        (None, None) => {
            let does = format!("moves step `{later}` behind step `{earlier}`");
            Some(Edit::behind(second.at, first.at, does))
        }
        (None, Some(place)) => placed(later, place, "after", earlier),
        (Some(place), None) => placed(earlier, place, "before", later),
        (Some(_), Some(_)) => None,
    }
}

/// Another place for a step that says its place.
fn placed(step: &str, place: &StepPlace, side: &str, anchor: &str) -> Option<Edit> {
    let given = [
        ("after", &place.after),
        ("before", &place.before),
        ("phase", &place.phase),
    ];
    let mut given = given
        .iter()
        .filter_map(|(key, id)| Some((*key, id.as_ref()?)));
    let (key, id) = given.next().filter(|_| given.next().is_none())?;
    let does = format!("places step `{step}` {side} step `{anchor}`");
    // A key's mark stands just before its value's.
    let key_at = At {
        node: id.at.node.checked_sub(1)?,
        ..id.at
    };
    let value = (id.at, id.as_str(), anchor);
    Some(if key == side {
        Edit::place(does, [value])
    } else {
        Edit::place(does, [(key_at, key, side), value])
    })
}

/// The place of the step that the procedure's own file moved, brought in or changed; else of the one that is too early.
fn place(group: &Group<'_>, first: &Step, second: &Step) -> At {
    let own = |step| walk::own_part(step, group.own_file());
    own(second).or_else(|| own(first)).unwrap_or(second.id.at)
}
