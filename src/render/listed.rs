//! Many procedures -> what one page shows of them: links by the names of their providers, the first of a long list, and
//! the way through its parts.

use serde::Serialize;

use super::Renderer;
use super::view::text;
use crate::model::{Address, Procedure, Provider};
use crate::yaml::Id;

/// A list shows this many procedures, and says how many more there are.
pub(super) const LISTED: usize = 100;

/// A procedure by the name of its provider.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView<'a> {
    provider: &'a str,
    /// The procedure's title, where the provider has several here.
    title: Option<&'a str>,
    /// Its guide, or a step there; absent where it has none.
    address: Option<String>,
}

impl<'a> LinkView<'a> {
    /// A link to a procedure's guide, or to one of its steps.
    pub(super) fn of(
        renderer: &Renderer<'_>,
        provider: &'a Provider,
        procedure: &'a Procedure,
        step: Option<&Id>,
    ) -> Self {
        let own = provider.document.as_ref();
        let title = text(procedure.body.title.as_ref());
        LinkView {
            provider: own.map_or(provider.id.as_str(), |document| &document.name),
            title: title.filter(|_| provider.procedures.len() > 1),
            address: guide(renderer, provider, procedure, step),
        }
    }
}

/// A procedure's guide, or a step there; `None` where it has none.
pub(super) fn guide(
    renderer: &Renderer<'_>,
    provider: &Provider,
    procedure: &Procedure,
    step: Option<&Id>,
) -> Option<String> {
    let built = procedure.is_built(renderer.options.drafts);
    built.then(|| {
        let guide = Address::guide(&provider.id, &procedure.id);
        step.map_or_else(|| guide.to_string(), |step| format!("{guide}#{step}"))
    })
}

/// Procedures, and how many more there are.
#[derive(Debug, Default, Serialize)]
pub(super) struct Listed<'a> {
    pub(super) links: Vec<LinkView<'a>>,
    pub(super) more: usize,
}

impl<'a> Listed<'a> {
    pub(super) fn push(&mut self, link: impl FnOnce() -> LinkView<'a>) {
        if self.links.len() < LISTED {
            self.links.push(link());
        } else {
            self.more += 1;
        }
    }
}

/// A part of a page that has several.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    number: usize,
    /// From the site's base.
    address: String,
    /// Whether parts before this one are left out.
    gap: bool,
}

/// The way through many parts, the first and the last and those beside this one: thousands of links are no way.
pub(super) fn part_links(
    part: usize,
    parts: usize,
    address: impl Fn(usize) -> Address,
) -> Vec<PartView> {
    let shown = |number: &usize| *number == 1 || *number == parts || number.abs_diff(part) <= 1;
    let mut last = 0;
    (1..=parts)
        .filter(shown)
        .map(|number| PartView {
            number,
            address: address(number).to_string(),
            gap: std::mem::replace(&mut last, number) + 1 < number,
        })
        .collect()
}
