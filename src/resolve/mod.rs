//! Documents -> [`Book`]: what extends what is merged, by id and never by position.

mod body;
mod merge;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{At, Diagnostic};
use crate::model::{
    Allow, Body, Book, Choices, Material, Procedure, ProcedureDocument, Provider, SharedProcedure,
    Status,
};
use crate::parse::rules::duplicate_id;
use crate::parse::{Documents, ProcedureDocuments, ProviderDocuments};
use crate::yaml::rules::resource_limit_exceeded;
use crate::yaml::{Id, Placed};
use merge::Merged;
use rules::{extends_cycle, uninherited_field, unknown_procedure};

/// Procedures may extend one another this often in a row.
const MAX_EXTENDS: usize = 32;

/// Documents, resolved.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// What they come to.
    pub book: Book,
    shared: Arc<Shared>,
    /// What is wrong in what each provider changes, in their order.
    faults: Vec<Vec<Diagnostic>>,
}

/// The shared procedures, merged with those that they extend.
#[derive(Debug, Default)]
struct Shared {
    /// `None`: it, or one that it extends, could not be read.
    merged: BTreeMap<Id, Option<Merged>>,
    /// What each of them comes to with a provider who changes nothing of it.
    bodies: BTreeMap<Id, Arc<Body>>,
    /// What is wrong in them.
    faults: Vec<Diagnostic>,
}

/// Resolves all documents into a book.
pub fn resolve(documents: &Documents) -> Resolved {
    let choices = Choices(documents.choices.document.clone());
    let materials = documents.materials.known();
    let mut shared = Shared::default();
    shared.merged = merge_shared(&documents.procedures, &mut shared.faults);
    let merged = shared.merged.iter();
    shared.bodies = merged
        .filter_map(|(id, merged)| {
            let materials = materials.map_or(&[][..], Vec::as_slice);
            let body = body::finish(merged.clone()?, &choices, materials, None);
            Some((id.clone(), Arc::new(body)))
        })
        .collect();
    let bodies = shared.bodies.iter().map(|(id, body)| {
        let document = documents.procedures.get(id);
        let extends = document.and_then(|(_, own)| own.as_ref()?.extends.as_ref());
        let shared = SharedProcedure {
            extends: extends.map(|extends| extends.value.clone()),
            body: Arc::clone(body),
        };
        (id.clone(), shared)
    });
    let mut resolved = Resolved {
        book: Book {
            site: documents.site.clone(),
            choices_whole: documents.choices.whole,
            materials: materials.cloned(),
            sources: documents.sources.known().cloned(),
            standards: documents.standards.clone(),
            guidance: documents.guidance.values().cloned().collect(),
            images: documents.images.clone(),
            releases: Arc::clone(&documents.releases),
            releases_whole: documents.releases_whole,
            shared_allows: shared_allows(&documents.procedures),
            baseline: documents.baseline.known().cloned().flatten(),
            shared: bodies.collect(),
            choices,
            ..Book::default()
        },
        shared: Arc::new(shared),
        faults: Vec::new(),
    };
    let providers: Vec<(&Id, &ProviderDocuments)> = documents.providers.iter().collect();
    let context = resolved.context();
    let providers = providers
        .into_par_iter()
        .map(|(id, provider)| context.provider(id, provider));
    let (providers, faults) = providers.unzip();
    (resolved.book.providers, resolved.faults) = (providers, faults);
    resolved.book.unextended = unextended(&documents.procedures, &resolved.book.providers);
    resolved
}

impl Resolved {
    /// All that is wrong in how documents extend one another.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.shared
            .faults
            .iter()
            .chain(self.faults.iter().flatten())
    }

    /// Resolves again what a provider's own files say, of which there are as many as before.
    pub fn provider_again(&mut self, documents: &Documents, id: &Id) {
        let own = documents.providers.get(id);
        let providers = &self.book.providers;
        let at = providers.binary_search_by(|provider| provider.id.cmp(id));
        if let (Some(own), Ok(at)) = (own, at) {
            let resolved = self.context().provider(id, own);
            (self.book.providers[at], self.faults[at]) = resolved;
            self.book.unextended = unextended(&documents.procedures, &self.book.providers);
        }
    }

    /// Takes over what shared guidance says.
    pub fn guidance_again(&mut self, documents: &Documents) {
        self.book.guidance = documents.guidance.values().cloned().collect();
    }

    fn context(&self) -> Context<'_> {
        Context {
            choices: &self.book.choices,
            materials: self.book.materials.as_deref().unwrap_or(&[]),
            shared: &self.shared,
        }
    }
}

