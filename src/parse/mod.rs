//! Sorted files -> typed documents, each file on its own, all faults of a file told.

mod file;
mod kind;
mod markdown;
mod names;
pub mod rules;
mod translation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{At, Diagnostic, Source, Sources};
use crate::discover::{FileKind, Found};
use crate::model::{
    Choice, EvidenceSource, Guidance, Image, KnownFault, Material, ProcedureDocument,
    ProviderDocument, Release, ReleaseName, Reserved, Site, Standard,
};
use crate::yaml::Id;

pub use file::{Document, Markdown};
use file::{ReadFile, read};
pub use kind::Kind;
use rules::{address_taken_twice, altered_release, missing_file};
pub use translation::Translation;

/// A document, and whether its whole file could be read.
#[derive(Debug, Clone)]
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
    pub fn known(&self) -> Option<&T> {
        self.whole.then_some(&self.document)
    }
}

/// All documents of a content folder, by what they are. A file whose name is no id is left out, and reported. A copy is
/// cheap: what many providers have is shared.
#[derive(Debug, Clone, Default)]
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
    pub procedures: ProcedureDocuments,
    /// Shared guidance by name.
    pub guidance: BTreeMap<Id, Arc<Guidance>>,
    /// Pictures, sorted by path.
    pub images: Vec<Image>,
    /// Releases that could be read, earlier ones first.
    pub releases: Arc<Vec<Release>>,
    /// Whether that is all of them.
    pub releases_whole: bool,
    /// The names of all releases, read or not.
    release_names: BTreeSet<ReleaseName>,
    /// `baseline.yaml`.
    pub baseline: Whole<Option<Arc<[KnownFault]>>>,
    /// Providers.
    pub providers: BTreeMap<Id, ProviderDocuments>,
    /// Translations, each by its file.
    pub translations: BTreeMap<At, Arc<Translation>>,
    /// Folders of providers whose names are no ids, each with the file at which it is reported.
    misnamed: BTreeMap<String, At>,
}

/// Procedures by id, each with its whole file; `None` where nothing could be read.
pub type ProcedureDocuments = BTreeMap<Id, (At, Option<Arc<ProcedureDocument>>)>;

/// The documents in a provider's folder.
#[derive(Debug, Clone)]
pub struct ProviderDocuments {
    /// `provider.yaml`, or the first file of the folder.
    pub at: At,
    /// `provider.yaml`; `None` where it is missing or could not be read whole.
    pub provider: Option<Arc<ProviderDocument>>,
    /// Procedures; `None` where nothing could be read.
    pub procedures: ProcedureDocuments,
    /// Guidance by name.
    pub guidance: BTreeMap<Id, Arc<Guidance>>,
}

/// Files that were read, with what is wrong in them.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What they say.
    pub documents: Documents,
    /// Their texts, with the places of all values.
    pub sources: Sources,
    /// What is wrong in each file.
    faults: Vec<Vec<Diagnostic>>,
    /// What is wrong between files.
    between: Vec<Diagnostic>,
}

/// Reads every file, in parallel.
pub fn parse(found: &[Found]) -> Parsed {
    let files: Vec<ReadFile> = found
        .par_iter()
        .enumerate()
        .map(|(file, found)| read(found, u32::try_from(file).unwrap_or(u32::MAX)))
        .collect();
    let mut parsed = Parsed {
        documents: Documents {
            releases_whole: true,
            ..Documents::default()
        },
        ..Parsed::default()
    };
    for (file, (found, read)) in found.iter().zip(files).enumerate() {
        parsed.put(found, file, read);
    }
    let Parsed {
        documents,
        sources,
        between,
        ..
    } = &mut parsed;
    let releases = std::mem::take(&mut documents.releases);
    let releases = altered_release::in_order(Arc::unwrap_or_clone(releases));
    documents.releases_whole &=
        altered_release::follows(&releases, &documents.release_names, between);
    documents.releases = Arc::new(releases);
    for (id, provider) in &documents.providers {
        if !sources.path(provider.at).ends_with("/provider.yaml") {
            between.push(missing_file::diagnostic(provider.at, id));
        }
    }
    address_taken_twice::check(found, between);
    if let Some(site) = &documents.site {
        translation::check(site, documents.translations.values(), found, between);
        address_taken_twice::check_languages(site, documents.providers.keys(), between);
    }
    parsed
}

