#![doc = include_str!("placeholder_text.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Standard, Step, is_placeholder};
use crate::yaml::Text;

rule!("SB111", "placeholder-text", Error, "placeholder_text.md");

/// Reports text that is still to be written, where a requirement rests on it.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for (what, text) in texts(group.body, standard) {
            if is_placeholder(text) {
                diagnostics.push(diagnostic(text.at, &what));
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
                if let Some(guidance) = guidance.filter(|guidance| is_placeholder(&guidance.text)) {
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

/// Every text on which a requirement rests, with its name.
fn texts<'a>(body: &'a Body, standard: &Standard) -> Vec<(String, &'a Text)> {
    let mut texts = Vec::new();
    for step in body
        .steps
        .iter()
        .map(|step| step.step.as_ref())
        .filter(|step| covers(step, standard))
    {
        let id = &step.id.value;
        let variants = step.variants.iter().flat_map(|variants| &variants.value);
        let of_variants = variants.flat_map(|it| [("action", &it.action), ("expect", &it.expect)]);
        for (name, text) in [("action", &step.action), ("expect", &step.expect)]
            .into_iter()
            .chain(of_variants)
        {
            texts.extend(
                text.iter()
                    .map(|text| (format!("`{name}` of step `{id}`"), text)),
            );
        }
    }
    for notice in &body.notices {
        texts.push((format!("the notice `{}`", notice.id.value), &notice.text));
    }
    for question in &body.questions {
        texts.push((
            format!("the question `{}`", question.id.value),
            &question.question,
        ));
        texts.extend(
            question
                .answer
                .iter()
                .map(|answer| (format!("the answer to `{}`", question.id.value), answer)),
        );
    }
    texts
}
