//! A content folder that is kept: what a save changes is read, resolved and checked again, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::reading::{Changes, Reading};
use crate::diagnostic::{self, Diagnostic, Rule, Severity, Sources};
use crate::discover::{self, BASELINE, FileKind, Found};
use crate::model::{Book, Site};
use crate::parse::{self, Parsed};
use crate::pipeline;
use crate::suppress;
use crate::yaml::Date;

/// A content folder, read, resolved and checked.
pub(super) struct Content {
    root: PathBuf,
    today: Date,
    found: Vec<Found>,
    parsed: Parsed,
    /// In the language of the source.
    original: Reading,
    /// In the others.
    translations: Vec<Reading>,
}

/// How much was read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// Nothing: no file holds other bytes than before.
    Nothing,
    /// Texts.
    Parts,
    /// All files, pictures too.
    Everything,
}

impl Content {
    /// Reads everything.
    pub(super) fn read(root: &Path, today: Date) -> Self {
        let found = discover::discover(root);
        let parsed = parse::parse(&found);
        let original = Reading::of(&parsed.documents, today);
        let book = Arc::new(original.book().clone());
        let languages = book.site.iter().flat_map(Site::translations);
        let translations = languages
            .map(|language| Reading::translated(&parsed.documents, language, &book, today))
            .collect();
        Content {
            root: root.to_owned(),
            today,
            found,
            parsed,
            original,
            translations,
        }
    }

    /// What it comes to.
    pub(super) fn book(&self) -> &Book {
        self.original.book()
    }

    /// What it comes to in every language, the source's first.
    pub(super) fn books(&self) -> Vec<Book> {
        let readings = std::iter::once(&self.original).chain(&self.translations);
        readings.map(|reading| reading.book().clone()).collect()
    }

    /// Its files.
    pub(super) fn sources(&self) -> &Sources {
        &self.parsed.sources
    }

