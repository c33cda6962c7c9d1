//! Runs -> the steps that fit best. A query is parted into the name of a provider and words of a step; the best way counts.

use std::collections::{BTreeMap, HashMap};

use super::Finder;
use super::cover::Cover;
use super::query::Query;
use super::reading::BY_SLIP;
use super::runs::{Run, runs};

/// A name counts more than words of a step, in hundredths; less of it where only its start is typed, or its inside.
const NAME: i64 = 200;
const NAME_WHOLE: i64 = 100;
const NAME_START: i64 = 75;
const NAME_INSIDE: i64 = 40;
/// The ways to part a query that are followed.
const SPLITS: usize = 8;

/// A way to part a query.
#[derive(Debug)]
pub(super) struct Split {
    /// The part that is the name of a provider; without one, the step may be any provider's.
    pub(super) named: Option<(usize, usize)>,
    /// What each provider counts that has this part, in order.
    pub(super) has: Vec<(usize, i64)>,
    most: i64,
}

/// A step, or a guide where the number is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) provider: usize,
    /// The position among the provider's procedures.
    pub(super) procedure: usize,
    pub(super) number: usize,
    pub(super) score: i64,
}

impl Hit {
    fn before(&self, other: &Hit) -> bool {
        let key = |hit: &Hit| (-hit.score, hit.provider, hit.procedure, hit.number);
        key(self) < key(other)
    }
}

/// The ways to part a query, best first; the last leaves it whole.
pub(super) fn splits(finder: &Finder, query: &Query) -> Vec<Split> {
    let mut found = Vec::new();
    runs(query, &finder.names, &mut |run| {
        // A single character is a name where nothing else was typed with it.
        if run.length > 1 || (run.from, run.to) == query.units[run.from].stretch {
            found.push(run);
        }
    });
    let whole = whole_names(finder, &found);
    let mut ways: BTreeMap<(usize, usize), Vec<(usize, i64)>> = BTreeMap::new();
    for run in &found {
        let place = match (run.first, run.last) {
            (true, true) => NAME_WHOLE,
            (true, false) => NAME_START,
            (false, _) => NAME_INSIDE,
        };
        let value = run.value * NAME * place / 10_000;
        for (provider, field) in &finder.bearers[run.text] {
            let longest = whole.get(provider);
            let within = |(from, to): &(usize, usize)| {
                run.from >= *from && run.to <= *to && run.to - run.from < to - from
            };
            if !longest.is_some_and(within) {
                let way = ways.entry((run.from, run.to)).or_default();
                way.push((*provider, value * field / 100));
            }
        }
    }
    let mut splits: Vec<Split> = ways
        .into_iter()
        .map(|(part, has)| Split {
            named: Some(part),
            most: has.iter().map(|(_, value)| *value).max().unwrap_or(0),
            has,
        })
        .filter(|split| split.most > 0)
        .collect();
    splits.sort_by_key(|split| (-split.most, split.named));
    splits.truncate(SPLITS);
    for split in &mut splits {
        split.has = counted(finder, &split.has);
    }
    splits.push(Split {
        named: None,
        has: Vec::new(),
        most: 0,
    });
    splits
}

/// The longest part of a query that is a whole name of a provider: less of it is no name of theirs.
fn whole_names(finder: &Finder, found: &[Run]) -> HashMap<usize, (usize, usize)> {
    let mut whole: HashMap<usize, (usize, usize)> = HashMap::new();
    for run in found {
        if !run.first || !run.last || run.how & BY_SLIP != 0 {
            continue;
        }
        for (provider, _) in &finder.bearers[run.text] {
            let known = whole.entry(*provider).or_insert((run.from, run.to));
            if run.to - run.from > known.1 - known.0 {
                *known = (run.from, run.to);
            }
        }
    }
    whole
}

/// The most that each provider counts, in order.
pub(super) fn counted(finder: &Finder, has: &[(usize, i64)]) -> Vec<(usize, i64)> {
    let mut most = vec![0; finder.index.providers.len()];
    for (provider, value) in has {
        most[*provider] = (*value).max(most[*provider]);
    }
    let counted = most.into_iter().enumerate();
    counted.filter(|(_, value)| *value > 0).collect()
}

/// What guides and steps count, for each way to part the query.
struct Counts {
    /// What nothing counts.
    nothing: Vec<i64>,
    /// By split, then by target.
    values: Vec<Vec<i64>>,
}

