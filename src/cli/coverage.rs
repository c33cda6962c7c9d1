//! `stepbook coverage`: providers × requirements.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Answer, CliError, Run};
use crate::check::matrix::{Matrix, State};
use crate::diagnostic::did_you_mean;
use crate::model::Book;
use crate::pipeline;
use crate::yaml::Id;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A standard; without it, all of them
    standard: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

/// One cell, as CSV and JSON hold it.
#[derive(Serialize)]
struct Cell<'a> {
    standard: &'a str,
    provider: &'a str,
    procedure: &'a str,
    requirement: &'a str,
    level: &'static str,
    state: &'static str,
    steps: Vec<&'a str>,
    missing_for: Option<String>,
    waived_until: Option<String>,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let book = &loaded.book;
    if let Some(wanted) = &args.standard
        && !book.standards.contains_key(wanted.as_str())
    {
        let known = book.standards.keys().map(Id::as_str);
        let help = did_you_mean(wanted, known, "there are none");
        super::message(&format!("there is no standard `{wanted}`: {help}\n"));
        return Ok(Answer::No);
    }
    let wanted = |id: &&str| args.standard.as_deref().is_none_or(|wanted| wanted == *id);
    let ids = book.standards.keys().map(Id::as_str).filter(wanted);
    let matrices: Vec<Matrix<'_>> = ids
        .filter_map(|id| Matrix::of(book, id, run.today))
        .collect();
    let text = match args.format {
        Format::Table => matrices.iter().map(table).collect::<Vec<_>>().join("\n"),
        Format::Csv => csv(book, &matrices),
        Format::Json => {
            let cells: Vec<Cell<'_>> = matrices
                .iter()
                .flat_map(|matrix| cells(book, matrix))
                .collect();
            serde_json::to_string_pretty(&cells).expect("strings and numbers are JSON") + "\n"
        }
    };
    super::print(&text)?;
    Ok(Answer::Fine)
}

fn cells<'a>(book: &'a Book, matrix: &'a Matrix<'a>) -> impl Iterator<Item = Cell<'a>> {
    matrix.rows.iter().flat_map(move |row| {
        matrix
            .requirements
            .iter()
            .zip(&row.cells)
            .map(move |(requirement, cell)| Cell {
                standard: matrix.standard.as_str(),
                provider: row.provider.id.as_str(),
                procedure: row.procedure.id.as_str(),
                requirement: requirement.id.as_str(),
                level: if requirement.is_required() {
                    "required"
                } else {
                    "recommended"
                },
                state: cell.state.as_str(),
                steps: cell.steps.iter().map(|id| id.as_str()).collect(),
                missing_for: cell
                    .missing_for
                    .as_ref()
                    .map(|answers| book.choices.describe(answers)),
                waived_until: cell.waived_until.map(|until| until.to_string()),
            })
    })
}

/// One line a requirement: in how many procedures it is in which state, and those that deviate by name.
fn table(matrix: &Matrix<'_>) -> String {
    let width = matrix
        .requirements
        .iter()
        .map(|it| it.id.as_str().len())
        .max()
        .unwrap_or(0);
    let mut text = format!("{}: {} procedures\n", matrix.standard, matrix.rows.len());
    for (at, requirement) in matrix.requirements.iter().enumerate() {
        let covered = matrix.count(at, State::is_good);
        let unverified = matrix.count(at, |state| state == State::Unverified);
        let _ = write!(
            text,
            "{:width$}  {covered:>5} of {}",
            requirement.id.as_str(),
            matrix.rows.len()
        );
        if unverified > 0 {
            let _ = write!(text, "   {unverified} unverified");
        }
        let deviating = matrix
            .rows
            .iter()
            .filter(|row| !row.cells[at].state.is_good());
        let named: Vec<String> = deviating
            .clone()
            .take(5)
            .map(|row| {
                format!(
                    "{} {}",
                    row.provider.subject(row.procedure),
                    row.cells[at].state.as_str()
                )
            })
            .collect();
        if !named.is_empty() {
            let _ = write!(text, "   {}", named.join(", "));
        }
        let more = deviating.count().saturating_sub(5);
        if more > 0 {
            let _ = write!(text, ", and {more} more");
        }
        text.push('\n');
    }
    text
}

fn csv(book: &Book, matrices: &[Matrix<'_>]) -> String {
    let mut text =
        "standard,provider,procedure,requirement,level,state,steps,missing_for,waived_until\n"
            .to_owned();
    for cell in matrices.iter().flat_map(|matrix| cells(book, matrix)) {
        let fields = [
            cell.standard,
            cell.provider,
            cell.procedure,
            cell.requirement,
            cell.level,
            cell.state,
            &cell.steps.join(" "),
            cell.missing_for.as_deref().unwrap_or(""),
            cell.waived_until.as_deref().unwrap_or(""),
        ];
        // RFC 4180; ids, states and answers hold no line breaks or double quotes.
        let fields = fields.map(|field| {
            if field.contains(',') {
                format!("\"{field}\"")
            } else {
                field.to_owned()
            }
        });
        let _ = writeln!(text, "{}", fields.join(","));
    }
    text
}
