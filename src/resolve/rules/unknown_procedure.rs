#![doc = include_str!("unknown_procedure.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::{Id, Placed};

rule!("SB209", "unknown-procedure", Error, "unknown_procedure.md");

/// A procedure that does not exist.
pub fn diagnostic<'a>(name: &Placed<Id>, known: impl IntoIterator<Item = &'a Id>) -> Diagnostic {
    let message = format!("there is no procedure `{}`", name.value);
    let known = known.into_iter().map(Id::as_str);
    Diagnostic::new(RULE, name.at, message).did_you_mean(
        name.as_str(),
        known,
        "write it as `content/procedures/NAME.yaml`",
    )
}
