//! Documents -> the same documents in another language: the texts of translations laid over those of their sources.
//!
//! What is laid is the text of one file over that file's own, before anything is merged. So a provider that puts its own
//! text in the place of a shared one, and does not translate it, is read in its own words: never in the translation of
//! what it replaced. A text without a translation stays, marked by [`crate::model::fallback`].

mod accept;
mod files;
mod pass;
pub mod rules;
mod walk;

pub use accept::{AcceptError, accepted};
pub use files::{FileState, Made};
pub use pass::EnumLabels;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::At;
use crate::discover::FileKind;
use crate::model::{Guidance, GuidanceTexts, Overlay};
use crate::parse::{Documents, ProviderDocuments, Translation, Whole};
use crate::yaml::Id;
use pass::Pass;
use walk::Texts;

/// The documents of a site in another language.
#[derive(Debug)]
pub struct Translated {
    /// The tag of the language.
    pub language: Arc<str>,
    /// The documents.
    pub documents: Documents,
    /// Every source file that has texts or a translation, with how far that is.
    pub files: Vec<FileState>,
}

/// The documents in each language that the site is translated into.
pub fn translate_all(documents: &Documents) -> Vec<Translated> {
    let site = documents.site.iter();
    site.flat_map(|site| site.translations())
        .map(|language| translate(documents, language))
        .collect()
}

/// The documents in one language.
fn translate(documents: &Documents, language: &Arc<str>) -> Translated {
    let own = documents.translations.iter();
    let own = own.filter(|it| it.language == *language);
    let mut context = Context {
        overlays: own.map(|it| (&it.of, it)).collect(),
        labels: EnumLabels::default(),
    };
    let mut files = Vec::new();
    let site = documents
        .site
        .as_ref()
        .map(|site| context.lay(&FileKind::Site, site, &mut files));
    let choices = context.lay_list(&FileKind::Choices, &documents.choices, &mut files);
    let materials = context.lay_list(&FileKind::Materials, &documents.materials, &mut files);
    let sources = context.lay_list(&FileKind::EvidenceSources, &documents.sources, &mut files);
    let mut labels = EnumLabels::default();
    let standards = documents.standards.iter().map(|(id, standard)| {
        let kind = FileKind::Standard(id.to_string());
        let laid = standard.as_ref().map(|standard| {
            let (standard, pass) = context.laid(&kind, standard);
            let (state, own) = pass.finish(context.overlay(&kind));
            files.extend(state);
            labels.take(own);
            standard
        });
        (id.clone(), laid)
    });
    let standards = standards.collect();
    context.labels = labels;
    let procedures = documents.procedures.iter().map(|(id, (at, document))| {
        let kind = FileKind::SharedProcedure(id.to_string());
        let laid = document.as_ref();
        let laid = laid.map(|document| context.lay(&kind, document, &mut files));
        (id.clone(), (*at, laid))
    });
    let procedures = procedures.collect();
    let guidance = documents.guidance.iter().map(|guidance| {
        let kind = FileKind::SharedGuidance(guidance.id.to_string());
        context.guidance(&kind, guidance, &mut files)
    });
    let guidance = guidance.collect();
    let providers: Vec<(Id, ProviderDocuments, Vec<FileState>)> = documents
        .providers
        .par_iter()
        .map(|(id, provider)| {
            let mut files = Vec::new();
            let laid = context.provider(id, provider, &mut files);
            (id.clone(), laid, files)
        })
        .collect();
    let mut laid = BTreeMap::new();
    for (id, provider, own) in providers {
        files.extend(own);
        laid.insert(id, provider);
    }
    files.sort_by_key(|state| state.place);
    Translated {
        language: Arc::clone(language),
        documents: Documents {
            site,
            choices,
            materials,
            sources,
            standards,
            procedures,
            guidance,
            images: documents.images.clone(),
            releases_whole: documents.releases_whole,
            providers: laid,
            ..Documents::default()
        },
        files,
    }
}

/// What all documents of a language are translated with.
struct Context<'d> {
    overlays: BTreeMap<&'d FileKind, &'d Translation>,
    /// What options of facts are called.
    labels: EnumLabels,
}

impl<'d> Context<'d> {
    fn overlay(&self, kind: &FileKind) -> Option<&'d Translation> {
        self.overlays.get(kind).copied()
    }

    /// A document with the texts of its translation.
    fn lay<T: Texts + Clone>(
        &self,
        kind: &FileKind,
        document: &T,
        files: &mut Vec<FileState>,
    ) -> T {
        let (laid, pass) = self.laid(kind, document);
        files.extend(pass.finish(self.overlay(kind)).0);
        laid
    }

    fn laid<T: Texts + Clone>(&self, kind: &FileKind, document: &T) -> (T, Pass<'_>) {
        let mut pass = Pass::new(self.overlay(kind), &self.labels);
        let mut laid = document.clone();
        laid.walk(&mut pass);
        (laid, pass)
    }

    fn lay_list<T>(
        &self,
        kind: &FileKind,
        list: &Whole<Vec<T>>,
        files: &mut Vec<FileState>,
    ) -> Whole<Vec<T>>
    where
        Vec<T>: Texts + Clone,
    {
        Whole {
            document: self.lay(kind, &list.document, files),
            whole: list.whole,
        }
    }

    fn provider(
        &self,
        id: &Id,
        provider: &ProviderDocuments,
        files: &mut Vec<FileState>,
    ) -> ProviderDocuments {
        let document = provider.provider.as_ref().map(|document| {
            let kind = FileKind::Provider(id.to_string());
            self.lay(&kind, document, files)
        });
        let procedures = provider.procedures.iter().map(|(name, (at, document))| {
            let kind = FileKind::Procedure(id.to_string(), name.to_string());
            let laid = document.as_ref();
            let laid = laid.map(|document| self.lay(&kind, document, files));
            (name.clone(), (*at, laid))
        });
        let procedures = procedures.collect();
        let guidance = provider.guidance.iter().map(|guidance| {
            let kind = FileKind::Guidance(id.to_string(), guidance.id.to_string());
            self.guidance(&kind, guidance, files)
        });
        ProviderDocuments {
            at: provider.at,
            provider: document,
            procedures,
            guidance: guidance.collect(),
        }
    }

    fn guidance(
        &self,
        kind: &FileKind,
        guidance: &Guidance,
        files: &mut Vec<FileState>,
    ) -> Guidance {
        let overlay = self.overlay(kind);
        files.extend(FileState::of_guidance(guidance, overlay));
        match overlay.map(|it| (it.at, &it.overlay)) {
            Some((at, Some(Overlay::Guidance(texts)))) => in_language(guidance, at, texts),
            _ => Guidance {
                is_fallback: true,
                ..guidance.clone()
            },
        }
    }
}

fn in_language(guidance: &Guidance, at: At, texts: &GuidanceTexts) -> Guidance {
    Guidance {
        id: guidance.id.clone(),
        at,
        folder: guidance.folder.clone(),
        text: Some(Arc::clone(&texts.text)),
        links: texts.links.clone(),
        lines: texts.lines.clone(),
        is_fallback: false,
    }
}
