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

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::discover::FileKind;
use crate::model::{Guidance, Overlay};
use crate::parse::{Documents, ProviderDocuments, Translation};
use crate::yaml::Id;
use pass::{EnumLabels, Pass};
use walk::Texts;

/// The documents of a site in one of its languages, and every source file that has texts or a translation, with how far
/// that is.
pub fn translate(documents: &Documents, language: &str) -> (Documents, Vec<FileState>) {
    let own = documents.translations.values();
    let own = own.filter(|it| it.is_into(language));
    let mut context = Context {
        overlays: own.map(|it| (&it.of, &**it)).collect(),
        labels: EnumLabels::default(),
    };
    let mut files = Vec::new();
    let mut laid = documents.clone();
    // What was promised is in the words of the source.
    laid.releases = Arc::default();
    if let Some(site) = &mut laid.site {
        context.lay(&FileKind::Site, site, &mut files);
    }
    context.lay(&FileKind::Choices, &mut laid.choices.document, &mut files);
    context.lay(
        &FileKind::Materials,
        &mut laid.materials.document,
        &mut files,
    );
    context.lay(
        &FileKind::EvidenceSources,
        &mut laid.sources.document,
        &mut files,
    );
    let mut labels = EnumLabels::default();
    for (id, standard) in &mut laid.standards {
        if let Some(standard) = standard {
            let kind = FileKind::Standard(id.to_string());
            labels.take(context.lay(&kind, standard, &mut files));
        }
    }
    context.labels = labels;
    for (id, (_, document)) in &mut laid.procedures {
        if let Some(document) = document {
            let kind = FileKind::SharedProcedure(id.to_string());
            context.lay(&kind, Arc::make_mut(document), &mut files);
        }
    }
    for (id, guidance) in &mut laid.guidance {
        let kind = FileKind::SharedGuidance(id.to_string());
        context.guidance(&kind, guidance, &mut files);
    }
    let providers: Vec<(&Id, &mut ProviderDocuments)> = laid.providers.iter_mut().collect();
    let states = providers
        .into_par_iter()
        .flat_map_iter(|(id, provider)| context.provider(id, provider));
    files.extend(states.collect::<Vec<FileState>>());
    files.sort_by_key(|state| state.place);
    (laid, files)
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

    /// Lays the texts of its translation over a document; gives what it calls the options of facts.
    fn lay<T: Texts>(
        &self,
        kind: &FileKind,
        document: &mut T,
        files: &mut Vec<FileState>,
    ) -> EnumLabels {
        let overlay = self.overlay(kind);
        let mut pass = Pass::new(overlay, &self.labels);
        document.walk(&mut pass);
        let (state, labels) = pass.finish(overlay);
        files.extend(state);
        labels
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
        files.extend(FileState::of_guidance(guidance, overlay));
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
