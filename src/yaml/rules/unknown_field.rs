#![doc = include_str!("unknown_field.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB003", "unknown-field", Error, "unknown_field.md");

/// Reports a key that a shape does not have.
pub fn report(reader: &mut Reader, at: At, key: &str, fields: &[&str], of: &str) {
    reader.report(
        Diagnostic::new(RULE, at, format!("{of} has no field `{key}`")).did_you_mean(
            key,
            fields.iter().copied(),
            "remove it, or use a field that exists",
        ),
    );
}
