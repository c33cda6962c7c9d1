#![doc = include_str!("contact_without_evidence.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB302",
    "contact-without-evidence",
    Error,
    "contact_without_evidence.md"
);

/// Reports every number, address or app that is given without evidence.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let documents = context
        .book
        .providers
        .iter()
        .filter_map(|provider| provider.document.as_ref());
    for channel in documents.flat_map(|document| &document.channels.value) {
        let Some(value) = channel
            .value
            .as_ref()
            .filter(|_| channel.evidence.is_none())
        else {
            continue;
        };
        let message = format!("`{}` is given without evidence", value.value);
        diagnostics.push(
            Diagnostic::new(RULE, value.at, message)
                .help("name a source under `evidence`, or remove `value`: the page then says that it is not verified")
                .because(Some("false hotlines and look-alike sites are the known way to cheat these readers")),
        );
    }
}
