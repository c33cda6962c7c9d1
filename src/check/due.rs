//! A book -> what runs out, and on which day: waivers, reviews, checks of sources.

use super::matrix::{Matrix, Row};
use crate::model::{Book, EvidenceSource, Provider, Waiver};
use crate::yaml::Date;

/// Something that holds until a day.
#[derive(Debug, Clone, Copy)]
pub struct Due<'a> {
    /// The last day on which it holds.
    pub date: Date,
    /// What it is.
    pub what: What<'a>,
}

/// What runs out.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A waiver of a procedure.
    Waiver(&'a Row<'a>, &'a Waiver),
    /// The review of a procedure.
    Review(&'a Row<'a>),
    /// The check of a source: a provider's own, or a shared one.
    Source(Option<&'a Provider>, &'a EvidenceSource),
}

impl<'a> Due<'a> {
    /// All that runs out among the procedures of a matrix, the next first. It does not depend on today.
    pub fn of(book: &'a Book, matrix: &'a Matrix<'a>) -> Vec<Self> {
        let Some(standard) = book
            .standards
            .get(matrix.standard.as_str())
            .and_then(Option::as_ref)
        else {
            return Vec::new();
        };
        let source = |provider: Option<&'a Provider>, source: &'a EvidenceSource| Due {
            date: standard.freshness.warn.value.after(source.checked.value),
            what: What::Source(provider, source),
        };
        let mut dues: Vec<Due<'a>> = book
            .sources
            .iter()
            .flatten()
            .map(|own| source(None, own))
            .collect();
        let mut last = None;
        for row in &matrix.rows {
            dues.extend(of_procedure(book, row));
            let provider = row.provider;
            // Rows of one provider stand together, and its sources count once.
            if last.replace(&provider.id) != Some(&provider.id) {
                let own = provider.document.iter().flat_map(|own| &own.sources);
                dues.extend(own.map(|own| source(Some(provider), own)));
            }
        }
        dues.sort_by_key(|due| due.date);
        dues
    }
}

fn of_procedure<'a>(book: &'a Book, row: &'a Row<'a>) -> impl Iterator<Item = Due<'a>> {
    let procedure = row.procedure;
    let waivers = procedure.waives.iter().filter_map(move |waiver| {
        Some(Due {
            date: waiver.until.as_ref()?.value,
            what: What::Waiver(row, waiver),
        })
    });
    let review = procedure.reviewed.iter().zip(&book.site);
    let reviews = review.map(move |(review, site)| Due {
        date: site.review_every.value.after(review.date.value),
        what: What::Review(row),
    });
    waivers.chain(reviews)
}
