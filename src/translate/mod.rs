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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::discover::FileKind;
use crate::model::{Guidance, Overlay, ProcedureDocument};
use crate::parse::{Documents, ProviderDocuments, Translation};
use crate::yaml::Id;
use pass::{EnumLabels, Pass};
use walk::Texts;

/// The documents of a site in one of its languages.
#[derive(Debug)]
pub struct Translated {
    /// The language.
    pub language: Arc<str>,
    /// What they say in it.
    pub documents: Documents,
    /// Every source file that has texts or a translation, in order, with how far that is.
    pub files: Vec<FileState>,
    /// What options of facts are called.
    labels: EnumLabels,
}

/// What all documents of a language are translated with.
struct Context<'d> {
    overlays: BTreeMap<&'d FileKind, &'d Translation>,
    labels: &'d EnumLabels,
}

impl Translated {
    /// Lays the translations into a language over all documents.
    pub fn of(documents: &Documents, language: &Arc<str>) -> Self {
        let mut laid = documents.clone();
        // What was promised is in the words of the source.
        laid.releases = Arc::default();
        let mut translated = Translated {
            language: Arc::clone(language),
            documents: laid,
            files: Vec::new(),
            labels: EnumLabels::default(),
        };
        translated.lay_lists_and_standards(documents);
        let Translated {
            documents: laid,
            files,
            labels,
            ..
        } = &mut translated;
        let context = Context::of(documents, language, labels);
        for (id, (_, document)) in &mut laid.procedures {
            context.procedure(id, document, files);
        }
        for (id, guidance) in &mut laid.guidance {
            let kind = FileKind::SharedGuidance(id.to_string());
            context.guidance(&kind, guidance, files);
        }
        let providers: Vec<(&Id, &mut ProviderDocuments)> = laid.providers.iter_mut().collect();
        let states = providers
            .into_par_iter()
            .flat_map_iter(|(id, provider)| context.provider(id, provider));
        files.extend(states.collect::<Vec<FileState>>());
        files.sort_by_key(|state| state.place);
        translated
    }

    /// The files of the translation.
    pub fn translations(&self) -> BTreeSet<u32> {
        let own = self.files.iter().filter_map(|state| state.translation);
        own.map(|at| at.file).collect()
    }

    fn lay_lists_and_standards(&mut self, documents: &Documents) {
        let (laid, files) = (&mut self.documents, &mut self.files);
        let none = EnumLabels::default();
        let context = Context::of(documents, &self.language, &none);
        if let Some(site) = &mut laid.site {
            context.lay(&FileKind::Site, site, files);
        }
        context.lay(&FileKind::Choices, &mut laid.choices.document, files);
        context.lay(&FileKind::Materials, &mut laid.materials.document, files);
        let sources = &mut laid.sources.document;
        context.lay(&FileKind::EvidenceSources, sources, files);
        for (id, standard) in &mut laid.standards {
            if let Some(standard) = standard {
                let kind = FileKind::Standard(id.to_string());
                self.labels.take(context.lay(&kind, standard, files));
            }
        }
    }

    /// Lays again what changed in the documents and their translations: some providers, shared procedures and shared
    /// guidance, by name.
    pub fn again(
        &mut self,
        documents: &Documents,
        providers: &BTreeSet<String>,
        procedures: &BTreeSet<String>,
        guidance: &BTreeSet<String>,
    ) {
        let (laid, files) = (&mut self.documents, &mut self.files);
        files.retain(|state| match &state.kind {
            FileKind::Provider(name)
            | FileKind::Procedure(name, _)
            | FileKind::Guidance(name, _) => !providers.contains(name),
            FileKind::SharedProcedure(name) => !procedures.contains(name),
            FileKind::SharedGuidance(name) => !guidance.contains(name),
            _ => true,
        });
        let context = Context::of(documents, &self.language, &self.labels);
        for (id, own) in known(&documents.providers, providers) {
            let mut own = own.clone();
            files.extend(context.provider(id, &mut own));
            laid.providers.insert(id.clone(), own);
        }
        for (id, (at, document)) in known(&documents.procedures, procedures) {
            let mut document = document.clone();
            context.procedure(id, &mut document, files);
            laid.procedures.insert(id.clone(), (*at, document));
        }
        for (id, own) in known(&documents.guidance, guidance) {
            let kind = FileKind::SharedGuidance(id.to_string());
            let mut own = Arc::clone(own);
            context.guidance(&kind, &mut own, files);
            laid.guidance.insert(id.clone(), own);
        }
        files.sort_by_key(|state| state.place);
    }
}

fn known<'d, T>(
    documents: &'d BTreeMap<Id, T>,
    names: &BTreeSet<String>,
) -> impl Iterator<Item = (&'d Id, &'d T)> {
    let ids = names.iter().filter_map(|name| name.parse::<Id>().ok());
    ids.filter_map(|id| documents.get_key_value(&id))
}

impl<'d> Context<'d> {
    fn of(documents: &'d Documents, language: &str, labels: &'d EnumLabels) -> Self {
        let own = documents.translations.values();
        let own = own.filter(|it| it.is_into(language));
        Context {
            overlays: own.map(|it| (&it.of, &**it)).collect(),
            labels,
        }
    }

    fn overlay(&self, kind: &FileKind) -> Option<&'d Translation> {
        self.overlays.get(kind).copied()
    }

    /// Lays the texts of its translation over a document; gives what it calls the options of facts.
    fn lay<T: Texts>(
        &self,
        kind: &FileKind,
        document: &mut T,
        files: &mut Vec<FileState>,
    ) -> EnumLabels {
        let overlay = self.overlay(kind);
        let mut pass = Pass::new(overlay, self.labels);
        document.walk(&mut pass);
        let (state, labels) = pass.finish(kind, overlay);
        files.extend(state);
        labels
    }

    fn procedure(
        &self,
        id: &Id,
        document: &mut Option<Arc<ProcedureDocument>>,
        files: &mut Vec<FileState>,
    ) {
        if let Some(document) = document {
            let kind = FileKind::SharedProcedure(id.to_string());
            self.lay(&kind, Arc::make_mut(document), files);
        }
    }

    fn provider(&self, id: &Id, provider: &mut ProviderDocuments) -> Vec<FileState> {
        let mut files = Vec::new();
        if let Some(document) = &mut provider.provider {
            let kind = FileKind::Provider(id.to_string());
            self.lay(&kind, Arc::make_mut(document), &mut files);
        }
        for (name, (_, document)) in &mut provider.procedures {
            if let Some(document) = document {
                let kind = FileKind::Procedure(id.to_string(), name.to_string());
                self.lay(&kind, Arc::make_mut(document), &mut files);
            }
        }
        for (name, guidance) in &mut provider.guidance {
            let kind = FileKind::Guidance(id.to_string(), name.to_string());
            self.guidance(&kind, guidance, &mut files);
        }
        files
    }

    fn guidance(&self, kind: &FileKind, guidance: &mut Arc<Guidance>, files: &mut Vec<FileState>) {
        let overlay = self.overlay(kind);
        files.extend(FileState::of_guidance(kind, guidance, overlay));
        let own = Arc::make_mut(guidance);
        match overlay.map(|it| (it.at, &it.overlay)) {
            Some((at, Some(Overlay::Guidance(texts)))) => {
                own.at = at;
                own.text = Some(Arc::clone(&texts.text));
                own.links.clone_from(&texts.links);
                own.lines.clone_from(&texts.lines);
            }
            _ => own.is_fallback = true,
        }
    }
}