/// The shared procedures that nothing extends.
fn unextended(procedures: &ProcedureDocuments, providers: &[Arc<Provider>]) -> Vec<Placed<Id>> {
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

/// What shared procedures allow, each with its file.
fn shared_allows(procedures: &ProcedureDocuments) -> Vec<(At, Vec<Allow>)> {
    let allowing = procedures.values().filter_map(|(at, document)| {
        let allow = &document.as_ref()?.allow;
        (!allow.is_empty()).then(|| (*at, allow.clone()))
    });
    allowing.collect()
}

/// Merges every shared procedure with those it extends. `None`: it, or one that it extends, could not be read.
fn merge_shared(
    procedures: &ProcedureDocuments,
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
    procedures: &'a ProcedureDocuments,
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
    shared: &'a Shared,
}

impl Context<'_> {
    fn provider(&self, id: &Id, documents: &ProviderDocuments) -> (Arc<Provider>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let (mut procedures, mut unread) = (Vec::new(), Vec::new());
        let mut extended = Vec::new();
        for (id, (at, document)) in &documents.procedures {
            let document = document.as_deref();
            extended.extend(document.and_then(|document| document.extends.clone()));
            let resolved =
                document.and_then(|document| self.procedure(id, *at, document, &mut diagnostics));
            match resolved {
                Some(procedure) => procedures.push(procedure),
                None => unread.push(id.clone()),
            }
        }
        let provider = Provider {
            id: id.clone(),
            at: documents.at,
            document: documents.provider.clone(),
            guidance: documents.guidance.values().cloned().collect(),
            procedures,
            unread,
            extended,
        };
        (Arc::new(provider), diagnostics)
    }

    /// A provider's procedure; `None` where the shared one cannot be had, which is reported.
    fn procedure(
        &self,
        id: &Id,
        at: At,
        document: &ProcedureDocument,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Procedure> {
        let base = match &document.extends {
            None => None,
            Some(extends) => {
                let merged = &self.shared.merged;
                let Some((base, merged)) = merged.get_key_value(&extends.value) else {
                    diagnostics.push(unknown_procedure::diagnostic(extends, merged.keys()));
                    return None;
                };
                Some((base, merged.as_ref()?))
            }
        };
        // What ended for all that extend it is said once; who still has the step has not ended it.
        let mut retired = base.map_or_else(Vec::new, |(_, merged)| merged.retired.clone());
        merge::overlay_by_id(&mut retired, document.retired.iter(), |it| &it.step.value);
        let body = match base {
            Some((base, _)) if changes_nothing(document) => {
                Arc::clone(self.shared.bodies.get(base)?)
            }
            Some((_, merged)) => {
                let merged = merged
                    .clone()
                    .inherited()
                    .extended(document, at, diagnostics);
                let only = document.only.as_ref();
                Arc::new(body::finish(merged, self.choices, self.materials, only))
            }
            None => {
                let merged = Merged::new(at).extended(document, at, diagnostics);
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
        let formerly = document.formerly.as_ref();
        Some(Procedure {
            id: id.clone(),
            at,
            extends: document.extends.clone(),
            body,
            drops: document.drop.clone(),
            only: document.only.clone(),
            reviewed: document.reviewed.clone(),
            waives: document.waives.clone(),
            retired,
            formerly: formerly.map(|it| it.0.clone()).unwrap_or_default(),
            status: document
                .status
                .as_ref()
                .map_or(Status::Published, |status| status.value),
            allow: document.allow.clone(),
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
        allow: _,
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
