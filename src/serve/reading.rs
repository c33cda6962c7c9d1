//! The documents of a content folder in one language -> a book and what is wrong in it; after a save, by parts.
//!
//! What comes out is what resolving and checking everything again would give, but for notes, which are not looked for.
//! Where that cannot be had by parts, everything is decided again.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{self, Scope};
use crate::diagnostic::{self, Diagnostic, Sources};
use crate::discover::FileKind;
use crate::model::{Book, Provider};
use crate::parse::Documents;
use crate::resolve::{self, Resolved};
use crate::translate::Translated;
use crate::yaml::{Date, Id};

/// When more providers than this are saved at once, deciding everything again is faster.
const MANY_PROVIDERS: usize = 32;

/// What was saved, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    providers: BTreeSet<String>,
    /// Shared procedures.
    procedures: BTreeSet<String>,
    /// Shared guidance.
    guidance: BTreeSet<String>,
    /// Something that everything is made of.
    everything: bool,
}

impl Changes {
    /// Adds a file of a kind.
    pub(super) fn add(&mut self, kind: &FileKind) {
        match kind {
            FileKind::Provider(provider)
            | FileKind::Procedure(provider, _)
            | FileKind::Guidance(provider, _) => {
                self.providers.insert(provider.clone());
            }
            FileKind::SharedProcedure(name) => {
                self.procedures.insert(name.clone());
            }
            FileKind::SharedGuidance(name) => {
                self.guidance.insert(name.clone());
            }
            _ => self.everything = true,
        }
    }

    /// Adds others.
    pub(super) fn extend(&mut self, more: &Changes) {
        self.providers.extend(more.providers.iter().cloned());
        self.procedures.extend(more.procedures.iter().cloned());
        self.guidance.extend(more.guidance.iter().cloned());
        self.everything |= more.everything;
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.everything
            && self.providers.is_empty()
            && self.procedures.is_empty()
            && self.guidance.is_empty()
    }

    fn has_provider(&self, name: &str) -> bool {
        self.providers.contains(name)
    }

    /// Whether a file is shared guidance, or a translation of it, that was saved.
    fn has_guidance(&self, path: &str) -> bool {
        let name = path.strip_prefix("content/guidance/");
        let name = name.and_then(|name| name.split('.').next());
        name.is_some_and(|name| self.guidance.contains(name))
    }
}

/// A content folder in one language, resolved and checked.
pub(super) struct Reading {
    /// Of the language; `None` in that of the source.
    translated: Option<Translated>,
    resolved: Resolved,
    /// What is wrong with one provider or guidance file, merged.
    own: Vec<Diagnostic>,
    /// What is wrong between them.
    of_all: Vec<Diagnostic>,
}

impl Reading {
    /// In the language of the source.
    pub(super) fn of(documents: &Documents, today: Date) -> Self {
        Self::checked(None, resolve::resolve(documents), today)
    }

    /// In another language.
    pub(super) fn translated(
        documents: &Documents,
        language: &Arc<str>,
        original: &Arc<Book>,
        today: Date,
    ) -> Self {
        let translated = Translated::of(documents, language);
        let mut resolved = resolve::resolve(&translated.documents);
        resolved.book.translates(language, original);
        Self::checked(Some(translated), resolved, today)
    }

    fn checked(translated: Option<Translated>, resolved: Resolved, today: Date) -> Self {
        let mut reading = Reading {
            translated,
            resolved,
            own: Vec::new(),
            of_all: Vec::new(),
        };
        reading.check_everything(today);
        reading
    }

    /// What it comes to.
    pub(super) fn book(&self) -> &Book {
        &self.resolved.book
    }

    /// The language that it is translated into.
    pub(super) fn language(&self) -> Option<&Arc<str>> {
        self.translated
            .as_ref()
            .map(|translated| &translated.language)
    }

