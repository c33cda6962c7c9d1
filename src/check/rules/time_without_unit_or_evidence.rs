#![doc = include_str!("time_without_unit_or_evidence.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Fact, FactKind, FactValue, TimeSpan, is_placeholder};

rule!(
    "SB307",
    "time-without-unit-or-evidence",
    Error,
    "time_without_unit_or_evidence.md"
);

/// Reports every time that does not say its unit or who says so.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        for step in group.body.steps.iter().map(|step| step.step.as_ref()) {
            if let Some(wait) = &step.wait {
                let what = format!("the wait of step `{}`", step.id.value);
                diagnostics.extend(fault(
                    &what,
                    wait.at,
                    Some(&wait.span()),
                    wait.evidence.is_some(),
                ));
            }
        }
        let Some(standard) = group.standard else {
            continue;
        };
        for (id, fact) in &group.body.facts {
            let Fact::Known {
                at,
                value,
                evidence,
            } = fact
            else {
                continue;
            };
            let required = standard
                .facts
                .iter()
                .find(|required| required.id.value == id.value);
            if required.is_some_and(|required| required.kind.value == FactKind::Time) {
                let span = match value {
                    FactValue::Time(span) => Some(span),
                    // What is still to be written is the business of SB111.
                    FactValue::Text(text) if is_placeholder(text) => continue,
                    FactValue::Text(_) => None,
                };
                diagnostics.extend(fault(
                    &format!("`{}`", id.value),
                    *at,
                    span,
                    evidence.is_some(),
                ));
            }
        }
    }
}

fn fault(what: &str, at: At, span: Option<&TimeSpan>, evidence: bool) -> Option<Diagnostic> {
    let because =
        Some("a reader plans by it, and nobody may promise a time that the provider does not");
    if span.and_then(TimeSpan::amount).is_none() {
        return Some(
            Diagnostic::new(
                RULE,
                at,
                format!("{what} is no number or range with one unit"),
            )
            .help("write a time such as `{days: [1, 3], working: true}`, the smaller number first")
            .because(because),
        );
    }
    (!evidence).then(|| {
        Diagnostic::new(RULE, at, format!("{what} has no evidence"))
            .help("name a source under `evidence`, or leave the time out")
            .because(because)
    })
}
