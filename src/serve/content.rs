//! A content folder that is kept: what a save changes is read, resolved and checked again, and nothing else.
//!
//! What comes out is what reading everything again would give, but for notes, which are not looked for. Where that
//! cannot be had by parts, everything is decided again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::check::{self, Scope};
use crate::diagnostic::{self, Diagnostic, Rule, Severity, Sources};
use crate::discover::{self, BASELINE, FileKind, Found};
use crate::model::{Book, Provider};
use crate::parse::{self, Parsed};
use crate::pipeline::{self, LoadedTranslation};
use crate::resolve::{self, Resolved};
use crate::suppress;
use crate::yaml::{Date, Id};

/// When more providers than this are saved at once, deciding everything again is faster.
const MANY_PROVIDERS: usize = 32;

/// A content folder, read, resolved and checked.
pub(super) struct Content {
    root: PathBuf,
    today: Date,
    found: Vec<Found>,
    parsed: Parsed,
    resolved: Resolved,
    /// What is wrong with one provider or guidance file, merged.
    own: Vec<Diagnostic>,
    /// What is wrong between them.
    of_all: Vec<Diagnostic>,
    /// The same in other languages.
    translations: Vec<LoadedTranslation>,
    /// What is wrong in translations.
    of_translations: Vec<Diagnostic>,
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

/// What has to be done about files that were saved.
#[derive(Default)]
struct Changes<'a> {
    providers: BTreeSet<&'a str>,
    /// Shared guidance, by its file.
    guidance: BTreeMap<u32, &'a str>,
    /// Something that everything is made of.
    shared: bool,
}

impl Content {
    /// Reads everything.
    pub(super) fn read(root: &Path, today: Date) -> Self {
        let found = discover::discover(root);
        let parsed = parse::parse(&found);
        let resolved = resolve::resolve(&parsed.documents);
        let mut content = Content {
            root: root.to_owned(),
            today,
            found,
            parsed,
            resolved,
            own: Vec::new(),
            of_all: Vec::new(),
            translations: Vec::new(),
            of_translations: Vec::new(),
        };
        content.check_everything();
        content.translate();
        content
    }

    /// What it comes to.
    pub(super) fn book(&self) -> &Book {
        &self.resolved.book
    }

    /// What it comes to in every language, the source's first.
    pub(super) fn books(&self) -> Vec<Book> {
        let translated = self.translations.iter().map(|it| &it.book);
        std::iter::once(self.book())
            .chain(translated)
            .cloned()
            .collect()
    }

    /// Its files.
    pub(super) fn sources(&self) -> &Sources {
        &self.parsed.sources
    }

