//! What a site is -> `llms.txt` as llmstxt.org proposes it: what a language model needs to answer from the guides and to
//! link to their steps.

use serde::Serialize;

use super::super::Renderer;
use super::super::view::{banner, text};
use crate::model::{Address, Procedure, Provider, Status};

/// Guides are listed up to this many: more than a model should have to read to begin with.
const LISTED: usize = 100;

#[derive(Debug, Serialize)]
pub(super) struct LlmsView<'a> {
    guides: Vec<GuideView<'a>>,
    /// Guides that are not listed.
    more: usize,
    /// The full address of a step, as an example.
    example: Option<String>,
    /// The full address of what changed with each release.
    feed: Option<String>,
}

#[derive(Debug, Serialize)]
struct GuideView<'a> {
    provider: &'a str,
    title: &'a str,
    /// The full address of the guide for programs.
    url: String,
    banner: Option<&'static str>,
    /// The day of the last review.
    reviewed: Option<String>,
}

pub(super) fn view<'a>(renderer: &'a Renderer<'_>) -> LlmsView<'a> {
    let mut guides = renderer.book.procedures().filter(|(_, procedure)| {
        procedure.status != Status::Retired && procedure.is_built(renderer.options.drafts)
    });
    let listed: Vec<(&Provider, &Procedure)> = guides.by_ref().take(LISTED).collect();
    let mut followed = listed
        .iter()
        .filter(|(_, procedure)| procedure.status == Status::Published);
    let example = followed.find_map(|(provider, procedure)| {
        let step = &procedure.body.steps.first()?.step.id;
        let guide = renderer
            .cards
            .url(&Address::guide(&provider.id, &procedure.id));
        Some(format!("{guide}#{}", step.as_str()))
    });
    LlmsView {
        more: guides.count(),
        example,
        feed: (!renderer.book.releases.is_empty()).then(|| renderer.cards.url(&Address::feed())),
        guides: listed
            .into_iter()
            .map(|(provider, procedure)| GuideView {
                provider: provider
                    .document
                    .as_ref()
                    .map_or("", |document| &document.name),
                title: text(procedure.body.title.as_ref()).unwrap_or_default(),
                url: renderer
                    .cards
                    .url(&Address::guide_text(&provider.id, &procedure.id)),
                banner: banner(procedure),
                reviewed: procedure
                    .reviewed
                    .as_ref()
                    .map(|review| review.date.value.to_string()),
            })
            .collect(),
    }
}
