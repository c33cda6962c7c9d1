//! Family SB3, evidence: what `check --external` says of links to the web.

pub mod dead_link;
pub mod redirected_off_domain;
pub mod unconfirmed_link;

use crate::diagnostic::Rule;

/// All of them, by code. No other command knows whether they are broken.
pub const ALL: [&Rule; 3] = [
    dead_link::RULE,
    unconfirmed_link::RULE,
    redirected_off_domain::RULE,
];
