#![doc = include_str!("address_taken_twice.md")]

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{At, Diagnostic, rule};
use crate::discover::{FileKind, Found};
use crate::model::Site;
use crate::yaml::Id;

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

/// Reports languages whose pages would be served where those of a provider are.
pub fn check_languages<'a>(
    site: &Site,
    providers: impl Iterator<Item = &'a Id>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let providers: BTreeSet<&str> = providers.map(Id::as_str).collect();
    for tag in site.languages.iter().skip(1) {
        let folder = tag.to_ascii_lowercase();
        if providers.contains(folder.as_str()) {
            let message = format!(
                "the pages in `{}` and a provider have the address `/{folder}/`",
                tag.value
            );
            diagnostics
                .push(Diagnostic::new(RULE, tag.at, message).help("rename the provider's folder"));
        }
    }
}
