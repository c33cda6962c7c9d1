#![doc = include_str!("unused_procedure.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB220", "unused-procedure", Warning, "unused_procedure.md");

/// Reports every shared procedure that nothing extends: no page shows it, and no rule looks at it.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for procedure in &context.book.unextended {
        let id = &procedure.value;
        diagnostics.push(
            Diagnostic::new(
                RULE,
                procedure.at,
                format!("nothing extends the procedure `{id}`"),
            )
            .help(format!(
                "write a provider's file with `extends: {id}`, or delete this one"
            )),
        );
    }
}
