#![doc = include_str!("forbidden_channel.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::ChannelLevel;

rule!("SB110", "forbidden-channel", Error, "forbidden_channel.md");

/// Reports every channel of a kind that the standard forbids.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, document, standard) in walk::providers(context) {
        for forbidden in standard
            .channels
            .iter()
            .filter(|it| it.level.value == ChannelLevel::Forbidden)
        {
            for channel in document
                .channels
                .iter()
                .filter(|it| it.kind.value == forbidden.kind.value)
            {
                let message = format!(
                    "a channel of kind `{}` must not be offered",
                    forbidden.kind.as_str()
                );
                diagnostics.push(
                    Diagnostic::new(RULE, channel.kind.at, message)
                        .help("remove it, and name the provider's own channel")
                        .because(forbidden.because.as_deref().map(AsRef::as_ref))
                        .also(forbidden.at, "forbidden here"),
                );
            }
        }
    }
}
