#![doc = include_str!("duplicate_id.md")]

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::{Id, Placed, Reader};

rule!("SB008", "duplicate-id", Error, "duplicate_id.md");

/// Reports every id that stands twice among `ids`.
pub fn check<'a>(reader: &mut Reader, kind: &str, ids: impl IntoIterator<Item = &'a Placed<Id>>) {
    let mut seen: BTreeMap<&Id, &Placed<Id>> = BTreeMap::new();
    for id in ids {
        let first = seen.entry(&id.value).or_insert(id);
        if !std::ptr::eq(*first, id) {
            reader.report(
                Diagnostic::new(RULE, id.at, format!("{kind} `{}` is there twice", id.value))
                    .help("give one of them another id, or make one of the two")
                    .also(first.at, "the first one"),
            );
        }
    }
}

/// A retired step whose id a step of the procedure still has: the page would have one anchor twice.
pub fn still_there(retired: &Placed<Id>, step: &Placed<Id>) -> Diagnostic {
    Diagnostic::new(
        RULE,
        retired.at,
        format!("the retired step `{}` is still there", retired.value),
    )
    .help("drop the step, or remove it from `retired`: an id is never used again")
    .also(step.at, "the step")
}
