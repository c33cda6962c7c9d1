#![doc = include_str!("invalid_date.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::{Date, Reader};

rule!("SB009", "invalid-date", Error, "invalid_date.md");

/// Reads a date in the form `2026-11-23`; what is none is reported.
pub fn read(reader: &mut Reader, at: At, text: &str) -> Option<Date> {
    let date = text
        .parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text);
    if date.is_none() {
        reader.report(
            Diagnostic::new(RULE, at, format!("`{text}` is no date"))
                .help("write year, month and day as in `2026-11-23`"),
        );
    }
    date
}
