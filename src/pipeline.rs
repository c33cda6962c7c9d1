//! The stages in order: load and check a content folder, build the site from it.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::check;
use crate::diagnostic::{self, Counts, Diagnostic, Rule, Sources};
use crate::discover::{self, Found};
use crate::external::rules as links;
use crate::model::{Book, Site};
use crate::parse::{self, Parsed, rules as reading};
use crate::render::{GuidanceHtml, Options, Page, RenderError, Renderer, Theme, ThemeError};
use crate::resolve::{self, rules as merging};
use crate::suppress::{self, LeftOut};
use crate::translate::{FileState, Translated, rules as translating};
use crate::write::{ChangeSet, Summary, WriteError};
use crate::yaml::{Date, rules as yaml};

/// A content folder, read, resolved and checked.
#[derive(Debug)]
pub struct Loaded {
    /// What it comes to.
    pub book: Book,
    /// The same in each language that the site is translated into.
    pub translations: Vec<LoadedTranslation>,
    /// Its files.
    pub sources: Sources,
    /// All that is wrong, sorted by place, the same fault of many procedures once.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong and not among them, because the content or its baseline says so.
    pub left_out: LeftOut,
}

/// A content folder in another language.
#[derive(Debug)]
pub struct LoadedTranslation {
    /// What it comes to.
    pub book: Book,
    /// How far the translation of each file is.
    pub files: Vec<FileState>,
}

impl Loaded {
    /// The book in every language, the source's first.
    pub fn books(&self) -> impl Iterator<Item = &Book> {
        let translated = self.translations.iter().map(|it| &it.book);
        std::iter::once(&self.book).chain(translated)
    }

    /// How many diagnostics of each severity.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.diagnostics)
    }

    /// Takes out of a content folder that was [`read`] what it allows and what its baseline knows. `links` tells whether
    /// all links to the web were asked for, and what they came to is among the diagnostics.
    pub fn leave_out(&mut self, today: Date, links: bool) {
        let ran = |rule: &Rule| links || !is_of_links(rule.code);
        let all = std::mem::take(&mut self.diagnostics);
        (self.diagnostics, self.left_out) =
            suppress::suppress(&self.book, &self.sources, today, &rules(), ran, all);
    }
}

/// Reads `root/content`, resolves it and runs every rule as of `today`.
pub fn load(root: &Path, today: Date) -> Loaded {
    load_files(&discover::discover(root), today)
}

/// The same for the files that were found.
pub fn load_files(found: &[Found], today: Date) -> Loaded {
    let mut loaded = read_files(found, today);
    loaded.leave_out(today, false);
    loaded
}

/// The same as [`load`], with nothing left out yet.
pub fn read(root: &Path, today: Date) -> Loaded {
    read_files(&discover::discover(root), today)
}

fn read_files(found: &[Found], today: Date) -> Loaded {
    let parsed = parse::parse(found);
    let resolved = resolve::resolve(&parsed.documents);
    let mut diagnostics: Vec<Diagnostic> = parsed.diagnostics().cloned().collect();
    diagnostics.extend(resolved.diagnostics().cloned());
    diagnostics.extend(check::check(&resolved.book, today));
    let translations = translations(&parsed, &resolved.book, today, &mut diagnostics);
    let (book, sources) = (resolved.book, parsed.sources);
    Loaded {
        book,
        translations,
        sources,
        diagnostics: diagnostic::merge(diagnostics),
        left_out: LeftOut::default(),
    }
}

/// Whether only `check --external` knows if the rule of a code is broken.
pub fn is_of_links(code: &str) -> bool {
    links::ALL.iter().any(|rule| rule.code == code)
}

