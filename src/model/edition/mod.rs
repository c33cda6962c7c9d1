//! What readers see of a step or a procedure -> a hash: by it a tick, a sheet or a link knows whether it is current.
//!
//! Hashed are the resolved values, guidance and evidence included; never numbers of steps, HTML, or the days of reviews
//! and checks, so that a fresh review keeps sheets current.

mod changes;
mod history;
mod see;
mod seen;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use changes::{State, StepChange, changes};
pub use history::{History, ReleasedEdition};

use super::{Book, Procedure, Provider, Step};
use crate::yaml::Id;

/// The first 32 bits of a BLAKE3 hash over canonical JSON: keys sorted, no blanks, NFC, LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition(u32);

impl Edition {
    /// The hash of texts by name, for translations to say what they were made from.
    pub(crate) fn of_texts(texts: &BTreeMap<String, Arc<str>>) -> Self {
        let texts: BTreeMap<&str, &str> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), &**text))
            .collect();
        Edition::of(&texts)
    }

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

/// The edition of a procedure.
#[derive(Debug, Clone)]
pub struct ProcedureEdition {
    /// Of the whole.
    pub whole: Edition,
    /// Of each step.
    pub steps: Vec<Edition>,
}

impl ProcedureEdition {
    /// The steps of the procedure, each with its hash.
    pub fn state<'b>(&self, procedure: &'b Procedure) -> Vec<(&'b Id, Edition)> {
        let steps = procedure.body.steps.iter().map(|step| &step.step.id.value);
        steps.zip(self.steps.iter().copied()).collect()
    }
}

impl Book {
    /// What readers see of a procedure, hashed when first asked for. A step in which nothing is a provider's own is hashed
    /// once for all providers that have its body. Translations have the editions of their original, so that ticks, sheets
    /// and links hold in every language.
    pub fn edition_of<'b>(
        &'b self,
        provider: &'b Provider,
        procedure: &'b Procedure,
    ) -> &'b ProcedureEdition {
        if let Some(own) = self.original_of(provider, procedure) {
            return own;
        }
        // Nothing here may work in parallel: a thread that waits would take up work that waits for this.
        procedure.edition.get_or_init(|| {
            let body = &procedure.body;
            let steps = body.steps.iter().map(|own| {
                let hash = || self.step_edition(provider, body, &own.step);
                if own.step.is_same_for_all() && !provider.overrides_guidance_of(&own.step) {
                    *own.edition.get_or_init(hash)
                } else {
                    hash()
                }
            });
            let steps: Vec<Edition> = steps.collect();
            let whole = self.procedure_edition(provider, procedure, &steps);
            ProcedureEdition { whole, steps }
        })
    }

    fn original_of(&self, provider: &Provider, procedure: &Procedure) -> Option<&ProcedureEdition> {
        let original = &self.translation.as_ref()?.original;
        let provider = original.provider(provider.id.as_str())?;
        let mut procedures = provider.procedures.iter();
        let procedure = procedures.find(|own| own.id == procedure.id)?;
        Some(original.edition_of(provider, procedure))
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
