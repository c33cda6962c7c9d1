//! `stepbook diff`: what changed for readers, in words, before it is released.

use std::path::PathBuf;

use super::{Answer, CliError, Run};
use crate::diagnostic::did_you_mean;
use crate::model::{Book, ReleaseName};
use crate::pipeline;
use crate::release::{self, Changes};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A release, such as `2026-11-23`, or a folder with another state of the site [default: the last release]
    since: Option<String>,
}

/// What the content is compared with.
enum Since {
    /// The editions of a release; `None` where there is none yet.
    Release(Option<ReleaseName>),
    /// Another state of the site.
    Folder(Box<Book>),
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let book = &loaded.book;
    let since = match since(run, args, book) {
        Ok(since) => since,
        Err(message) => {
            super::message(&message);
            return Ok(Answer::No);
        }
    };
    let errors = loaded.counts().errors;
    if errors > 0 {
        super::message(&format!(
            "the content has {errors} errors: `stepbook check` shows them; what could not be read is not compared\n"
        ));
    }
    let (changes, old) = match &since {
        Since::Release(until) => (
            Changes::between(&release::released(book, *until), &release::now(book), true),
            None,
        ),
        Since::Folder(old) => (Changes::between_books(old, book), Some(&**old)),
    };
    let mut text = release::describe(&changes, book, old);
    if changes.is_empty() {
        text.push_str("nothing changed for readers\n");
    }
    super::print(&text)?;
    Ok(Answer::Fine)
}

/// What `SINCE` means, or why it means nothing.
fn since(run: &Run, args: &Args, book: &Book) -> Result<Since, String> {
    let releases = || book.releases.iter().map(|release| release.name);
    let Some(given) = &args.since else {
        return Ok(Since::Release(releases().next_back()));
    };
    if let Ok(name) = given.parse::<ReleaseName>()
        && releases().any(|release| release == name)
    {
        return Ok(Since::Release(Some(name)));
    }
    let folder = PathBuf::from(given);
    if folder.join("content/site.yaml").is_file() {
        let old = pipeline::load(&folder, run.today);
        return Ok(Since::Folder(Box::new(old.book)));
    }
    let names: Vec<String> = releases().map(|name| name.to_string()).collect();
    let help = did_you_mean(
        given,
        names.iter().map(String::as_str),
        "there is no release yet",
    );
    Err(format!(
        "`{given}` is neither a release nor a folder that holds `content/site.yaml`: {help}\n"
    ))
}
