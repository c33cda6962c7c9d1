#![doc = include_str!("unallowable_rule.md")]

use crate::diagnostic::{Diagnostic, Rule, Severity, rule};
use crate::yaml::Text;

rule!("SB702", "unallowable-rule", Error, "unallowable_rule.md");

/// Says that this rule is always reported, and what to do instead.
pub fn diagnostic(word: &Text, rule: &Rule) -> Diagnostic {
    let name = rule.name;
    if rule.severity != Severity::Error {
        let message = format!("`{name}` watches over `allow` itself, and cannot be allowed");
        return Diagnostic::new(RULE, word.at, message)
            .help("take it out, and mend the `allow` that it is about");
    }
    let message = format!("`{name}` is an error, and only warnings and notes can be allowed");
    Diagnostic::new(RULE, word.at, message)
        .help(format!(
            "take it out, and mend what `stepbook check` reports as {}; a requirement that cannot be met is set aside for a time with `waives`, in the provider's procedure",
            rule.code
        ))
        .because(Some("what has an error would harm its readers: a step that is not there, a number that is not the provider's, a link that leads nowhere"))
}
