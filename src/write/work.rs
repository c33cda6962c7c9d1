//! The work folder: the lock against a second build, staged files, and the journal. It is gone when the work is done.
//!
//! It stands in the output folder, or beside it as long as there is none. A lock ends with its process, so a work
//! folder without one is what an interrupted run left.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::folder::{look, same};
use super::{WriteError, path};

/// Name of the journal in the work folder.
pub(super) const JOURNAL: &str = "journal";

/// Name of the lock file in the work folder.
const LOCK: &str = "lock";

/// A work folder that this process alone may use. Dropped, it takes itself away, except what a begun commit needs.
#[derive(Debug)]
pub(super) struct Work {
    folder: PathBuf,
    lock: Option<File>,
    _made: Made,
}

impl Work {
    /// Where the work folder for `out` is while `out` does not exist; `None` for paths such as `..`, which always do.
    pub(super) fn beside(out: &Path) -> Option<PathBuf> {
        let mut name = OsString::from(".");
        name.push(out.file_name()?);
        name.push(path::WORK);
        Some(out.with_file_name(name))
    }

    /// Makes the work folder for `out` and locks it; `None` if another build took it away meanwhile.
    pub(super) fn lock(
        folder: PathBuf,
        made: Made,
        out: &Path,
    ) -> Result<Option<Self>, WriteError> {
        let foreign = |path: &Path| WriteError::Foreign {
            path: path.to_owned(),
        };
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(WriteError::io("create", &folder)(error));
            }
            _ => {}
        }
        if look(&folder)?.is_some_and(|found| !found.is_dir()) {
            return Err(foreign(&folder));
        }
        let path = folder.join(LOCK);
        if look(&path)?.is_some_and(|found| !found.is_file()) {
            return Err(foreign(&path));
        }
        let lock = match File::options().create(true).append(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(WriteError::io("create", &path))?,
        };
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(WriteError::Busy {
                    out: out.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(WriteError::io("lock", &path)(error)),
            Ok(()) => {}
        }
        // The build before may have unlinked the file between the opening and the locking of it.
        let locked = lock.metadata().map_err(WriteError::io("look at", &path))?;
        let still = look(&path)?.is_some_and(|found| same(&found, &locked));
        Ok(still.then_some(Work {
            folder,
            lock: Some(lock),
            _made: made,
        }))
    }

    /// Where the first build grows as a whole.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where a file of a later build waits; in one folder, because making and deleting folders costs more than files.
    pub(super) fn staged(&self, path: &str) -> PathBuf {
        let name = blake3::hash(path.as_bytes()).to_hex();
        self.folder.join("new").join(name.as_str())
    }

    /// Where the journal is.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    /// Writes the journal: from here on, the commit will be completed, by this run or by the next.
    pub(super) fn promise(&self, manifest: &str) -> Result<(), WriteError> {
        let draft = self.folder.join("draft");
        write_synced(&draft, manifest)?;
        fs::rename(&draft, self.journal()).map_err(WriteError::io("write", &self.journal()))
    }

    /// Deletes everything but the lock.
    pub(super) fn clear(&self) -> Result<(), WriteError> {
        let action = "delete what an earlier run left in";
        for entry in fs::read_dir(&self.folder).map_err(WriteError::io(action, &self.folder))? {
            let entry = entry.map_err(WriteError::io(action, &self.folder))?;
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if entry.file_name() != LOCK {
                let path = entry.path();
                let deleted = if is_dir {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                };
                deleted.map_err(WriteError::io("delete", &path))?;
            }
        }
        Ok(())
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // A drop can tell no error; what is left over here, the next run deletes.
        if !self.journal().exists() {
            let _ = self.clear();
        }
        // Unlinked while it is held: whoever locks this file later finds that it is no longer in its place.
        let _ = fs::remove_file(self.folder.join(LOCK));
        drop(self.lock.take());
        let _ = fs::remove_dir(&self.folder);
    }
}

/// The folders that had to be made above the output folder. Dropped, it takes those away that are still empty.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<PathBuf>);

impl Made {
    /// Makes the folders above `out`.
    pub(super) fn above(out: &Path) -> Result<Self, WriteError> {
        let above = out.ancestors().skip(1);
        let missing: Vec<_> = above
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
            .collect();
        let mut made = Made::default();
        for path in missing.into_iter().rev() {
            match fs::create_dir(path) {
                Ok(()) => made.0.push(path.to_owned()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(WriteError::io("create", path)(error)),
            }
        }
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            let _ = fs::remove_dir(path);
        }
    }
}

/// Writes a manifest or journal. These alone are synced: any other file, if damaged, is repaired by the next build.
pub(super) fn write_synced(path: &Path, text: &str) -> Result<(), WriteError> {
    let written = File::create_new(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_data()
    });
    written.map_err(WriteError::io("write", path))
}
