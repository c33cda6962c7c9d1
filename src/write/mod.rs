//! Brings the output folder to the rendered pages: whole files only, touching only what changed.
//!
//! A [`ChangeSet`] compares each page with the file that is there and stages what differs; committing moves it in.
//! A kill at any moment is completed or forgotten by the next [`ChangeSet::begin`]. Only files that the manifest
//! lists are stepbook's own. What the pages hold is decided before.

mod error;
mod folder;
mod journal;
mod manifest;
mod path;
mod work;

#[cfg(test)]
mod tests;

pub use error::WriteError;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock};

use folder::{holds, look};
use manifest::Manifest;
use work::{Made, Work, write_synced};

/// How often [`ChangeSet::begin`] starts over when other builds come and go.
const ATTEMPTS: usize = 100;

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or whose bytes changed.
    pub written: usize,
    /// Files that had the right bytes, and were not touched.
    pub unchanged: usize,
    /// Files of the build before that this one no longer has.
    pub deleted: usize,
    /// Bytes of the written files.
    pub bytes: u64,
}

/// The files of one build, on their way into the output folder.
///
/// Dropped without a [`commit`](ChangeSet::commit), it leaves the folder as it was.
#[derive(Debug)]
pub struct ChangeSet {
    out: PathBuf,
    /// `None`: there is no output folder yet.
    old: Option<Manifest>,
    puts: Mutex<Puts>,
    /// A path that could not be put.
    failed: OnceLock<String>,
    work: Work,
}

/// The pages so far, by the lower case of their paths.
type Puts = BTreeMap<String, Put>;

/// A locked work folder and the old manifest, if a build has one; `None` to start over.
type Begun = Option<(Work, Option<Manifest>)>;

#[derive(Debug)]
struct Put {
    path: String,
    /// `None` until it is compared and, if it must be, staged.
    done: Option<Done>,
}

#[derive(Debug)]
struct Done {
    hash: blake3::Hash,
    /// The number of bytes staged; `None` where the folder has them already.
    staged: Option<u64>,
}

impl ChangeSet {
    /// Locks `out` for this build, after completing or discarding what an interrupted one left there.
    ///
    /// The folder need not exist. Files are staged in a work folder in `out`, or beside it for the first build.
    ///
    /// # Errors
    ///
    /// If another build holds the lock, if `out` is not a folder or has files but no manifest, or on I/O errors.
    pub fn begin(out: &Path) -> Result<Self, WriteError> {
        // Without a `/` at the end, which would make a symbolic link look like a folder.
        let out: PathBuf = out.components().collect();
        for _ in 0..ATTEMPTS {
            let begun = match look(&out)? {
                Some(found) if found.is_dir() => Self::begin_again(&out)?,
                Some(_) => return Err(WriteError::NotAFolder { out }),
                None => Self::begin_first(&out)?,
            };
            if let Some((work, old)) = begun {
                return Ok(ChangeSet {
                    out,
                    old,
                    puts: Mutex::default(),
                    failed: OnceLock::new(),
                    work,
                });
            }
        }
        Err(WriteError::Busy { out })
    }

    /// Begins where there is no output folder; `None` if another build interfered.
    fn begin_first(out: &Path) -> Result<Begun, WriteError> {
        let nameless = || WriteError::io("create", out)(ErrorKind::NotFound.into());
        let folder = Work::beside(out).ok_or_else(nameless)?;
        let Some(work) = Work::lock(folder, Made::above(out)?, out)? else {
            return Ok(None);
        };
        work.clear()?;
        Ok(look(out)?.is_none().then_some((work, None)))
    }

    /// Begins where there is an output folder; `None` if another build interfered.
    fn begin_again(out: &Path) -> Result<Begun, WriteError> {
        if let Some(beside) = Work::beside(out)
            && look(&beside)?.is_some()
        {
            // Left by a first build that was interrupted: locking and dropping it takes it away.
            let Some(work) = Work::lock(beside, Made::default(), out)? else {
                return Ok(None);
            };
            work.clear()?;
        }
        check_ours(out)?;
        let Some(work) = Work::lock(out.join(path::WORK), Made::default(), out)? else {
            return Ok(None);
        };
        journal::recover(out, &work)?;
        work.clear()?;
        let old = Manifest::load(&out.join(path::MANIFEST))?.unwrap_or_default();
        Ok(Some((work, Some(old))))
    }

