//! A standard's coverage: requirements × procedures, part by part where there are many; then what lacks, and what
//! runs out when.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Renderer;
use super::differences::{DifferencesLink, shared};
use super::due::{DayView, days};
use super::listed::{LinkView, Listed, PartView, guide, part_links};
use super::view::{banner, text};
use crate::check::matrix::{Cell, Matrix, Row, State};
use crate::model::{Address, Body, Book};
use crate::yaml::{Date, Id};

/// A part shows this many procedures: more columns are no table that a person reads.
const COLUMNS: usize = 20;

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
    let columns = book
        .procedures()
        .filter(|(_, procedure)| names(&procedure.body, standard))
        .count();
    columns.div_ceil(COLUMNS).max(1)
}

/// Whether a procedure holds to a standard.
fn names(body: &Body, standard: &Id) -> bool {
    let own = body.standard.as_ref();
    own.is_some_and(|own| own.value == *standard)
}

#[derive(Debug, Serialize)]
pub(super) struct CoverageView<'a> {
    pub(super) title: &'a str,
    procedure_count: usize,
    unreviewed_count: usize,
    states: Vec<StateView>,
    /// The procedures of this part, in the order of each requirement's cells.
    columns: Vec<ColumnView<'a>>,
    requirements: Vec<RequirementView<'a>>,
    /// What differs between the providers of the shared procedures that hold to it.
    differences: Vec<DifferencesLink<'a>>,
    part: usize,
    /// The first and the last part and those beside this one.
    parts: Vec<PartView>,
    /// What follows is on the first part alone, for all procedures.
    gaps: Vec<GapView<'a>>,
    unreviewed: Listed<'a>,
    days: Vec<DayView<'a>>,
    /// What runs out later and is not listed.
    more_dues: usize,
    review_every: u32,
    warn: u32,
    fail: u32,
}

#[derive(Debug, Serialize)]
struct StateView {
    state: &'static str,
    /// Cells in this state, in all parts.
    count: usize,
}

#[derive(Debug, Serialize)]
struct ColumnView<'a> {
    #[serde(flatten)]
    link: LinkView<'a>,
    banner: Option<&'static str>,
    reviewed: Option<String>,
}

#[derive(Debug, Serialize)]
struct RequirementView<'a> {
    id: &'a str,
    title: &'a str,
    because: &'a str,
    required: bool,
    /// Procedures in which nothing is lacking.
    covered: usize,
    cells: Vec<CellView<'a>>,
}

#[derive(Debug, Serialize)]
struct CellView<'a> {
    /// The key of the word for its state.
    state: &'static str,
    /// The first step that covers it.
    step: Option<CoveringView<'a>>,
    missing_for: Option<String>,
    until: Option<String>,
}

#[derive(Debug, Serialize)]
struct CoveringView<'a> {
    number: usize,
    action: &'a str,
    /// The step on its guide; absent where there is none.
    address: Option<String>,
}

/// What lacks in the same way in some procedures.
#[derive(Debug, Serialize)]
struct GapView<'a> {
    requirement: &'a str,
    state: &'static str,
    missing_for: Option<String>,
    until: Option<String>,
    procedures: Listed<'a>,
}

pub(super) fn view<'a>(renderer: &'a Renderer<'_>, id: &'a Id, part: usize) -> CoverageView<'a> {
    let of_all = renderer
        .coverage
        .get_or_init(|| Matrices::of(renderer.book, renderer.options.today));
    let matrix = &of_all.0[id.as_str()];
    let book = renderer.book;
    let standard = book.standards[id]
        .as_ref()
        .expect("a book without errors has every standard");
    let from = (part - 1) * COLUMNS;
    let rows = &matrix.rows[from..matrix.rows.len().min(from + COLUMNS)];
    let mut unreviewed = Listed::default();
    for row in matrix.rows.iter().filter(|row| !is_reviewed(row)) {
        unreviewed.push(|| link(renderer, row));
    }
    let mut view = CoverageView {
        title: &standard.title,
        procedure_count: matrix.rows.len(),
        unreviewed_count: unreviewed.links.len() + unreviewed.more,
        states: states(matrix),
        columns: rows.iter().map(|row| column(renderer, row)).collect(),
        requirements: requirements(renderer, matrix, rows),
        differences: shared(book)
            .filter(|shared| names(&book.shared[*shared].body, id))
            .map(|shared| DifferencesLink::of(renderer, shared))
            .collect(),
        part,
        parts: part_links(part, parts(book, id), |part| Address::coverage(id, part)),
        gaps: Vec::new(),
        unreviewed: Listed::default(),
        days: Vec::new(),
        more_dues: 0,
        review_every: book
            .site
            .as_ref()
            .map_or(0, |site| site.review_every.value.0),
        warn: standard.freshness.warn.value.0,
        fail: standard.freshness.fail.value.0,
    };
    if part == 1 {
        view.gaps = gaps(renderer, matrix);
        view.unreviewed = unreviewed;
        (view.days, view.more_dues) = days(renderer, matrix, standard);
    }
    view
}

