#![doc = include_str!("unknown_channel.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, did_you_mean, rule};
use crate::model::{ChannelKind, Provider, ProviderDocument};
use crate::yaml::{Id, Placed};

rule!("SB206", "unknown-channel", Error, "unknown_channel.md");

/// Reports every channel that a step goes through and that the provider does not have, neither by id nor by kind. Of
/// several kinds one is enough: a shared step names all that there may be.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        let named: Vec<&Placed<Vec<Placed<Id>>>> = group
            .body
            .steps
            .iter()
            .flat_map(|step| walk::step_channels(&step.step))
            .collect();
        for (provider, procedure) in &group.procedures {
            let Some(document) = &provider.document else {
                continue;
            };
            let subject = provider.subject(procedure);
            for via in &named {
                diagnostics
                    .extend(faults(provider, document, via).map(|it| it.subject(subject.as_str())));
            }
        }
    }
}

fn faults<'a>(
    provider: &'a Provider,
    document: &'a ProviderDocument,
    via: &'a Placed<Vec<Placed<Id>>>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let is_kind = |name: &Placed<Id>| {
        ChannelKind::ALL
            .iter()
            .any(|kind| kind.as_str() == name.as_str())
    };
    let none = via
        .iter()
        .all(|name| provider.channels(name.as_str()).is_empty());
    via.iter()
        .filter(move |name| provider.channels(name.as_str()).is_empty() && (none || !is_kind(name)))
        .map(move |name| {
            let ids = document.channels.iter().map(|channel| channel.id.as_str());
            let kinds = document
                .channels
                .iter()
                .map(|channel| channel.kind.as_str());
            let message = if is_kind(name) {
                format!("the provider has no channel of kind `{}`", name.value)
            } else {
                format!("the provider has no channel `{}`", name.value)
            };
            let help = did_you_mean(
                name.as_str(),
                ids.chain(kinds),
                "add it under `channels` of its `provider.yaml`",
            );
            Diagnostic::new(RULE, name.at, message).help(help)
        })
}