    /// All that is wrong, but for notes; of a translation, what follows from it.
    pub(super) fn diagnostics(&self, sources: &Sources) -> Vec<Diagnostic> {
        let checked = self.own.iter().chain(&self.of_all).cloned();
        let Some(translated) = &self.translated else {
            return checked
                .chain(self.resolved.diagnostics().cloned())
                .collect();
        };
        let own = translated.translations();
        let mut diagnostics = if own.is_empty() {
            Vec::new()
        } else {
            check::of_translation(self.book(), &own, checked.collect())
        };
        let files = translated.files.iter();
        diagnostics.extend(files.flat_map(|file| file.diagnostics_but_notes(sources)));
        diagnostics
    }

    /// Takes over the book that it is a translation of.
    pub(super) fn set_original(&mut self, original: &Arc<Book>) {
        if let Some(translated) = &self.translated {
            self.resolved
                .book
                .translates(&translated.language, original);
        }
    }

    /// Resolves and checks again what was saved; `documents` are those of the source.
    pub(super) fn again(
        &mut self,
        documents: &Documents,
        sources: &Sources,
        today: Date,
        changes: &Changes,
    ) {
        let mut translated = self.translated.take();
        match &mut translated {
            Some(translated) if changes.everything => {
                *translated = Translated::of(documents, &translated.language);
            }
            Some(translated) => translated.again(
                documents,
                &changes.providers,
                &changes.procedures,
                &changes.guidance,
            ),
            None => {}
        }
        let documents = translated
            .as_ref()
            .map_or(documents, |translated| &translated.documents);
        let in_parts = !changes.everything
            && changes.procedures.is_empty()
            && changes.providers.len() <= MANY_PROVIDERS
            && self.resolve_again(documents, sources, changes);
        if in_parts {
            self.check_again(sources, today, changes);
        } else {
            let translation = self.resolved.book.translation.take();
            self.resolved = resolve::resolve(documents);
            self.resolved.book.translation = translation;
            self.check_everything(today);
        }
        self.translated = translated;
    }

    /// Resolves again what changed; whether nothing else depends on it.
    fn resolve_again(
        &mut self,
        documents: &Documents,
        sources: &Sources,
        changes: &Changes,
    ) -> bool {
        // A fault of a shared file may stand there for what one provider shows of it: it could be gone now.
        let mut shared = self.own.iter().filter(|it| it.subjects.is_empty());
        let depends = shared.any(|it| {
            let path = sources.path(it.at);
            !changes.has_guidance(path) && provider_of(path).is_none()
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

    fn check_again(&mut self, sources: &Sources, today: Date, changes: &Changes) {
        let book = &self.resolved.book;
        let mut own = std::mem::take(&mut self.own);
        own.retain_mut(|fault| {
            let path = sources.path(fault.at);
            let saved = provider_of(path).is_some_and(|name| changes.has_provider(name));
            if saved || changes.has_guidance(path) {
                return false;
            }
            let had_subjects = !fault.subjects.is_empty();
            fault.subjects.retain(|subject| {
                let provider = subject.split('/').next().unwrap_or_default();
                !changes.has_provider(provider)
            });
            !had_subjects || !fault.subjects.is_empty()
        });
        let providers = changes.providers.iter();
        let providers = providers.filter_map(|name| book.provider(name));
        let scopes = providers.map(Scope::Provider);
        let guidance = book.guidance.iter();
        let guidance = guidance.filter(|it| changes.guidance.contains(it.id.as_str()));
        let scopes = scopes.chain(guidance.map(|it| Scope::Guidance(it)));
        let found = scopes.flat_map(|scope| check::check_again(book, today, scope));
        self.own = diagnostic::merge(own.into_iter().chain(found).collect());
        self.of_all = check::check_all_again(book, today);
    }

    fn check_everything(&mut self, today: Date) {
        let found = check::check_again(&self.resolved.book, today, Scope::Book);
        self.own = diagnostic::merge(found);
        self.of_all = check::check_all_again(&self.resolved.book, today);
    }
}

/// The provider in whose folder a file lies.
fn provider_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/providers/")?.split('/').next()
}

/// The shared procedures that a provider's files extend.
fn extended(provider: Option<&Provider>) -> Vec<String> {
    let extended = provider.iter().flat_map(|provider| &provider.extended);
    extended.map(|id| id.value.to_string()).collect()
}
