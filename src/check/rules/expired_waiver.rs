#![doc = include_str!("expired_waiver.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB113", "expired-waiver", Error, "expired_waiver.md");

/// Reports every waiver whose last day has passed. It counts no more.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for waiver in context
        .procedures()
        .flat_map(|(_, procedure)| &procedure.waives)
    {
        let Some(until) = waiver
            .until
            .as_ref()
            .filter(|until| until.value < context.today)
        else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                RULE,
                until.at,
                format!("this waiver ended on `{}`", until.value),
            )
            .help("do what it waives, or look at it again and set a new day"),
        );
    }
}