    /// All errors and warnings, sorted by place.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let read = self.parsed.diagnostics().cloned();
        let readings = std::iter::once(&self.original).chain(&self.translations);
        let decided = readings.flat_map(|reading| reading.diagnostics(self.sources()));
        let all = read.chain(decided);
        let shown = all.filter(|it| it.rule.severity != Severity::Note);
        let merged = diagnostic::merge(shown.collect());
        let rules = pipeline::rules();
        let (book, sources) = (self.book(), self.sources());
        let ran =
            |rule: &Rule| rule.severity != Severity::Note && !pipeline::is_of_links(rule.code);
        let (left, _) = suppress::suppress(book, sources, self.today, &rules, ran, merged);
        left
    }

    /// Reads again what was saved at these paths.
    pub(super) fn take(&mut self, paths: &BTreeSet<PathBuf>) -> Taken {
        let own: Vec<String> = paths
            .iter()
            .filter_map(|path| self.relative(path))
            .collect();
        if own.iter().any(|path| self.may_be_new_or_gone(path)) {
            let found = discover::discover(&self.root);
            if found != self.found {
                *self = Content::read(&self.root, self.today);
                return Taken::Everything;
            }
        }
        let changed: Vec<u32> = own
            .iter()
            .filter_map(|path| self.position(path))
            .filter(|file| self.is_changed(*file))
            .collect();
        if changed.is_empty() {
            return Taken::Nothing;
        }
        self.read_again(&changed)
    }

    /// The path of something that stepbook would read, below `content/` or the baseline, relative to the root.
    fn relative(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?;
        let names = path.components().map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        let names: Option<Vec<&str>> = names.collect();
        let names = names?;
        let is_read = match names.as_slice() {
            [BASELINE] => true,
            ["content", below @ ..] => !below.iter().any(|name| discover::is_passed_over(name)),
            _ => false,
        };
        is_read.then(|| names.join("/"))
    }

    fn position(&self, path: &str) -> Option<u32> {
        let at = self
            .found
            .binary_search_by(|found| found.path.as_str().cmp(path));
        at.ok().and_then(|at| u32::try_from(at).ok())
    }

    /// Whether a path is that of a file which was not there, of one that is no more, or of a folder.
    fn may_be_new_or_gone(&self, path: &str) -> bool {
        let is_file = fs::symlink_metadata(self.root.join(path)).map(|data| data.is_file());
        match (self.position(path), is_file) {
            (Some(_), Ok(true)) => false,
            (None, Err(_)) => {
                let folder = format!("{path}/");
                let next = self.found.partition_point(|found| found.path < folder);
                let next = self.found.get(next);
                next.is_some_and(|found| found.path.starts_with(&folder))
            }
            _ => true,
        }
    }

    /// Whether a file holds other bytes than it did.
    fn is_changed(&self, file: u32) -> bool {
        let found = &self.found[file as usize];
        let Ok(bytes) = fs::read(&found.file) else {
            return true;
        };
        if found.kind == FileKind::Image {
            let mut images = self.book().images.iter();
            return images.all(|image| image.at.file != file || *image.bytes != *bytes);
        }
        *self.parsed.sources.0[file as usize].text != *String::from_utf8_lossy(&bytes)
    }

    fn read_again(&mut self, changed: &[u32]) -> Taken {
        let mut own = Changes::default();
        let mut of_languages: Vec<(&str, Changes)> = Vec::new();
        for file in changed {
            match &self.found[*file as usize].kind {
                // What is wrong between files, and pictures, are part of reading.
                FileKind::Site | FileKind::Release(_) | FileKind::Image => {
                    *self = Content::read(&self.root, self.today);
                    return Taken::Everything;
                }
                FileKind::Translation(language, of) => {
                    let mut changes = Changes::default();
                    changes.add(of);
                    of_languages.push((language, changes));
                }
                kind => own.add(kind),
            }
        }
        for file in changed {
            self.parsed.read_again(&self.found[*file as usize], *file);
        }
        let (documents, sources) = (&self.parsed.documents, &self.parsed.sources);
        if !own.is_empty() {
            self.original.again(documents, sources, self.today, &own);
        }
        let book = Arc::new(self.original.book().clone());
        for reading in &mut self.translations {
            let mut changes = own.clone();
            for (language, more) in &of_languages {
                let tag = reading.language();
                if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(language)) {
                    changes.extend(more);
                }
            }
            reading.set_original(&book);
            if !changes.is_empty() {
                reading.again(documents, sources, self.today, &changes);
            }
        }
        Taken::Parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::human;

    /// The same numbers on every run.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
        }
    }

    fn copy(from: &Path, to: &Path) {
        for entry in walkdir::WalkDir::new(from) {
            let entry = entry.expect("it can be read");
            let to = to.join(entry.path().strip_prefix(from).expect("it lies there"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).expect("it can be made");
            } else {
                fs::copy(entry.path(), to).expect("it can be copied");
            }
        }
    }

    /// What an author, or the cat, might do to a text.
    fn changed(text: &str, dice: &mut Dice) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = dice.roll(lines.len());
        match dice.roll(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines[at] = lines[at].replace("clear-balance", "prepare-materials"),
            3 => lines[at] = format!("{}待补充", lines[at]),
            4 => lines[at] = lines[at].replacen(|c: char| c.is_ascii_lowercase(), "x", 1),
            _ => lines[at] = format!("{} [见](#no-step)<b>", lines[at]),
        }
        lines.join("\n") + "\n"
    }

    fn words(content: &Content) -> Vec<String> {
        let all = content.diagnostics();
        all.iter()
            .map(|it| human::render(it, content.sources(), false))
            .collect()
    }

    #[test]
    fn reading_again_what_was_saved_says_what_reading_everything_says() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let root = dir.path().canonicalize().expect("it is there");
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
            &root.join("content"),
        );
        let today = "2026-11-23".parse().expect("is a date");
        let mut content = Content::read(&root, today);
        let files: Vec<Found> = content.found.clone();
        let texts = files
            .iter()
            .filter(|found| !matches!(found.kind, FileKind::Release(_) | FileKind::Image));
        let texts: Vec<&Found> = texts.collect();
        let mut dice = Dice(7);
        let (mut faulty, mut parts) = (0, 0);
        for round in 0..60 {
            let found = texts[dice.roll(texts.len())];
            let good = fs::read_to_string(&found.file).expect("it is there");
            let bad = changed(&good, &mut dice);
            for text in [&bad, &good] {
                fs::write(&found.file, text).expect("it can be written");
                let taken = content.take(&BTreeSet::from([found.file.clone()]));
                parts += usize::from(taken == Taken::Parts);
                let fresh = Content::read(&root, today);
                assert_eq!(
                    words(&content),
                    words(&fresh),
                    "round {round}: {}\n{text}",
                    found.path
                );
                let books = |content: &Content| {
                    let books = content.books().into_iter();
                    let said = books
                        .map(|book| (book.guidance.clone(), book.shared.clone(), book.providers));
                    format!("{:?}", said.collect::<Vec<_>>())
                };
                assert_eq!(
                    books(&content),
                    books(&fresh),
                    "round {round}: {}",
                    found.path
                );
                faulty += usize::from(!content.diagnostics().is_empty());
            }
        }
        assert!(
            faulty > 30 && parts > 80,
            "{faulty} faulty states, {parts} read in parts"
        );
    }
}
