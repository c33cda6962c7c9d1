//! A provider's page: how to reach it, on what evidence, and its procedures.

use serde::Serialize;

use super::step::source_view;
use super::view::{ChannelView, SourceView, banner, text};
use super::{Renderer, is_built};
use crate::model::{Address, Provider};

#[derive(Debug, Serialize)]
pub(super) struct ProviderView<'a> {
    pub(super) name: &'a str,
    /// Absent where nobody knows it on evidence.
    legal_name: Option<Evidenced<'a>>,
    domains: Vec<Evidenced<'a>>,
    /// `operating`, `renamed`, `merged` or `ended`.
    status: Option<&'static str>,
    channels: Vec<ChannelView<'a>>,
    procedures: Vec<ProcedureView<'a>>,
    sources: Vec<SourceView<'a>>,
}

/// A value; without a source it is unverified.
#[derive(Debug, Serialize)]
struct Evidenced<'a> {
    value: &'a str,
    source: Option<SourceView<'a>>,
}

#[derive(Debug, Serialize)]
struct ProcedureView<'a> {
    title: &'a str,
    summary: &'a str,
    guide: String,
    checklist: String,
    banner: Option<&'static str>,
    reviewed: Option<String>,
}

pub(super) fn view<'a>(renderer: &Renderer<'a>, provider: &'a Provider) -> ProviderView<'a> {
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let procedures = provider
        .procedures
        .iter()
        .filter(|it| is_built(it, renderer.options.drafts));
    ProviderView {
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
        channels: document
            .channels
            .iter()
            .map(|channel| renderer.channel(provider, channel))
            .collect(),
        procedures: procedures
            .map(|procedure| ProcedureView {
                title: text(procedure.body.title.as_ref()).unwrap_or_default(),
                summary: text(procedure.body.summary.as_ref()).unwrap_or_default(),
                guide: Address::guide(&provider.id, &procedure.id).to_string(),
                checklist: Address::checklist(&provider.id, &procedure.id).to_string(),
                banner: banner(procedure),
                reviewed: procedure
                    .reviewed
                    .as_ref()
                    .map(|review| review.date.value.to_string()),
            })
            .collect(),
        sources: document.sources.iter().map(source_view).collect(),
    }
}
