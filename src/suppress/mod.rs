//! Diagnostics -> those that are reported: without what the content allows for a reason, and without its baseline.
//!
//! An error is always reported, whatever anybody wrote: what is built never depends on what is left out.

mod allow;
mod baseline;
pub mod rules;

pub use baseline::Baseline;

use crate::diagnostic::{self, Counts, Diagnostic, Rule, Severity, Sources, find_rule};
use crate::model::Book;
use crate::yaml::Date;

/// What is not reported.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Those that the content allows.
    pub allowed: Vec<Diagnostic>,
    /// Those that the baseline knows.
    pub known: Vec<Diagnostic>,
    /// The baseline without what happens no more; `None` where all of it does.
    pub pruned: Option<Baseline>,
}

/// Takes out what is allowed and what the baseline knows, and reports what is wrong with that itself. `diagnostics` are
/// all of the book's, merged and sorted, and so is what comes back. `rules` are all there are; of one that did not run,
/// nobody knows what would break it. Where nothing is allowed and there is no baseline, it costs a look at every provider
/// and procedure.
pub fn suppress(
    book: &Book,
    sources: &Sources,
    today: Date,
    rules: &[&'static Rule],
    ran: impl Fn(&Rule) -> bool,
    mut diagnostics: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, LeftOut) {
    let mut left_out = LeftOut::default();
    let broken = Counts::of(&diagnostics).errors > 0;
    let (mut allowed, faults) = allow::Allowed::of(book, today, rules);
    if !allowed.is_empty() {
        left_out.allowed = diagnostics
            .extract_if(.., |diagnostic| allowed.takes(diagnostic, sources))
            .collect();
    }
    // What could not be read breaks no rule: nobody knows then what an `allow` is good for.
    let unused = allowed.unused(&ran).filter(|_| !broken);
    let more: Vec<Diagnostic> = faults.into_iter().chain(unused).collect();
    if !more.is_empty() {
        diagnostics.extend(more);
        diagnostics = diagnostic::merge(diagnostics);
    }
    if let Some(known) = &book.baseline {
        let may_be_gone = |code: &str| find_rule(rules, code).is_none_or(&ran);
        let (split, pruned) = Baseline::read(known).split(diagnostics, sources, today, may_be_gone);
        diagnostics = split.reported;
        left_out.known = split.known;
        left_out.pruned = pruned.filter(|_| !broken);
    }
    (diagnostics, left_out)
}

/// Whether a rule's diagnostics can be left out at all.
fn is_optional(rule: &Rule) -> bool {
    rule.severity != Severity::Error
}
