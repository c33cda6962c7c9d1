#![doc = include_str!("missing_field.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB004", "missing-field", Error, "missing_field.md");

/// Reports a field that must be there.
pub fn report(reader: &mut Reader, at: At, name: &str, of: &str) {
    reader.report(diagnostic(at, name, of));
}

/// The same, for what is only known to be missing once files are merged.
pub fn diagnostic(at: At, name: &str, of: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, format!("{of} needs `{name}`")).help(format!(
        "add `{}: …`",
        name.split('`').next().unwrap_or(name)
    ))
}
