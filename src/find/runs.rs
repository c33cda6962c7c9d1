//! A query and texts -> runs: parts of the query that characters of a text, one behind the other, take.

use super::corpus::{BORDER, Corpus};
use super::query::Query;
use super::reading::{
    BY_INITIAL, BY_SLIP, EXACT, How, LETTER, SAME_SOUND, SLIPS_FROM, WITH_GAP, is_slip,
};

/// How much a run of one character counts, in hundredths; of more of them; and what is added where the text begins with
/// it, and for the part of the text that it is.
const SINGLE: i64 = 25;
const SEVERAL: i64 = 95;
const START: i64 = 5;
const COVER: i64 = 25;
/// How much a run counts that has a slip, and one that leaves characters of the text out.
const SLIP: i64 = 70;
const GAP: i64 = 85;
/// Initials leave out at most so many characters at one place.
const GAP_LENGTH: usize = 3;

/// A part of the query that a text takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// The number of the text.
    pub(super) text: usize,
    /// The part of the query.
    pub(super) from: usize,
    pub(super) to: usize,
    /// What it counts.
    pub(super) value: i64,
    pub(super) how: How,
    /// How many characters of the text take it.
    pub(super) length: usize,
    /// Whether it is where the text begins.
    pub(super) first: bool,
    /// Whether it is where the text ends.
    pub(super) last: bool,
}

/// Calls back with every run.
pub(super) fn runs(query: &Query, corpus: &Corpus, keep: &mut dyn FnMut(Run)) {
    let mut follow = Follow {
        query,
        corpus,
        keep,
        origin: 0,
        from: 0,
    };
    for from in 0..query.units.len() {
        follow.from = from;
        follow.begin();
        follow.begin_misspelt();
    }
}

/// What was taken of a text so far.
#[derive(Clone, Copy)]
struct Taken {
    /// The next place in the corpus.
    place: usize,
    /// The next unit of the query.
    at: usize,
    sum: i64,
    length: usize,
    how: How,
    /// How many characters must still be taken behind a gap.
    lacking: usize,
}

impl Taken {
    fn and(self, units: usize, value: i64, how: How) -> Self {
        Taken {
            place: self.place + 1,
            at: self.at + units,
            sum: self.sum + value,
            length: self.length + 1,
            how: self.how | how,
            lacking: self.lacking.saturating_sub(1),
        }
    }
}

struct Follow<'a> {
    query: &'a Query,
    corpus: &'a Corpus,
    keep: &'a mut dyn FnMut(Run),
    /// Where the run begins in the corpus, and in the query.
    origin: usize,
    from: usize,
}

