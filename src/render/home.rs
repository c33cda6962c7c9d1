//! The page on which a reader finds a provider.

use serde::Serialize;

use super::Renderer;
use super::differences::{DifferencesLink, shared};
use super::view::{banner, text};
use crate::model::Address;

#[derive(Debug, Serialize)]
pub(super) struct HomeView<'a> {
    providers: Vec<ProviderLink<'a>>,
    standards: Vec<StandardLink<'a>>,
    differences: Vec<DifferencesLink<'a>>,
    /// Where the finder's index is, from the site's base.
    index: String,
    /// The agent's desk, from the site's base.
    desk: String,
    /// What changed with each release, from the site's base; absent where there is none.
    feed: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProviderLink<'a> {
    name: &'a str,
    /// All that it is found by: never printed, because nobody has verified its aliases.
    names: Vec<&'a str>,
    /// From the site's base.
    address: String,
    procedures: Vec<ProcedureLink<'a>>,
}

#[derive(Debug, Serialize)]
struct ProcedureLink<'a> {
    title: &'a str,
    address: String,
    banner: Option<&'static str>,
    reviewed: Option<String>,
}

#[derive(Debug, Serialize)]
struct StandardLink<'a> {
    title: &'a str,
    address: String,
}

pub(super) fn view<'a>(renderer: &'a Renderer<'_>) -> HomeView<'a> {
    let (book, drafts) = (renderer.book, renderer.options.drafts);
    let providers = book.providers.iter().filter_map(|provider| {
        let document = provider.document.as_ref()?;
        let procedures = provider
            .procedures
            .iter()
            .filter(|it| it.is_built(drafts))
            .map(|procedure| ProcedureLink {
                title: text(procedure.body.title.as_ref()).unwrap_or_default(),
                address: Address::guide(&provider.id, &procedure.id).to_string(),
                banner: banner(procedure),
                reviewed: procedure
                    .reviewed
                    .as_ref()
                    .map(|review| review.date.value.to_string()),
            });
        let names = [&*document.name, provider.id.as_str()];
        let aliases = document.aliases.iter().map(|alias| &*alias.value);
        Some(ProviderLink {
            name: &document.name,
            names: names.into_iter().chain(aliases).collect(),
            address: Address::provider(&provider.id).to_string(),
            procedures: procedures.collect(),
        })
    });
    let standards = book.standards.iter().filter_map(|(id, standard)| {
        let title = &standard.as_ref()?.title;
        Some(StandardLink {
            title,
            address: Address::coverage(id, 1).to_string(),
        })
    });
    HomeView {
        providers: providers.collect(),
        standards: standards.collect(),
        differences: shared(book)
            .map(|id| DifferencesLink::of(renderer, id))
            .collect(),
        index: Address::find_index().to_string(),
        desk: Address::desk().to_string(),
        feed: (!book.original().releases.is_empty())
            .then(|| format!("{}{}", book.to_site(), Address::feed())),
    }
}
