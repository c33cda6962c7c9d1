#![doc = include_str!("allow_without_reason.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::model::Allow;

rule!(
    "SB703",
    "allow-without-reason",
    Error,
    "allow_without_reason.md"
);

/// Says that an `allow` gives no reason. It counts for nothing.
pub fn diagnostic(allow: &Allow) -> Diagnostic {
    let at = allow
        .because
        .as_ref()
        .map_or(allow.at, |because| because.at);
    let message = format!("this `allow` of `{}` does not say why", allow.rule.value);
    Diagnostic::new(RULE, at, message)
        .help("add `because: …` with the reason; until then it does not count")
}
