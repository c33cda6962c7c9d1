#![doc = include_str!("unused_guidance.md")]

use std::collections::BTreeSet;

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};

rule!("SB215", "unused-guidance", Warning, "unused_guidance.md");

/// Reports every guidance file that no procedure shows.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.knows_all_procedures() {
        return;
    }
    let book = context.book;
    let mut shown: BTreeSet<At> = BTreeSet::new();
    for group in &context.bodies {
        let names = walk::guidance_names(group);
        for (provider, _) in &group.procedures {
            shown.extend(
                names
                    .iter()
                    .filter_map(|name| Some(book.guidance(provider, name)?.at)),
            );
        }
    }
    let own = book
        .providers
        .iter()
        .flat_map(|provider| &provider.guidance);
    for guidance in book
        .guidance
        .iter()
        .chain(own)
        .filter(|guidance| !shown.contains(&guidance.at))
    {
        diagnostics.push(
            Diagnostic::new(
                RULE,
                guidance.at,
                format!("no procedure shows the guidance `{}`", guidance.id),
            )
            .help(format!(
                "add `guidance: {}` to a step, or delete the file",
                guidance.id
            )),
        );
    }
}
