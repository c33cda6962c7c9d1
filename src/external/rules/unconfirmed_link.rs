#![doc = include_str!("unconfirmed_link.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::external::{Link, Loss};

rule!("SB312", "unconfirmed-link", Note, "unconfirmed_link.md");

/// Says why nobody knows whether a link leads anywhere.
pub(in crate::external) fn unknown(link: &Link<'_>, why: &str, heard: bool) -> Diagnostic {
    let message = format!("`{}` cannot be confirmed: {why}", link.text);
    Diagnostic::new(RULE, link.at, message).help(if heard {
        "open it in a browser: many hosts refuse programs and answer people"
    } else {
        "run `stepbook check --external` again; if it comes to the same, open it in a browser"
    })
}

/// Says that a link was gone for the first time.
pub(in crate::external) fn once_gone(link: &Link<'_>, how: &Loss) -> Diagnostic {
    let message = format!(
        "`{}` cannot be confirmed: it {} for the first time",
        link.text,
        how.words()
    );
    Diagnostic::new(RULE, link.at, message).help(
        "run `stepbook check --external` on a later day: if it is gone then too, this becomes a warning",
    )
}
