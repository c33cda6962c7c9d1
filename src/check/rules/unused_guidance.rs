#![doc = include_str!("unused_guidance.md")]

use std::collections::BTreeMap;

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::Guidance;

rule!("SB215", "unused-guidance", Warning, "unused_guidance.md");

/// Reports every guidance file that no procedure shows.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.knows_all_procedures() {
        return;
    }
    let book = context.book;
    // By file: a provider's own hides the shared one of that name from it.
    let own = book
        .providers
        .iter()
        .flat_map(|provider| &provider.guidance);
    let all = book.guidance.iter().chain(own);
    let mut unused: BTreeMap<At, &Guidance> = all.map(|it| (it.at, &**it)).collect();
    for group in &context.bodies {
        if unused.is_empty() {
            return;
        }
        let names = walk::guidance_names(group);
        for (provider, _) in &group.procedures {
            // What is used already need not be looked for: of many providers most show the same.
            if unused.values().any(|it| names.contains(it.id.as_str())) {
                for guidance in names
                    .iter()
                    .filter_map(|name| book.guidance(provider, name))
                {
                    unused.remove(&guidance.at);
                }
            }
        }
    }
    for guidance in unused.into_values() {
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
