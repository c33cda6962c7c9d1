#![doc = include_str!("address_taken_twice.md")]

use std::collections::BTreeMap;

use crate::diagnostic::{At, Diagnostic, rule};
use crate::discover::{FileKind, Found};

rule!(
    "SB403",
    "address-taken-twice",
    Error,
    "address_taken_twice.md"
);

/// Reports files whose pages would answer at one address on a server or disk that does not tell cases apart.
pub fn check(found: &[Found], diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, (At, String)> = BTreeMap::new();
    for (file, found) in (0..).zip(found) {
        let address = match &found.kind {
            FileKind::Provider(provider) => format!("/{provider}/"),
            FileKind::Procedure(provider, procedure) => format!("/{provider}/{procedure}/"),
            _ => continue,
        };
        let at = At::whole(file);
        if let Some((first, other)) = taken.get(&address.to_lowercase()) {
            // The one in small letters is the one to keep.
            let (wrong, right) = if address == address.to_lowercase() {
                (*first, at)
            } else {
                (at, *first)
            };
            diagnostics.push(
                Diagnostic::new(RULE, wrong, format!("`{address}` and `{other}` are one address"))
                    .help("rename one of the two: many servers and disks do not tell capital letters apart")
                    .also(right, "the other one"),
            );
        } else {
            taken.insert(address.to_lowercase(), (at, address));
        }
    }
}