    /// Compares `bytes` with the file at `path`, `/` between names, and stages them if they differ.
    ///
    /// May be called from many threads, in any order. After an error the change set cannot be committed.
    ///
    /// # Errors
    ///
    /// If the path is unsafe, if it collides with another one where case means nothing, or if staging fails.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.compare_and_stage(path, bytes).inspect_err(|_| {
            self.failed.get_or_init(|| path.to_owned());
        })
    }

    fn compare_and_stage(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let bad = |why| WriteError::BadPath {
            path: path.to_owned(),
            why,
        };
        path::check(path).map_err(bad)?;
        let key = path.to_ascii_lowercase();
        claim(&mut self.puts(), &key, path)?;
        let staged = !self.has(path, bytes);
        if staged {
            self.stage(path, bytes)
                .map_err(WriteError::io("write", &self.out.join(path)))?;
        }
        let (hash, staged) = (blake3::hash(bytes), staged.then_some(bytes.len() as u64));
        if let Some(put) = self.puts().get_mut(&key) {
            put.done = Some(Done { hash, staged });
        }
        Ok(())
    }

    /// Brings the output folder to the pages that were put: moves in, then deletes, then writes the manifest.
    ///
    /// # Errors
    ///
    /// If a file that is not stepbook's stands where a page must go, then before anything is touched. After an I/O
    /// error the next build completes what is missing.
    pub fn commit(self) -> Result<Summary, WriteError> {
        if let Some(path) = self.failed.get() {
            return Err(WriteError::Unfinished { path: path.clone() });
        }
        let puts = self.puts();
        let (new, staged, mut summary) = tally(&puts)?;
        let out = &self.out;
        let Some(old) = &self.old else {
            let tree = self.work.tree();
            fs::create_dir_all(&tree).map_err(WriteError::io("create", &tree))?;
            write_synced(&tree.join(path::MANIFEST), new.text())?;
            fs::rename(&tree, out).map_err(WriteError::io("move the finished output to", out))?;
            return Ok(summary);
        };
        summary.deleted = old.paths().difference(new.paths()).count();
        if !staged.is_empty() || old.text() != new.text() {
            let steps = journal::plan(&self.out, old, &new, &staged)?;
            self.work.promise(new.text())?;
            journal::run(&steps, out, &self.work)?;
        }
        Ok(summary)
    }

    /// Whether the output folder has a file of its own at `path` with these bytes.
    fn has(&self, path: &str, bytes: &[u8]) -> bool {
        let old = self.old.as_ref();
        old.is_some_and(|old| old.paths().contains(path)) && holds(&self.out.join(path), bytes)
    }

    fn stage(&self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        let staged = match self.old {
            None => self.work.tree().join(path),
            Some(_) => self.work.staged(path),
        };
        let mut file = match File::create_new(&staged) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(staged.parent().unwrap_or(&staged))?;
                File::create_new(&staged)?
            }
            created => created?,
        };
        file.write_all(bytes)
    }

    fn puts(&self) -> MutexGuard<'_, Puts> {
        self.puts.lock().expect("nothing panics while it is held")
    }
}

/// Refuses a folder that has files, but neither a manifest nor a journal.
fn check_ours(out: &Path) -> Result<(), WriteError> {
    let mut filled = false;
    for entry in fs::read_dir(out).map_err(WriteError::io("read", out))? {
        filled |= entry.map_err(WriteError::io("read", out))?.file_name() != path::WORK;
    }
    // In this order, because another build may make its journal the manifest at any time.
    let journal = out.join(path::WORK).join(work::JOURNAL);
    if filled && look(&journal)?.is_none() && look(&out.join(path::MANIFEST))?.is_none() {
        return Err(WriteError::NotOurs {
            out: out.to_owned(),
        });
    }
    Ok(())
}

/// Enters `path`, unless a page that some system takes for the same, for a folder above or for a file below is there.
fn claim(puts: &mut Puts, key: &str, path: &str) -> Result<(), WriteError> {
    let inside = format!("{key}/");
    let below = puts
        .range(inside.clone()..)
        .next()
        .filter(|(other, _)| other.starts_with(&inside));
    let above = || path::folders(key).find_map(|folder| puts.get(folder));
    if let Some(other) = puts.get(key).or(below.map(|(_, put)| put)).or_else(above) {
        let (path, other) = (path.to_owned(), other.path.clone());
        return Err(WriteError::Collision { path, other });
    }
    let path = path.to_owned();
    puts.insert(key.to_owned(), Put { path, done: None });
    Ok(())
}

/// The manifest of the pages, those that are staged, and what there is to say of them.
fn tally(puts: &Puts) -> Result<(Manifest, Vec<&str>, Summary), WriteError> {
    let (mut listed, mut staged, mut summary) = (Vec::new(), Vec::new(), Summary::default());
    for Put { path, done } in puts.values() {
        let unfinished = || WriteError::Unfinished { path: path.clone() };
        let done = done.as_ref().ok_or_else(unfinished)?;
        listed.push((path.as_str(), done.hash));
        match done.staged {
            None => summary.unchanged += 1,
            Some(bytes) => {
                summary.written += 1;
                summary.bytes += bytes;
                staged.push(path.as_str());
            }
        }
    }
    Ok((Manifest::of(listed.into_iter()), staged, summary))
}
