#![doc = include_str!("unknown_phase.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::{Id, Placed};

rule!("SB202", "unknown-phase", Error, "unknown_phase.md");

/// A place in a phase that the procedure does not have.
pub fn diagnostic<'a>(phase: &Placed<Id>, phases: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = format!("there is no phase `{}` in this procedure", phase.value);
    Diagnostic::new(RULE, phase.at, message).did_you_mean(
        phase.as_str(),
        phases,
        "name a phase that exists",
    )
}
