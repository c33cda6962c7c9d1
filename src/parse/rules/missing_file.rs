#![doc = include_str!("missing_file.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::yaml::Id;

rule!("SB013", "missing-file", Error, "missing_file.md");

/// A provider's folder without `provider.yaml`.
pub fn diagnostic(at: At, provider: &Id) -> Diagnostic {
    Diagnostic::new(
        RULE,
        at,
        format!("provider `{provider}` has no `provider.yaml`"),
    )
    .help(format!(
        "write `content/providers/{provider}/provider.yaml` with `name` and `channels`"
    ))
}
