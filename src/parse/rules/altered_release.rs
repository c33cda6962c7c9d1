#![doc = include_str!("altered_release.md")]

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Release, ReleaseName, Seal};
use crate::yaml::Reader;

rule!("SB407", "altered-release", Error, "altered_release.md");

const RESTORE: &str = "bring the file back from version control as it was, and never edit it: to release something else, change the content and run `stepbook release`";

/// Whether a release's text is as it was written; what is not, is reported.
pub fn check(text: &str, reader: &mut Reader) -> bool {
    let message = match Seal::holds(text) {
        Some(true) => return true,
        Some(false) => "this release is not as `stepbook release` wrote it",
        None => {
            "this release does not end with its seal: part of it is missing, or something was added"
        }
    };
    reader.report(because(
        Diagnostic::new(RULE, reader.whole(), message).help(RESTORE),
    ));
    false
}

/// The name of a release, which its file's name is; what is none is reported.
pub fn name(name: &str, at: At, diagnostics: &mut Vec<Diagnostic>) -> Option<ReleaseName> {
    let read = name.parse().ok();
    if read.is_none() {
        let message = format!("`{name}` is not the name of a release");
        diagnostics.push(because(Diagnostic::new(RULE, at, message).help(
            "give the file its name back: the day of the release, such as `2026-11-23.yaml`, or `2026-11-23-2.yaml`",
        )));
    }
    read
}

/// The releases, each behind those that it follows; those that follow none of the others by name.
pub fn in_order(mut releases: Vec<Release>) -> Vec<Release> {
    releases.sort_by_key(|release| release.name);
    let seals: BTreeSet<String> = releases.iter().map(seal).collect();
    let mut placed: BTreeSet<String> = BTreeSet::new();
    let mut ordered = Vec::with_capacity(releases.len());
    while !releases.is_empty() {
        let ready = |release: &Release| {
            let mut after = release.document.after.iter();
            after.all(|after| placed.contains(&after.seal) || !seals.contains(&after.seal))
        };
        // A circle would need a seal of itself: then there is none, and the first will do.
        let next = releases.iter().position(ready).unwrap_or(0);
        let release = releases.remove(next);
        placed.insert(seal(&release));
        ordered.push(release);
    }
    ordered
}

fn seal(release: &Release) -> String {
    release.document.seal.value.to_string()
}

/// Whether the releases that each one follows are there, none is there twice, and each has the name of its day; what is
/// not so, is reported.
pub fn follows(
    releases: &[Release],
    names: &BTreeSet<ReleaseName>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let before = diagnostics.len();
    let mut seals: BTreeMap<String, At> = BTreeMap::new();
    for release in releases {
        if let Some(other) = seals.insert(seal(release), release.at) {
            let message = "this release is here twice";
            let fault = Diagnostic::new(RULE, release.at, message).also(other, "the other one");
            diagnostics.push(because(fault.help(
                "delete the copy: keep the one under the name that it was written under",
            )));
        }
        let date = &release.document.date;
        if date.value != release.name.date {
            let message = format!(
                "this release was made on {}, and its file has the name of another day",
                date.value
            );
            let help = format!("give the file its name back: `{}.yaml`", date.value);
            diagnostics.push(because(Diagnostic::new(RULE, date.at, message).help(help)));
        }
    }
    for after in releases.iter().flat_map(|release| &release.document.after) {
        // One that is there and cannot be read is reported where it stands.
        if !seals.contains_key(&after.seal) && !unread(releases, names, after.name) {
            let message = format!(
                "the release `{}`, which this one follows, is not there",
                after.value
            );
            diagnostics.push(because(Diagnostic::new(RULE, after.at, message).help(
                format!(
                    "bring `content/releases/{}.yaml` back from version control",
                    after.name
                ),
            )));
        }
    }
    diagnostics.len() == before
}

fn unread(releases: &[Release], names: &BTreeSet<ReleaseName>, name: ReleaseName) -> bool {
    names.contains(&name) && releases.iter().all(|release| release.name != name)
}

fn because(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.because(Some(
        "sheets on paper and links in chats name what it promised, and nobody can call those back",
    ))
}
