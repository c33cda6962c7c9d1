//! `stepbook diff`: what changed for readers, in words, before it is released.

use std::path::PathBuf;

use super::{Answer, CliError, Run};
use crate::diagnostic::did_you_mean;
use crate::model::{Book, ReleaseName};
use crate::pipeline::{self, Loaded};
use crate::release::{self, Changes};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A release, such as `2026-11-23`, or a folder with another state of the site [default: the last release]
    since: Option<String>,
}

/// What the content is compared with.
enum Since {
    /// What was released last.
    Last,
    /// The editions of a release.
    Release(ReleaseName),
    /// Another state of the site.
    Folder(Box<Loaded>),
}

/// Says that content with errors is not compared whole.
fn not_compared(loaded: &Loaded, name: &str) -> String {
    match loaded.counts().errors {
        0 => String::new(),
        1 => format!(
            "{name} has 1 error: what could not be read is not compared; `stepbook check` shows it\n"
        ),
        errors => format!(
            "{name} has {errors} errors: what could not be read is not compared; `stepbook check` shows them\n"
        ),
    }
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
    super::message(&not_compared(&loaded, "the content"));
    let (changes, old) = match &since {
        Since::Last => (
            Changes::since_releases(book, &release::now(book), true),
            None,
        ),
        Since::Release(until) => {
            let old = release::settled(book, Some(*until));
            (Changes::between(&old, &release::now(book), true), None)
        }
        Since::Folder(old) => {
            super::message(&not_compared(old, "the other folder"));
            (Changes::between_books(&old.book, book), Some(&old.book))
        }
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
        return Ok(Since::Last);
    };
    if let Ok(name) = given.parse::<ReleaseName>()
        && releases().any(|release| release == name)
    {
        return Ok(Since::Release(name));
    }
    let folder = PathBuf::from(given);
    if folder.join("content/site.yaml").is_file() {
        let old = pipeline::load(&folder, run.today);
        return Ok(Since::Folder(Box::new(old)));
    }
    let names: Vec<String> = releases().map(|name| name.to_string()).collect();
    let otherwise = match names.as_slice() {
        [] => "there is no release yet",
        _ => "name one of them",
    };
    let help = did_you_mean(given, names.iter().map(String::as_str), otherwise);
    Err(format!(
        "`{given}` is neither a release nor a folder that holds `content/site.yaml`: {help}\n"
    ))
}
