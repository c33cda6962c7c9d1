//! Diagnostics for programs: one JSON object, a contract.

use serde::Serialize;

use super::{Counts, Diagnostic, Sources};

/// What `check --format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Item<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    path: &'a str,
    line: u32,
    column: u32,
    field: Option<String>,
    help: Option<&'a str>,
    because: Option<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    files: usize,
}

/// Writes diagnostics of so many files as one JSON object with a final line break.
///
/// # Panics
///
/// Never: strings and numbers are always JSON.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, files: usize) -> String {
    let counts = Counts::of(diagnostics);
    let lines = diagnostics.iter().map(|diagnostic| {
        let mark = sources.mark(diagnostic.at);
        Item {
            code: diagnostic.rule.code,
            name: diagnostic.rule.name,
            severity: diagnostic.rule.severity.as_str(),
            message: diagnostic.full_message(),
            path: sources.path(diagnostic.at),
            line: mark.line,
            column: mark.column,
            field: sources.field(diagnostic.at),
            help: diagnostic.help.as_deref(),
            because: diagnostic.because.as_deref(),
        }
    });
    let report = Report {
        diagnostics: lines.collect(),
        summary: Summary {
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            files,
        },
    };
    let mut text = serde_json::to_string_pretty(&report).expect("strings and numbers are JSON");
    text.push('\n');
    text
}
