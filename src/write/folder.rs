//! What stands in the output folder, found out without following a symbolic link.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{WriteError, path};

/// What stands at `path` itself; `None` where nothing does.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(WriteError::io("look at", path)(error)),
    }
}

/// Whether both are the same file, not only equal ones; true where the system cannot tell.
pub(super) fn same(a: &Metadata, b: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (a.dev(), a.ino()) == (b.dev(), b.ino())
    }
    #[cfg(not(unix))]
    {
        a.file_type() == b.file_type()
    }
}

/// Whether a plain file at `path` has exactly these bytes; one that cannot be read has not.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let plain = |found: Metadata| found.is_file() && found.len() == bytes.len() as u64;
    if !fs::symlink_metadata(path).is_ok_and(plain) {
        return false;
    }
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut buffer = [0; 8192];
    let mut rest = bytes;
    while !rest.is_empty() {
        match file.read(&mut buffer) {
            Ok(0) => return false,
            Ok(length) => match rest.strip_prefix(&buffer[..length]) {
                Some(after) => rest = after,
                None => return false,
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// What stands where a folder is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// A true folder, reached through true folders.
    Folder,
    /// Nothing: it can be made.
    Absent,
    /// Something else, there or at a folder above: its path.
    Blocked(String),
}

/// The folders of the output, each looked at once.
#[derive(Debug)]
pub(super) struct Folders {
    out: PathBuf,
    seen: HashMap<String, Standing>,
}

impl Folders {
    /// Nothing is looked at yet.
    pub(super) fn new(out: &Path) -> Self {
        let (out, seen) = (out.to_owned(), HashMap::new());
        Folders { out, seen }
    }

    /// Where `path` is in the file system.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.out.join(path)
    }

    /// What stands where the folder around `path` is wanted.
    pub(super) fn around(&mut self, path: &str) -> Result<Standing, WriteError> {
        match path::folders(path).next_back() {
            Some(folder) => self.standing(folder),
            None => Ok(Standing::Folder),
        }
    }

    /// What stands where `folder` is wanted.
    pub(super) fn standing(&mut self, folder: &str) -> Result<Standing, WriteError> {
        if let Some(known) = self.seen.get(folder) {
            return Ok(known.clone());
        }
        let standing = match self.around(folder)? {
            Standing::Folder => match look(&self.place(folder))? {
                None => Standing::Absent,
                Some(found) if found.is_dir() => Standing::Folder,
                Some(_) => Standing::Blocked(folder.to_owned()),
            },
            above => above,
        };
        self.seen.insert(folder.to_owned(), standing.clone());
        Ok(standing)
    }
}
