//! A shared procedure with all that extend it -> what each says otherwise, step by step; who says the same stands together.

use std::collections::{BTreeMap, HashMap};

use super::fields::{Lines, Voice};
use crate::model::{Body, Book, Procedure, Provider, SharedProcedure};
use crate::words::Words;
use crate::yaml::Id;

/// Where on the page something stands, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// What is said of the whole.
    Whole,
    /// Before the first shared step.
    Start,
    /// At a shared step, by its position.
    Step(usize),
    Notices,
    Questions,
    Facts,
}

/// What at a place is said otherwise: its rank there, and the id of the thing where there are several.
pub(super) type Topic<'b> = (usize, &'b str);

/// The rank of a step that is dropped, before all else that is said of it.
pub(super) const DROPPED: usize = 0;

/// Who says something: a procedure by its place in [`Differences::procedures`], and the step on its guide.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'b> {
    pub(super) procedure: usize,
    pub(super) step: Option<&'b Id>,
}

/// What some procedures say in the same words.
#[derive(Debug)]
pub(super) struct Wording<'b> {
    pub(super) lines: Lines,
    /// In the order of the procedures.
    pub(super) by: Vec<By<'b>>,
}

/// Something that some procedures say otherwise.
#[derive(Debug)]
pub(super) struct Said<'b> {
    pub(super) place: Place,
    pub(super) heading: String,
    /// What the shared procedure says; absent where it cannot say anything, as of a step that is added.
    pub(super) shared: Option<Lines>,
    /// How many procedures say what the shared one says.
    pub(super) keeping: usize,
    /// What most say comes first.
    pub(super) wordings: Vec<Wording<'b>>,
    /// The places of the wordings.
    known: HashMap<Lines, usize, ahash::RandomState>,
}

/// What the procedures that extend a shared one say otherwise.
pub(super) struct Differences<'b> {
    pub(super) shared: &'b SharedProcedure,
    /// All that extend it, in order.
    pub(super) procedures: Vec<(&'b Provider, &'b Procedure)>,
    /// What is said otherwise, in the order of the page.
    pub(super) said: Vec<Said<'b>>,
    /// How many procedures say anything otherwise at a place.
    pub(super) counts: BTreeMap<Place, usize>,
    /// The procedures that change nothing, by their places.
    pub(super) same: Vec<usize>,
}

/// The state of one comparison.
pub(super) struct Comparison<'b, 'w> {
    pub(super) book: &'b Book,
    pub(super) words: &'w Words,
    pub(super) body: &'b Body,
    /// The shared steps by id.
    pub(super) positions: HashMap<&'b str, usize, ahash::RandomState>,
    said: BTreeMap<(Place, Topic<'b>), Said<'b>>,
    /// Whether the procedure that is looked at says anything otherwise.
    differs: bool,
}

impl<'b> Differences<'b> {
    pub(super) fn of(book: &'b Book, words: &Words, id: &Id) -> Self {
        let shared = &book.shared[id];
        let extend = |(_, own): &(_, &Procedure)| {
            let extends = own.extends.as_ref();
            extends.is_some_and(|extends| extends.value == *id)
        };
        let procedures: Vec<_> = book.procedures().filter(extend).collect();
        let steps = shared.body.steps.iter().enumerate();
        let mut comparison = Comparison {
            book,
            words,
            body: &shared.body,
            positions: steps.map(|(at, own)| (own.step.id.as_str(), at)).collect(),
            said: BTreeMap::new(),
            differs: false,
        };
        let mut same = Vec::new();
        for (at, (provider, procedure)) in procedures.iter().enumerate() {
            if !comparison.procedure(at, provider, procedure) {
                same.push(at);
            }
        }
        let mut dropped = BTreeMap::new();
        let mut said = Vec::with_capacity(comparison.said.len());
        for ((place, (rank, _)), mut own) in comparison.said {
            own.wordings
                .sort_by_key(|wording| std::cmp::Reverse(wording.by.len()));
            let count = own.count();
            if matches!(place, Place::Step(_)) && rank == DROPPED {
                dropped.insert(place, count);
            }
            let others = dropped.get(&place).copied().unwrap_or(0);
            own.keeping = procedures.len().saturating_sub(count + others);
            said.push(own);
        }
        Differences {
            shared,
            counts: counts(&said, procedures.len()),
            procedures,
            said,
            same,
        }
    }
}

/// How many procedures say anything at each place, each counted once.
fn counts(said: &[Said<'_>], procedures: usize) -> BTreeMap<Place, usize> {
    let mut counted_at = vec![None; procedures];
    let mut counts = BTreeMap::new();
    for said in said {
        let all = said.wordings.iter().flat_map(|wording| &wording.by);
        for by in all {
            if counted_at[by.procedure].replace(said.place) != Some(said.place) {
                *counts.entry(said.place).or_insert(0) += 1;
            }
        }
    }
    counts
}

impl Said<'_> {
    fn count(&self) -> usize {
        self.wordings.iter().map(|wording| wording.by.len()).sum()
    }
}

impl<'b, 'w> Comparison<'b, 'w> {
    /// The shared procedure's voice.
    pub(super) fn shared(&self) -> Voice<'b, 'w> {
        Voice {
            book: self.book,
            words: self.words,
            body: self.body,
            provider: None,
        }
    }

    /// Notes what a procedure says otherwise; the heading and the shared lines are asked for once a topic.
    pub(super) fn say(
        &mut self,
        place: Place,
        topic: Topic<'b>,
        by: By<'b>,
        lines: Lines,
        shared: impl FnOnce(&Self) -> (String, Option<Lines>),
    ) {
        self.differs = true;
        if !self.said.contains_key(&(place, topic)) {
            let (heading, shared) = shared(self);
            let said = Said {
                place,
                heading,
                shared,
                keeping: 0,
                wordings: Vec::new(),
                known: HashMap::default(),
            };
            self.said.insert((place, topic), said);
        }
        let said = self.said.get_mut(&(place, topic)).expect("it is there now");
        if let Some(at) = said.known.get(&lines) {
            said.wordings[*at].by.push(by);
        } else {
            said.known.insert(lines.clone(), said.wordings.len());
            said.wordings.push(Wording {
                lines,
                by: vec![by],
            });
        }
    }

    /// The heading of a topic on which the shared procedure says nothing.
    pub(super) fn heading(word: &'static str) -> impl FnOnce(&Self) -> (String, Option<Lines>) {
        move |own| (own.words.get(word).to_owned(), None)
    }

    /// Notes what a procedure says otherwise; gives back whether it says anything.
    fn procedure(&mut self, at: usize, provider: &'b Provider, procedure: &'b Procedure) -> bool {
        let body: &'b Body = &procedure.body;
        let voice = Voice {
            body,
            provider: Some(provider),
            ..self.shared()
        };
        let by = By {
            procedure: at,
            step: None,
        };
        self.differs = false;
        let changed = !std::ptr::eq(body, self.body);
        if changed {
            self.steps(voice, by, procedure);
            self.whole(voice, by, procedure);
        }
        if changed || !provider.guidance.is_empty() {
            self.guidance(voice, provider, by);
        }
        self.state(by, procedure);
        self.waivers(by, procedure);
        self.differs
    }
}
