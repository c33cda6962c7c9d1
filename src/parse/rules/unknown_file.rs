#![doc = include_str!("unknown_file.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Reader;

rule!("SB011", "unknown-file", Error, "unknown_file.md");

/// Reports a file that nothing reads.
pub fn report(reader: &mut Reader, path: &str) {
    let help = match path.strip_suffix(".yml") {
        Some(stem) => format!("rename it to `{stem}.yaml`"),
        None => "move it out of `content/`, or to where it belongs: a procedure is \
                 `providers/PROVIDER/NAME.yaml`, guidance `guidance/NAME.md`, a picture `guidance/images/NAME`"
            .to_owned(),
    };
    reader.report(Diagnostic::new(RULE, reader.whole(), "nothing reads this file").help(help));
}
