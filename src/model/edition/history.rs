//! Releases -> the editions of each procedure, one after the other: what sheets and links in readers' hands may name.
//!
//! A release says what is otherwise than in the releases that it follows. Where branches were merged that each released
//! something, what they do not agree on is said whole by the next release.

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
    /// The actions of the steps.
    pub actions: Vec<&'b str>,
}

impl<'b> ReleasedEdition<'b> {
    /// The action of a step.
    pub fn action(&self, step: &Id) -> Option<&'b str> {
        let at = self.steps.iter().position(|(id, _)| *id == step)?;
        self.actions.get(at).copied()
    }
}

/// The editions of every procedure that was ever released.
#[derive(Debug, Default)]
pub struct History {
    procedures: BTreeMap<ProcedureName, Vec<Delta>>,
    lines: Lines,
}

/// What a release said of one procedure.
#[derive(Debug)]
struct Delta {
    /// Index into the book's releases.
    release: usize,
    /// Index into the release's editions.
    edition: usize,
    /// The delta that it builds on, as an index into the procedure's.
    base: Option<usize>,
    /// The release and the index of its order that holds from here.
    order: (usize, usize),
    /// Indices into the release's steps.
    steps: Vec<usize>,
}

/// Which releases come before which, by index.
#[derive(Debug, Default)]
struct Lines {
    /// Of each release those that it follows, directly or not.
    before: Vec<HashSet<usize>>,
}

impl Lines {
    fn of(releases: &[Release]) -> Self {
        let seals: HashMap<&str, usize> = releases
            .iter()
            .enumerate()
            .map(|(at, release)| (&*release.document.seal.value, at))
            .collect();
        let mut before: Vec<HashSet<usize>> = Vec::with_capacity(releases.len());
        // Earlier releases stand first: a release comes after all that it follows.
        for (at, release) in releases.iter().enumerate() {
            let mut own = HashSet::new();
            let after = release.document.after.iter();
            for follows in after.filter_map(|after| seals.get(&*after.seal)) {
                if *follows < at {
                    own.insert(*follows);
                    own.extend(&before[*follows]);
                }
            }
            before.push(own);
        }
        Lines { before }
    }

    /// Of deltas, those whose releases no other's follow: the last ones of each line.
    fn last(&self, deltas: &[Delta], among: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut last: Vec<usize> = Vec::new();
        for at in (0..deltas.len()).rev() {
            let release = deltas[at].release;
            let follows = |later: &usize| self.before[deltas[*later].release].contains(&release);
            if among(release) && !last.iter().any(follows) {
                last.push(at);
            }
        }
        last
    }
}

impl History {
    /// Finds out what each release says of each procedure, earlier releases first.
    pub(in crate::model) fn of(releases: &[Release]) -> Self {
        let mut history = History {
            procedures: BTreeMap::new(),
            lines: Lines::of(releases),
        };
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
            let deltas = self.procedures.entry(name.clone()).or_default();
            let before = &self.lines.before[release];
            let last = self.lines.last(deltas, |own| before.contains(&own));
            let base = agreed(releases, deltas, &last);
            // Without any order there are no steps: the file says so.
            let order = orders.get(name).copied();
            let Some(order) = order.or_else(|| Some(deltas[base?].order)) else {
                continue;
            };
            known.entry(order).or_insert_with(|| {
                let steps = &releases[order.0].document.orders[order.1].steps;
                steps.iter().map(|step| &step.value).collect()
            });
            deltas.push(Delta {
                release,
                edition,
                base,
                order,
                steps: Vec::new(),
            });
        }
        for (at, step) in document.steps.iter().enumerate() {
            for name in meant(&all, step.r#in.as_deref(), step.except.as_deref()) {
                let deltas = self.procedures.get_mut(name);
                let delta = deltas.and_then(|deltas| deltas.last_mut());
                let delta = delta.filter(|delta| delta.release == release);
                if let Some(delta) = delta.filter(|it| known[&it.order].contains(&step.step.value))
                {
                    delta.steps.push(at);
                }
            }
        }
    }
}

fn hash(releases: &[Release], delta: &Delta) -> Edition {
    releases[delta.release].document.editions.0[delta.edition]
        .1
        .value
}

