#![doc = include_str!("missing_translation.md")]

use crate::diagnostic::{Diagnostic, Sources, rule};
use crate::discover::translation_of;
use crate::translate::FileState;

rule!(
    "SB601",
    "missing-translation",
    Note,
    "missing_translation.md"
);

/// So many texts are named; the others are counted.
const NAMED: usize = 3;

/// Reports the texts of a file that readers of a language see in the language of the source.
pub(in super::super) fn check(
    state: &FileState,
    language: &str,
    sources: &Sources,
) -> Option<Diagnostic> {
    let at = state.missing.first()?.1;
    let (missing, all) = (state.missing.len(), state.texts);
    let message = if missing == all {
        let texts = if all == 1 {
            ""
        } else {
            ", which has {all} texts"
        };
        let texts = texts.replace("{all}", &all.to_string());
        format!("nothing of this file is translated into `{language}`{texts}")
    } else {
        let names = state.missing.iter().map(|(name, _)| format!("`{name}`"));
        let named: Vec<String> = names.take(NAMED).collect();
        let more = match missing.saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(
            "{missing} of {all} texts are not translated into `{language}`: {}{more}",
            named.join(", ")
        )
    };
    let path = match state.translation {
        Some(translation) => sources.path(translation).to_owned(),
        None => translation_of(sources.path(at), language),
    };
    let help = format!(
        "write the translation into `{path}`; until then readers see the text of the source"
    );
    Some(Diagnostic::new(RULE, at, message).help(help))
}
