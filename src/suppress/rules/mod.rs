//! Family SB7, suppression: what is wrong with an `allow`.

pub mod allow_without_reason;
pub mod expired_allow;
pub mod unallowable_rule;
pub mod unknown_rule;
pub mod unused_allow;

use crate::diagnostic::Rule;

/// All of the family, by code.
pub const ALL: [&Rule; 5] = [
    unknown_rule::RULE,
    unallowable_rule::RULE,
    allow_without_reason::RULE,
    expired_allow::RULE,
    unused_allow::RULE,
];
