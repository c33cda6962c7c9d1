#![doc = include_str!("missing_required_material.md")]

use crate::check::coverage::{self, Coverage};
use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB104",
    "missing-required-material",
    Error,
    "missing_required_material.md"
);

/// Reports every required material that no step asks for, of some readers or of all.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let decided = context.of_shapes(|group| {
        let required = group.standard.into_iter().flat_map(|it| &it.materials);
        let decided = required.filter_map(|required| {
            let material = context.book.material(required.as_str())?;
            let coverage = coverage::of_material(context.book, group.body, material);
            Some((required, material, coverage))
        });
        decided.collect::<Vec<_>>()
    });
    for group in &context.bodies {
        for (required, material, coverage) in &decided[group.shape] {
            let id = required.as_str();
            let (answers, at) = match coverage {
                Coverage::Covered | Coverage::NotRequired => continue,
                Coverage::Missing => (String::new(), walk::material_absence(group, id)),
                Coverage::CoveredForSome(missing) => {
                    let needs = group.body.steps.iter().flat_map(|step| step.step.needs());
                    let asked = needs
                        .filter(|need| need.as_str() == id)
                        .map(|need| need.at)
                        .next();
                    let answers = format!(" for `{}`", context.book.choices.describe(missing));
                    (answers, asked.unwrap_or(group.body.places.steps))
                }
            };
            let message = format!(
                "no step needs the material `{id}` ({}){answers}",
                material.title.value
            );
            let diagnostic = Diagnostic::new(RULE, at, message)
                .help(format!(
                    "add `{id}` to `needs` of a step that these readers see"
                ))
                .because(Some("a reader who arrives without it is sent away"))
                .also(required.at, "required here");
            diagnostics.extend(group.unless_waived(context, id, diagnostic));
        }
    }
}
