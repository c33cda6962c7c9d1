#![doc = include_str!("invalid_yaml.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB002", "invalid-yaml", Error, "invalid_yaml.md");

/// Reports text that is no YAML, or more than stepbook reads of it.
pub fn report(reader: &mut Reader, at: At, message: &str, help: &str) {
    reader.report(Diagnostic::new(RULE, at, message).help(help));
}
