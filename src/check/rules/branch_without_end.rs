#![doc = include_str!("branch_without_end.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB510",
    "branch-without-end",
    Error,
    "branch_without_end.md"
);

/// Reports every branch that does not say where it goes on.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        for step in &group.body.steps {
            let step = &step.step;
            let (Some(case), None) = (&step.in_case, &step.then) else {
                continue;
            };
            let message = format!(
                "the branch `{}` does not say where it goes on",
                step.id.value
            );
            diagnostics.push(
                Diagnostic::new(RULE, case.at, message)
                    .help("add `then`: the step to go on with, or `end`")
                    .because(Some(
                        "on paper a reader who took the branch stands there alone",
                    )),
            );
        }
    }
}
