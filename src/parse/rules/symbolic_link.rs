#![doc = include_str!("symbolic_link.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB012", "symbolic-link", Error, "symbolic_link.md");

/// Reports a link.
pub fn report(reader: &mut Reader) {
    reader.report(
        Diagnostic::new(RULE, reader.whole(), "this is a symbolic link, and links are not followed")
            .help("put the file itself here; text that providers share belongs to `procedures/` or `guidance/`"),
    );
}