fn counts(finder: &Finder, query: &Query, splits: &[Split]) -> Counts {
    let mut by_text: Vec<Vec<Run>> = vec![Vec::new(); finder.steps.spans.len()];
    runs(query, &finder.steps, &mut |run| by_text[run.text].push(run));
    let mut cover = Cover::new(query);
    let take = |cover: &mut Cover<'_>, fields: &[(i64, usize)]| {
        for (field, text) in fields {
            for run in &by_text[*text] {
                cover.add(run.from, run.to, run.value * field / 100);
            }
        }
    };
    let all = |cover: &mut Cover<'_>| -> Vec<i64> {
        splits.iter().map(|split| cover.most(split.named)).collect()
    };
    let any = |fields: &[(i64, usize)]| fields.iter().any(|(_, text)| !by_text[*text].is_empty());
    let nothing = all(&mut cover);
    let of_abouts: Vec<Option<Vec<i64>>> = finder
        .abouts
        .iter()
        .map(|fields| {
            any(fields).then(|| {
                cover.clear();
                take(&mut cover, fields);
                all(&mut cover)
            })
        })
        .collect();
    // Many providers say nearly the same: texts with the same runs count the same.
    let alike = alike(&by_text);
    let mut known: HashMap<_, usize, ahash::RandomState> = HashMap::default();
    let mut own: Vec<Vec<i64>> = Vec::new();
    let mut values = vec![Vec::with_capacity(finder.targets.len()); splits.len()];
    for target in &finder.targets {
        let key = (target.own.map(|(_, text)| alike[text]), target.about);
        let most = if key.0 == [0, 0] {
            let about = target.about.and_then(|about| of_abouts[about].as_ref());
            about.unwrap_or(&nothing)
        } else {
            let number = *known.entry(key).or_insert_with(|| {
                cover.clear();
                take(&mut cover, &target.own);
                if let Some(about) = target.about {
                    take(&mut cover, &finder.abouts[about]);
                }
                own.push(all(&mut cover));
                own.len() - 1
            });
            &own[number]
        };
        for (values, most) in values.iter_mut().zip(most) {
            values.push(*most);
        }
    }
    Counts { nothing, values }
}

/// For each text a number that it shares with those that have the same runs; 0 where there are none.
fn alike(by_text: &[Vec<Run>]) -> Vec<usize> {
    let mut known: HashMap<Vec<(usize, usize, i64)>, usize, ahash::RandomState> =
        HashMap::default();
    let numbers = by_text.iter().map(|runs| {
        if runs.is_empty() {
            return 0;
        }
        let next = known.len() + 1;
        let runs = runs.iter().map(|run| (run.from, run.to, run.value));
        *known.entry(runs.collect()).or_insert(next)
    });
    numbers.collect()
}

/// The best steps and guides, at most `limit`.
pub(super) fn best(finder: &Finder, query: &mut Query, limit: usize) -> Vec<Hit> {
    let mut top = Top {
        limit,
        hits: Vec::new(),
    };
    if limit == 0 || query.units.is_empty() {
        return top.hits;
    }
    let splits = splits(finder, query);
    for (_, to) in splits.iter().filter_map(|split| split.named) {
        if let Some(unit) = query.units.get_mut(to) {
            unit.cut = true;
        }
    }
    let Counts { nothing, values } = counts(finder, query, &splits);
    for ((split, values), least) in splits.iter().zip(&values).zip(nothing) {
        // What cannot come up to the worst of the best is not looked at.
        let most = values.iter().max().copied().unwrap_or(least);
        if !top.takes(0, split.most + most) {
            continue;
        }
        let guides = finder.index.procedures.len();
        let most = |list: &Vec<usize>| list.iter().map(|step| values[guides + step]).max();
        let most: Vec<i64> = finder
            .lists
            .iter()
            .map(|list| most(list).unwrap_or(least))
            .collect();
        let mut consider = |provider: usize, has: i64| {
            let procedures = &finder.index.providers[provider].procedures;
            for (at, (procedure, list)) in procedures.iter().enumerate() {
                let hit = |number, score| Hit {
                    provider,
                    procedure: at,
                    number,
                    score,
                };
                // Where no step fits better, the guide itself is the answer.
                let guide = values[*procedure];
                if has > 0 || guide > least {
                    top.offer(hit(0, has + guide));
                }
                if most[*list] <= guide || !top.takes(provider, has + most[*list]) {
                    continue;
                }
                for (number, step) in (1..).zip(&finder.lists[*list]) {
                    let value = values[guides + step];
                    if value > guide {
                        top.offer(hit(number, has + value));
                    }
                }
            }
        };
        match split.named {
            Some(_) => split
                .has
                .iter()
                .for_each(|(provider, has)| consider(*provider, *has)),
            None => (0..finder.index.providers.len()).for_each(|provider| consider(provider, 0)),
        }
    }
    top.hits
}

/// The best hits so far, best first.
struct Top {
    limit: usize,
    hits: Vec<Hit>,
}

impl Top {
    /// Whether a hit of a provider with this score would be among them.
    fn takes(&self, provider: usize, score: i64) -> bool {
        let worst = self.hits.last().filter(|_| self.hits.len() == self.limit);
        let before = |worst: &Hit| {
            score > worst.score || (score == worst.score && provider <= worst.provider)
        };
        score > 0 && worst.is_none_or(before)
    }

    /// Puts a hit in its place. Of two ways to the same step the better one counts.
    fn offer(&mut self, hit: Hit) {
        if !self.takes(hit.provider, hit.score) {
            return;
        }
        let same = |own: &Hit| {
            (own.provider, own.procedure, own.number) == (hit.provider, hit.procedure, hit.number)
        };
        if let Some(known) = self.hits.iter().position(same) {
            if self.hits[known].score >= hit.score {
                return;
            }
            self.hits.remove(known);
        }
        let place = self.hits.partition_point(|own| own.before(&hit));
        self.hits.insert(place, hit);
        self.hits.truncate(self.limit);
    }
}
