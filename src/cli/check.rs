//! `stepbook check`: all that is wrong in the content.

use std::path::PathBuf;
use std::time::Instant;

use super::asked::{Asked, folder_from_here};
use super::format::Format;
use super::{Answer, CliError, Run, fix};
use crate::diagnostic::{Counts, Severity, human};
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
    let mut loaded = pipeline::load(&run.root, run.today);
    let mut asked = Asked::of(run, &args.paths, &loaded.sources)?;
    if args.edits.fix {
        let wanted = asked.paths(&loaded.sources);
        fix::fix(run, |path| wanted.contains(path))?;
        loaded = pipeline::load(&run.root, run.today);
        asked = Asked::of(run, &args.paths, &loaded.sources)?;
    }
    if args.external {
        super::external::extend(run, &mut loaded, &asked)?;
    }
    let all = loaded.counts();
    loaded.diagnostics.retain(|it| asked.has(it));
    let counts = loaded.counts();
    let with_notes = args.notes || args.format == Format::Json;
    if !with_notes {
        loaded
            .diagnostics
            .retain(|it| it.rule.severity != Severity::Note);
    }
    let fails = |severity: Severity| match severity {
        Severity::Error => true,
        Severity::Warning => args.deny == Some(Denied::Warnings),
        Severity::Note => false,
    };
    let folder = folder_from_here(&run.root);
    if args.edits.diff {
        let wanted = asked.paths(&loaded.sources);
        fix::diff(run, |path| wanted.contains(path))?;
    } else {
        let text = args
            .format
            .render(&loaded, &asked, &folder, |it| fails(it.rule.severity));
        super::print(&text)?;
    }

    let denied = fails(Severity::Warning) && counts.warnings > 0;
    let mut words = vec![format!(
        "checked: {}, {} ms",
        human::summary(counts, asked.count()),
        start.elapsed().as_millis()
    )];
    if asked.is_part() {
        words.push(elsewhere(all, counts));
    }
    if counts.notes > 0 && !with_notes {
        words.push("`--notes` shows the notes".to_owned());
    }
    if denied {
        words.push("the answer is no: warnings are denied".to_owned());
    }
    super::message(&format!("{}\n", words.join("; ")));
    Ok(if counts.errors > 0 || denied {
        Answer::No
    } else {
        Answer::Fine
    })
}

/// What stands in files that nobody asked for.
fn elsewhere(all: Counts, asked: Counts) -> String {
    let others = Counts {
        errors: all.errors - asked.errors,
        warnings: all.warnings - asked.warnings,
        notes: all.notes - asked.notes,
    };
    format!(
        "only these were asked for: {} stand elsewhere",
        human::counts(others)
    )
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
