#![doc = include_str!("unused_material.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::Material;

rule!("SB216", "unused-material", Warning, "unused_material.md");

/// Reports every material that no step needs.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.knows_all_procedures() {
        return;
    }
    let materials = context.book.materials.iter().flatten();
    let mut unused: Vec<&Material> = materials.collect();
    for need in walk::needs(context) {
        if unused.is_empty() {
            return;
        }
        unused.retain(|material| material.id.value != need.value);
    }
    for material in unused {
        let message = format!("no step needs the material `{}`", material.id.value);
        diagnostics.push(
            Diagnostic::new(RULE, material.id.at, message)
                .help("add it to `needs` of a step, or remove it here and from the standards"),
        );
    }
}
