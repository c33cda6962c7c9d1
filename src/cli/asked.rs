//! The files that a command line names -> the files of the content that are reported on.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::{CliError, Run};
use crate::diagnostic::{At, Diagnostic, Sources, did_you_mean};

/// The files that are reported on.
#[derive(Debug)]
pub(super) struct Asked {
    /// Whether each file of [`Sources`] is one of them.
    files: Vec<bool>,
    /// Whether paths were named.
    named: bool,
}

impl Asked {
    /// The files and folders of the command line, seen from the current folder; all files where none is named.
    pub(super) fn of(run: &Run, paths: &[PathBuf], sources: &Sources) -> Result<Self, CliError> {
        let mut files = vec![paths.is_empty(); sources.0.len()];
        for path in paths {
            let wanted = in_site(run, path, sources)?;
            let below = format!("{wanted}/");
            let mut found = false;
            for (file, source) in files.iter_mut().zip(&sources.0) {
                if wanted.is_empty() || source.path == wanted || source.path.starts_with(&below) {
                    *file = true;
                    found = true;
                }
            }
            if !found {
                return Err(CliError::NotChecked { path: path.clone() });
            }
        }
        Ok(Asked {
            files,
            named: !paths.is_empty(),
        })
    }

    /// Whether paths were named.
    pub(super) fn is_part(&self) -> bool {
        self.named
    }

    /// Their paths.
    pub(super) fn paths<'s>(&self, sources: &'s Sources) -> BTreeSet<&'s str> {
        let paths = self.files().map(|file| &*sources.0[file as usize].path);
        paths.collect()
    }

    /// Whether a diagnostic stands in one of the files.
    pub(super) fn has(&self, diagnostic: &Diagnostic) -> bool {
        self.holds(diagnostic.at)
    }

    /// Whether a place is in one of the files.
    pub(super) fn holds(&self, at: At) -> bool {
        self.files[at.file as usize]
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        self.files.iter().filter(|asked| **asked).count()
    }

    /// The files, by their index in [`Sources`].
    pub(super) fn files(&self) -> impl Iterator<Item = u32> {
        let files = (0..).zip(&self.files);
        files.filter(|(_, asked)| **asked).map(|(file, _)| file)
    }
}

/// A path of the command line as [`Sources`] have it: relative to the site, with `/`; empty for the site's folder.
fn in_site(run: &Run, path: &Path, sources: &Sources) -> Result<String, CliError> {
    let place = |path: &Path, source: io::Error| CliError::Place {
        path: path.to_owned(),
        source,
    };
    let root = real(&run.root).map_err(|source| place(&run.root, source))?;
    let real = real(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            let known = sources.0.iter().map(|source| source.path.as_str());
            let given = path.to_string_lossy().replace('\\', "/");
            let help = did_you_mean(
                &given,
                known,
                "name a file or a folder in `content/`, as seen from the folder that you are in",
            );
            CliError::NoSuchPath {
                path: path.to_owned(),
                help,
            }
        }
        _ => place(path, source),
    })?;
    let Ok(inside) = real.strip_prefix(&root) else {
        return Err(CliError::OutsideOfSite {
            path: path.to_owned(),
            root,
        });
    };
    let parts = inside.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Ok(parts.join("/"))
}

/// The path without `..` and without links above it. A link itself is a file of the content like any other.
fn real(path: &Path) -> io::Result<PathBuf> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if path.symlink_metadata()?.is_symlink() => {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            Ok(parent.canonicalize()?.join(name))
        }
        _ => path.canonicalize(),
    }
}

/// What stands before the site's paths for somebody in the current folder: `docs/` where the site lies in `docs`, and
/// nothing where it does not lie below.
pub(super) fn folder_from_here(root: &Path) -> String {
    let here = Path::new(".").canonicalize();
    let (Ok(root), Ok(here)) = (root.canonicalize(), here) else {
        return String::new();
    };
    let way = root.strip_prefix(&here).unwrap_or(Path::new(""));
    let mut folder = String::new();
    for part in way.components() {
        folder.push_str(&part.as_os_str().to_string_lossy());
        folder.push('/');
    }
    folder
}
