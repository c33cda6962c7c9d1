#![doc = include_str!("dead_link.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::external::{Gone, Link, Role};
use crate::yaml::Date;

rule!("SB311", "dead-link", Warning, "dead_link.md");

/// Says that a link was gone on two days, and when it was last good.
pub(in crate::external) fn diagnostic(
    link: &Link<'_>,
    gone: &Gone,
    good: Option<Date>,
) -> Diagnostic {
    let good = good.map_or_else(
        || "was never seen to be good".to_owned(),
        |good| format!("was last good on {good}"),
    );
    let message = format!(
        "`{}` is dead: it was gone on {}, {} on {}, and {good}",
        link.text,
        gone.first,
        gone.how.words(),
        gone.last
    );
    let (because, help) = match link.role {
        Role::Source => (
            "nobody can look up any more what rests on this source",
            "find where the page is now, read it, and write its address as `url` and the day as `checked`; if it is nowhere, \
             find other evidence, or take out the facts that rest on it",
        ),
        Role::Channel => (
            "readers are sent there to reach the provider",
            "find the new address on the provider's own site; if there is none, take the channel out",
        ),
        Role::Guidance => (
            "readers follow the link and find nothing",
            "write where the page is now, or take the link out of the text",
        ),
        Role::Feedback => (
            "readers who found a mistake cannot tell you",
            "write an address that is there as `feedback` in `site.yaml`, or `mailto:` and an e-mail address",
        ),
    };
    Diagnostic::new(RULE, link.at, message)
        .help(help)
        .because(Some(because))
}
