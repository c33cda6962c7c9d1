//! `stepbook check`: all that is wrong in the content.

use std::time::Instant;

use super::{Answer, CliError, Run, fix};
use crate::diagnostic::{Severity, human, json};
use crate::pipeline::{self, Loaded};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print diagnostics
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show notes too: known gaps and unverified facts
    #[arg(long)]
    notes: bool,
    #[command(flatten)]
    edits: fix::EditArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object for programs; notes included
    Json,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let start = Instant::now();
    if args.edits.fix {
        fix::fix(run, |_| true)?;
    }
    let loaded = pipeline::load(&run.root, run.today);
    match args.format {
        _ if args.edits.diff => fix::diff(run, |_| true)?,
        Format::Human => super::print(&describe(&loaded, args.notes))?,
        Format::Json => super::print(&json::render(&loaded.diagnostics, &loaded.sources))?,
    }
    let counts = loaded.counts();
    let hidden = if counts.notes > 0 && !args.notes && args.format == Format::Human {
        "; `--notes` shows the notes"
    } else {
        ""
    };
    let summary = human::summary(counts, loaded.sources.0.len());
    super::message(&format!(
        "checked: {summary}, {} ms{hidden}\n",
        start.elapsed().as_millis()
    ));
    Ok(if counts.errors == 0 {
        Answer::Fine
    } else {
        Answer::No
    })
}

/// All diagnostics for a person; notes only when asked for.
pub(super) fn describe(loaded: &Loaded, notes: bool) -> String {
    let shown = loaded
        .diagnostics
        .iter()
        .filter(|it| notes || it.rule.severity != Severity::Note);
    // Colours are taken out again where they do not belong: `print` and `message` know where they write.
    shown
        .map(|diagnostic| human::render(diagnostic, &loaded.sources, true) + "\n\n")
        .collect()
}
