#![doc = include_str!("unknown_rule.md")]

use crate::diagnostic::{Diagnostic, Rule, did_you_mean, rule};
use crate::yaml::Text;

rule!("SB701", "unknown-rule", Error, "unknown_rule.md");

/// Says that no rule has this code or name.
pub fn diagnostic(word: &Text, rules: &[&Rule]) -> Diagnostic {
    let names = rules.iter().map(|rule| rule.name);
    let help = did_you_mean(word, names, "`stepbook explain` lists all rules");
    Diagnostic::new(RULE, word.at, format!("there is no rule `{}`", word.value)).help(help)
}
