#![doc = include_str!("unreachable_step.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB218", "unreachable-step", Error, "unreachable_step.md");

/// Reports every step and variant that no answer can show. Inherited ones that an `only` takes away are left out in
/// silence.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let choices = &context.book.choices;
    for group in &context.bodies {
        let narrowed = group.body.domain != choices.domain();
        for step in group.body.steps.iter().filter(|step| step.own || !narrowed) {
            let id = &step.step.id;
            if step.shown.is_empty() {
                let at = step.step.when.as_ref().map_or(id.at, |when| when.at);
                diagnostics.push(group.all(
                    Diagnostic::new(RULE, at, format!("no answer shows step `{}`", id.value))
                        .help("widen its `when`, move it before the answer that ends the guide, or remove it"),
                ));
                continue;
            }
            let mut left = vec![step.shown.clone()];
            for variant in step
                .step
                .variants
                .iter()
                .flat_map(|variants| &variants.value)
            {
                let when = choices.answers(&variant.when);
                // A condition that one file sets and another narrows is inherited text: it goes in silence.
                let one_file = step
                    .step
                    .when
                    .as_ref()
                    .is_none_or(|when| when.at.file == variant.at.file);
                if one_file && left.iter().all(|shown| shown.is_disjoint(&when)) {
                    let message = format!("no answer shows this variant of step `{}`", id.value);
                    diagnostics.push(
                        group.all(
                            Diagnostic::new(RULE, variant.when.at, message)
                                .help("give it answers for which the step is shown, or remove it"),
                        ),
                    );
                }
                left.retain(|shown| !shown.is_within(&when, &group.body.domain));
            }
        }
    }
}
