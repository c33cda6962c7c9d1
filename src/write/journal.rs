//! Brings the output folder from its old manifest to the new one, in steps of which each may be the last before a kill.
//!
//! The journal is the new manifest, waiting in the work folder. While it is there, the steps are planned anew from
//! what stands in the folders and run to the end; the last one makes it the manifest. Steps follow no symbolic link.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::folder::{Folders, Standing, look, same};
use super::manifest::Manifest;
use super::work::Work;
use super::{WriteError, path};

/// One change in the output folder that is made wholly or not at all, and may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Makes a folder. These come first: as long as nothing else was done, all can be undone.
    Make(&'a str),
    /// Deletes a file of the old manifest.
    Delete(&'a str),
    /// Deletes a folder in which all is of the old manifest, where a file must go.
    Clear(&'a str),
    /// Moves a staged file to its place.
    Move(&'a str),
    /// Deletes a folder if nothing is left in it.
    Prune(&'a str),
    /// Makes the journal the manifest.
    Publish,
    /// Deletes the journal of a manifest that has not changed.
    Close,
}

impl Step<'_> {
    /// Makes the change.
    pub(super) fn run(self, out: &Path, work: &Work) -> Result<(), WriteError> {
        let (action, place) = match self {
            Step::Delete(path) | Step::Clear(path) | Step::Prune(path) => {
                ("delete", out.join(path))
            }
            Step::Make(path) => ("create", out.join(path)),
            Step::Move(path) => ("write", out.join(path)),
            Step::Publish => ("write", out.join(path::MANIFEST)),
            Step::Close => ("delete", work.journal()),
        };
        let done = match self {
            Step::Make(_) => match fs::create_dir(&place) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                made => made,
            },
            Step::Delete(_) => match look(&place)? {
                Some(found) if !found.is_dir() => fs::remove_file(&place),
                _ => Ok(()),
            },
            Step::Clear(_) => fs::remove_dir_all(&place),
            Step::Move(path) => move_in(&work.staged(path), &place),
            Step::Prune(_) => {
                // A folder that still holds something stays, and an empty one that cannot go does no harm.
                let _ = fs::remove_dir(&place);
                Ok(())
            }
            Step::Publish => fs::rename(work.journal(), &place),
            Step::Close => fs::remove_file(&place),
        };
        done.map_err(WriteError::io(action, &place))
    }
}

/// Runs the steps for the first time; takes the journal back if there is no room for the new folders.
pub(super) fn run(steps: &[Step<'_>], out: &Path, work: &Work) -> Result<(), WriteError> {
    for (number, step) in steps.iter().enumerate() {
        let Err(error) = step.run(out, work) else {
            continue;
        };
        if matches!(step, Step::Make(_)) {
            for before in steps[..number].iter().rev() {
                if let Step::Make(path) = before {
                    Step::Prune(path).run(out, work)?;
                }
            }
            Step::Close.run(out, work)?;
        }
        return Err(error);
    }
    Ok(())
}

/// Renames, and makes the folders above `to` only if they prove to be missing.
fn move_in(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound && from.exists() => {
            fs::create_dir_all(to.parent().unwrap_or(to))?;
            fs::rename(from, to)
        }
        moved => moved,
    }
}

/// Completes the commit that an interrupted run had begun, if there is one.
pub(super) fn recover(out: &Path, work: &Work) -> Result<(), WriteError> {
    let Some(new) = Manifest::load(&work.journal())? else {
        return Ok(());
    };
    let old = Manifest::load(&out.join(path::MANIFEST))?.unwrap_or_default();
    let mut staged = Vec::new();
    for path in new.paths() {
        if look(&work.staged(path))?.is_some() {
            staged.push(path.as_str());
        }
    }
    // Never undone: the run before may have moved files in already.
    let steps = plan(out, &old, &new, &staged)?;
    steps.into_iter().try_for_each(|step| step.run(out, work))
}

/// The steps from `old` to `new`: staged files are moved in, then what is gone is deleted.
///
/// Fails if something that is not in `old` stands where a file must go. Changes nothing yet.
pub(super) fn plan<'a>(
    out: &Path,
    old: &'a Manifest,
    new: &'a Manifest,
    staged: &[&'a str],
) -> Result<Vec<Step<'a>>, WriteError> {
    let listed = old.paths().iter().map(String::as_str);
    let gone: BTreeSet<&str> = listed.filter(|path| !new.paths().contains(*path)).collect();
    let folded = |path: &&'a str| (path.to_ascii_lowercase(), *path);
    let mut planner = Planner {
        folders: Folders::new(out),
        old,
        folded: gone.iter().map(folded).collect(),
        gone,
        steps: Vec::with_capacity(staged.len() + 1),
    };
    for path in planner.missing_folders(staged)? {
        planner.steps.push(Step::Make(path));
    }
    for path in staged {
        planner.make_way(path)?;
        planner.steps.push(Step::Move(path));
    }
    planner.delete_gone(new)?;
    let unchanged = old.text() == new.text();
    planner.steps.push(if unchanged {
        Step::Close
    } else {
        Step::Publish
    });
    Ok(planner.steps)
}

struct Planner<'a> {
    folders: Folders,
    old: &'a Manifest,
    /// The files that the new manifest no longer lists.
    gone: BTreeSet<&'a str>,
    /// The same by their lower case, for systems on which `A` and `a` are one file.
    folded: BTreeMap<String, &'a str>,
    steps: Vec<Step<'a>>,
}

