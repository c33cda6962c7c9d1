#![doc = include_str!("waiver_without_reason.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::model::is_placeholder;

rule!(
    "SB112",
    "waiver-without-reason",
    Error,
    "waiver_without_reason.md"
);

/// Reports every waiver that does not say why, until when, or what it waives. It counts for nothing.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for waiver in context
        .procedures()
        .flat_map(|(_, procedure)| &procedure.waives)
    {
        let pair = waiver.order.as_ref().is_some_and(|order| order.len() == 2);
        let faults = [
            (
                waiver
                    .because
                    .as_ref()
                    .is_none_or(|because| is_placeholder(because)),
                "why",
                "because: …",
            ),
            (waiver.until.is_none(), "until when", "until: 2026-12-31"),
            (
                waiver.requirement.is_none() && !pair,
                "what it waives",
                "requirement: ID`, or `order: [EARLIER, LATER]",
            ),
        ];
        for (_, what, help) in faults.into_iter().filter(|(fault, ..)| *fault) {
            diagnostics.push(
                Diagnostic::new(RULE, waiver.at, format!("this waiver does not say {what}"))
                    .help(format!("add `{help}`; until then it does not count")),
            );
        }
    }
}
