//! Why the output folder could not be written.

use std::io;
use std::path::{Path, PathBuf};

/// Why the output folder could not be written.
///
/// Until [`commit`](super::ChangeSet::commit) has begun to move files, the folder is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A second build on the same folder.
    #[error("another build is writing `{}`; wait for it to end", out.display())]
    Busy {
        /// The output folder.
        out: PathBuf,
    },
    /// The output folder is a file or a symbolic link.
    #[error("`{}` is a file or a symbolic link; the output needs a folder of its own", out.display())]
    NotAFolder {
        /// The path that was to be the output folder.
        out: PathBuf,
    },
    /// The output folder has files but no manifest.
    #[error(
        "`{}` has files but no manifest, so stepbook did not make it; choose another folder or empty this one",
        out.display()
    )]
    NotOurs {
        /// The output folder.
        out: PathBuf,
    },
    /// A file that the manifest does not list stands where stepbook must write.
    #[error("`{}` is not stepbook's, and stands where it must write; move it away", path.display())]
    Foreign {
        /// The file or folder in the way.
        path: PathBuf,
    },
    /// The manifest or the journal is damaged.
    #[error("line {line} of `{}` is damaged; delete the output folder and build again", path.display())]
    Damaged {
        /// The manifest or journal.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A path of a page that must not or cannot be written everywhere.
    #[error("cannot write a page at `{}`: {why}", path.escape_debug())]
    BadPath {
        /// The path as it was given.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two pages that cannot both stand in one folder, on some systems or on all.
    #[error("cannot write a page at `{path}`: it collides with the page at `{other}`")]
    Collision {
        /// The later path.
        path: String,
        /// The earlier one.
        other: String,
    },
    /// A commit after one of the pages had failed.
    #[error("cannot finish the output: the page at `{path}` was not written")]
    Unfinished {
        /// The page's path.
        path: String,
    },
    /// The file system refused.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

impl WriteError {
    /// For `map_err`: tells what was tried, and on which path.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| WriteError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}
