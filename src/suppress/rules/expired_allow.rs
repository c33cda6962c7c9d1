#![doc = include_str!("expired_allow.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::{Date, Placed};

rule!("SB704", "expired-allow", Warning, "expired_allow.md");

/// Says that the last day of an `allow` has passed. It counts no more.
pub fn diagnostic(until: &Placed<Date>) -> Diagnostic {
    let message = format!("this `allow` ended on `{}`", until.value);
    Diagnostic::new(RULE, until.at, message)
        .help("mend what it allowed and take it out, or look at the reason again and set a new day")
}
