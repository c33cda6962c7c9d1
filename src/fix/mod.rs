//! Diagnostics with safe edits -> the content in which they are mended, held against the rules before it is written.
//!
//! Everything is tried on copies beside the content: only what came out well is written, by [`Plan::write`].

mod choose;
mod save;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::diagnostic::{At, Diagnostic, Severity};
use crate::discover::{self, Found};
use crate::parse::rules::unreadable_file;
use crate::pipeline::{self, Loaded};
use crate::yaml::Date;
use crate::yaml::rules::invalid_yaml;
use choose::{Chosen, Name, apply, choose};
pub use save::Saved;

/// The content is read this often at most: what is left then is for the next run.
const MOST_LOADS: usize = 64;

/// What could be mended, and how.
#[derive(Debug)]
pub struct Plan {
    /// The files that are to be written otherwise, sorted by path.
    pub files: Vec<FixedFile>,
    /// Edits that were tried and left out, because something else would have been wrong.
    pub refused: Vec<Mended>,
    /// Whether nothing more can be mended; else another run goes on.
    pub finished: bool,
}

/// A file with edits.
#[derive(Debug)]
pub struct FixedFile {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text with the edits.
    pub after: Arc<str>,
    /// The faults that are mended by edits of this file.
    pub mended: Vec<Mended>,
    file: PathBuf,
}

/// A fault with its edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Path of the file with the fault, and its line when it was mended.
    pub place: String,
    /// What the edit does, in words.
    pub does: String,
}

/// Finds out what can be mended in `root/content` by edits of the files whose paths are `wanted`.
///
/// # Errors
///
/// No temporary files can be written.
pub fn plan(root: &Path, today: Date, wanted: impl Fn(&str) -> bool) -> io::Result<Plan> {
    let mut content = Content::read(root, today)?;
    let mut mended: BTreeMap<u32, Vec<Mended>> = BTreeMap::new();
    let mut refused: BTreeMap<Name, Mended> = BTreeMap::new();
    let (mut most, mut finished) = (usize::MAX, false);
    for _ in 0..MOST_LOADS {
        let skipped = |name: &Name| refused.contains_key(name);
        let chosen = choose(&content.loaded, &wanted, skipped, most);
        if chosen.is_empty() {
            finished = true;
            break;
        }
        let tried = content.with(&chosen)?;
        if is_better(&content.loaded, &tried.loaded, &chosen) {
            for it in &chosen {
                let done = it.mended(&content.loaded.sources);
                mended.entry(it.file()).or_default().push(done);
            }
            content = tried;
            most = most.saturating_mul(2);
        } else if let [only] = chosen.as_slice() {
            let sources = &content.loaded.sources;
            refused.insert(only.name(sources), only.mended(sources));
        } else {
            // One of them is to blame: half of them are tried alone.
            most = chosen.len() / 2;
        }
    }
    let files = content.texts.into_iter().map(|(file, (before, after))| {
        let found = &content.found[file as usize];
        FixedFile {
            path: found.path.clone(),
            before,
            after,
            mended: mended.remove(&file).unwrap_or_default(),
            file: content.files[file as usize].clone(),
        }
    });
    Ok(Plan {
        files: files.collect(),
        refused: refused.into_values().collect(),
        finished,
    })
}

impl Plan {
    /// How many faults it mends.
    pub fn mended(&self) -> usize {
        self.files.iter().map(|file| file.mended.len()).sum()
    }

    /// Writes all files, each whole or not at all, and says of each what became of it.
    pub fn write(&self) -> Vec<(&FixedFile, io::Result<Saved>)> {
        let files = self.files.iter();
        files
            .map(|file| (file, save::save(&file.file, &file.before, &file.after)))
            .collect()
    }
}

/// The content with edits, which lie in a temporary folder.
struct Content {
    today: Date,
    /// Where every file lies in the content.
    files: Arc<[PathBuf]>,
    /// What is read instead.
    found: Vec<Found>,
    /// The texts of changed files, before and after.
    texts: BTreeMap<u32, (Arc<str>, Arc<str>)>,
    loaded: Loaded,
    _folder: Option<TempDir>,
}

impl Content {
    fn read(root: &Path, today: Date) -> io::Result<Self> {
        let found = discover::discover(root);
        let loaded = pipeline::load_files(&found, today);
        Ok(Content {
            today,
            files: found.iter().map(|found| found.file.clone()).collect(),
            found,
            texts: BTreeMap::new(),
            loaded,
            _folder: None,
        })
    }

    /// The same with more edits.
    fn with(&self, chosen: &[Chosen<'_>]) -> io::Result<Self> {
        let folder = TempDir::new()?;
        let mut texts = self.texts.clone();
        for (file, after) in apply(&self.loaded.sources, chosen) {
            let text = || self.loaded.sources.source(At::whole(file)).text.clone();
            let entry = texts.entry(file).or_insert_with(|| (text(), text()));
            entry.1 = after.into();
        }
        let mut found = self.found.clone();
        for (file, (_, after)) in &texts {
            let copy = folder.path().join(file.to_string());
            std::fs::write(&copy, after.as_bytes())?;
            found[*file as usize].file = copy;
        }
        Ok(Content {
            today: self.today,
            files: self.files.clone(),
            loaded: pipeline::load_files(&found, self.today),
            found,
            texts,
            _folder: Some(folder),
        })
    }
}

/// Whether edits did what they should: their faults are gone, and the files have fewer errors by as many.
fn is_better(before: &Loaded, after: &Loaded, chosen: &[Chosen<'_>]) -> bool {
    let mended =
        |pass: &dyn Fn(&Diagnostic) -> bool| chosen.iter().filter(|it| pass(it.diagnostic)).count();
    let count = |loaded: &Loaded, pass: &dyn Fn(&Diagnostic) -> bool| {
        loaded.diagnostics.iter().filter(|it| pass(it)).count()
    };
    let fewer = |pass: &dyn Fn(&Diagnostic) -> bool| {
        count(after, pass) + mended(pass) <= count(before, pass)
    };
    let gone = chosen.iter().all(|it| {
        let fault = it.diagnostic;
        fewer(&|other| {
            other.at.file == fault.at.file
                && other.rule == fault.rule
                && other.message == fault.message
        })
    });
    let faulty = chosen.iter().map(|it| it.diagnostic.at.file);
    let files: BTreeSet<u32> = faulty.chain(chosen.iter().map(Chosen::file)).collect();
    let sound = files.iter().all(|file| {
        let unread = |it: &Diagnostic| it.at.file == *file && keeps_unread(it);
        // Nothing was known of a file that could not be read: what is wrong in it was wrong before.
        (count(before, &unread) > 0 && count(after, &unread) == 0)
            || fewer(&|it| it.at.file == *file && is_error(it))
    });
    let moves = chosen.iter().any(|it| it.moves());
    gone && sound && (!moves || fewer(&is_error))
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule.severity == Severity::Error
}

fn keeps_unread(diagnostic: &Diagnostic) -> bool {
    [unreadable_file::RULE, invalid_yaml::RULE].contains(&diagnostic.rule)
}
