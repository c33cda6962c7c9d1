#![doc = include_str!("missing_required_material.md")]

use crate::check::coverage::{self, Coverage};
use crate::check::{Context, Group, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB104",
    "missing-required-material",
    Error,
    "missing_required_material.md"
);

/// Reports every required material that no step asks for, of some readers or of all.
pub fn run<'a>(context: &Context<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let lacking = |group: &Group<'a>| {
        let required = group.standard.into_iter().flat_map(|it| &it.materials);
        let lacking = required.filter_map(|required| {
            let material = context.book.material(required.as_str())?;
            match coverage::of_material(context.book, group.body, material) {
                Coverage::Covered | Coverage::NotRequired => None,
                Coverage::Missing => Some((required, material, None)),
                Coverage::CoveredForSome(missing) => Some((required, material, Some(missing))),
            }
        });
        lacking.collect()
    };
    context.report_by_shape(lacking, |group, (required, material, only_for)| {
        let id = required.as_str();
        let (answers, at) = match only_for {
            None => (String::new(), walk::material_absence(group, id)),
            Some(missing) => {
                let mut needs = group.body.steps.iter().flat_map(|step| step.step.needs());
                let asked = needs.find(|need| need.as_str() == id).map(|need| need.at);
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
    });
}
