#![doc = include_str!("unverified_fact.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Fact, Provider};

rule!("SB301", "unverified-fact", Note, "unverified_fact.md");

/// Notes every fact that is unknown or has no evidence: page and paper say so to the reader.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        for (id, fact) in &group.body.facts {
            let message = match fact {
                Fact::Unknown(_) => format!("`{}` is unknown", id.value),
                Fact::Known { evidence: None, .. } => format!("`{}` has no evidence", id.value),
                Fact::Known { .. } => continue,
            };
            diagnostics.push(group.all(note(fact.at(), message)));
        }
    }
    for provider in &context.providers {
        diagnostics.extend(
            of_provider(provider)
                .map(|(at, message)| note(at, message).subject(provider.id.as_str())),
        );
    }
}

fn note(at: At, message: String) -> Diagnostic {
    Diagnostic::new(RULE, at, message)
        .help("find it on the provider's own page, and name that under `evidence`")
}

fn of_provider(provider: &Provider) -> impl Iterator<Item = (At, String)> {
    let document = provider.document.iter();
    document.flat_map(|document| {
        let name = match &document.legal_name {
            None => Some((provider.at, "the legal name is unknown".to_owned())),
            Some(name) if name.evidence.is_none() => {
                Some((name.at, "the legal name has no evidence".to_owned()))
            }
            Some(_) => None,
        };
        let domains = document
            .domains
            .iter()
            .filter(|domain| domain.evidence.is_none());
        let channels = document
            .channels
            .iter()
            .filter(|channel| channel.value.is_none());
        name.into_iter()
            .chain(domains.map(|domain| {
                (
                    domain.at,
                    format!("the domain `{}` has no evidence", domain.host.value),
                )
            }))
            .chain(channels.map(|it| {
                (
                    it.id.at,
                    format!("nobody knows how to reach the channel `{}`", it.id.value),
                )
            }))
    })
}
