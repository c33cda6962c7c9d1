//! Why we believe a fact: sources that evidence points to.

use crate::yaml::{Date, Id, Placed, Text, Url, shape, words};

words! {
    /// What kind of source it is, which decides the hosts that it may lie on.
    pub enum EvidenceClass ("a class of source") {
        /// A law or regulation.
        Law = "law",
        /// A regulator's page.
        Regulator = "regulator",
        /// The provider's own domain.
        OwnDomain = "own-domain",
        /// A listed company's filing.
        Filing = "filing",
    }
}

shape! {
    /// A source of evidence.
    pub struct EvidenceSource ("a source") {
        /// Its id.
        id: Placed<Id>,
        /// What kind it is.
        class: Placed<EvidenceClass>,
        /// Its title.
        title: Text,
        /// Where it was read.
        url: Placed<Url>,
        /// The date that it bears.
        dated: Option<Placed<Date>>,
        /// When it took effect.
        in_force: Option<Placed<Date>>,
        /// When it was last looked at.
        checked: Placed<Date>,
    }
}
