#![doc = include_str!("merge_conflict.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::discover::FileKind;
use crate::parse::markdown;
use crate::yaml::Reader;

rule!("SB014", "merge-conflict", Error, "merge_conflict.md");

/// Whether a text holds two sides of a merge that nobody has decided between, which is reported.
pub fn check(kind: &FileKind, text: &str, reader: &mut Reader) -> bool {
    let mut at = 0;
    let mut ours = None;
    let mut parted = false;
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end();
        if mark.starts_with("<<<<<<< ") {
            ours = Some(at..at + mark.len());
        } else if mark == "=======" {
            parted = ours.is_some();
        } else if mark.starts_with(">>>>>>> ") && parted {
            break;
        }
        at += line.len();
    }
    let Some(range) = ours.filter(|_| parted && at < text.len()) else {
        return false;
    };
    let at = markdown::mark(reader, text, range);
    let help = match kind {
        FileKind::Release(_) => {
            "keep both releases whole: one under this name, the other under the first free one with a number after the date, such as `2026-11-23-2.yaml`; neither may lose a line; then release once more"
        }
        _ => {
            "decide what holds, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
        }
    };
    reader.report(Diagnostic::new(RULE, at, "a merge was not finished in this file").help(help));
    true
}