    /// All errors and warnings, sorted by place.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let read = self.parsed.diagnostics().chain(self.resolved.diagnostics());
        let own = self.own.iter().chain(&self.of_all);
        let all = read.chain(own).chain(&self.of_translations);
        let shown = all.filter(|it| it.rule.severity != Severity::Note);
        let merged = diagnostic::merge(shown.cloned().collect());
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
        let found = std::mem::take(&mut self.found);
        let mut changes = Changes::default();
        let mut whole = false;
        for file in changed {
            let of = &found[*file as usize];
            match &of.kind {
                FileKind::Provider(provider)
                | FileKind::Procedure(provider, _)
                | FileKind::Guidance(provider, _) => {
                    changes.providers.insert(provider);
                }
                FileKind::SharedGuidance(name) => {
                    changes.guidance.insert(*file, name);
                }
                FileKind::Release(_) | FileKind::Image | FileKind::Translation(..) => whole = true,
                _ => changes.shared = true,
            }
        }
        if whole {
            *self = Content::read(&self.root, self.today);
            return Taken::Everything;
        }
        for file in changed {
            self.parsed.read_again(&found[*file as usize], *file);
        }
        let in_parts = !changes.shared
            && changes.providers.len() <= MANY_PROVIDERS
            && self.resolve_again(&changes);
        if in_parts {
            self.check_again(&changes);
        } else {
            self.resolved = resolve::resolve(&self.parsed.documents);
            self.check_everything();
        }
        self.found = found;
        self.translate();
        Taken::Parts
    }

    /// Resolves again what changed; whether nothing else depends on it.
    fn resolve_again(&mut self, changes: &Changes<'_>) -> bool {
        let documents = &self.parsed.documents;
        // A fault of a shared file may stand there for what one provider shows of it: it could be gone now.
        let mut shared = self.own.iter().filter(|it| it.subjects.is_empty());
        let depends = shared.any(|it| {
            let own = changes.guidance.contains_key(&it.at.file);
            !own && !self
                .parsed
                .sources
                .path(it.at)
                .starts_with("content/providers/")
        });
        if depends {
            return false;
        }
        if !changes.guidance.is_empty() {
            self.resolved.guidance_again(documents);
        }
        changes.providers.iter().all(|name| {
            let Ok(id) = name.parse::<Id>() else {
                return true;
            };
            let extended = |book: &Book| extended(book.provider(name));
            let before = extended(&self.resolved.book);
            self.resolved.provider_again(documents, &id);
            before == extended(&self.resolved.book)
        })
    }

    fn check_again(&mut self, changes: &Changes<'_>) {
        let book = &self.resolved.book;
        let sources = &self.parsed.sources;
        let folder_of = |path: &'_ str| -> Option<String> {
            let path = path.strip_prefix("content/providers/")?;
            path.split('/').next().map(str::to_owned)
        };
        let is_changed = |name: &str| changes.providers.contains(name);
        self.own.retain_mut(|fault| {
            let folder = folder_of(sources.path(fault.at));
            if folder.is_some_and(|name| is_changed(&name))
                || changes.guidance.contains_key(&fault.at.file)
            {
                return false;
            }
            let had_subjects = !fault.subjects.is_empty();
            let provider = |subject: &String| subject.split('/').next().is_some_and(is_changed);
            fault.subjects.retain(|subject| !provider(subject));
            !had_subjects || !fault.subjects.is_empty()
        });
        let own = std::mem::take(&mut self.own);
        let providers = changes
            .providers
            .iter()
            .filter_map(|name| book.provider(name));
        let scopes = providers.map(Scope::Provider);
        let guidance = book.guidance.iter();
        let guidance = guidance.filter(|it| changes.guidance.contains_key(&it.at.file));
        let scopes = scopes.chain(guidance.map(|it| Scope::Guidance(it)));
        let found = scopes.flat_map(|scope| check::check_again(book, self.today, scope));
        self.own = diagnostic::merge(own.into_iter().chain(found).collect());
        self.of_all = check::check_all_again(book, self.today);
    }

    /// Lays the translations over everything again, where there are any.
    fn translate(&mut self) {
        self.of_translations.clear();
        let book = &self.resolved.book;
        let faults = &mut self.of_translations;
        self.translations = pipeline::translations(&self.parsed, book, self.today, faults);
    }

    fn check_everything(&mut self) {
        let found = check::check_again(&self.resolved.book, self.today, Scope::Book);
        self.own = diagnostic::merge(found);
        self.of_all = check::check_all_again(&self.resolved.book, self.today);
    }
}

/// The shared procedures that a provider's files extend.
fn extended(provider: Option<&Provider>) -> Vec<String> {
    let extended = provider.iter().flat_map(|provider| &provider.extended);
    extended.map(|id| id.value.to_string()).collect()
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
        let texts = files.iter().filter(|found| {
            !matches!(
                found.kind,
                FileKind::Release(_) | FileKind::Image | FileKind::Translation(..)
            )
        });
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
                let book = |content: &Content| format!("{:?}", content.book().provider("leshua"));
                assert_eq!(
                    book(&content),
                    book(&fresh),
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
