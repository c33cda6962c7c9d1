#![doc = include_str!("unreviewed_procedure.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB308",
    "unreviewed-procedure",
    Note,
    "unreviewed_procedure.md"
);

/// Notes every procedure that was never held against the provider's word.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, procedure) in context
        .procedures()
        .filter(|(_, procedure)| procedure.reviewed.is_none())
    {
        diagnostics.push(
            Diagnostic::new(RULE, procedure.at, "this procedure was never reviewed").help(
                "hold it against the provider's word, and add `reviewed: {date: …, method: …}`",
            ),
        );
    }
}
