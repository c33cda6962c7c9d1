//! How far the translation of one file is.

use std::collections::BTreeMap;

use super::rules::{missing_translation, stale_translation};
use crate::diagnostic::{At, Diagnostic, Sources};
use crate::discover::FileKind;
use crate::model::{Edition, Guidance, Overlay};
use crate::parse::Translation;
use crate::yaml::Placed;

/// A source file and its translation into one language.
#[derive(Debug)]
pub struct FileState {
    /// What the source is.
    pub kind: FileKind,
    /// The source, whole; absent where it has no texts.
    pub source: Option<At>,
    /// The first text of the source, or the translation of a source without texts.
    pub place: At,
    /// The translation, whole, if there is one.
    pub translation: Option<At>,
    /// Whether the translation could be read.
    pub is_read: bool,
    /// What the translation says that it was made from.
    pub of: Option<Placed<Edition>>,
    /// What it should say: the hash of the source's texts.
    pub edition: Edition,
    /// How many texts of the source readers would miss.
    pub texts: usize,
    /// Those without a translation: their names and places in the source.
    pub missing: Vec<(String, At)>,
    /// What the translation has and the source has not.
    pub faults: Vec<Diagnostic>,
}

/// What a translation was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// There is none.
    Nothing,
    /// The texts that the source has.
    Current,
    /// Texts that the source had.
    Stale,
    /// It does not say.
    Unsaid,
}

impl FileState {
    /// The state of guidance; nothing where it could not be read.
    pub(super) fn of_guidance(
        kind: &FileKind,
        guidance: &Guidance,
        translation: Option<&Translation>,
    ) -> Option<Self> {
        let text = guidance.text.as_deref()?.replace("\r\n", "\n");
        let whole = ("text".to_owned(), text.into());
        let overlay = translation.and_then(|it| it.overlay.as_ref());
        let missing = match overlay {
            Some(Overlay::Guidance(texts)) if !texts.text.trim().is_empty() => Vec::new(),
            _ => vec![("text".to_owned(), guidance.at)],
        };
        Some(FileState {
            kind: kind.clone(),
            source: Some(guidance.at),
            place: guidance.at,
            translation: translation.map(|it| it.at),
            is_read: translation.is_none_or(|it| it.overlay.is_some()),
            of: overlay.and_then(Overlay::of).cloned(),
            edition: Edition::of_texts(&BTreeMap::from([whole])),
            texts: 1,
            missing,
            faults: Vec::new(),
        })
    }

    /// What the translation was made from.
    pub fn made(&self) -> Made {
        match (&self.translation, &self.of) {
            (None, _) => Made::Nothing,
            (_, None) => Made::Unsaid,
            (_, Some(of)) if of.value == self.edition => Made::Current,
            _ => Made::Stale,
        }
    }

    /// All that is wrong with it.
    pub fn diagnostics(
        &self,
        language: &str,
        sources: &Sources,
    ) -> impl Iterator<Item = Diagnostic> {
        let missing = self.is_read.then_some(self);
        let missing = missing.and_then(|it| missing_translation::check(it, language, sources));
        self.diagnostics_but_notes(sources).chain(missing)
    }

    /// The same, but for texts that are not there yet.
    pub fn diagnostics_but_notes(&self, sources: &Sources) -> impl Iterator<Item = Diagnostic> {
        // Why a translation cannot be read is reported, and nothing else is known of it.
        let own = self.is_read.then_some(self).into_iter();
        own.flat_map(|own| {
            let stale = stale_translation::check(own, sources);
            own.faults.iter().cloned().chain(stale)
        })
    }
}
