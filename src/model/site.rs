//! `site.yaml`: what holds for the whole site.

use super::Allow;
use crate::yaml::{Days, Placed, Text, Url, shape};

shape! {
    /// The site.
    pub struct Site ("a site") {
        /// Its title.
        title: Text,
        /// Where it will be served; printed addresses begin with it.
        base_url: Placed<Url>,
        /// Language tags; the first is the one that authors write.
        languages: Placed<Vec<Text>>,
        /// Paper of the checklists; A4 unless given.
        paper: Option<Text>,
        /// A procedure is reviewed again after this time.
        review_every: Placed<Days>,
        /// The chat message with a link to a step.
        agent_message: Option<Text>,
        /// Where readers say that a step is wrong: an address or `mailto:`.
        feedback: Option<Text>,
        /// Hosts that count as regulators and as places of filings.
        evidence_hosts: Option<EvidenceHosts>,
        /// Rules that may be broken anywhere.
        allow: Vec<Allow>,
    }
}

shape! {
    /// Hosts of evidence that belongs to no provider.
    pub struct EvidenceHosts ("evidence hosts") {
        /// Regulators and law databases.
        regulator: Vec<Text>,
        /// Where listed companies file.
        filing: Vec<Text>,
    }
}
