#![doc = include_str!("crowded_warnings.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB511", "crowded-warnings", Warning, "crowded_warnings.md");

/// How many notices may stand on paper before all steps.
const MOST: usize = 3;

/// Reports every procedure whose sheet begins with too many notices.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        let notices = group.body.notices.iter();
        let printed =
            notices.filter(|notice| notice.paper.as_ref().is_some_and(|paper| paper.value));
        let early: Vec<_> = printed.filter(|notice| notice.before.is_none()).collect();
        let Some(first) = early.get(MOST) else {
            continue;
        };
        let message = format!(
            "`{}` is notice {} of {} before all steps, and {MOST} are remembered",
            first.id.value,
            MOST + 1,
            early.len(),
        );
        diagnostics.push(
            group.all(
                Diagnostic::new(RULE, first.id.at, message)
                    .help("say `before: STEP`, or print only those without which nobody may start")
                    .because(Some("of a long list of warnings none is read")),
            ),
        );
    }
}
