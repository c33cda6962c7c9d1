#![doc = include_str!("several_pictures.md")]

use std::collections::BTreeSet;

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};

rule!("SB513", "several-pictures", Warning, "several_pictures.md");

/// Reports every guidance file of a step that shows more than one picture.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let many: Vec<_> = context
        .guidance
        .iter()
        .filter(|prose| prose.pictures.len() > 1)
        .collect();
    if many.is_empty() {
        return;
    }
    let shown: BTreeSet<At> = context
        .bodies
        .iter()
        .flat_map(|group| {
            let names = group
                .body
                .steps
                .iter()
                .flat_map(|step| walk::step_guidance(&step.step));
            names.flat_map(|name| {
                let providers = group.procedures.iter().map(|(provider, _)| provider);
                providers.filter_map(|provider| context.book.guidance(provider, name.as_str()))
            })
        })
        .map(|guidance| guidance.at)
        .collect();
    for prose in many
        .into_iter()
        .filter(|prose| shown.contains(&prose.guidance.at))
    {
        let message = format!(
            "the guidance `{}` shows {} pictures in one step",
            prose.guidance.id,
            prose.pictures.len()
        );
        diagnostics.push(
            Diagnostic::new(RULE, prose.pictures[1].0, message)
                .help("make a step of what the second picture shows, or leave it out")
                .because(Some("what needs two pictures is two steps")),
        );
    }
}
