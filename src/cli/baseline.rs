//! `baseline.yaml` on the disk: written when asked for, and without what happens no more.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::{CliError, Run};
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover::BASELINE;
use crate::pipeline::{self, Loaded};
use crate::suppress::Baseline;

/// Writes down what is wrong now, warnings and, with `notes`, notes, and leaves it out. `links` tells whether links to
/// the web were asked for. Gives back what was done, in words. The content has no errors.
pub(super) fn write(
    run: &Run,
    loaded: &mut Loaded,
    notes: bool,
    links: bool,
) -> Result<String, CliError> {
    let is_asked = |it: &mut Diagnostic| notes || it.rule.severity != Severity::Note;
    let known = &mut loaded.left_out.known;
    known.extend(loaded.diagnostics.extract_if(.., is_asked));
    let old = loaded.book.baseline.as_deref();
    let ran = |code: &str| links || !pipeline::is_of_links(code);
    let baseline = Baseline::of(&*known, &loaded.sources, old, run.today, ran);
    save(&run.root, &baseline)?;
    Ok(match baseline.len() {
        0 => format!("there is nothing to leave out, and so no `{BASELINE}`"),
        1 => format!("`{BASELINE}` has 1 entry: what it names is left out from now on"),
        many => format!("`{BASELINE}` has {many} entries: what they name is left out from now on"),
    })
}

/// Takes what happens no more out of the file, and says so. Where the file cannot be written, that is said, and nothing
/// is lost: what happens no more is not reported anyway.
pub(super) fn prune(run: &Run, loaded: &Loaded) -> Option<String> {
    let pruned = loaded.left_out.pruned.as_ref()?;
    let before = loaded.book.baseline.as_ref().map_or(0, |known| known.len());
    let gone = match before - pruned.len().min(before) {
        0 => "part of an entry".to_owned(),
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    Some(match save(&run.root, pruned) {
        Ok(()) if pruned.is_empty() => {
            format!("`{BASELINE}` is deleted: nothing in it happens any more")
        }
        Ok(()) => format!("{gone} taken out of `{BASELINE}`, because it happens no more"),
        Err(error) => {
            let cause =
                std::error::Error::source(&error).map_or_else(String::new, ToString::to_string);
            format!(
                "{gone} of `{BASELINE}` should be taken out, because it happens no more, and cannot be: {cause}"
            )
        }
    })
}

/// Brings the file to a baseline, whole or not at all; an empty one has no file.
fn save(root: &Path, baseline: &Baseline) -> Result<(), CliError> {
    let path = root.join(BASELINE);
    let saved = if baseline.is_empty() {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    } else {
        replace(root, &path, &baseline.text())
    };
    saved.map_err(|source| CliError::Baseline { source })
}

fn replace(root: &Path, path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let mut file = tempfile::Builder::new()
        .prefix(".baseline")
        .tempfile_in(root)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let file = file.persist(path)?;
    super::release::make_readable(&file)
}
