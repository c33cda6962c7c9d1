#![doc = include_str!("unknown_step.md")]

use crate::diagnostic::{Diagnostic, Edit, certain, nearest, rule};
use crate::yaml::{Id, Placed};

rule!("SB201", "unknown-step", Error, "unknown_step.md");

/// A step that the procedure does not have.
pub fn diagnostic<'a>(step: &Placed<Id>, steps: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = format!("there is no step `{}` in this procedure", step.value);
    Diagnostic::new(RULE, step.at, message).did_you_mean(
        step.as_str(),
        steps,
        "name a step that exists",
    )
}

/// A step under `steps` that neither changes an inherited one nor says where it goes.
pub fn without_place<'a>(
    step: &Placed<Id>,
    steps: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!(
        "`{}` is no inherited step, and does not say where it goes",
        step.value
    );
    let new = "if it is new, add `place: {after: STEP}`, or write it under a phase";
    let steps: Vec<&str> = steps.into_iter().collect();
    let meant = certain(step.as_str(), steps.iter().copied());
    let help = match meant.or_else(|| nearest(step.as_str(), steps)) {
        Some(near) => format!("did you mean `{near}`? {new}"),
        None => new.to_owned(),
    };
    let edit = meant.map(|meant| Edit::word(step.at, step.as_str(), meant));
    Diagnostic::new(RULE, step.at, message)
        .help(help)
        .edit(edit)
}

/// A step placed beside one that is itself placed beside it, straight or around.
pub fn circular(step: &Placed<Id>, anchor: &Placed<Id>) -> Diagnostic {
    let message = format!(
        "`{}` is placed by `{}`, whose own place leads back to it",
        step.value, anchor.value
    );
    Diagnostic::new(RULE, anchor.at, message).help("place one of them by a step that does not move")
}