impl Follow<'_> {
    fn begin(&mut self) {
        let (query, from) = (self.query, self.from);
        let unit = &query.units[from];
        let before = from.checked_sub(1).map(|at| query.units[at].number);
        // The rest of a run of Chinese characters is no run of its own, but where a name ends.
        let goes_on = before.filter(|_| unit.is_han && !unit.cut);
        for letter in &unit.stands.letters {
            for origin in &self.corpus.places[*letter as usize] {
                let letter_before = origin.checked_sub(1).map(|at| self.corpus.letters[at]);
                if goes_on.is_some() && goes_on == letter_before {
                    continue;
                }
                self.origin = *origin;
                self.extend(Taken {
                    place: *origin,
                    at: from,
                    sum: 0,
                    length: 0,
                    how: 0,
                    lacking: 0,
                });
            }
        }
    }

    /// A whole Latin word with one slip.
    fn begin_misspelt(&mut self) {
        let unit = &self.query.units[self.from];
        let to = unit.word.1;
        if unit.is_han || !unit.starts || to - self.from < SLIPS_FROM {
            return;
        }
        let typed = &self.query.letters[self.from..to];
        let corpus = self.corpus;
        for (word, places) in &corpus.words {
            // Most words are ruled out by their length alone.
            if word.len().abs_diff(typed.len()) > 1 {
                continue;
            }
            let meant: Vec<char> = word.chars().collect();
            if !is_slip(typed, &meant) {
                continue;
            }
            for origin in places {
                self.origin = *origin;
                let place = origin + word.len();
                let letters = corpus.letters[*origin..place].iter();
                let sum = letters
                    .map(|letter| corpus.weights[*letter as usize] * LETTER)
                    .sum();
                self.found(Taken {
                    place,
                    at: to,
                    sum,
                    length: word.len(),
                    how: BY_SLIP,
                    lacking: 0,
                });
            }
        }
    }

    fn extend(&mut self, taken: Taken) {
        if taken.length > 0 && taken.lacking == 0 && self.stands(taken) {
            self.found(taken);
        }
        let letter = self.corpus.letters[taken.place];
        let Some(unit) = self.query.units.get(taken.at).filter(|_| letter != BORDER) else {
            return;
        };
        let weight = self.corpus.weights[letter as usize];
        if unit.number == letter {
            let value = if unit.is_han { EXACT } else { LETTER };
            self.extend(taken.and(1, weight * value, 0));
            return;
        }
        let ways = unit.stands.ways(letter);
        if unit.is_han {
            if taken.how & BY_SLIP == 0 && ways.is_some() {
                self.extend(taken.and(1, weight * SAME_SOUND, BY_SLIP));
            }
            return;
        }
        let Some(ways) = ways else { return };
        for way in ways {
            // A run has one slip, and then whole readings only; it does not begin with one in the middle of a word.
            let unfit = match way.how {
                BY_SLIP => taken.how != 0 || (taken.length == 0 && !unit.starts),
                how => how != 0 && taken.how & BY_SLIP != 0,
            };
            if !unfit {
                self.extend(taken.and(way.length, weight * way.value, way.how));
            }
        }
        // Initials leave words out: two on either side must be taken.
        let by_initials = taken.how == BY_INITIAL && taken.length > 1 && unit.word.0 <= self.from;
        if self.corpus.gaps && by_initials && unit.word.1 - taken.at > 1 {
            for gap in 1..=GAP_LENGTH {
                let place = taken.place + gap;
                if self.corpus.letters[place - 1] == BORDER {
                    break;
                }
                let how = taken.how | WITH_GAP;
                self.extend(Taken {
                    place,
                    how,
                    lacking: 2,
                    ..taken
                });
            }
        }
    }

    /// Whether what was taken up to here may stand for itself.
    fn stands(&self, taken: Taken) -> bool {
        let units = &self.query.units;
        let last = &units[taken.at - 1];
        let word_done = taken.at == last.word.1;
        if !self.corpus.starts[taken.place] && !word_done {
            return false;
        }
        let from_start = units[self.from].starts;
        // What goes on into another word of the query takes whole words.
        if last.word.0 > self.from && !(from_start && word_done) {
            return false;
        }
        let slipped = taken.how & BY_SLIP != 0;
        let letters = taken.at - self.from;
        if last.is_han {
            taken.length > 1 || !slipped
        } else if taken.length == 1 {
            !slipped && (letters > 1 || (word_done && from_start))
        } else {
            !slipped || (letters >= SLIPS_FROM && (from_start || word_done))
        }
    }

    fn found(&mut self, taken: Taken) {
        let text = self.corpus.owner[self.origin];
        let (begin, end) = self.corpus.spans[text];
        let (first, last) = (self.origin == begin, taken.place == end);
        let count = |number: usize| i64::try_from(number).expect("texts are shorter");
        let mut shape = COVER * count(taken.length) / count(end - begin);
        shape += if taken.length == 1 && !(first && last) {
            SINGLE
        } else {
            SEVERAL
        };
        if first {
            shape += START;
        }
        let care = match taken.how {
            how if how & BY_SLIP != 0 => SLIP,
            how if how & WITH_GAP != 0 => GAP,
            _ => 100,
        };
        (self.keep)(Run {
            text,
            from: self.from,
            to: taken.at,
            value: taken.sum * shape * care / 1_000_000,
            how: taken.how,
            length: taken.length,
            first,
            last,
        });
    }
}
