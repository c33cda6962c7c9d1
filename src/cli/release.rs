//! `stepbook release`: records an edition of what changed.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::{Answer, CliError, Run};
use crate::diagnostic::human;
use crate::model::ReleaseName;
use crate::pipeline;
use crate::release::{self, Changes};

pub(super) fn run(run: &Run) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let book = &loaded.book;
    super::message(&super::check::describe(&loaded, false));
    let counts = loaded.counts();
    if counts.errors > 0 {
        let summary = human::summary(counts, loaded.sources.0.len());
        super::message(&format!("not released: {summary}\n"));
        return Ok(Answer::No);
    }
    let last = book.releases.iter().map(|release| release.name).max();
    let new = release::now(book);
    let changes = Changes::since_releases(book, &new, false);
    if changes.is_empty() {
        let since = last.map_or_else(
            || "there is nothing to release: no procedure has a page\n".to_owned(),
            |last| format!("nothing to release: readers see what the release of {last} says\n"),
        );
        super::print(&since)?;
        return Ok(Answer::Fine);
    }
    let Some(name) = release::next_name(book, run.today) else {
        let last = last.map(|last| last.to_string()).unwrap_or_default();
        super::message(&format!(
            "not released: the last release is of {last}, and today is {}; see that the clock or `--today` is right\n",
            run.today
        ));
        return Ok(Answer::No);
    };
    let words = release::describe(&changes, book, None);
    let old = release::settled(book, None);
    let text = release::text(run.today, &old, &new, &book.last_releases(), &words);
    let path = format!("content/releases/{name}.yaml");
    write(&run.root, name, &text).map_err(|source| CliError::Release {
        path: path.clone(),
        source,
    })?;
    super::print(&format!(
        "{words}released: commit `{path}` with the content\n"
    ))?;
    Ok(Answer::Fine)
}

/// Writes the release whole or not at all, and never over another one.
fn write(root: &Path, name: ReleaseName, text: &str) -> std::io::Result<()> {
    let folder = root.join("content/releases");
    fs::create_dir_all(&folder)?;
    // Names that begin with a dot are passed over when content is read.
    let mut file = tempfile::Builder::new()
        .prefix(".release")
        .tempfile_in(&folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let file = file.persist_noclobber(folder.join(format!("{name}.yaml")))?;
    make_readable(&file)
}

/// A temporary file is its owner's alone; content is everybody's who may read the folder.
#[cfg(unix)]
pub(super) fn make_readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn make_readable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
