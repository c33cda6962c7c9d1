#![doc = include_str!("key_without_source.md")]

use crate::diagnostic::{At, Diagnostic, did_you_mean, rule};

rule!(
    "SB603",
    "key-without-source",
    Error,
    "key_without_source.md"
);

/// A name in a translation that its source does not have; `siblings` are those that stand there.
pub(in super::super) fn diagnostic<'a>(
    at: At,
    name: &str,
    key: &str,
    siblings: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("the source has no `{name}` to translate");
    let otherwise = "remove it, or write it beside the file that says this text";
    Diagnostic::new(RULE, at, message).help(did_you_mean(key, siblings, otherwise))
}

/// A list of texts that is longer or shorter than that of the source.
pub(in super::super) fn other_length(
    at: At,
    name: &str,
    own: usize,
    of_source: usize,
) -> Diagnostic {
    let message = format!("`{name}` has {own} texts, and {of_source} in the source");
    Diagnostic::new(RULE, at, message)
        .help("write one text for each of the source, in its order: none of these is shown now")
}
