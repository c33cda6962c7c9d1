//! `stepbook check`: all that is wrong in the content.

use std::path::PathBuf;
use std::time::Instant;

use super::asked::{Asked, folder_from_here};
use super::format::Format;
use super::summary::Summary;
use super::{Answer, CliError, Run, baseline, fix};
use crate::diagnostic::{Severity, human};
use crate::discover::BASELINE;
use crate::pipeline::{self, Loaded};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Report on these files and folders only; the whole content is checked all the same
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print diagnostics
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show notes too: known gaps and unverified facts
    #[arg(long)]
    notes: bool,
    /// Let these make the answer "no", as errors do
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Write down the warnings of now, with `--notes` the notes too, and leave them out of reports from now on
    #[arg(long, conflicts_with = "paths")]
    write_baseline: bool,
    #[command(flatten)]
    edits: fix::EditArgs,
    /// Also ask whether the pages that links lead to are still there; nothing else uses the network
    #[arg(long)]
    external: bool,
}

/// What is no error and fails all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    /// Warnings
    Warnings,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let start = Instant::now();
    let mut loaded = pipeline::read(&run.root, run.today);
    let mut asked = Asked::of(run, &args.paths, &loaded.sources)?;
    if args.edits.fix {
        let wanted = asked.paths(&loaded.sources);
        fix::fix(run, |path| wanted.contains(path))?;
        loaded = pipeline::read(&run.root, run.today);
        asked = Asked::of(run, &args.paths, &loaded.sources)?;
    }
    if args.external {
        super::external::extend(run, &mut loaded, &asked)?;
    }
    let links = args.external && !asked.is_part();
    loaded.leave_out(run.today, links);
    let mut words = Vec::new();
    if args.write_baseline {
        if loaded.counts().errors > 0 {
            super::print(&describe(&loaded, false))?;
            let summary = human::summary(loaded.counts(), loaded.sources.0.len());
            super::message(&format!(
                "`{BASELINE}` is not written: {summary}. Errors are never left out: mend them first\n"
            ));
            return Ok(Answer::No);
        }
        words.push(baseline::write(run, &mut loaded, args.notes, links)?);
    } else if !asked.is_part() {
        words.extend(baseline::prune(run, &loaded));
    }
    let summary = Summary::of(&mut loaded, &asked);
    let with_notes = args.notes || args.format == Format::Json;
    if !with_notes {
        loaded
            .diagnostics
            .retain(|it| it.rule.severity != Severity::Note);
    }
    let denied = args.deny == Some(Denied::Warnings);
    let folder = folder_from_here(&run.root);
    if args.edits.diff {
        let wanted = asked.paths(&loaded.sources);
        fix::diff(run, |path| wanted.contains(path))?;
    } else {
        let text = args.format.render(&loaded, &asked, &folder, |it| {
            it.rule.severity == Severity::Error || it.rule.severity == Severity::Warning && denied
        });
        super::print(&text)?;
    }
    let fails = denied && summary.reported.warnings > 0;
    if summary.reported.notes > 0 && !with_notes {
        words.push("`--notes` shows the notes".to_owned());
    }
    if fails {
        words.push("the answer is no: warnings are denied".to_owned());
    }
    let milliseconds = start.elapsed().as_millis();
    super::message(&summary.words(&format!("{milliseconds} ms"), &words));
    Ok(if summary.reported.errors > 0 || fails {
        Answer::No
    } else {
        Answer::Fine
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
