//! Links and what is remembered of them -> diagnostics. Pure.

use std::collections::BTreeSet;

use super::rules::{dead_link, redirected_off_domain, unconfirmed_link};
use super::{Answer, Link, Records};
use crate::diagnostic::Diagnostic;

/// How many addresses came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// They are there.
    pub good: usize,
    /// They were gone in two runs.
    pub dead: usize,
    /// Nobody knows.
    pub unknown: usize,
}

impl Found {
    /// Counts the addresses of links, each once; one that was never asked is unknown.
    pub fn of(links: &[Link<'_>], records: &Records) -> Self {
        let addresses: BTreeSet<&str> = links.iter().map(|link| link.address.as_str()).collect();
        let mut found = Found::default();
        for address in addresses {
            match records.links.get(address) {
                Some(record) if record.is_dead().is_some() => found.dead += 1,
                Some(record) if matches!(record.answer, Answer::Good { .. }) => found.good += 1,
                _ => found.unknown += 1,
            }
        }
        found
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.good + self.dead + self.unknown
    }
}

/// Says of every link what is wrong with it; nothing of one that was never asked.
pub fn report(links: &[Link<'_>], records: &Records) -> Vec<Diagnostic> {
    let known = links
        .iter()
        .filter_map(|link| Some((link, records.links.get(&link.address)?)));
    known
        .filter_map(|(link, record)| {
            if let Some(gone) = record.is_dead() {
                return Some(dead_link::diagnostic(link, gone, record.good));
            }
            match &record.answer {
                Answer::Good { leads_to } => {
                    redirected_off_domain::diagnostic(link, leads_to.as_deref()?)
                }
                Answer::Gone(how) => Some(unconfirmed_link::once_gone(link, how)),
                Answer::Unknown { why, heard } => {
                    Some(unconfirmed_link::unknown(link, why, *heard))
                }
            }
        })
        .collect()
}
