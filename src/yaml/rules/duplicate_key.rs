#![doc = include_str!("duplicate_key.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB007", "duplicate-key", Error, "duplicate_key.md");

/// Reports a key that stands twice in one mapping; the first is kept.
pub fn report(reader: &mut Reader, at: At, key: &str) {
    reader.report(
        Diagnostic::new(RULE, at, format!("`{key}` is given twice"))
            .help("keep one of the two: no tool agrees on which one counts"),
    );
}
