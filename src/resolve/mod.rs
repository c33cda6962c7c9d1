//! Documents -> [`Book`]: what extends what is merged, by id and never by position.

mod body;
mod merge;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{At, Diagnostic};
use crate::model::{Body, Book, Choices, Material, Procedure, ProcedureDocument, Provider, Status, Translation};
use crate::parse::rules::duplicate_id;
use crate::parse::{Documents, ProviderDocuments};
use crate::yaml::rules::resource_limit_exceeded;
use crate::yaml::{Id, Placed};
use merge::Merged;
use rules::{extends_cycle, uninherited_field, unknown_procedure};

/// Procedures may extend one another this often in a row.
const MAX_EXTENDS: usize = 32;

/// Resolves all documents of a translation into a book. What is wrong in them is wrong in those of the original, too.
pub fn resolve_translated(documents: Documents, language: Arc<str>, original: &Arc<Book>) -> Book {
    let (book, _) = resolve(documents);
    Book {
        translation: Some(Translation {
            language,
            original: Arc::clone(original),
        }),
        ..book
    }
}

/// Resolves all documents into a book.
pub fn resolve(mut documents: Documents) -> (Book, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let choices_whole = documents.choices.whole;
    let choices = Choices(documents.choices.document);
    let materials = documents.materials.known();
    let sources = documents.sources.known();
    let shared = merge_shared(&documents.procedures, &mut diagnostics);

    let context = Context {
        choices: &choices,
        materials: materials.as_deref().unwrap_or(&[]),
        shared: &shared,
    };
    let whole_bodies: BTreeMap<&Id, Arc<Body>> = shared
        .iter()
        .filter_map(|(id, merged)| {
            let body = body::finish(merged.clone()?, context.choices, context.materials, None);
            Some((id, Arc::new(body)))
        })
        .collect();
    let resolved: Vec<(Provider, Vec<Diagnostic>)> = documents
        .providers
        .into_par_iter()
        .map(|(id, provider)| context.provider(id, provider, &whole_bodies))
        .collect();
    let mut providers = Vec::with_capacity(resolved.len());
    for (provider, own) in resolved {
        providers.push(provider);
        diagnostics.extend(own);
    }
    let unextended = unextended(&documents.procedures, &providers);
    documents.guidance.sort_by(|a, b| a.id.cmp(&b.id));
    let book = Book {
        site: documents.site,
        choices_whole,
        materials,
        sources,
        standards: documents.standards,
        guidance: documents.guidance,
        images: documents.images,
        releases: documents.releases,
        releases_whole: documents.releases_whole,
        unextended,
        providers,
        choices,
        ..Book::default()
    };
    (book, diagnostics)
}

/// Shared procedures by id, each with its whole file; `None` where nothing could be read.
type SharedDocuments = BTreeMap<Id, (At, Option<ProcedureDocument>)>;

/// The shared procedures that nothing extends.
fn unextended(procedures: &SharedDocuments, providers: &[Provider]) -> Vec<Placed<Id>> {
    let shared = procedures
        .values()
        .filter_map(|(_, document)| document.as_ref()?.extends.as_ref());
    let own = providers.iter().flat_map(|provider| &provider.extended);
    let extended: BTreeSet<&Id> = shared.chain(own).map(|id| &id.value).collect();
    let unextended = procedures.iter().filter(|(id, _)| !extended.contains(id));
    unextended
        .map(|(id, (at, _))| Placed {
            value: id.clone(),
            at: *at,
        })
        .collect()
}

/// Merges every shared procedure with those it extends. `None`: it, or one that it extends, could not be read.
fn merge_shared(
    procedures: &SharedDocuments,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Id, Option<Merged>> {
    let mut merged = BTreeMap::new();
    for id in procedures.keys() {
        merge_one(
            id,
            procedures,
            &mut merged,
            &mut BTreeSet::new(),
            diagnostics,
        );
    }
    merged
}

fn merge_one<'a>(
    id: &'a Id,
    procedures: &'a SharedDocuments,
    merged: &mut BTreeMap<Id, Option<Merged>>,
    open: &mut BTreeSet<&'a Id>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Merged> {
    if let Some(done) = merged.get(id) {
        return done.clone();
    }
    let (at, document) = procedures.get(id)?;
    let result = document.as_ref().and_then(|document| {
        uninherited_field::check(document, diagnostics);
        let base = match &document.extends {
            None => Merged::new(*at),
            Some(extends) if open.contains(&extends.value) || extends.value == *id => {
                diagnostics.push(extends_cycle::diagnostic(extends.at, id, extends));
                return None;
            }
            Some(extends) => {
                let Some((base, _)) = procedures.get_key_value(&extends.value) else {
                    diagnostics.push(unknown_procedure::diagnostic(extends, procedures.keys()));
                    return None;
                };
                if open.len() >= MAX_EXTENDS {
                    let message =
                        format!("more than {MAX_EXTENDS} procedures extend one another in a row");
                    let help = "extend the one that they all build on";
                    diagnostics.push(
                        Diagnostic::new(resource_limit_exceeded::RULE, extends.at, message)
                            .help(help),
                    );
                    return None;
                }
                open.insert(id);
                let base = merge_one(base, procedures, merged, open, diagnostics);
                open.remove(id);
                base?
            }
        };
        let merged = base.extended(document, *at, diagnostics);
        for retired in document.retired.iter().map(|retired| &retired.step) {
            let still = merged.step(retired.as_str());
            diagnostics.extend(still.map(|step| duplicate_id::still_there(retired, &step.id)));
        }
        Some(merged)
    });
    merged.insert(id.clone(), result.clone());
    result
}

