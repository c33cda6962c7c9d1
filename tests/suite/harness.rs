//! Lays a case over the base site in a temporary folder, runs the binary there, compares what it prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use snapbox::{Assert, Data};
use stepbook::external::RECORDS;
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

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Site {
            dir: TempDir::new().expect("a temporary folder can be made"),
        }
    }

    /// A copy of the repository's own content, without what it promised: cases take steps away.
    pub(crate) fn own() -> Self {
        let site = Self::own_released();
        fs::remove_dir_all(site.path("content/releases")).expect("it was released");
        site
    }

    /// A copy of the repository's own content.
    pub(crate) fn own_released() -> Self {
        let site = Site {
            dir: TempDir::new().expect("a temporary folder can be made"),
        };
        copy(&repository().join("content"), &site.path("content"));
        site
    }

    /// A copy of a folder.
    pub(crate) fn copy(from: &Path) -> Self {
        let site = Site {
            dir: TempDir::new().expect("a temporary folder can be made"),
        };
        copy(from, &site.path(""));
        site
    }

    /// The base with the files of a case laid over it, and those that its `removed.txt` lists taken away.
    pub(crate) fn case(case: &Path) -> Self {
        let site = Self::base();
        copy(case, &site.path(""));
        if let Ok(removed) = fs::read_to_string(case.join("removed.txt")) {
            for path in removed.lines() {
                fs::remove_file(site.path(path))
                    .unwrap_or_else(|error| panic!("{path} of {}: {error}", case.display()));
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
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces the one place where `from` stands in a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` stands once in {path}"
        );
        self.write(path, text.replace(from, to));
    }

    /// Runs the binary in the site.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().expect("the binary runs"))
    }

    /// Runs the binary in the site on another day.
    pub(crate) fn run_on(&self, today: &str, args: &[&str]) -> Run {
        let mut command = self.command_on(today, args);
        Run::of(command.output().expect("the binary runs"))
    }

    /// The flags of a `check` that shows all that is wrong in a case. What links answered is no part of the content: a case
    /// remembers it, as runs do.
    pub(crate) fn check_flags(&self) -> &'static [&'static str] {
        if self.path(RECORDS).exists() {
            &["--notes", "--external"]
        } else {
            &["--notes"]
        }
    }

    /// Runs `check --format json`; the exit code must agree with what it prints.
    pub(crate) fn check(&self) -> Report {
        let run = self.run(&["check", "--format", "json"]);
        let report: Report = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
        assert_eq!(
            run.code,
            Some(i32::from(report.summary.errors > 0)),
            "{report:#?}"
        );
        report
    }

    /// The line, from 1, on which a text stands first in a file.
    pub(crate) fn line_of(&self, path: &str, text: &str) -> usize {
        let found = self.read(path).lines().position(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("`{text}` stands in {path}")) + 1
    }

    /// The command that [`Site::run`] runs.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.command_on(TODAY, args)
    }

    /// The command that [`Site::run_on`] runs.
    pub(crate) fn command_on(&self, today: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stepbook"));
        command
            .current_dir(self.dir.path())
            .args(args)
            .args(["--today", today]);
        command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
        // Whoever asks the web asks a port that nobody serves.
        command
            .env("ALL_PROXY", "http://127.0.0.1:9")
            .env_remove("NO_PROXY")
            .env_remove("no_proxy");
        command
    }
}

/// A diagnostic as `check --format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Diagnostic {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) field: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) because: Option<String>,
}

/// Counts as `check --format json` prints them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Summary {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) files: usize,
}

/// All that `check --format json` prints.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) summary: Summary,
}

impl Report {
    /// The diagnostics that are errors.
    pub(crate) fn errors(&self) -> Vec<&Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|it| it.severity == "error")
            .collect()
    }

    /// The one diagnostic with this code.
    pub(crate) fn only(&self, code: &str) -> &Diagnostic {
        let found: Vec<&Diagnostic> = self
            .diagnostics
            .iter()
            .filter(|it| it.code == code)
            .collect();
        assert_eq!(found.len(), 1, "{code} is there once: {:#?}", self.errors());
        found[0]
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
        Run {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// A site that was built once, so that there is an old output to keep.
pub(crate) fn built() -> Site {
    let site = Site::base();
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site
}

/// Spoils a built site, builds again, and holds that nothing was published, in words without a panic.
#[track_caller]
pub(crate) fn refused(spoil: impl FnOnce(&Site), args: &[&str], code: i32) -> Run {
    let site = built();
    let before = files_in(&site.path("public"));
    spoil(&site);
    let mut all = vec!["build"];
    all.extend(args);
    let run = site.run(&all);
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(
        files_in(&site.path("public")),
        before,
        "the old output is as it was"
    );
    run
}

/// Compares a text with a file; `SNAPSHOTS=overwrite cargo test` writes it instead. Gives back what differs.
pub(crate) fn compare(actual: &str, expected: &Path) -> Result<(), String> {
    let assert = Assert::new().action_env("SNAPSHOTS");
    let data = Data::read_from(expected, None);
    assert
        .try_eq(
            Some(&expected.display()),
            actual.to_owned().into(),
            data.raw(),
        )
        .map_err(|error| error.to_string())
}

/// A text in which every number of milliseconds is `N`.
pub(crate) fn without_times(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut kept: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let time = words
            .get(at + 1)
            .is_some_and(|next| next.trim_end_matches(['\n', ';']) == "ms");
        kept.push(if time {
            "N".to_owned()
        } else {
            (*word).to_owned()
        });
    }
    kept.join(" ")
}

/// The folders in a folder, sorted.
pub(crate) fn folders(dir: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap_or_else(|error| panic!("{}: {error}", dir.display()))
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Every file below a folder with its bytes, by path with `/`, sorted.
pub(crate) fn files_in(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())) {
        let path = entry.expect("a folder can be read").path();
        let name = path
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            files.extend(
                files_in(&path)
                    .into_iter()
                    .map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            files.push((name, fs::read(&path).expect("files can be read")));
        }
    }
    files.sort();
    files
}

/// Copies a folder with all that is in it, links as links.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let from = entry.expect("a folder can be read").path();
        let to = to.join(from.file_name().expect("an entry has a name"));
        if from.is_symlink() {
            symlink(&fs::read_link(&from).expect("a link can be read"), &to);
        } else if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("files can be copied");
        }
    }
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) {
    std::os::unix::fs::symlink(target, link).expect("links can be made");
}

#[cfg(not(unix))]
fn symlink(target: &Path, link: &Path) {
    fs::copy(target, link).expect("files can be copied");
}
