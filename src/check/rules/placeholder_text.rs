#![doc = include_str!("placeholder_text.md")]

use std::collections::HashSet;
use std::ptr;

use crate::check::texts::{self, ReaderText};
use crate::check::{Context, Group};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Standard, Step, is_placeholder};

rule!("SB111", "placeholder-text", Error, "placeholder_text.md");

/// Reports text that is still to be written, where a requirement rests on it or a provider is named by it.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in context
        .providers
        .iter()
        .filter_map(|it| it.document.as_ref())
    {
        let texts = texts::of_document(document).into_iter();
        let open = texts.filter(|text| is_placeholder(text.text));
        diagnostics.extend(open.map(|text| {
            Diagnostic::new(
                RULE,
                text.at,
                format!("{} is still to be written", text.what()),
            )
            .help("write it out, or leave the field out where it may be absent")
            .because(Some("readers would see the provider by these words"))
        }));
    }
    let mut report = |text: ReaderText<'_>| {
        if is_placeholder(text.text) {
            diagnostics.push(diagnostic(text.at, &text.what()));
        }
    };
    // What many inherit is read once, a step once for a standard.
    let (mut steps, mut others) = (HashSet::new(), HashSet::new());
    for (group, standard) in context.with_standard() {
        for step in group.body.steps.iter().map(|step| step.step.as_ref()) {
            if steps.insert((ptr::from_ref(step), ptr::from_ref(standard))) {
                resting(step, standard).into_iter().for_each(&mut report);
            }
        }
        texts::of_rest(group.body, &mut |text| {
            if others.insert(text.at) {
                report(text);
            }
        });
    }
}

/// Reports guidance that is still to be written, where a requirement rests on it.
pub fn of_guidance(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let unwritten = context.guidance.iter().map(|prose| prose.guidance);
    let unwritten = unwritten.filter(|it| it.text.as_deref().is_some_and(is_placeholder));
    for guidance in unwritten {
        let rests = |(group, standard): (&Group<'_>, &Standard)| {
            let steps = group.body.steps.iter().map(|step| &step.step);
            let mut covering = steps.filter(|step| covers(step, standard));
            covering.any(|step| step.shows_guidance(guidance.id.as_str()))
                && group.shows(context.book, guidance)
        };
        if context.with_standard().any(rests) {
            let what = format!("the guidance `{}`", guidance.id);
            diagnostics.push(diagnostic(guidance.at, &what));
        }
    }
}

fn diagnostic(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, format!("{what} is still to be written"))
        .help("write it out; what nobody knows yet is a fact that is `unknown`, or a waiver")
        .because(Some("a reader who gets here does not learn what to do"))
}

/// Whether a requirement rests on a step.
fn covers(step: &Step, standard: &Standard) -> bool {
    match &step.covers {
        Some(covers) => !covers.is_empty(),
        None => standard.requirement(step.id.as_str()).is_some(),
    }
}

/// The texts of a step on which a requirement rests, and the two without which no step is one.
fn resting<'a>(step: &'a Step, standard: &Standard) -> Vec<ReaderText<'a>> {
    let rests = covers(step, standard);
    let mut texts = texts::of_step(step);
    texts
        .retain(|text| rests || text.text.is_empty() && ["action", "expect"].contains(&text.field));
    texts
}
