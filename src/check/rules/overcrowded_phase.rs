#![doc = include_str!("overcrowded_phase.md")]

use super::crowded_phase::{TOO_MANY, report};
use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB509", "overcrowded-phase", Error, "overcrowded_phase.md");

/// Reports every phase with far more steps than are read in one go.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    report(RULE, context, diagnostics, |steps| steps >= TOO_MANY);
}
