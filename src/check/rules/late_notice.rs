#![doc = include_str!("late_notice.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB117", "late-notice", Error, "late_notice.md");

/// Reports every notice that stands behind the act that it warns of.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        let body = group.body;
        for required in &standard.notices {
            let Some(act) = &required.before else {
                continue;
            };
            let notice = body
                .notices
                .iter()
                .find(|notice| notice.id.value == required.id.value);
            let Some(before) = notice.and_then(|notice| notice.before.as_ref()) else {
                continue;
            };
            let covering = body.covering(standard, act.as_str());
            let (Some(stands), Some(first)) = (body.position(before.as_str()), covering.first())
            else {
                continue;
            };
            if stands > *first {
                let message = format!(
                    "the notice `{}` stands behind the step that does `{}`",
                    required.id.value, act.value
                );
                let diagnostic = Diagnostic::new(RULE, before.at, message)
                    .help(format!(
                        "write `before: {}`",
                        body.steps[*first].step.id.value
                    ))
                    .because(required.because.as_deref().map(AsRef::as_ref))
                    .also(act.at, "it must stand before this");
                diagnostics.push(group.all(diagnostic));
            }
        }
    }
}
