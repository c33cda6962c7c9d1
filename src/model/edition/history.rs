//! Releases -> the editions of each procedure, one after the other: what sheets and links in readers' hands may name.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Edition;
use crate::diagnostic::At;
use crate::model::{Book, Procedure, ProcedureName, Provider, Release, ReleaseName};
use crate::yaml::{Id, Placed, SitePath};

/// A released edition of a procedure, whole.
#[derive(Debug, Clone)]
pub struct ReleasedEdition<'b> {
    /// The release that made it.
    pub release: ReleaseName,
    /// Its line in the release's file.
    pub at: At,
    /// Its hash.
    pub whole: Edition,
    /// Its steps in order, each with its hash.
    pub steps: Vec<(&'b Id, Edition)>,
}

/// The editions of every procedure that was ever released.
#[derive(Debug, Default)]
pub struct History(BTreeMap<ProcedureName, Vec<Delta>>);

/// What a release said of one procedure.
#[derive(Debug)]
struct Delta {
    /// Index into the book's releases.
    release: usize,
    /// Index into the release's editions.
    edition: usize,
    /// The release and the index of its order that holds from here.
    order: (usize, usize),
    /// Indices into the release's steps.
    steps: Vec<usize>,
}

impl History {
    /// Finds out what each release says of each procedure, earlier releases first.
    pub(in crate::model) fn of(releases: &[Release]) -> Self {
        let mut history = History::default();
        for at in 0..releases.len() {
            history.take(releases, at);
        }
        history
    }

    fn take(&mut self, releases: &[Release], release: usize) {
        let document = &releases[release].document;
        let all: Vec<&ProcedureName> = document.editions.0.iter().map(|(name, _)| name).collect();
        let mut orders: HashMap<&ProcedureName, (usize, usize)> = HashMap::new();
        for (at, order) in document.orders.iter().enumerate() {
            for name in meant(&all, order.r#in.as_deref(), order.except.as_deref()) {
                orders.insert(name, (release, at));
            }
        }
        let mut known: HashMap<(usize, usize), HashSet<&Id>> = HashMap::new();
        for (edition, (name, _)) in document.editions.0.iter().enumerate() {
            let deltas = self.0.entry(name.clone()).or_default();
            let before = deltas.last().map(|delta| delta.order);
            // Without any order there are no steps: the file says so.
            let Some(order) = orders.get(name).copied().or(before) else {
                continue;
            };
            known.entry(order).or_insert_with(|| {
                let steps = &releases[order.0].document.orders[order.1].steps;
                steps.iter().map(|step| &step.value).collect()
            });
            deltas.push(Delta {
                release,
                edition,
                order,
                steps: Vec::new(),
            });
        }
        for (at, step) in document.steps.iter().enumerate() {
            for name in meant(&all, step.r#in.as_deref(), step.except.as_deref()) {
                let delta = self.0.get_mut(name).and_then(|deltas| deltas.last_mut());
                let delta = delta.filter(|delta| delta.release == release);
                if let Some(delta) = delta.filter(|it| known[&it.order].contains(&step.step.value))
                {
                    delta.steps.push(at);
                }
            }
        }
    }
}

/// The procedures that an entry of a release speaks of.
fn meant<'r>(
    all: &[&'r ProcedureName],
    r#in: Option<&'r [Placed<ProcedureName>]>,
    except: Option<&'r [Placed<ProcedureName>]>,
) -> Vec<&'r ProcedureName> {
    if let Some(names) = r#in {
        return names.iter().map(|name| &name.value).collect();
    }
    let except: HashSet<&ProcedureName> = except
        .into_iter()
        .flatten()
        .map(|name| &name.value)
        .collect();
    let all = all.iter().copied();
    all.filter(|name| !except.contains(name)).collect()
}

impl Procedure {
    /// The names under which it had its page before, where its old addresses are such.
    pub fn former_names(&self) -> impl Iterator<Item = ProcedureName> {
        self.formerly.iter().filter_map(|path| {
            let path: &SitePath = path;
            path.as_str().trim_end_matches('/').parse().ok()
        })
    }
}

impl Book {
    /// Every procedure that was ever released, in order of names.
    pub fn ever_released(&self) -> impl Iterator<Item = &ProcedureName> {
        self.history().0.keys()
    }

    /// The last edition that was released under a name.
    pub fn last_released(&self, name: &ProcedureName) -> Option<Edition> {
        let delta = self.history().0.get(name)?.last()?;
        let (_, edition) = &self.releases[delta.release].document.editions.0[delta.edition];
        Some(edition.value)
    }

    /// Every step that was promised under a name, some of them more than once.
    pub fn promised<'b>(&'b self, name: &ProcedureName) -> impl Iterator<Item = &'b Id> {
        let deltas = self.history().0.get(name).into_iter().flatten();
        let mut orders: Vec<(usize, usize)> = deltas.map(|delta| delta.order).collect();
        orders.dedup();
        orders.into_iter().flat_map(|(release, order)| {
            let steps = &self.releases[release].document.orders[order].steps;
            steps.iter().map(|step| &step.value)
        })
    }

    /// The editions that were released under a name, earlier ones first.
    pub fn released<'b>(&'b self, name: &ProcedureName) -> Vec<ReleasedEdition<'b>> {
        let mut hashes: HashMap<&'b Id, Edition> = HashMap::new();
        let deltas = self.history().0.get(name).into_iter().flatten();
        let editions = deltas.map(|delta| {
            let release = &self.releases[delta.release];
            for step in delta.steps.iter().map(|at| &release.document.steps[*at]) {
                hashes.insert(&step.step.value, step.hash.value);
            }
            let (of, order) = delta.order;
            let order = &self.releases[of].document.orders[order].steps;
            let (_, edition) = &release.document.editions.0[delta.edition];
            ReleasedEdition {
                release: release.name,
                at: edition.at,
                whole: edition.value,
                steps: order
                    .iter()
                    .filter_map(|step| Some((&step.value, *hashes.get(&step.value)?)))
                    .collect(),
            }
        });
        editions.collect()
    }

    /// The last release of a procedure under this name or one that it had before.
    pub fn last_release(&self, provider: &Provider, procedure: &Procedure) -> Option<ReleaseName> {
        let names = std::iter::once(provider.name_of(procedure)).chain(procedure.former_names());
        let last = names.filter_map(|name| self.history().0.get(&name)?.last());
        last.map(|delta| self.releases[delta.release].name).max()
    }

    /// The editions of a procedure under this name and those it had before, earlier ones first.
    pub fn past<'b>(
        &'b self,
        provider: &Provider,
        procedure: &Procedure,
    ) -> Vec<ReleasedEdition<'b>> {
        let mut past = self.released(&provider.name_of(procedure));
        let names: BTreeSet<ProcedureName> = procedure.former_names().collect();
        for name in names {
            past.extend(self.released(&name));
        }
        past.sort_by_key(|edition| edition.release);
        past
    }
}
