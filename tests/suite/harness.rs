//! Lays a case over the base site in a temporary folder, runs the binary there, compares what it prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use snapbox::{Assert, Data};
use tempfile::TempDir;

/// The day on which all tests run.
pub(crate) const TODAY: &str = "2026-11-23";

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A site in a temporary folder, deleted at the end.
pub(crate) struct Site {
    dir: TempDir,
}

impl Site {
    /// A copy of `tests/base`, the smallest site that passes.
    pub(crate) fn base() -> Self {
        Self::copy(&repository().join("tests/base"))
    }

    /// A copy of the repository's own content.
    pub(crate) fn own() -> Self {
        let site = Site { dir: TempDir::new().expect("a temporary folder can be made") };
        copy(&repository().join("content"), &site.path("content"));
        site
    }

    /// A copy of a folder.
    pub(crate) fn copy(from: &Path) -> Self {
        let site = Site { dir: TempDir::new().expect("a temporary folder can be made") };
        copy(from, &site.path(""));
        site
    }

    /// The base with the files of a case laid over it, and those that its `removed.txt` lists taken away.
    pub(crate) fn case(case: &Path) -> Self {
        let site = Self::base();
        copy(case, &site.path(""));
        if let Ok(removed) = fs::read_to_string(case.join("removed.txt")) {
            for path in removed.lines() {
                fs::remove_file(site.path(path)).unwrap_or_else(|error| panic!("{path} of {case:?}: {error}"));
            }
        }
        site
    }

    /// A path in the site.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces the one place where `from` stands in a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Runs the binary in the site.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().expect("the binary runs"))
    }

    /// The command that [`Site::run`] runs.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stepbook"));
        command.current_dir(self.dir.path()).args(args).args(["--today", TODAY]);
        command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
        command
    }
}

/// What a run of the binary came to.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the binary prints UTF-8");
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Compares a text with a file; `SNAPSHOTS=overwrite cargo test` writes it instead. Gives back what differs.
pub(crate) fn compare(actual: &str, expected: &Path) -> Result<(), String> {
    let assert = Assert::new().action_env("SNAPSHOTS");
    let data = Data::read_from(expected, None);
    assert.try_eq(Some(&expected.display()), actual.to_owned().into(), data.raw()).map_err(|error| error.to_string())
}

/// The folders in a folder, sorted.
pub(crate) fn folders(dir: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap_or_else(|error| panic!("{dir:?}: {error}"))
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{from:?}: {error}")) {
        let from = entry.expect("a folder can be read").path();
        let to = to.join(from.file_name().expect("an entry has a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("files can be copied");
        }
    }
}