fn is_reviewed(row: &Row<'_>) -> bool {
    row.procedure.reviewed.is_some()
}

/// The key of the word for a state.
fn key(state: State) -> &'static str {
    match state {
        State::Covered => "covered",
        State::Unverified => "unverified",
        State::NotRequired => "not_required",
        State::CoveredForSome => "covered_for_some",
        State::Waived => "waived",
        State::Missing => "missing",
    }
}

fn states(matrix: &Matrix<'_>) -> Vec<StateView> {
    let count = |state| {
        let requirements = 0..matrix.requirements.len();
        let counts = requirements.map(|at| matrix.count(at, |own| own == state));
        counts.sum()
    };
    State::ALL
        .into_iter()
        .map(|state| StateView {
            state: key(state),
            count: count(state),
        })
        .collect()
}

pub(super) fn link<'a>(renderer: &Renderer<'_>, row: &Row<'a>) -> LinkView<'a> {
    LinkView::of(renderer, row.provider, row.procedure, None)
}

fn column<'a>(renderer: &Renderer<'_>, row: &Row<'a>) -> ColumnView<'a> {
    let review = row.procedure.reviewed.as_ref();
    ColumnView {
        link: link(renderer, row),
        banner: banner(row.procedure),
        reviewed: review.map(|review| review.date.value.to_string()),
    }
}

fn requirements<'a>(
    renderer: &Renderer<'_>,
    matrix: &'a Matrix<'a>,
    rows: &'a [Row<'a>],
) -> Vec<RequirementView<'a>> {
    let requirements = matrix.requirements.iter().enumerate();
    requirements
        .map(|(at, requirement)| RequirementView {
            id: requirement.id.as_str(),
            title: &requirement.title,
            because: &requirement.because,
            required: requirement.is_required(),
            covered: matrix.count(at, State::is_good),
            cells: rows
                .iter()
                .map(|row| cell(renderer, row, &row.cells[at]))
                .collect(),
        })
        .collect()
}

fn cell<'a>(renderer: &Renderer<'_>, row: &'a Row<'a>, cell: &'a Cell<'a>) -> CellView<'a> {
    let body = &row.procedure.body;
    let first = cell.steps.first();
    let step = first.and_then(|id| Some((id, body.position(id.as_str())?)));
    CellView {
        state: key(cell.state),
        step: step.map(|(id, at)| CoveringView {
            number: at + 1,
            action: text(body.steps[at].step.action.as_ref()).unwrap_or_default(),
            address: guide(renderer, row.provider, row.procedure, Some(id)),
        }),
        missing_for: missing_for(renderer, row, cell),
        until: cell.waived_until.map(|until| until.to_string()),
    }
}

fn missing_for(renderer: &Renderer<'_>, row: &Row<'_>, cell: &Cell<'_>) -> Option<String> {
    renderer.answers_in_words(&row.procedure.body, cell.missing_for.as_ref()?)
}

/// What lacks, requirement by requirement; procedures that lack it in the same way stand together.
fn gaps<'a>(renderer: &Renderer<'_>, matrix: &'a Matrix<'a>) -> Vec<GapView<'a>> {
    let mut gaps = BTreeMap::new();
    for row in &matrix.rows {
        for (at, cell) in row.cells.iter().enumerate() {
            if !cell.state.is_good() {
                let missing_for = missing_for(renderer, row, cell);
                gaps.entry((at, cell.state, missing_for, cell.waived_until))
                    .or_insert_with(Listed::default)
                    .push(|| link(renderer, row));
            }
        }
    }
    let gaps = gaps.into_iter();
    gaps.map(|((at, state, missing_for, until), procedures)| GapView {
        requirement: &matrix.requirements[at].title,
        state: key(state),
        missing_for,
        until: until.map(|until| until.to_string()),
        procedures,
    })
    .collect()
}
