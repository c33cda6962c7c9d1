#![doc = include_str!("unreadable_file.md")]

use crate::diagnostic::{At, Diagnostic, Edit, rule};
use crate::yaml::Reader;

rule!("SB001", "unreadable-file", Error, "unreadable_file.md");

/// Reports a file that the system does not let us read.
pub fn report(reader: &mut Reader, reason: &str) {
    let message = format!("the file cannot be read: {reason}");
    reader.report(
        Diagnostic::new(RULE, reader.whole(), message)
            .help("see that it is a regular file and that you may read it"),
    );
}

/// Reports bytes that are no UTF-8.
pub fn report_not_utf8(reader: &mut Reader, at: At) {
    reader.report(
        Diagnostic::new(RULE, at, "the file is not UTF-8 from here on")
            .help("save it again with the encoding UTF-8"),
    );
}

/// Reports a byte order mark.
pub fn report_byte_order_mark(reader: &mut Reader) {
    let whole = reader.whole();
    reader.report(
        Diagnostic::new(RULE, whole, "the file begins with a byte order mark")
            .help("save it again as UTF-8 without BOM")
            .edit(Edit::part(whole, "\u{feff}", "", "takes the mark away")),
    );
}
