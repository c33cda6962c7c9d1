#![doc = include_str!("evidence_off_domain.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Channel, ChannelKind, EvidenceClass, EvidenceSource, ProviderDocument};
use crate::yaml::{Text, Url};

rule!(
    "SB303",
    "evidence-off-domain",
    Error,
    "evidence_off_domain.md"
);

/// Reports every source that does not lie where its class says, and every web site off the provider's domains.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in context
        .providers
        .iter()
        .filter_map(|provider| provider.document.as_ref())
    {
        diagnostics.extend(
            document
                .sources
                .iter()
                .filter_map(|source| fault(context, source, Some(document))),
        );
        diagnostics.extend(
            document
                .channels
                .iter()
                .filter_map(|channel| foreign(channel, document)),
        );
    }
    for source in context.book.sources.iter().flatten() {
        diagnostics.extend(fault(context, source, None));
    }
}

/// A web site that is not on the provider's own domains.
fn foreign(channel: &Channel, document: &ProviderDocument) -> Option<Diagnostic> {
    let value = channel
        .value
        .as_ref()
        .filter(|_| channel.kind.value == ChannelKind::Web)?;
    let url: Url = value.parse().ok()?;
    let own = document
        .domains
        .iter()
        .any(|domain| url.lies_on(&domain.host));
    (!own).then(|| off(value.at, url.host(), "`domains` of this provider"))
}

fn off(at: At, host: &str, whose: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, format!("`{host}` is not among {whose}"))
        .help(format!(
            "find it on a host of {whose}; add the host there only when you know whose it is"
        ))
        .because(Some(
            "look-alike sites are the known way to cheat these readers",
        ))
}

fn fault(
    context: &Context<'_>,
    source: &EvidenceSource,
    of: Option<&ProviderDocument>,
) -> Option<Diagnostic> {
    let hosts = context.book.site.as_ref()?.evidence_hosts.as_ref();
    let (allowed, whose): (Vec<&Text>, &str) = match source.class.value {
        EvidenceClass::Law => return None,
        EvidenceClass::OwnDomain if of.is_none() => {
            let message = "a shared source belongs to no provider, so it cannot be on a provider's own domain";
            return Some(
                Diagnostic::new(RULE, source.class.at, message)
                    .help("move it to `sources` of that provider"),
            );
        }
        EvidenceClass::OwnDomain => {
            let domains = of.iter().flat_map(|document| &document.domains);
            (
                domains.map(|domain| &domain.host).collect(),
                "`domains` of this provider",
            )
        }
        EvidenceClass::Regulator => (
            hosts.iter().flat_map(|it| &it.regulator).collect(),
            "`evidence_hosts.regulator` in `site.yaml`",
        ),
        EvidenceClass::Filing => (
            hosts.iter().flat_map(|it| &it.filing).collect(),
            "`evidence_hosts.filing` in `site.yaml`",
        ),
    };
    if allowed.iter().any(|domain| source.url.lies_on(domain)) {
        return None;
    }
    Some(off(source.url.at, source.url.host(), whose))
}
