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

/// The content is read this often at most: whoever waits longer would rather name the files.
const MOST_LOADS: usize = 64;

/// What could be mended, and how.
#[derive(Debug)]
pub struct Plan {
    /// The files that are to be written otherwise, sorted by path.
    pub files: Vec<FixedFile>,
    /// Edits that were tried and left out, because something else would have been wrong.
    pub refused: Vec<Mended>,
    /// Whether everything was tried.
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
    let mut content = Content::read(root, today);
    let mut refused: Vec<(Name, Mended)> = Vec::new();
    let (mut most, mut finished, mut loads) = (usize::MAX, false, 0);
    while loads < MOST_LOADS {
        let skipped = |name: &Name| refused.iter().any(|(own, _)| own == name);
        let chosen = choose(&content.loaded, &wanted, skipped, most);
        if chosen.is_empty() {
            finished = true;
            break;
        }
        let tried = content.with(&chosen)?;
        loads += 1;
        if is_gone(&content.loaded, &tried.loaded, &chosen)
            && is_sound(&content.loaded, &tried.loaded, &chosen)
        {
            content = tried;
            most = most.saturating_mul(2);
        } else if let [only] = chosen.as_slice() {
            let in_its_files = |path: &str| {
                let files = [only.file(), only.diagnostic.at.file];
                let own = files.map(|file| content.found[file as usize].path.as_str());
                wanted(path) && own.contains(&path)
            };
            let followed = tried.followed(in_its_files, skipped, &mut loads)?;
            if is_gone(&content.loaded, &followed.loaded, &chosen)
                && is_sound(&content.loaded, &followed.loaded, &chosen)
            {
                content = followed;
            } else {
                let sources = &content.loaded.sources;
                refused.push((only.name(sources), only.mended(sources)));
            }
        } else {
            // One of them is to blame: half of them are tried alone.
            most = chosen.len() / 2;
        }
    }
    Ok(content.plan(refused.into_iter().map(|(_, it)| it).collect(), finished))
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
    /// What is otherwise, by file.
    changes: BTreeMap<u32, Change>,
    loaded: Loaded,
    _folder: Option<TempDir>,
}

/// What is otherwise in a file.
#[derive(Clone)]
struct Change {
    before: Arc<str>,
    after: Arc<str>,
    mended: Vec<Mended>,
}

impl Content {
    fn read(root: &Path, today: Date) -> Self {
        let found = discover::discover(root);
        Content {
            today,
            files: found.iter().map(|found| found.file.clone()).collect(),
            loaded: pipeline::load_files(&found, today),
            found,
            changes: BTreeMap::new(),
            _folder: None,
        }
    }

    /// The same with more edits.
    fn with(&self, chosen: &[Chosen<'_>]) -> io::Result<Self> {
        let folder = TempDir::new()?;
        let sources = &self.loaded.sources;
        let mut changes = self.changes.clone();
        for (file, after) in apply(sources, chosen) {
            let change = changes.entry(file).or_insert_with(|| {
                let before = sources.source(At::whole(file)).text.clone();
                Change {
                    after: before.clone(),
                    before,
                    mended: Vec::new(),
                }
            });
            change.after = after.into();
            let own = chosen.iter().filter(|it| it.file() == file);
            change.mended.extend(own.map(|it| it.mended(sources)));
        }
        let mut found = self.found.clone();
        for (file, change) in &changes {
            let copy = folder.path().join(file.to_string());
            std::fs::write(&copy, change.after.as_bytes())?;
            found[*file as usize].file = copy;
        }
        Ok(Content {
            today: self.today,
            files: self.files.clone(),
            loaded: pipeline::load_files(&found, self.today),
            found,
            changes,
            _folder: Some(folder),
        })
    }

    /// The same with the edits of faults that only show now: a wrong name hides what is wrong in what it leads to.
    fn followed(
        mut self,
        wanted: impl Fn(&str) -> bool,
        skipped: impl Fn(&Name) -> bool,
        loads: &mut usize,
    ) -> io::Result<Self> {
        while *loads < MOST_LOADS {
            let mut chosen = choose(&self.loaded, &wanted, &skipped, usize::MAX);
            chosen.retain(|it| !it.moves());
            if chosen.is_empty() {
                break;
            }
            let next = self.with(&chosen)?;
            *loads += 1;
            if !is_gone(&self.loaded, &next.loaded, &chosen) {
                break;
            }
            self = next;
        }
        Ok(self)
    }

    fn plan(self, refused: Vec<Mended>, finished: bool) -> Plan {
        let files = self.changes.into_iter().map(|(file, change)| FixedFile {
            path: self.found[file as usize].path.clone(),
            before: change.before,
            after: change.after,
            mended: change.mended,
            file: self.files[file as usize].clone(),
        });
        Plan {
            files: files.collect(),
            refused,
            finished,
        }
    }
}

/// How many diagnostics pass.
fn count(loaded: &Loaded, pass: impl Fn(&Diagnostic) -> bool) -> usize {
    loaded.diagnostics.iter().filter(|it| pass(it)).count()
}

/// Whether the faults that edits mend are there no more.
fn is_gone(before: &Loaded, after: &Loaded, chosen: &[Chosen<'_>]) -> bool {
    chosen.iter().all(|it| {
        let fault = it.diagnostic;
        let same = |other: &Diagnostic| {
            other.at.file == fault.at.file
                && other.rule == fault.rule
                && other.message == fault.message
        };
        let mended = chosen.iter().filter(|it| same(it.diagnostic)).count();
        count(after, same) + mended <= count(before, same)
    })
}

/// Whether the files of faults and edits have fewer errors by as many as were mended; where the order of things was
/// changed, the whole content.
fn is_sound(before: &Loaded, after: &Loaded, chosen: &[Chosen<'_>]) -> bool {
    let is_error = |it: &Diagnostic| it.rule.severity == Severity::Error;
    let fewer = |pass: &dyn Fn(&Diagnostic) -> bool| {
        let error = |it: &Diagnostic| is_error(it) && pass(it);
        let mended = chosen.iter().filter(|it| error(it.diagnostic)).count();
        count(after, error) + mended <= count(before, error)
    };
    let faulty = chosen.iter().map(|it| it.diagnostic.at.file);
    let files: BTreeSet<u32> = faulty.chain(chosen.iter().map(Chosen::file)).collect();
    let moves = chosen.iter().any(Chosen::moves);
    (!moves || fewer(&|_| true))
        && files.iter().all(|file| {
            let unread = |it: &Diagnostic| it.at.file == *file && keeps_unread(it);
            // Nothing was known of a file that could not be read: what is wrong in it was wrong before.
            (count(before, unread) > 0 && count(after, unread) == 0)
                || fewer(&|it| it.at.file == *file)
        })
}

fn keeps_unread(diagnostic: &Diagnostic) -> bool {
    [unreadable_file::RULE, invalid_yaml::RULE].contains(&diagnostic.rule)
}
