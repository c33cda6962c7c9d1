#![doc = include_str!("unknown_channel.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
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
                diagnostics.extend(
                    faults(provider, document, via)
                        .into_iter()
                        .map(|it| it.subject(subject.as_str())),
                );
            }
        }
    }
}

fn faults(
    provider: &Provider,
    document: &ProviderDocument,
    via: &Placed<Vec<Placed<Id>>>,
) -> Vec<Diagnostic> {
    let is_kind = |name: &Placed<Id>| {
        ChannelKind::ALL
            .iter()
            .any(|kind| kind.as_str() == name.as_str())
    };
    let is_there = |name: &&Placed<Id>| !provider.channels(name.as_str()).is_empty();
    let unknown = via
        .iter()
        .filter(|name| !is_there(name) && !is_kind(name))
        .map(|name| {
            let ids = document.channels.iter().map(|channel| channel.id.as_str());
            let kinds = ChannelKind::ALL.iter().map(|kind| kind.as_str());
            let message = format!("the provider has no channel `{}`", name.value);
            let otherwise = "add it under `channels` of its `provider.yaml`";
            Diagnostic::new(RULE, name.at, message).did_you_mean(
                name.as_str(),
                ids.chain(kinds),
                otherwise,
            )
        });
    let mut faults: Vec<Diagnostic> = unknown.collect();
    if faults.is_empty() && !via.is_empty() && !via.iter().any(|name| is_there(&name)) {
        let kinds: Vec<&str> = via.iter().map(|name| name.as_str()).collect();
        let message = format!(
            "the provider has no channel for merchants of kind `{}`",
            kinds.join("` or `")
        );
        let help = format!(
            "add one under `channels` of its `provider.yaml`, such as `- {{id: {0}, kind: {0}, label: …}}`; leave `value` out where you do not know it",
            kinds[0]
        );
        faults.push(Diagnostic::new(RULE, via.at, message).help(help));
    }
    faults
}