/// The content in each language that it is translated into, with what is wrong in that.
fn translations(
    parsed: &Parsed,
    book: &Book,
    today: Date,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<LoadedTranslation> {
    let languages = book.site.iter().flat_map(Site::translations);
    let languages: Vec<&Arc<str>> = languages.collect();
    if languages.is_empty() {
        return Vec::new();
    }
    let original = Arc::new(book.clone());
    let loaded = languages.into_iter().map(|language| {
        let translated = Translated::of(&parsed.documents, language);
        let files = translated.files.iter();
        diagnostics.extend(files.flat_map(|file| file.diagnostics(language, &parsed.sources)));
        let own = translated.translations();
        let mut book = resolve::resolve(&translated.documents).book;
        book.translates(language, &original);
        if !own.is_empty() {
            let all = check::check(&book, today);
            diagnostics.extend(check::of_translation(&book, &own, all));
        }
        LoadedTranslation {
            book,
            files: translated.files,
        }
    });
    loaded.collect()
}

/// Every rule of every stage, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = vec![
        reading::unreadable_file::RULE,
        yaml::invalid_yaml::RULE,
        yaml::unknown_field::RULE,
        yaml::missing_field::RULE,
        yaml::wrong_type::RULE,
        yaml::invalid_id::RULE,
        yaml::duplicate_key::RULE,
        reading::duplicate_id::RULE,
        yaml::invalid_date::RULE,
        yaml::resource_limit_exceeded::RULE,
        reading::unknown_file::RULE,
        reading::symbolic_link::RULE,
        reading::missing_file::RULE,
        reading::merge_conflict::RULE,
        merging::unknown_phase::RULE,
        merging::extends_cycle::RULE,
        merging::uninherited_field::RULE,
        reading::altered_release::RULE,
        translating::missing_translation::RULE,
        translating::stale_translation::RULE,
        translating::key_without_source::RULE,
    ];
    rules.extend(links::ALL);
    rules.extend(check::rules::all().map(|check| check.rule));
    rules.extend(suppress::rules::ALL);
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    rules
}

/// One of several parts of a build, each built by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    part: usize,
    of: usize,
}

impl Shard {
    fn has(self, position: usize) -> bool {
        position % self.of == self.part - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((part, of)) if 1 <= part && part <= of => Ok(Shard { part, of }),
            _ => Err("write `I/N` with I from 1 to N, such as `2/4`".to_owned()),
        }
    }
}

/// Why a site could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The theme cannot be read.
    #[error("the theme cannot be used")]
    Theme(#[from] ThemeError),
    /// A page cannot be made.
    #[error("a page cannot be made")]
    Render(#[from] RenderError),
    /// The output cannot be written.
    #[error("the site cannot be written")]
    Write(#[from] WriteError),
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Pages that were made.
    pub pages: usize,
    /// What became of the files.
    pub files: Summary,
}

/// Makes every page of a content folder without errors and brings `out` to them. `progress` is told how many of how
/// many pages are made.
///
/// # Errors
///
/// A theme, page or file that fails; then `out` is as it was.
pub fn build(
    loaded: &Loaded,
    root: &Path,
    out: &Path,
    options: &Options,
    shard: Option<Shard>,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Built, BuildError> {
    let theme = Theme::load(root)?.with_images(&loaded.book);
    let guidance: Vec<GuidanceHtml> = loaded.books().map(GuidanceHtml::of).collect();
    let renderers = loaded.books().zip(&guidance);
    let renderers: Vec<Renderer<'_>> = renderers
        .map(|(book, guidance)| Renderer::new(book, guidance, &theme, options))
        .collect::<Result<_, _>>()?;
    let in_shard = |position: &usize| shard.is_none_or(|shard| shard.has(*position));
    let pages = renderers.iter().flat_map(|renderer| {
        renderer
            .pages()
            .into_iter()
            .map(move |page| (renderer, page))
    });
    let pages: Vec<_> = pages
        .filter(|(renderer, page)| match page {
            Page::SiteFile(_) => !theme.has(&renderer.address(page)),
            _ => true,
        })
        .enumerate()
        .filter(|(position, _)| in_shard(position))
        .map(|(_, page)| page)
        .collect();
    let files: Vec<_> = renderers
        .iter()
        .flat_map(|renderer| {
            renderer
                .files()
                .into_iter()
                .map(move |file| (renderer, file))
        })
        .collect();
    let changes = ChangeSet::begin(out)?;
    for (_, asset) in theme
        .assets()
        .iter()
        .enumerate()
        .filter(|(position, _)| in_shard(position))
    {
        changes.put(&asset.address().output(), &asset.bytes)?;
    }
    let made = AtomicUsize::new(0);
    pages
        .par_iter()
        .try_for_each(|(renderer, page)| -> Result<(), BuildError> {
            let bytes = renderer.render(page)?;
            changes.put(&renderer.address(page).output(), &bytes)?;
            progress(made.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            Ok(())
        })?;
    files
        .par_iter()
        .enumerate()
        .filter(|(position, _)| in_shard(position))
        .try_for_each(|(_, (renderer, file))| {
            let bytes = renderer.file(file);
            changes.put(&renderer.address_of_file(file).output(), &bytes)
        })?;
    Ok(Built {
        pages: pages.len(),
        files: changes.commit()?,
    })
}