/// What every provider is resolved against.
struct Context<'a> {
    choices: &'a Choices,
    materials: &'a [Material],
    shared: &'a BTreeMap<Id, Option<Merged>>,
}

impl Context<'_> {
    fn provider(
        &self,
        id: Id,
        mut documents: ProviderDocuments,
        whole_bodies: &BTreeMap<&Id, Arc<Body>>,
    ) -> (Provider, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let (mut procedures, mut unread) = (Vec::new(), Vec::new());
        let mut extended = Vec::new();
        for (id, (at, document)) in documents.procedures {
            extended.extend(
                document
                    .as_ref()
                    .and_then(|document| document.extends.clone()),
            );
            let resolved = document.and_then(|document| {
                self.procedure(id.clone(), at, document, whole_bodies, &mut diagnostics)
            });
            match resolved {
                Some(procedure) => procedures.push(procedure),
                None => unread.push(id),
            }
        }
        documents.guidance.sort_by(|a, b| a.id.cmp(&b.id));
        let provider = Provider {
            id,
            at: documents.at,
            document: documents.provider,
            guidance: documents.guidance,
            procedures,
            unread,
            extended,
        };
        (provider, diagnostics)
    }

    /// A provider's procedure; `None` where the shared one cannot be had, which is reported.
    fn procedure(
        &self,
        id: Id,
        at: At,
        document: ProcedureDocument,
        whole_bodies: &BTreeMap<&Id, Arc<Body>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Procedure> {
        let base = match &document.extends {
            None => None,
            Some(extends) => {
                let Some((base, merged)) = self.shared.get_key_value(&extends.value) else {
                    diagnostics.push(unknown_procedure::diagnostic(extends, self.shared.keys()));
                    return None;
                };
                Some((base, merged.as_ref()?))
            }
        };
        // What ended for all that extend it is said once; who still has the step has not ended it.
        let mut retired = base.map_or_else(Vec::new, |(_, merged)| merged.retired.clone());
        merge::overlay_by_id(&mut retired, document.retired.iter(), |it| &it.step.value);
        let body = match base {
            Some((base, _)) if changes_nothing(&document) => Arc::clone(whole_bodies.get(base)?),
            Some((_, merged)) => {
                let merged = merged
                    .clone()
                    .inherited()
                    .extended(&document, at, diagnostics);
                let only = document.only.as_ref();
                Arc::new(body::finish(merged, self.choices, self.materials, only))
            }
            None => {
                let merged = Merged::new(at).extended(&document, at, diagnostics);
                let only = document.only.as_ref();
                Arc::new(body::finish(merged, self.choices, self.materials, only))
            }
        };
        rules::missing_in_body(&body, diagnostics);
        for retired in document.retired.iter().map(|retired| &retired.step) {
            let still = body
                .position(retired.as_str())
                .map(|at| &body.steps[at].step.id);
            diagnostics.extend(still.map(|step| duplicate_id::still_there(retired, step)));
        }
        let own: BTreeSet<At> = document.retired.iter().map(|it| it.at).collect();
        retired.retain(|it| own.contains(&it.at) || body.position(it.step.as_str()).is_none());
        Some(Procedure {
            id,
            at,
            extends: document.extends,
            body,
            drops: document.drop,
            only: document.only,
            reviewed: document.reviewed,
            waives: document.waives,
            retired,
            formerly: document.formerly.map(|it| it.0).unwrap_or_default(),
            status: document
                .status
                .map_or(Status::Published, |status| status.value),
            edition: OnceLock::new(),
        })
    }
}

/// Whether a provider's file leaves all that is inherited as it is.
fn changes_nothing(document: &ProcedureDocument) -> bool {
    let ProcedureDocument {
        at: _,
        extends: _,
        standard,
        title,
        summary,
        ends,
        leaves,
        mode,
        phases,
        steps,
        notices,
        questions,
        facts,
        drop,
        only,
        outcome,
        reviewed: _,
        waives: _,
        retired: _,
        formerly: _,
        status: _,
    } = document;
    standard.is_none()
        && title.is_none()
        && summary.is_none()
        && ends.is_none()
        && leaves.is_none()
        && mode.is_none()
        && phases.is_none()
        && steps.is_none()
        && notices.is_none()
        && questions.is_none()
        && facts.is_none()
        && drop.is_empty()
        && only.is_none()
        && outcome.is_none()
}
