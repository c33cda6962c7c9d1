#![doc = include_str!("placeholder_text.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Fact, FactValue, Standard, Step, Variant, is_placeholder};
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

/// Every text on which a requirement rests, with its name.
fn texts<'a>(body: &'a Body, standard: &Standard) -> Vec<(String, &'a Text)> {
    let mut texts = Vec::new();
    let steps = body.steps.iter().map(|step| step.step.as_ref());
    for step in steps.filter(|step| covers(step, standard)) {
        let name = |(name, text)| (format!("`{name}` of step `{}`", step.id.value), text);
        texts.extend(step_texts(step).map(name));
        let variants = step.variants.iter().flat_map(|variants| &variants.value);
        texts.extend(variants.flat_map(variant_texts).map(name));
    }
    for notice in &body.notices {
        texts.push((format!("the notice `{}`", notice.id.value), &notice.text));
    }
    for question in &body.questions {
        let id = &question.id.value;
        texts.push((format!("the question `{id}`"), &question.question));
        texts.extend(
            question
                .answer
                .iter()
                .map(|answer| (format!("the answer to `{id}`"), answer)),
        );
    }
    for (id, fact) in &body.facts {
        if let Fact::Known {
            value: FactValue::Text(text),
            ..
        } = fact
        {
            texts.push((format!("the fact `{}`", id.value), text));
        }
    }
    texts
}

fn step_texts(step: &Step) -> impl Iterator<Item = (&'static str, &Text)> {
    let single = [
        ("action", &step.action),
        ("expect", &step.expect),
        ("in_case", &step.in_case),
        ("caution", &step.caution),
        ("ui_label", &step.ui_label),
        ("undo", &step.undo),
        ("cost", &step.cost),
    ];
    let records = step.record.iter().flat_map(|records| &records.value);
    let cases = step.if_not.iter().flat_map(|cases| &cases.value);
    given(single)
        .chain(records.map(|record| ("record", &record.label)))
        .chain(cases.flat_map(|case| [("case", &case.case), ("do", &case.r#do)]))
}

fn variant_texts(variant: &Variant) -> impl Iterator<Item = (&'static str, &Text)> {
    let single = [
        ("action", &variant.action),
        ("expect", &variant.expect),
        ("caution", &variant.caution),
    ];
    let records = variant.record.iter().flat_map(|records| &records.value);
    given(single).chain(records.map(|record| ("record", &record.label)))
}

/// The fields that are there.
fn given<'a, const N: usize>(
    fields: [(&'static str, &'a Option<Text>); N],
) -> impl Iterator<Item = (&'static str, &'a Text)> {
    fields
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_ref()?)))
}
