#![doc = include_str!("unknown_standard.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Id;

rule!("SB208", "unknown-standard", Error, "unknown_standard.md");

/// Reports every procedure that holds to a standard which does not exist.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let standards = &context.book.standards;
    for group in &context.bodies {
        let Some(name) = &group.body.standard else {
            continue;
        };
        if !standards.contains_key(name.as_str()) {
            let known = standards.keys().map(Id::as_str);
            diagnostics.push(
                Diagnostic::new(
                    RULE,
                    name.at,
                    format!("there is no standard `{}`", name.value),
                )
                .did_you_mean(
                    name.as_str(),
                    known,
                    "write it as `content/standards/NAME.yaml`",
                ),
            );
        }
    }
}
