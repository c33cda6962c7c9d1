//! What readers see of a step or a procedure -> a hash: by it a tick, a sheet or a link knows whether it is current.
//!
//! Hashed are the resolved values, guidance and evidence included; never numbers of steps, HTML, or the days of reviews
//! and checks, so that a fresh review keeps sheets current.

mod changes;
mod history;
mod see;
mod seen;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use rayon::prelude::*;
use serde::{Serialize, Serializer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use changes::{State, StepChange, changes};
pub use history::{History, ReleasedEdition};

use super::{Book, Procedure, Provider, Step};
use crate::diagnostic::At;
use crate::yaml::Id;

/// The first 32 bits of a BLAKE3 hash over canonical JSON: keys sorted, no blanks, NFC, LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition(u32);

impl Edition {
    fn of(seen: &impl Serialize) -> Self {
        let json = serde_json::to_string(seen).expect("strings, numbers and lists are JSON");
        debug_assert!(is_canonical(&json), "keys are sorted: {json}");
        let normal = json.chars().all(is_plain) || is_nfc_quick(json.chars()) == IsNormalized::Yes;
        let json = if normal { json } else { json.nfc().collect() };
        let hash = blake3::hash(json.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        Edition(u32::from_be_bytes([a, b, c, d]))
    }
}

impl FromStr for Edition {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let hash = u32::from_str_radix(text, 16).map_err(|_| ())?;
        let edition = Edition(hash);
        // Eight digits, small letters, no sign.
        if edition.to_string() == text {
            Ok(edition)
        } else {
            Err(())
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The editions of all procedures of a book and of their steps, each decided once.
#[derive(Debug)]
pub struct Editions(HashMap<(At, At), ProcedureEdition>);

impl ProcedureEdition {
    /// The steps of the procedure, each with its hash.
    pub fn state<'b>(&self, procedure: &'b Procedure) -> Vec<(&'b Id, Edition)> {
        let steps = procedure.body.steps.iter().map(|step| &step.step.id.value);
        steps.zip(self.steps.iter().copied()).collect()
    }
}

/// The edition of a procedure.
#[derive(Debug)]
pub struct ProcedureEdition {
    /// Of the whole.
    pub whole: Edition,
    /// Of each step.
    pub steps: Vec<Edition>,
}

impl Editions {
    /// Hashes what the readers of a book see, in parallel. A step in which nothing is a provider's own is hashed once
    /// for all providers that have its body.
    pub fn of(book: &Book) -> Self {
        let bodies = book.bodies();
        let editions = bodies.par_iter().flat_map(|procedures| {
            let (any, first) = procedures[0];
            let steps = first.body.steps.iter().map(|step| step.step.as_ref());
            let shared: Vec<Option<Edition>> = steps
                .map(|step| {
                    step.is_same_for_all()
                        .then(|| book.step_edition(any, &first.body, step))
                })
                .collect();
            procedures.par_iter().map(move |(provider, procedure)| {
                let steps = procedure.body.steps.iter().zip(&shared);
                let steps: Vec<Edition> = steps
                    .map(|(step, shared)| {
                        shared
                            .filter(|_| !provider.overrides_guidance_of(&step.step))
                            .unwrap_or_else(|| {
                                book.step_edition(provider, &procedure.body, &step.step)
                            })
                    })
                    .collect();
                let whole = book.edition(provider, procedure, &steps);
                (
                    (provider.at, procedure.at),
                    ProcedureEdition { whole, steps },
                )
            })
        });
        Editions(editions.collect())
    }

    /// The edition of a procedure of the book.
    pub fn get(&self, provider: &Provider, procedure: &Procedure) -> &ProcedureEdition {
        &self.0[&(provider.at, procedure.at)]
    }
}

impl Step {
    /// Whether its readers see the same with every provider, guidance aside.
    fn is_same_for_all(&self) -> bool {
        let mut variants = self.variants.iter().flat_map(|variants| &variants.value);
        let waits = self
            .wait
            .as_ref()
            .is_some_and(|wait| wait.evidence.is_some());
        self.via.is_none()
            && self.evidence.is_none()
            && !waits
            && variants.all(|it| it.via.is_none())
    }
}

impl Provider {
    fn overrides_guidance_of(&self, step: &Step) -> bool {
        let mut own = self.guidance.iter();
        own.any(|guidance| step.shows_guidance(guidance.id.as_str()))
    }
}

/// Whether a character is in NFC whatever stands beside it: nearly all that is written here, so that few texts are
/// looked up in tables.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether sorting the keys changes nothing.
fn is_canonical(json: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(json).expect("it was just made");
    let sorted = value.to_string();
    sorted == json
}
