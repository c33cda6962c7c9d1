//! Family SB3, evidence: what `check --external` says of links to the web.

pub mod dead_link;
pub mod redirected_off_domain;
pub mod unconfirmed_link;