impl<'a> Planner<'a> {
    /// The folders that can be made before anything is deleted, outermost first.
    fn missing_folders(&mut self, staged: &[&'a str]) -> Result<BTreeSet<&'a str>, WriteError> {
        let mut missing = BTreeSet::new();
        for path in staged {
            if self.folders.around(path)? == Standing::Absent {
                for folder in path::folders(path) {
                    if self.folders.standing(folder)? == Standing::Absent {
                        missing.insert(folder);
                    }
                }
            }
        }
        Ok(missing)
    }

    /// Deletes what is gone and stands where `path` must go; fails if it is not stepbook's.
    fn make_way(&mut self, path: &'a str) -> Result<(), WriteError> {
        let place = self.folders.place(path);
        let in_the_way = match self.folders.around(path)? {
            Standing::Absent => None,
            Standing::Blocked(above) => Some(above),
            Standing::Folder => match look(&place)? {
                Some(found) if found.is_dir() => {
                    if let Some(foreign) = self.first_foreign(path, &place)? {
                        return Err(WriteError::Foreign {
                            path: self.folders.place(&foreign),
                        });
                    }
                    self.steps.push(Step::Clear(path));
                    None
                }
                Some(_) if !self.old.paths().contains(path) => Some(path.to_owned()),
                _ => None,
            },
        };
        if let Some(path) = in_the_way {
            let foreign = WriteError::Foreign {
                path: self.folders.place(&path),
            };
            let ours = self.ours(&path)?.ok_or(foreign)?;
            self.delete(ours)?;
        }
        // Before the move, because after it `A` may be the new `a`.
        match self.folded.get(&path.to_ascii_lowercase()) {
            Some(twin) => self.delete(twin),
            None => Ok(()),
        }
    }

    /// The name under which the old manifest lists the file at `path`, if it does and it is gone.
    fn ours(&self, path: &str) -> Result<Option<&'a str>, WriteError> {
        let Some(&listed) = self.folded.get(&path.to_ascii_lowercase()) else {
            return Ok(None);
        };
        let (one, other) = (
            look(&self.folders.place(listed))?,
            look(&self.folders.place(path))?,
        );
        let is_same = one
            .zip(other)
            .is_some_and(|(one, other)| same(&one, &other));
        Ok(is_same.then_some(listed))
    }

    /// A file under `path` that is not one of those that are gone.
    fn first_foreign(&self, path: &str, folder: &Path) -> Result<Option<String>, WriteError> {
        for entry in fs::read_dir(folder).map_err(WriteError::io("read", folder))? {
            let entry = entry.map_err(WriteError::io("read", folder))?;
            let below = format!("{path}/{}", entry.file_name().to_string_lossy());
            let foreign = if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.first_foreign(&below, &entry.path())?
            } else {
                (!self.gone.contains(below.as_str())).then_some(below)
            };
            if foreign.is_some() {
                return Ok(foreign);
            }
        }
        Ok(None)
    }

    /// Deletes all that is gone, and the folders that this leaves empty.
    fn delete_gone(&mut self, new: &Manifest) -> Result<(), WriteError> {
        if self.gone.is_empty() {
            return Ok(());
        }
        let kept: BTreeSet<_> = new
            .paths()
            .iter()
            .map(|path| path.to_ascii_lowercase())
            .collect();
        let mut emptied = BTreeSet::new();
        for path in std::mem::take(&mut self.gone) {
            // One that is like a new file went before that was moved in.
            if !kept.contains(&path.to_ascii_lowercase()) {
                self.delete(path)?;
            }
            for folder in path::folders(path) {
                if self.folders.standing(folder)? == Standing::Folder {
                    emptied.insert(folder);
                }
            }
        }
        self.steps
            .extend(emptied.into_iter().rev().map(Step::Prune));
        Ok(())
    }

    /// Deletes a file unless a symbolic link leads to it.
    fn delete(&mut self, path: &'a str) -> Result<(), WriteError> {
        if self.folders.around(path)? == Standing::Folder {
            self.steps.push(Step::Delete(path));
        }
        Ok(())
    }
}
