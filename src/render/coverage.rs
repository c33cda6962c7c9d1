//! A standard's coverage: requirements × procedures, part by part where there are many.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Renderer;
use crate::check::matrix::{Cell, Matrix, Row, State};
use crate::model::{Address, Book, Requirement};
use crate::yaml::{Date, Id};

/// A part shows this many procedures: more is no table that a person reads.
const ROWS: usize = 100;

/// The matrices of all standards, decided once.
pub(super) struct Matrices<'b>(BTreeMap<&'b str, Matrix<'b>>);

impl<'b> Matrices<'b> {
    pub(super) fn of(book: &'b Book, today: Date) -> Self {
        let ids = book.standards.keys().map(Id::as_str);
        Matrices(
            ids.filter_map(|id| Some((id, Matrix::of(book, id, today)?)))
                .collect(),
        )
    }
}

/// How many parts the coverage page of a standard has; at least one.
pub(super) fn parts(book: &Book, standard: &Id) -> usize {
    let names = |body: &crate::model::Body| {
        body.standard
            .as_ref()
            .is_some_and(|own| own.value == *standard)
    };
    let rows = book
        .procedures()
        .filter(|(_, procedure)| names(&procedure.body))
        .count();
    rows.div_ceil(ROWS).max(1)
}

#[derive(Debug, Serialize)]
pub(super) struct CoverageView<'a> {
    pub(super) title: &'a str,
    procedure_count: usize,
    requirements: Vec<RequirementView<'a>>,
    rows: Vec<RowView<'a>>,
    part: usize,
    /// The addresses of all parts, from the site's base.
    parts: Vec<String>,
    /// Waivers of all procedures, the next to end first.
    waivers: Vec<WaiverView<'a>>,
    /// Procedures that were never reviewed.
    unreviewed: usize,
}

#[derive(Debug, Serialize)]
struct RequirementView<'a> {
    id: &'a str,
    title: &'a str,
    because: &'a str,
    required: bool,
    /// Procedures that cover it, or need not.
    covered: usize,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    provider: &'a str,
    title: &'a str,
    address: String,
    reviewed: Option<String>,
    cells: Vec<CellView<'a>>,
}

#[derive(Debug, Serialize)]
struct CellView<'a> {
    /// The key of the word for its state.
    state: &'static str,
    /// The first step that covers it.
    step: Option<&'a str>,
    missing_for: Option<&'a str>,
    until: Option<String>,
}

#[derive(Debug, Serialize)]
struct WaiverView<'a> {
    provider: &'a str,
    address: String,
    /// The requirement, or the order law.
    what: String,
    because: &'a str,
    until: String,
}

pub(super) fn view<'a>(renderer: &'a Renderer<'_>, id: &'a Id, part: usize) -> CoverageView<'a> {
    let matrix = &renderer.coverage.0[id.as_str()];
    let standard = renderer.book.standards[id]
        .as_ref()
        .expect("a book without errors has every standard");
    let from = (part - 1) * ROWS;
    let rows = matrix.rows.iter().skip(from).take(ROWS);
    CoverageView {
        title: &standard.title,
        procedure_count: matrix.rows.len(),
        requirements: matrix
            .requirements
            .iter()
            .enumerate()
            .map(|(at, it)| requirement(matrix, at, it))
            .collect(),
        rows: rows.map(row).collect(),
        part,
        parts: (1..=parts(renderer.book, id))
            .map(|part| Address::coverage(id, part).to_string())
            .collect(),
        waivers: waivers(matrix),
        unreviewed: matrix
            .rows
            .iter()
            .filter(|row| row.procedure.reviewed.is_none())
            .count(),
    }
}

fn requirement<'a>(
    matrix: &Matrix<'_>,
    at: usize,
    requirement: &'a Requirement,
) -> RequirementView<'a> {
    RequirementView {
        id: requirement.id.as_str(),
        title: &requirement.title,
        because: &requirement.because,
        required: requirement.is_required(),
        covered: matrix
            .rows
            .iter()
            .filter(|row| row.cells[at].state.is_good())
            .count(),
    }
}

fn name<'a>(row: &Row<'a>) -> &'a str {
    row.provider
        .document
        .as_ref()
        .map_or(row.provider.id.as_str(), |document| &document.name)
}

fn address(row: &Row<'_>) -> String {
    Address::guide(&row.provider.id, &row.procedure.id).to_string()
}

fn row<'a>(row: &'a Row<'a>) -> RowView<'a> {
    RowView {
        provider: name(row),
        title: row
            .procedure
            .body
            .title
            .as_ref()
            .map_or("", |title| &title.value),
        address: address(row),
        reviewed: row
            .procedure
            .reviewed
            .as_ref()
            .map(|review| review.date.value.to_string()),
        cells: row.cells.iter().map(cell).collect(),
    }
}

fn cell<'a>(cell: &'a Cell<'a>) -> CellView<'a> {
    CellView {
        state: match cell.state {
            State::Covered => "covered",
            State::NotRequired => "not_required",
            State::CoveredForSome => "covered_for_some",
            State::Waived => "waived",
            State::Missing => "missing",
        },
        step: cell.steps.first().map(|id| id.as_str()),
        missing_for: cell.missing_for.as_deref(),
        until: cell.waived_until.map(|until| until.to_string()),
    }
}

fn waivers<'a>(matrix: &'a Matrix<'a>) -> Vec<WaiverView<'a>> {
    let mut waivers = Vec::new();
    for row in &matrix.rows {
        for waiver in &row.procedure.waives {
            let order = waiver.order.iter().map(|order| {
                order
                    .iter()
                    .map(|id| id.as_str())
                    .collect::<Vec<_>>()
                    .join(" → ")
            });
            let what = waiver
                .requirement
                .iter()
                .map(|id| id.to_string())
                .chain(order)
                .collect::<Vec<_>>()
                .join(", ");
            let (Some(because), Some(until)) = (&waiver.because, &waiver.until) else {
                continue;
            };
            let until = until.value.to_string();
            waivers.push(WaiverView {
                provider: name(row),
                address: address(row),
                what,
                because,
                until,
            });
        }
    }
    waivers.sort_by(|a, b| (&a.until, &a.address).cmp(&(&b.until, &b.address)));
    waivers
}
