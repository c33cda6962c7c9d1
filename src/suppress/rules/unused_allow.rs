#![doc = include_str!("unused_allow.md")]

use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Text;

rule!("SB705", "unused-allow", Warning, "unused_allow.md");

/// Says that nothing breaks the rule where an `allow` reaches.
pub fn diagnostic(word: &Text) -> Diagnostic {
    let message = format!(
        "nothing here breaks the rule `{}` that is allowed",
        word.value
    );
    Diagnostic::new(RULE, word.at, message).help("take it out of `allow`")
}
