#![doc = include_str!("several_pictures.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB513", "several-pictures", Warning, "several_pictures.md");

/// Reports every guidance file of a step that shows more than one picture.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let many = context.guidance.iter();
    for prose in many.filter(|prose| prose.pictures.len() > 1) {
        let guidance = prose.guidance;
        let in_a_step = context.bodies.iter().any(|group| {
            let mut steps = group.body.steps.iter();
            steps.any(|step| step.step.shows_guidance(guidance.id.as_str()))
                && group.shows(context.book, guidance)
        });
        if !in_a_step {
            continue;
        }
        let message = format!(
            "the guidance `{}` shows {} pictures in one step",
            guidance.id,
            prose.pictures.len()
        );
        diagnostics.push(
            Diagnostic::new(RULE, prose.pictures[1].0, message)
                .help("make a step of what the second picture shows, or leave it out")
                .because(Some("what needs two pictures is two steps")),
        );
    }
}
