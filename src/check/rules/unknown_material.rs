#![doc = include_str!("unknown_material.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::{Id, Placed};

rule!("SB203", "unknown-material", Error, "unknown_material.md");

/// Reports every material that a step needs or a standard asks for, and that `materials.yaml` does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(materials) = &context.book.materials else {
        return;
    };
    let needs = walk::needs(context);
    let required = context
        .book
        .standards
        .values()
        .flatten()
        .flat_map(|standard| &standard.materials);
    let unknown = |id: &&Placed<Id>| context.book.material(id.as_str()).is_none();
    for id in needs.chain(required).filter(unknown) {
        let known = materials.iter().map(|material| material.id.as_str());
        diagnostics.push(
            Diagnostic::new(RULE, id.at, format!("there is no material `{}`", id.value))
                .did_you_mean(id.as_str(), known, "add it to `content/materials.yaml`"),
        );
    }
}
