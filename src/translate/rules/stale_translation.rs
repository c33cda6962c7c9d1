#![doc = include_str!("stale_translation.md")]

use crate::diagnostic::{Diagnostic, Sources, rule};
use crate::translate::{FileState, Made};

rule!(
    "SB602",
    "stale-translation",
    Warning,
    "stale_translation.md"
);

/// Reports a translation of texts that the source does not have any more, or that nobody says they were.
pub(in super::super) fn check(state: &FileState, sources: &Sources) -> Option<Diagnostic> {
    let translation = state.translation?;
    let path = sources.path(translation);
    let (at, message) = match (state.made(), &state.of) {
        (Made::Stale, Some(of)) => (of.at, "the source has changed since it was translated"),
        (Made::Unsaid, _) => (
            translation,
            "the translation does not say which texts it was made from",
        ),
        _ => return None,
    };
    let help = format!(
        "see that it says what its source says, then run `stepbook translate --accept {path}`"
    );
    let because = "readers of the two languages would be told different things";
    Some(
        Diagnostic::new(RULE, at, message)
            .help(help)
            .because(Some(because)),
    )
}
