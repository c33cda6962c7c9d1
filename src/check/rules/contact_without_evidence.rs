#![doc = include_str!("contact_without_evidence.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB302",
    "contact-without-evidence",
    Error,
    "contact_without_evidence.md"
);

/// Reports every number, address or app that is given without evidence.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (channel, value) in walk::contacts(context) {
        if channel.evidence.is_some() {
            continue;
        }
        let message = format!("`{}` is given without evidence", value.value);
        diagnostics.push(
            Diagnostic::new(RULE, value.at, message)
                .help("name a source under `evidence`, or remove `value`: the page then says that it is not verified")
                .because(Some("false hotlines and look-alike sites are the known way to cheat these readers")),
        );
    }
}
