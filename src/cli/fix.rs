//! `stepbook check --fix` and `--diff`: what can be mended without asking, written or shown.

use std::fmt::Write as _;

use similar::TextDiff;

use super::{CliError, Run};
use crate::fix::{self, Mended, Plan, Saved};

#[derive(Debug, clap::Args)]
pub(super) struct EditArgs {
    /// Mend what can be mended without doubt, in the files, then check again
    #[arg(long, conflicts_with = "diff")]
    pub(super) fix: bool,
    /// Show what `--fix` would write as a diff, and write nothing
    #[arg(long, conflicts_with = "format")]
    pub(super) diff: bool,
}

/// Mends the files whose paths are `wanted`, and says what was done.
pub(super) fn fix(run: &Run, wanted: impl Fn(&str) -> bool) -> Result<(), CliError> {
    let plan = plan(run, wanted)?;
    let (mut text, mut faults, mut files, mut failed) = (String::new(), 0, 0, None);
    for (file, saved) in plan.write() {
        match saved {
            Ok(Saved::Written) => {
                (faults, files) = (faults + file.mended.len(), files + 1);
                for Mended { place, does } in &file.mended {
                    let _ = writeln!(text, "mended: {place}: {does}");
                }
            }
            Ok(Saved::Changed) => {
                let path = &file.path;
                let _ = writeln!(
                    text,
                    "not touched: {path}: it was changed while it was checked; run the command again"
                );
            }
            Err(source) => {
                let path = file.path.clone();
                failed.get_or_insert(CliError::Fix { path, source });
            }
        }
    }
    text += &left(&plan);
    let _ = writeln!(
        text,
        "{} mended in {}",
        number(faults, "fault"),
        number(files, "file")
    );
    super::message(&text);
    failed.map_or(Ok(()), Err)
}

/// Shows what [`fix`] would write.
pub(super) fn diff(run: &Run, wanted: impl Fn(&str) -> bool) -> Result<(), CliError> {
    let plan = plan(run, wanted)?;
    let mut text = String::new();
    for file in &plan.files {
        let diff = TextDiff::from_lines(&*file.before, &*file.after);
        let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
        let _ = write!(text, "{}", diff.unified_diff().header(&old, &new));
    }
    super::print(&text)?;
    let mut said = left(&plan);
    let _ = writeln!(
        said,
        "{} can be mended in {}",
        number(plan.mended(), "fault"),
        number(plan.files.len(), "file")
    );
    super::message(&said);
    Ok(())
}

fn plan(run: &Run, wanted: impl Fn(&str) -> bool) -> Result<Plan, CliError> {
    fix::plan(&run.root, run.today, wanted).map_err(|source| CliError::Try { source })
}

/// What was tried in vain, and what was not tried any more.
fn left(plan: &Plan) -> String {
    let mut text = String::new();
    for Mended { place, does } in &plan.refused {
        let _ = writeln!(
            text,
            "not mended: {place}: an edit {does}, and other errors would show then: look at it yourself"
        );
    }
    if !plan.finished {
        text.push_str("not everything was tried: name the files to go on with, as in `stepbook check --fix PATH`\n");
    }
    text
}

fn number(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
