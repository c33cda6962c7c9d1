//! Sorted files -> typed documents, each file on its own, all faults of a file told.

mod file;
mod kind;
mod markdown;
mod names;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{At, Diagnostic, Source, Sources};
use crate::discover::Found;
use crate::model::{
    Choice, EvidenceSource, Guidance, Image, Material, ProcedureDocument, ProviderDocument,
    Release, ReleaseName, Reserved, Site, Standard,
};
use crate::yaml::Id;

pub use file::{Document, Markdown};
use file::{ReadFile, read};
pub use kind::Kind;
use rules::{address_taken_twice, altered_release, missing_file};

/// A document, and whether its whole file could be read.
#[derive(Debug)]
pub struct Whole<T> {
    /// What could be read.
    pub document: T,
    /// Whether that is all.
    pub whole: bool,
}

impl<T: Default> Default for Whole<T> {
    /// A file that is not there says nothing, and nothing of it is lost.
    fn default() -> Self {
        Whole {
            document: T::default(),
            whole: true,
        }
    }
}

impl<T> Whole<T> {
    /// The document, if all of it could be read.
    pub fn known(self) -> Option<T> {
        self.whole.then_some(self.document)
    }
}

/// All documents of a content folder, by what they are. A file whose name is no id is left out, and reported.
#[derive(Debug, Default)]
pub struct Documents {
    /// `site.yaml`.
    pub site: Option<Site>,
    /// `choices.yaml`.
    pub choices: Whole<Vec<Choice>>,
    /// `materials.yaml`.
    pub materials: Whole<Vec<Material>>,
    /// `sources.yaml`.
    pub sources: Whole<Vec<EvidenceSource>>,
    /// Standards; `None` where the file could not be read whole.
    pub standards: BTreeMap<Id, Option<Standard>>,
    /// Shared procedures; `None` where nothing could be read.
    pub procedures: BTreeMap<Id, (At, Option<ProcedureDocument>)>,
    /// Shared guidance, sorted by name.
    pub guidance: Vec<Guidance>,
    /// Pictures, sorted by path.
    pub images: Vec<Image>,
    /// Releases that could be read, earlier ones first.
    pub releases: Vec<Release>,
    /// Whether that is all of them.
    pub releases_whole: bool,
    /// The names of all releases, read or not.
    release_names: BTreeSet<ReleaseName>,
    /// Providers.
    pub providers: BTreeMap<Id, ProviderDocuments>,
    /// Folders of providers whose names are no ids: each is reported once.
    misnamed: BTreeSet<String>,
}

/// The documents in a provider's folder.
#[derive(Debug)]
pub struct ProviderDocuments {
    /// `provider.yaml`, or the first file of the folder.
    pub at: At,
    /// `provider.yaml`; `None` where it is missing or could not be read whole.
    pub provider: Option<ProviderDocument>,
    /// Procedures; `None` where nothing could be read.
    pub procedures: BTreeMap<Id, (At, Option<ProcedureDocument>)>,
    /// Guidance, sorted by name.
    pub guidance: Vec<Guidance>,
}

/// Reads every file, in parallel.
pub fn parse(found: &[Found]) -> (Documents, Sources, Vec<Diagnostic>) {
    let files: Vec<ReadFile> = found
        .par_iter()
        .enumerate()
        .map(|(file, found)| read(found, u32::try_from(file).unwrap_or(u32::MAX)))
        .collect();
    let mut documents = Documents {
        releases_whole: true,
        ..Documents::default()
    };
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    for (file, (found, read)) in (0..).zip(found.iter().zip(files)) {
        let whole = read.diagnostics.is_empty();
        sources.0.push(Source {
            path: found.path.clone(),
            text: read.text,
            marks: read.marks,
        });
        diagnostics.extend(read.diagnostics);
        if let Some(document) = read.document {
            documents.take(
                document,
                &found.path,
                At::whole(file),
                whole,
                &mut diagnostics,
            );
        }
    }
    documents.releases = altered_release::in_order(documents.releases);
    let (releases, names) = (&documents.releases, &documents.release_names);
    documents.releases_whole &= altered_release::follows(releases, names, &mut diagnostics);
    for (id, provider) in &documents.providers {
        if !sources.path(provider.at).ends_with("/provider.yaml") {
            diagnostics.push(missing_file::diagnostic(provider.at, id));
        }
    }
    address_taken_twice::check(found, &mut diagnostics);
    (documents, sources, diagnostics)
}

