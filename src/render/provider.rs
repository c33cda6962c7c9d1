//! A provider's page: how to reach it, on what evidence, and its procedures.

use serde::Serialize;

use super::Renderer;
use super::procedure::{ReviewView, review};
use super::step::source_view;
use super::view::{ChannelView, SourceView, banner, text};
use crate::model::{Address, Channel, Provider, ProviderDocument};

#[derive(Debug, Serialize)]
pub(super) struct ProviderView<'a> {
    pub(super) name: &'a str,
    /// Absent where nobody knows it on evidence.
    legal_name: Option<Evidenced<'a>>,
    domains: Vec<Evidenced<'a>>,
    /// `operating`, `renamed`, `merged` or `ended`.
    status: Option<&'static str>,
    /// Channels with a value on evidence, those for merchants first.
    verified: Vec<Reach<'a>>,
    /// Channels of which no more is known than that they exist.
    unverified: Vec<Reach<'a>>,
    procedures: Vec<ProcedureView<'a>>,
    /// All sheets in one document.
    pack: String,
    sources: Vec<SourceView<'a>>,
}

/// A value; without a source it is unverified.
#[derive(Debug, Serialize)]
struct Evidenced<'a> {
    value: &'a str,
    source: Option<SourceView<'a>>,
}

/// A channel, and whom it serves if not merchants.
#[derive(Debug, Serialize)]
struct Reach<'a> {
    #[serde(flatten)]
    channel: ChannelView<'a>,
    /// `privacy` or `other`.
    purpose: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct ProcedureView<'a> {
    title: &'a str,
    summary: &'a str,
    guide: String,
    checklist: String,
    banner: Option<&'static str>,
    reviewed: Option<ReviewView>,
}

pub(super) fn view<'a>(renderer: &Renderer<'a>, provider: &'a Provider) -> ProviderView<'a> {
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let (verified, unverified) = channels(renderer, provider, document);
    let procedures = provider
        .procedures
        .iter()
        .filter(|it| it.is_built(renderer.options.drafts));
    ProviderView {
        pack: Address::pack(&provider.id).to_string(),
        name: &document.name,
        legal_name: document.legal_name.as_ref().map(|name| Evidenced {
            value: &name.value,
            source: renderer.source_view(provider, name.evidence.as_ref()),
        }),
        domains: document
            .domains
            .iter()
            .map(|domain| Evidenced {
                value: &domain.host,
                source: renderer.source_view(provider, domain.evidence.as_ref()),
            })
            .collect(),
        status: document.status.as_ref().map(|status| status.value.as_str()),
        verified,
        unverified,
        procedures: procedures
            .map(|procedure| ProcedureView {
                title: text(procedure.body.title.as_ref()).unwrap_or_default(),
                summary: text(procedure.body.summary.as_ref()).unwrap_or_default(),
                guide: Address::guide(&provider.id, &procedure.id).to_string(),
                checklist: Address::checklist(&provider.id, &procedure.id).to_string(),
                banner: banner(procedure),
                reviewed: review(procedure),
            })
            .collect(),
        sources: document.sources.iter().map(source_view).collect(),
    }
}

/// The channels that somebody has verified, and the others; those for merchants come first.
fn channels<'a>(
    renderer: &Renderer<'a>,
    provider: &'a Provider,
    document: &'a ProviderDocument,
) -> (Vec<Reach<'a>>, Vec<Reach<'a>>) {
    let mut channels: Vec<&Channel> = document.channels.iter().collect();
    channels.sort_by_key(|channel| !channel.serves_merchants());
    let (verified, unverified): (Vec<_>, Vec<_>) = channels
        .into_iter()
        .partition(|channel| channel.is_verified());
    let reach = |channel: &'a Channel| Reach {
        channel: renderer.channel(provider, channel),
        purpose: channel
            .r#for
            .as_ref()
            .filter(|_| !channel.serves_merchants())
            .map(|purpose| purpose.value.as_str()),
    };
    (
        verified.into_iter().map(reach).collect(),
        unverified.into_iter().map(reach).collect(),
    )
}
