#![doc = include_str!("invalid_id.md")]

use crate::diagnostic::{At, Diagnostic, Edit, rule};
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
            let only_form = text.split(['_', '-', ' ']).all(is_one_word);
            let edit = only_form.then(|| Edit::word(at, text, better.as_str()));
            diagnostic.help(format!("write `{better}`")).edit(edit)
        }
        _ if text.parse::<Id>() == Err(IdError::Form) || text.is_empty() => {
            diagnostic.help("choose a short name in Latin letters, such as `return-key`")
        }
        _ => diagnostic.help("choose another name"),
    }
}

/// Whether a part of an id is one word in capital or small letters: `lockBicycle` is two, and nobody said where they
/// meet.
fn is_one_word(part: &str) -> bool {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let begins = part.chars().take(1).all(|c| c.is_ascii_alphanumeric());
    begins && (part.chars().skip(1).all(small) || part.chars().all(capital))
}
