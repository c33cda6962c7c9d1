#![doc = include_str!("extends_cycle.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Id;

rule!("SB212", "extends-cycle", Error, "extends_cycle.md");

/// A procedure that extends itself, straight or around.
pub fn diagnostic(at: At, id: &Id, extends: &Id) -> Diagnostic {
    let message = if id == extends {
        format!("`{id}` extends itself")
    } else {
        format!("`{id}` extends `{extends}`, which extends `{id}` again")
    };
    Diagnostic::new(RULE, at, message)
        .help("take `extends` out of the procedure that the others build on")
}
