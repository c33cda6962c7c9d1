#![doc = include_str!("missing_required_channel.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{ChannelLevel, ProviderDocument, RequiredChannel};

rule!(
    "SB109",
    "missing-required-channel",
    Error,
    "missing_required_channel.md"
);

/// Reports every channel that a provider must have and does not name.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (provider, document, standard) in walk::providers(context) {
        let required = standard
            .channels
            .iter()
            .filter(|it| it.level.value == ChannelLevel::Required);
        for required in required.filter(|required| !has(document, required)) {
            let (what, id) = describe(required);
            diagnostics.push(
                    Diagnostic::new(RULE, document.channels.at, format!("{what} is missing"))
                        .help(format!(
                            "add `- {{id: {id}, kind: {}, label: …}}`; leave `value` out where you do not know it",
                            required.kind.as_str()
                        ))
                        .because(required.because.as_deref().map(AsRef::as_ref))
                        .also(required.at, "required here")
                        .subject(provider.id.as_str()),
                );
        }
    }
}

/// Whether a provider has a channel that a standard asks for: by id where it gives one, else one for merchants.
pub fn has(document: &ProviderDocument, required: &RequiredChannel) -> bool {
    document.channels.iter().any(|channel| {
        channel.kind.value == required.kind.value
            && match &required.id {
                Some(id) => channel.id.value == id.value,
                None => channel.serves_merchants(),
            }
    })
}

/// What a required channel is called, and an id for it.
pub fn describe(required: &RequiredChannel) -> (String, &str) {
    match &required.id {
        Some(id) => (format!("the channel `{}`", id.value), id.as_str()),
        None => (
            format!("a channel of kind `{}`", required.kind.as_str()),
            required.kind.as_str(),
        ),
    }
}