impl Parsed {
    /// All that is wrong.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter().flatten().chain(&self.between)
    }

    /// Reads a file of the same name and kind again. Not for releases, which depend on one another.
    pub fn read_again(&mut self, found: &Found, file: u32) {
        if found.kind == FileKind::Site {
            self.documents.site = None;
        }
        self.put(found, file as usize, read(found, file));
    }

    fn put(&mut self, found: &Found, file: usize, read: ReadFile) {
        let whole = read.diagnostics.is_empty();
        let mut faults = read.diagnostics;
        let source = Arc::new(Source {
            path: found.path.clone(),
            text: read.text,
            marks: read.marks,
        });
        if let Some(document) = read.document {
            let at = At::whole(u32::try_from(file).unwrap_or(u32::MAX));
            self.documents
                .take(document, &found.path, at, whole, &mut faults);
        }
        if file < self.faults.len() {
            self.sources.0[file] = source;
            self.faults[file] = faults;
        } else {
            self.sources.0.push(source);
            self.faults.push(faults);
        }
    }
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
            Document::Baseline(document) => {
                let document = Some(document.into());
                self.baseline = Whole { document, whole };
            }
            Document::Materials(document) => self.materials = Whole { document, whole },
            Document::EvidenceSources(document) => self.sources = Whole { document, whole },
            Document::Standard(name, standard) => {
                if let Some(id) = named(&name, diagnostics) {
                    self.standards.insert(id, standard.filter(|_| whole));
                }
            }
            Document::SharedProcedure(name, procedure) => {
                if let Some(id) = named(&name, diagnostics) {
                    self.procedures.insert(id, (at, procedure.map(Arc::new)));
                }
            }
            Document::SharedGuidance(name, markdown) => {
                if let Some(id) = named(&name, diagnostics) {
                    let guidance = guidance(id.clone(), path, at, markdown);
                    self.guidance.insert(id, guidance);
                }
            }
            Document::Release(name, document) => {
                let name = altered_release::name(&name, at, diagnostics);
                self.release_names.extend(name);
                match (name, document) {
                    (Some(name), Some(document)) if whole => {
                        let release = Release { name, at, document };
                        Arc::make_mut(&mut self.releases).push(release);
                    }
                    _ => self.releases_whole = false,
                }
            }
            Document::Translation(language, of, overlay) => {
                let translation = Translation {
                    at,
                    language,
                    of,
                    overlay,
                };
                self.translations.insert(at, Arc::new(translation));
            }
            Document::Image(path, bytes) => {
                let bytes = bytes.into();
                self.images.push(Image { at, path, bytes });
            }
            Document::Provider(folder, provider) => {
                if let Some(id) = self.folder(&folder, at, diagnostics) {
                    let own = self.provider(id, at);
                    own.at = at;
                    own.provider = provider.filter(|_| whole).map(Arc::new);
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
                        .insert(id, (at, procedure.map(Arc::new)));
                }
            }
            Document::Guidance(folder, name, markdown) => {
                let provider = self.folder(&folder, at, diagnostics);
                let id = rules::file_name(&name, at, None, diagnostics);
                if let (Some(provider), Some(id)) = (provider, id) {
                    let guidance = guidance(id.clone(), path, at, markdown);
                    self.provider(provider, at).guidance.insert(id, guidance);
                }
            }
        }
    }

    /// The id that a provider's folder is named by; what is none is reported at the folder's first file.
    fn folder(&mut self, name: &str, at: At, diagnostics: &mut Vec<Diagnostic>) -> Option<Id> {
        if self.misnamed.get(name).is_some_and(|first| *first != at) {
            return None;
        }
        let id = rules::file_name(name, at, Some(Reserved::Provider), diagnostics);
        if id.is_none() {
            self.misnamed.insert(name.to_owned(), at);
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
                guidance: BTreeMap::new(),
            })
    }
}

fn guidance(id: Id, path: &str, at: At, markdown: Markdown) -> Arc<Guidance> {
    let folder = path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    Arc::new(Guidance {
        id,
        at,
        folder,
        text: markdown.text,
        is_fallback: false,
        links: markdown.links,
        lines: markdown.lines,
    })
}
