#![doc = include_str!("invalid_id.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::{Id, IdError, Placed, Reader};

rule!("SB006", "invalid-id", Error, "invalid_id.md");

/// Reads an id; what is none is reported.
pub fn read(reader: &mut Reader, at: At, text: &str) -> Option<Placed<Id>> {
    match text.parse() {
        Ok(value) => Some(Placed { value, at }),
        Err(error) => {
            reader.report(diagnostic(at, text, &error.to_string()));
            None
        }
    }
}

/// Reports an id, with the reason why it is none.
pub fn diagnostic(at: At, text: &str, why: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        RULE,
        at,
        format!("`{}` cannot be an id: {why}", text.escape_debug()),
    );
    let words = |c: char| !c.is_ascii_alphanumeric();
    let better = text
        .split(words)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
        .to_lowercase();
    let foreign = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    match better.parse::<Id>() {
        Ok(better) if better.as_str() != text && !foreign => {
            diagnostic.help(format!("write `{better}`"))
        }
        _ if text.parse::<Id>() == Err(IdError::Form) || text.is_empty() => {
            diagnostic.help("choose a short name in Latin letters, such as `return-key`")
        }
        _ => diagnostic.help("choose another name"),
    }
}
