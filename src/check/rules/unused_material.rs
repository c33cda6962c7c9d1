#![doc = include_str!("unused_material.md")]

use std::collections::BTreeSet;

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!("SB216", "unused-material", Warning, "unused_material.md");

/// Reports every material that no step needs.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.knows_all_procedures() {
        return;
    }
    let needed: BTreeSet<&str> = walk::needs(context).map(|need| need.as_str()).collect();
    for material in context.book.materials.iter().flatten() {
        if !needed.contains(material.id.as_str()) {
            diagnostics.push(
                Diagnostic::new(
                    RULE,
                    material.id.at,
                    format!("no step needs the material `{}`", material.id.value),
                )
                .help("add it to `needs` of a step, or remove it here and from the standards"),
            );
        }
    }
}
