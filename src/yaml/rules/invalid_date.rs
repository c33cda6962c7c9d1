#![doc = include_str!("invalid_date.md")]

use crate::diagnostic::{At, Diagnostic, Edit, rule};
use crate::yaml::{Date, Reader};

rule!("SB009", "invalid-date", Error, "invalid_date.md");

/// Reads a date in the form `2026-11-23`; what is none is reported.
pub fn read(reader: &mut Reader, at: At, text: &str) -> Option<Date> {
    let date = text
        .parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text);
    if date.is_none() {
        let meant = in_other_form(text).map(|date| date.to_string());
        let help = match &meant {
            Some(meant) => format!("write `{meant}`"),
            None => "write year, month and day as in `2026-11-23`".to_owned(),
        };
        reader.report(
            Diagnostic::new(RULE, at, format!("`{text}` is no date"))
                .help(help)
                .edit(meant.map(|meant| Edit::word(at, text, &meant))),
        );
    }
    date
}

/// A day that begins with its year, as in `2026/1/5` or `2026年1月5日`: only one day can be meant.
fn in_other_form(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text
        .strip_suffix('日')
        .unwrap_or(text)
        .split(['-', '/', '.', '年', '月'])
        .collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !parts.iter().all(|part| digits(part)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
