//! A book -> procedures × requirements, for the command and the page.

use super::coverage::{Coverage, of_requirement, waiver};
use crate::model::{Answers, Body, Book, Procedure, Provider, Requirement, Standard};
use crate::yaml::{Date, Id};

/// The state of a requirement in one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Covered for every answer that requires it.
    Covered,
    /// Covered, but the procedure was never reviewed and no covering step has evidence.
    Unverified,
    /// No answer that exists here requires it.
    NotRequired,
    /// Not covered for some answers.
    CoveredForSome,
    /// Set aside for a time.
    Waived,
    /// Not covered.
    Missing,
}

impl State {
    /// Every state, the best first.
    pub const ALL: [State; 6] = [
        State::Covered,
        State::Unverified,
        State::CoveredForSome,
        State::Waived,
        State::Missing,
        State::NotRequired,
    ];

    /// The word in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Covered => "covered",
            State::Unverified => "unverified",
            State::NotRequired => "not-required",
            State::CoveredForSome => "covered-for-some",
            State::Waived => "waived",
            State::Missing => "missing",
        }
    }

    /// Whether nothing is lacking, verified or not.
    pub fn is_good(self) -> bool {
        matches!(
            self,
            State::Covered | State::Unverified | State::NotRequired
        )
    }
}

/// Procedures × required steps of one standard.
#[derive(Debug)]
pub struct Matrix<'a> {
    /// The standard's id.
    pub standard: &'a Id,
    /// Its required steps, in order.
    pub requirements: &'a [Requirement],
    /// The procedures that hold to it, in order.
    pub rows: Vec<Row<'a>>,
}

/// One procedure of a [`Matrix`]. Procedures with one body share their cells but for waivers.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its provider.
    pub provider: &'a Provider,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// A cell for each requirement.
    pub cells: Vec<Cell<'a>>,
}

/// A requirement in a procedure.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    /// Its state.
    pub state: State,
    /// The steps that cover it.
    pub steps: Vec<&'a Id>,
    /// The smallest answers for which it is not covered.
    pub missing_for: Option<Answers>,
    /// The last day of its waiver.
    pub waived_until: Option<Date>,
}

impl<'a> Matrix<'a> {
    /// In how many procedures a requirement, by its place, is in a state.
    pub fn count(&self, at: usize, is: impl Fn(State) -> bool) -> usize {
        let cells = self.rows.iter().map(|row| &row.cells[at]);
        cells.filter(|cell| is(cell.state)).count()
    }

    /// The matrix of a standard, where it could be read.
    pub fn of(book: &'a Book, standard: &str, today: Date) -> Option<Self> {
        let (id, standard) = book.standards.get_key_value(standard)?;
        let standard = standard.as_ref()?;
        let mut rows = Vec::new();
        for group in book.bodies() {
            let body = group[0].1.body.as_ref();
            if body.standard.as_ref().is_none_or(|own| own.value != *id) {
                continue;
            }
            let cells: Vec<Cell<'a>> = standard
                .steps
                .iter()
                .map(|requirement| Cell::of(book, body, standard, requirement))
                .collect();
            rows.extend(group.into_iter().map(|(provider, procedure)| {
                Row {
                    provider,
                    procedure,
                    cells: standard
                        .steps
                        .iter()
                        .zip(&cells)
                        .map(|(requirement, cell)| {
                            cell.clone()
                                .unverified(procedure)
                                .waived(procedure, requirement, today)
                        })
                        .collect(),
                }
            }));
        }
        rows.sort_by_key(|row| (row.provider.id.clone(), row.procedure.id.clone()));
        Some(Matrix {
            standard: id,
            requirements: &standard.steps,
            rows,
        })
    }
}

impl<'a> Cell<'a> {
    fn of(book: &Book, body: &'a Body, standard: &Standard, requirement: &Requirement) -> Self {
        let (state, missing_for) = match of_requirement(book, body, standard, requirement) {
            Coverage::Covered => (State::Covered, None),
            Coverage::CoveredForSome(missing) => (State::CoveredForSome, Some(missing)),
            Coverage::Missing => (State::Missing, None),
            Coverage::NotRequired => (State::NotRequired, None),
        };
        let covering = body.covering(standard, requirement.id.as_str());
        let steps = covering
            .into_iter()
            .map(|at| &body.steps[at].step.id.value)
            .collect();
        Cell {
            state,
            steps,
            missing_for,
            waived_until: None,
        }
    }

    /// Covered by words that nobody vouches for: no review of the procedure, no source of a step.
    fn unverified(mut self, procedure: &Procedure) -> Self {
        let body = &procedure.body;
        let has_evidence = |id: &&Id| {
            body.position(id.as_str())
                .is_some_and(|at| body.steps[at].step.evidence.is_some())
        };
        if self.state == State::Covered
            && procedure.reviewed.is_none()
            && !self.steps.iter().any(has_evidence)
        {
            self.state = State::Unverified;
        }
        self
    }

    fn waived(mut self, procedure: &Procedure, requirement: &Requirement, today: Date) -> Self {
        if !self.state.is_good()
            && let Some(waiver) = waiver(procedure, requirement.id.as_str(), today)
        {
            self.state = State::Waived;
            self.waived_until = waiver.until.as_ref().map(|until| until.value);
        }
        self
    }
}