/// One of the deltas, if they all made the same edition.
fn agreed(releases: &[Release], deltas: &[Delta], last: &[usize]) -> Option<usize> {
    let (first, others) = last.split_first()?;
    let edition = hash(releases, &deltas[*first]);
    let same = |other: &usize| hash(releases, &deltas[*other]) == edition;
    others.iter().all(same).then_some(*first)
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
        self.history().procedures.keys()
    }

    /// The releases that no other one follows: more than one where branches were merged that each released something.
    pub fn last_releases(&self) -> Vec<&Release> {
        let before = &self.history().lines.before;
        let followed: HashSet<&usize> = before.iter().flatten().collect();
        let last = self.releases.iter().enumerate();
        last.filter(|(at, _)| !followed.contains(at))
            .map(|(_, release)| release)
            .collect()
    }

    /// What the releases promise of a procedure at last, or at the end of `until`: nothing where it was not released, or
    /// where releases that were merged do not agree.
    pub fn settled<'b>(
        &'b self,
        name: &ProcedureName,
        until: Option<ReleaseName>,
    ) -> Option<ReleasedEdition<'b>> {
        let history = self.history();
        let deltas = history.procedures.get(name)?;
        let until = until.map(|until| self.releases.iter().position(|it| it.name == until));
        let last = history.lines.last(deltas, |release| match until {
            None => true,
            Some(until) => until.is_some_and(|until| {
                release == until || history.lines.before[until].contains(&release)
            }),
        });
        let at = agreed(&self.releases, deltas, &last)?;
        self.fold(deltas).into_iter().nth(at)
    }

    /// The hash of [`Book::settled`].
    pub fn settled_edition(&self, name: &ProcedureName) -> Option<Edition> {
        let history = self.history();
        let deltas = history.procedures.get(name)?;
        let last = history.lines.last(deltas, |_| true);
        let at = agreed(&self.releases, deltas, &last)?;
        Some(hash(&self.releases, &deltas[at]))
    }

    /// The day on which an edition of a procedure was released last.
    pub fn released_on(&self, name: &ProcedureName, whole: Edition) -> Option<ReleaseName> {
        let deltas = self.history().procedures.get(name)?.iter();
        let same = deltas.filter(|delta| hash(&self.releases, delta) == whole);
        same.map(|delta| self.releases[delta.release].name).max()
    }

    /// The last release that changed a procedure, under this name or one that it had before.
    pub fn last_release(&self, provider: &Provider, procedure: &Procedure) -> Option<ReleaseName> {
        let names = std::iter::once(provider.name_of(procedure)).chain(procedure.former_names());
        let deltas = names.filter_map(|name| self.history().procedures.get(&name));
        let releases = deltas
            .flatten()
            .map(|delta| self.releases[delta.release].name);
        releases.max()
    }

    /// How often a procedure was released.
    pub fn times_released(&self, name: &ProcedureName) -> usize {
        self.history().procedures.get(name).map_or(0, Vec::len)
    }

    /// Every step that was promised under a name, some of them more than once.
    pub fn promised<'b>(&'b self, name: &ProcedureName) -> impl Iterator<Item = &'b Id> {
        let deltas = self.history().procedures.get(name).into_iter().flatten();
        let mut orders: Vec<(usize, usize)> = deltas.map(|delta| delta.order).collect();
        orders.dedup();
        orders.into_iter().flat_map(|(release, order)| {
            let steps = &self.releases[release].document.orders[order].steps;
            steps.iter().map(|step| &step.value)
        })
    }

    /// What the last release that had a step said that it was.
    pub fn promised_action(&self, name: &ProcedureName, step: &Id) -> Option<&str> {
        let deltas = self.history().procedures.get(name)?.iter().rev();
        let mut steps = deltas.flat_map(|delta| {
            let steps = &self.releases[delta.release].document.steps;
            delta.steps.iter().map(|at| &steps[*at])
        });
        let last = steps.find(|own| own.step.value == *step)?;
        Some(&last.action.value)
    }

    /// The editions that were released under a name, earlier ones first.
    pub fn released<'b>(&'b self, name: &ProcedureName) -> Vec<ReleasedEdition<'b>> {
        let deltas = self.history().procedures.get(name);
        deltas.map_or_else(Vec::new, |deltas| self.fold(deltas))
    }

    fn fold<'b>(&'b self, deltas: &[Delta]) -> Vec<ReleasedEdition<'b>> {
        let mut editions: Vec<ReleasedEdition<'b>> = Vec::with_capacity(deltas.len());
        for delta in deltas {
            let release = &self.releases[delta.release];
            let mut now: HashMap<&'b Id, (Edition, &'b str)> = HashMap::new();
            if let Some(base) = delta.base.map(|base| &editions[base]) {
                let steps = base.steps.iter().zip(&base.actions);
                now.extend(steps.map(|((step, hash), action)| (*step, (*hash, *action))));
            }
            for step in delta.steps.iter().map(|at| &release.document.steps[*at]) {
                now.insert(&step.step.value, (step.hash.value, &step.action.value));
            }
            let (of, order) = delta.order;
            let order = self.releases[of].document.orders[order].steps.iter();
            let (steps, actions) = order
                .filter_map(|step| {
                    let (hash, action) = *now.get(&step.value)?;
                    Some(((&step.value, hash), action))
                })
                .unzip();
            let (_, edition) = &release.document.editions.0[delta.edition];
            editions.push(ReleasedEdition {
                release: release.name,
                at: edition.at,
                whole: edition.value,
                steps,
                actions,
            });
        }
        editions
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
