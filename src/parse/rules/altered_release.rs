#![doc = include_str!("altered_release.md")]

use std::collections::BTreeSet;

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

/// Whether the release that each one follows is there; what is not, is reported.
pub fn follows(
    releases: &[Release],
    names: &BTreeSet<ReleaseName>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let missing = releases.iter().filter_map(|release| {
        let after = release.document.after.as_ref()?;
        (!names.contains(&after.value)).then_some(after)
    });
    let before = diagnostics.len();
    diagnostics.extend(missing.map(|after| {
        let message = format!(
            "the release `{}`, which this one follows, is not there",
            after.value
        );
        because(Diagnostic::new(RULE, after.at, message).help(format!(
            "bring `content/releases/{}.yaml` back from version control",
            after.value
        )))
    }));
    diagnostics.len() == before
}

fn because(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.because(Some(
        "sheets on paper and links in chats name what it promised, and nobody can call those back",
    ))
}
