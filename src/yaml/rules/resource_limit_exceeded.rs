#![doc = include_str!("resource_limit_exceeded.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Reader;

rule!(
    "SB010",
    "resource-limit-exceeded",
    Error,
    "resource_limit_exceeded.md"
);

/// Reports a file that is larger or deeper than any content needs to be.
pub fn report(reader: &mut Reader, at: At, message: &str, help: &str) {
    reader.report(Diagnostic::new(RULE, at, message).help(help));
}