impl Documents {
    fn take(
        &mut self,
        document: Document,
        path: &str,
        at: At,
        whole: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let named = |name: &str, diagnostics: &mut Vec<Diagnostic>| {
            rules::file_name(name, at, None, diagnostics)
        };
        match document {
            Document::Site(site) => self.site = Some(site),
            Document::Choices(document) => self.choices = Whole { document, whole },
            Document::Materials(document) => self.materials = Whole { document, whole },
            Document::EvidenceSources(document) => self.sources = Whole { document, whole },
            Document::Standard(name, standard) => {
                if let Some(id) = named(&name, diagnostics) {
                    self.standards.insert(id, standard.filter(|_| whole));
                }
            }
            Document::SharedProcedure(name, procedure) => {
                if let Some(id) = named(&name, diagnostics) {
                    self.procedures.insert(id, (at, procedure));
                }
            }
            Document::SharedGuidance(name, markdown) => {
                if let Some(id) = named(&name, diagnostics) {
                    self.guidance.push(guidance(id, path, at, markdown));
                }
            }
            Document::Release(name, document) => {
                let name = altered_release::name(&name, at, diagnostics);
                self.release_names.extend(name);
                match (name, document) {
                    (Some(name), Some(document)) if whole => {
                        self.releases.push(Release { name, at, document });
                    }
                    _ => self.releases_whole = false,
                }
            }
            Document::Image(path, bytes) => self.images.push(Image { at, path, bytes }),
            Document::Provider(folder, provider) => {
                if let Some(id) = self.folder(&folder, at, diagnostics) {
                    let own = self.provider(id, at);
                    own.at = at;
                    own.provider = provider.filter(|_| whole);
                }
            }
            Document::Procedure(folder, name, procedure) => {
                let provider = self.folder(&folder, at, diagnostics);
                let id = rules::file_name(&name, at, Some(Reserved::Procedure), diagnostics);
                if let (Some(provider), Some(id)) = (provider, id) {
                    // Without what it extends nothing of it makes sense, if that is what could not be read.
                    let procedure =
                        procedure.filter(|it| whole || it.extends.is_some() || it.phases.is_some());
                    self.provider(provider, at)
                        .procedures
                        .insert(id, (at, procedure));
                }
            }
            Document::Guidance(folder, name, markdown) => {
                let provider = self.folder(&folder, at, diagnostics);
                let id = rules::file_name(&name, at, None, diagnostics);
                if let (Some(provider), Some(id)) = (provider, id) {
                    self.provider(provider, at)
                        .guidance
                        .push(guidance(id, path, at, markdown));
                }
            }
        }
    }

    /// The id that a provider's folder is named by; what is none is reported at the folder's first file.
    fn folder(&mut self, name: &str, at: At, diagnostics: &mut Vec<Diagnostic>) -> Option<Id> {
        if self.misnamed.contains(name) {
            return None;
        }
        let id = rules::file_name(name, at, Some(Reserved::Provider), diagnostics);
        if id.is_none() {
            self.misnamed.insert(name.to_owned());
        }
        id
    }

    fn provider(&mut self, id: Id, at: At) -> &mut ProviderDocuments {
        self.providers
            .entry(id)
            .or_insert_with(|| ProviderDocuments {
                at,
                provider: None,
                procedures: BTreeMap::new(),
                guidance: Vec::new(),
            })
    }
}

fn guidance(id: Id, path: &str, at: At, markdown: Markdown) -> Guidance {
    let folder = path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    Guidance {
        id,
        at,
        folder,
        text: markdown.text,
        links: markdown.links,
        lines: markdown.lines,
    }
}
