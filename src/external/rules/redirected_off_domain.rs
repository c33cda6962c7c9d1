#![doc = include_str!("redirected_off_domain.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::external::Link;
use crate::yaml::Url;

rule!(
    "SB313",
    "redirected-off-domain",
    Note,
    "redirected_off_domain.md"
);

/// Says that a provider's own page leads to a host that is not the provider's.
pub(in crate::external) fn diagnostic(link: &Link<'_>, leads_to: &str) -> Option<Diagnostic> {
    let domains = &link.owner?.domains;
    // What is no plain address, such as one with a password, is nobody's own.
    let target: Option<Url> = leads_to.parse().ok();
    let own = target.is_some_and(|url| domains.iter().any(|domain| url.lies_on(&domain.host)));
    if own {
        return None;
    }
    let message = format!(
        "`{}` leads to `{leads_to}`, which is not among `domains` of this provider",
        link.text
    );
    Some(
        Diagnostic::new(RULE, link.at, message)
            .help(
                "see whose host it is: if the provider moved, add the host to `domains` with its evidence and write the new \
                 address here; if not, find another page",
            )
            .because(Some(
                "a domain that was given up is soon somebody else's, who may put a look-alike on it",
            )),
    )
}
