#![doc = include_str!("expired_review.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{EvidenceSource, Standard};
use crate::yaml::{Date, Days};

rule!("SB305", "expired-review", Error, "expired_review.md");

/// Something that was looked at on a day, and how many days that holds.
pub(super) struct Checked {
    pub(super) at: At,
    pub(super) what: String,
    pub(super) help: &'static str,
    pub(super) date: Date,
    pub(super) warn: Days,
    pub(super) fail: Days,
}

/// Reports every review and every check of a source that is too old to rely on.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for check in checks(context) {
        let end = check.fail.after(check.date);
        if end < context.today {
            let message = format!("{} cannot be relied on after `{end}`", check.what);
            diagnostics.push(
                Diagnostic::new(RULE, check.at, message)
                    .help(check.help)
                    .because(Some("providers change their channels and rules, and old ones lead readers astray")),
            );
        }
    }
}

/// Everything that was looked at on a day: reviews of procedures, sources of providers, shared sources.
pub(super) fn checks(context: &Context<'_>) -> Vec<Checked> {
    let book = context.book;
    let mut checks = Vec::new();
    for provider in &context.providers {
        for procedure in &provider.procedures {
            let (Some(review), Some(site)) = (&procedure.reviewed, &book.site) else {
                continue;
            };
            let Some(standard) = book.standard_of(&procedure.body) else {
                continue;
            };
            checks.push(Checked {
                at: review.date.at,
                what: "the review of this procedure".to_owned(),
                help: "go through it again and set the day in `reviewed`",
                date: review.date.value,
                warn: site.review_every.value,
                fail: standard.freshness.fail.value,
            });
        }
        let standards = provider
            .procedures
            .iter()
            .filter_map(|procedure| book.standard_of(&procedure.body));
        let sources = provider
            .document
            .iter()
            .flat_map(|document| &document.sources);
        checks.extend(of_sources(sources, standards));
    }
    let standards = book.standards.values().flatten();
    checks.extend(of_sources(book.sources.iter().flatten(), standards));
    checks
}

/// Checks of sources; of several standards the strictest counts.
fn of_sources<'a>(
    sources: impl Iterator<Item = &'a EvidenceSource>,
    standards: impl Iterator<Item = &'a Standard>,
) -> Vec<Checked> {
    let freshness: Vec<_> = standards.map(|standard| &standard.freshness).collect();
    let warn = freshness.iter().map(|freshness| freshness.warn.value).min();
    let fail = freshness.iter().map(|freshness| freshness.fail.value).min();
    let (Some(warn), Some(fail)) = (warn, fail) else {
        return Vec::new();
    };
    let checked = |source: &EvidenceSource| Checked {
        at: source.checked.at,
        what: format!("the check of the source `{}`", source.id.value),
        help: "read it again and set the day in `checked`",
        date: source.checked.value,
        warn,
        fail,
    };
    sources.map(checked).collect()
}
