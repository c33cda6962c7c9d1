#![doc = include_str!("fact_of_wrong_kind.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Fact, FactKind, FactRequirement, FactValue, is_placeholder};

rule!(
    "SB118",
    "fact-of-wrong-kind",
    Error,
    "fact_of_wrong_kind.md"
);

/// Reports every fact whose value is not of the kind that the standard sets. Times are the business of SB307.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for (id, fact) in &group.body.facts {
            let Fact::Known { at, value, .. } = fact else {
                continue;
            };
            let Some(required) = standard
                .facts
                .iter()
                .find(|required| required.id.value == id.value)
            else {
                continue;
            };
            diagnostics.extend(fault(required, *at, value));
        }
    }
}

fn fault(required: &FactRequirement, at: At, value: &FactValue) -> Option<Diagnostic> {
    match (required.kind.value, value) {
        (FactKind::Time, _) | (FactKind::Text | FactKind::Money, FactValue::Text(_)) => None,
        // What is still to be written is the business of SB111.
        (FactKind::Enum, FactValue::Text(text)) if is_placeholder(text) => None,
        (FactKind::Enum, FactValue::Text(text)) => {
            if required
                .options
                .iter()
                .any(|option| option.as_str() == &*text.value)
            {
                return None;
            }
            let options = required.options.iter().map(|option| option.as_str());
            let message = format!("`{}` is no value of `{}`", text.value, required.id.value);
            Some(
                Diagnostic::new(RULE, text.at, message)
                    .did_you_mean(text, options, "name a value of the standard")
                    .also(required.id.at, "its values are set here"),
            )
        }
        (kind, FactValue::Time(_)) => {
            let message = format!(
                "`{}` is of kind `{}`, and this is a time",
                required.id.value,
                kind.as_str()
            );
            Some(
                Diagnostic::new(RULE, at, message)
                    .help("write the value as text")
                    .also(required.id.at, "set here"),
            )
        }
    }
}
