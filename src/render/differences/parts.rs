//! Differences -> which of them stand on which part of the page.
//!
//! The first part has, of everything, the wordings that most have, and the first providers of each. What that leaves out
//! follows in the same order, cut into parts of one length.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::listed::LISTED;
use super::compare::Differences;

/// The first part has this many wordings of one topic, and this many procedures of one wording.
pub(super) const WORDINGS: usize = 10;
const NAMES: usize = 40;

/// Every other part has this many procedures.
const PART: usize = 500;

/// What stands on which part.
pub(super) struct Parts {
    all: Vec<Part>,
    /// For each topic of which the first part leaves something out, the part where that begins.
    rest: BTreeMap<usize, usize>,
    /// The part where those begin that change nothing and are not on the first.
    rest_of_same: Option<usize>,
}

/// What stands on one part.
#[derive(Default)]
pub(super) struct Part {
    /// In the order of the page.
    pub(super) pieces: Vec<Piece>,
    /// Of those that change nothing.
    pub(super) same: Range<usize>,
}

/// Some of the procedures that say something in the same words.
pub(super) struct Piece {
    /// Its place in [`Differences::said`].
    pub(super) topic: usize,
    /// Its place among the wordings of the topic.
    pub(super) wording: usize,
    pub(super) shown: Range<usize>,
}

impl Parts {
    pub(super) fn of(differences: &Differences<'_>) -> Self {
        let mut first = Part::default();
        let mut parts = Parts {
            all: Vec::new(),
            rest: BTreeMap::new(),
            rest_of_same: None,
        };
        let mut room = 0;
        for (topic, said) in differences.said.iter().enumerate() {
            for (at, wording) in said.wordings.iter().enumerate() {
                let all = wording.by.len();
                let shown = if at < WORDINGS { all.min(NAMES) } else { 0 };
                let piece = |shown| Piece {
                    topic,
                    wording: at,
                    shown,
                };
                if shown > 0 {
                    first.pieces.push(piece(0..shown));
                }
                let mut left = shown..all;
                while let Some((part, shown)) = parts.cut(&mut left, &mut room) {
                    parts.rest.entry(topic).or_insert(part);
                    parts.all[part - 2].pieces.push(piece(shown));
                }
            }
        }
        let all = differences.same.len();
        first.same = 0..all.min(LISTED);
        let mut left = first.same.end..all;
        while let Some((part, shown)) = parts.cut(&mut left, &mut room) {
            parts.rest_of_same.get_or_insert(part);
            parts.all[part - 2].same = shown;
        }
        parts.all.insert(0, first);
        parts
    }

    /// Takes from what is left as much as the last part has room for, and begins another where it has none. Gives back the
    /// part's number.
    fn cut(&mut self, left: &mut Range<usize>, room: &mut usize) -> Option<(usize, Range<usize>)> {
        if left.start >= left.end {
            return None;
        }
        if *room == 0 {
            self.all.push(Part::default());
            *room = PART;
        }
        let shown = left.start..left.end.min(left.start + *room);
        *room -= shown.len();
        left.start = shown.end;
        Some((self.all.len() + 1, shown))
    }

    /// How many parts there are; at least one.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// A part, from 1.
    pub(super) fn part(&self, number: usize) -> &Part {
        &self.all[number - 1]
    }

    /// The part on which the rest of a topic begins.
    pub(super) fn rest_of_topic(&self, topic: usize) -> Option<usize> {
        self.rest.get(&topic).copied()
    }

    /// The part on which the rest of those that change nothing begins.
    pub(super) fn rest_of_same(&self) -> Option<usize> {
        self.rest_of_same
    }
}
