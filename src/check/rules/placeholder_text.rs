#![doc = include_str!("placeholder_text.md")]

use crate::check::texts::{self, ReaderText};
use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Standard, Step, is_placeholder};

rule!("SB111", "placeholder-text", Error, "placeholder_text.md");

/// Reports text that is still to be written, where a requirement rests on it or a provider is named by it.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in context
        .book
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
    for (group, standard) in context.with_standard() {
        for text in resting(group.body, standard) {
            if is_placeholder(text.text) {
                diagnostics.push(diagnostic(text.at, &text.what()));
            }
        }
        let covering = group
            .body
            .steps
            .iter()
            .map(|step| &step.step)
            .filter(|step| covers(step, standard));
        for id in covering.flat_map(|step| walk::step_guidance(step)) {
            for (provider, _) in &group.procedures {
                let guidance = context.book.guidance(provider, id.as_str());
                if let Some(guidance) =
                    guidance.filter(|guidance| guidance.text.as_deref().is_some_and(is_placeholder))
                {
                    diagnostics.push(diagnostic(
                        guidance.at,
                        &format!("the guidance `{}`", id.value),
                    ));
                }
            }
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

/// Every text on which a requirement rests, and the two without which no step is one.
fn resting<'a>(body: &'a Body, standard: &Standard) -> impl Iterator<Item = ReaderText<'a>> {
    let steps = body.steps.iter().map(|step| step.step.as_ref());
    let of_steps = steps.flat_map(|step| {
        let rests = covers(step, standard);
        let mut texts = texts::of_step(step);
        texts.retain(|text| {
            rests || text.text.is_empty() && ["action", "expect"].contains(&text.field)
        });
        texts
    });
    of_steps.chain(texts::of_rest(body))
}
