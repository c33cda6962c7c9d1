//! The list of the files in the output folder that are stepbook's own: lines of `<BLAKE3, hex> <path>`, sorted.
//!
//! What it does not list is never overwritten or deleted. A journal has the same form: it is the manifest to come.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::folder::look;
use super::{WriteError, path};

/// Length of a BLAKE3 hash in hexadecimal.
const HASH: usize = 64;

/// A manifest, with its very text.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    text: String,
    paths: BTreeSet<String>,
}

impl Manifest {
    /// The manifest of these paths and hashes, whatever their order.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, blake3::Hash)>) -> Self {
        let mut files: Vec<_> = files.collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        let mut text = String::with_capacity(files.len() * (HASH + 40));
        for (path, hash) in &files {
            let _ = writeln!(text, "{} {path}", hash.to_hex());
        }
        let paths = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Manifest { text, paths }
    }

    /// Reads a manifest; `None` where there is none.
    pub(super) fn load(file: &Path) -> Result<Option<Self>, WriteError> {
        match look(file)? {
            None => return Ok(None),
            Some(found) if !found.is_file() => {
                return Err(WriteError::Foreign {
                    path: file.to_owned(),
                });
            }
            Some(_) => {}
        }
        let text = fs::read_to_string(file).map_err(WriteError::io("read", file))?;
        let parsed = Manifest::parse(text).map_err(|line| WriteError::Damaged {
            path: file.to_owned(),
            line,
        })?;
        Ok(Some(parsed))
    }

    /// Takes each line apart; the number of the first damaged one is the error.
    fn parse(text: String) -> Result<Self, usize> {
        let listed = |(index, line): (usize, &str)| {
            let (hash, path) = line.split_once(' ').ok_or(index + 1)?;
            // A path is checked again because a line made by hand must not delete outside of the folder.
            let sound = hash.len() == HASH
                && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
                && path::check(path).is_ok();
            sound.then(|| path.to_owned()).ok_or(index + 1)
        };
        let paths = text
            .split_terminator('\n')
            .enumerate()
            .map(listed)
            .collect::<Result<_, _>>()?;
        Ok(Manifest { text, paths })
    }

    /// The bytes of the file.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The paths listed, sorted.
    pub(super) fn paths(&self) -> &BTreeSet<String> {
        &self.paths
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn the_text_is_sorted_and_reads_back() {
        let hash = blake3::hash(b"");
        let made = Manifest::of([("b", hash), ("a/b", hash), ("a.b", hash)].into_iter());
        assert_eq!(made.text(), format!("{hash} a.b\n{hash} a/b\n{hash} b\n"));
        let read = Manifest::parse(made.text().to_owned()).expect("it was just made");
        assert_eq!(read.paths(), made.paths());
    }

    #[test]
    fn a_damaged_line_is_told_by_its_number() {
        let hash = blake3::hash(b"");
        for line in [
            String::from("<<<<<<< HEAD"),
            format!("{hash} ../a"),
            format!("{hash}"),
            format!("x{hash} a"),
            String::new(),
        ] {
            assert_eq!(
                Manifest::parse(format!("{hash} a\n{line}\n")).err(),
                Some(2),
                "{line}"
            );
        }
    }
}
