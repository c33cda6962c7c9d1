#![doc = include_str!("undated_source.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB306", "undated-source", Note, "undated_source.md");

/// Notes every source that bears no date: nobody can tell whether it still holds.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let own = context
        .providers
        .iter()
        .filter_map(|provider| provider.document.as_ref());
    let own = own.flat_map(|document| &document.sources);
    for source in own.chain(context.book.sources.iter().flatten()) {
        if source.dated.is_none() && source.in_force.is_none() {
            diagnostics.push(
                Diagnostic::new(
                    RULE,
                    source.id.at,
                    format!("the source `{}` bears no date", source.id.value),
                )
                .help("add `dated` or `in_force` if the page shows one"),
            );
        }
    }
}
