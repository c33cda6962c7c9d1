//! What runs out, day by day, for the coverage page.

use serde::Serialize;

use super::Renderer;
use super::coverage::link;
use super::listed::{LISTED, LinkView};
use crate::check::due::{Due, What};
use crate::check::matrix::Matrix;
use crate::model::{Address, Book, Provider, Standard, Waiver};

/// A day on which something ends.
#[derive(Debug, Serialize)]
pub(super) struct DayView<'a> {
    date: String,
    waivers: Vec<WaiverView<'a>>,
    reviews: Vec<LinkView<'a>>,
    sources: Vec<CheckView<'a>>,
}

#[derive(Debug, Serialize)]
struct WaiverView<'a> {
    procedure: LinkView<'a>,
    /// The requirement, or those of the order law, the earlier one first.
    what: Vec<&'a str>,
    because: &'a str,
}

#[derive(Debug, Serialize)]
struct CheckView<'a> {
    /// Absent where the source is shared.
    provider: Option<&'a str>,
    /// The provider's page.
    address: Option<String>,
    title: &'a str,
    url: &'a str,
}

/// The days, the next first, and how many things beyond them are not listed.
pub(super) fn days<'a>(
    renderer: &'a Renderer<'_>,
    matrix: &'a Matrix<'a>,
    standard: &'a Standard,
) -> (Vec<DayView<'a>>, usize) {
    let dues = Due::of(renderer.book, matrix);
    let more = dues.len().saturating_sub(LISTED);
    let mut days: Vec<DayView<'a>> = Vec::new();
    for due in dues.into_iter().take(LISTED) {
        let date = due.date.to_string();
        if days.last().is_none_or(|day| day.date != date) {
            days.push(DayView {
                date,
                waivers: Vec::new(),
                reviews: Vec::new(),
                sources: Vec::new(),
            });
        }
        let day = days.last_mut().expect("one was just made");
        match due.what {
            What::Waiver(row, waiver) => day.waivers.push(WaiverView {
                procedure: link(renderer, row),
                what: named(renderer.book, standard, waiver),
                because: waiver.because.as_ref().map_or("", |because| because),
            }),
            What::Review(row) => day.reviews.push(link(renderer, row)),
            What::Source(provider, source) => day.sources.push(CheckView {
                provider: provider.map(name),
                address: provider.map(|own| Address::provider(&own.id).to_string()),
                title: &source.title,
                url: source.url.as_str(),
            }),
        }
    }
    (days, more)
}

fn name(provider: &Provider) -> &str {
    let document = provider.document.as_ref();
    document.map_or(provider.id.as_str(), |document| &document.name)
}

/// What a waiver sets aside, by the titles that the requirements have.
pub(super) fn named<'a>(
    book: &'a Book,
    standard: &'a Standard,
    waiver: &'a Waiver,
) -> Vec<&'a str> {
    let title = |id: &'a str| {
        let step = standard.requirement(id).map(|own| &*own.title.value);
        let material = || book.material(id).map(|own| &*own.title.value);
        let fact = || standard.facts.iter().find(|own| own.id.as_str() == id);
        step.or_else(material)
            .or_else(|| fact().map(|own| &*own.title.value))
            .unwrap_or(id)
    };
    let order = waiver.order.iter().flat_map(|order| &order.value);
    let ids = waiver.requirement.iter().chain(order);
    ids.map(|id| title(id.as_str())).collect()
}
