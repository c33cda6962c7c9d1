//! The runs of one thing -> the best that they come to: each unit of the query is taken once.

use super::query::Query;

/// What a Latin letter costs that nothing takes, in a word of which something is taken.
const LEFT_OVER: i64 = 40;
/// What it costs that a run or a name begins in the middle of a Latin word.
const CUT: i64 = 25;

/// The runs of one thing.
#[derive(Debug)]
pub(super) struct Cover<'q> {
    query: &'q Query,
    /// The runs that begin at each unit: where they end, what they count.
    runs: Vec<Vec<(usize, i64)>>,
    best: Vec<i64>,
}

impl<'q> Cover<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        Cover {
            query,
            runs: vec![Vec::new(); query.units.len()],
            best: vec![0; query.units.len() + 1],
        }
    }

    /// Forgets all runs.
    pub(super) fn clear(&mut self) {
        self.runs.iter_mut().for_each(Vec::clear);
    }

    /// Adds a run.
    pub(super) fn add(&mut self, from: usize, to: usize, value: i64) {
        self.runs[from].push((to, value));
    }

    /// The most that the runs come to, beside the part of the query that a provider has.
    pub(super) fn most(&mut self, named: Option<(usize, usize)>) -> i64 {
        for at in (0..self.query.units.len()).rev() {
            let (begin, end) = named.unwrap_or((usize::MAX, 0));
            if at == begin {
                self.best[at] = self.best[end] - if self.query.units[at].starts { 0 } else { CUT };
                continue;
            }
            if at > begin && at < end {
                continue;
            }
            let unit = &self.query.units[at];
            let mut most = self.best[at + 1] - if unit.is_han { 0 } else { LEFT_OVER };
            // A word of which nothing is known costs nothing.
            if unit.starts && (at >= end || unit.word.1 <= begin) {
                most = most.max(self.best[unit.word.1]);
            }
            let cut = if unit.starts { 0 } else { CUT };
            for (to, value) in &self.runs[at] {
                if at > begin || *to <= begin {
                    most = most.max(self.best[*to] + value - cut);
                }
            }
            self.best[at] = most;
        }
        self.best[0]
    }
}
