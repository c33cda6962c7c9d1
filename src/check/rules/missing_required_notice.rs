#![doc = include_str!("missing_required_notice.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB105",
    "missing-required-notice",
    Error,
    "missing_required_notice.md"
);

/// Reports every required notice that a procedure does not carry.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        for required in standard
            .notices
            .iter()
            .filter(|notice| notice.is_required())
        {
            let id = required.id.as_str();
            if group
                .body
                .notices
                .iter()
                .any(|notice| notice.id.as_str() == id)
            {
                continue;
            }
            let diagnostic = Diagnostic::new(
                RULE,
                group.body.places.notices,
                format!("the notice `{id}` is missing"),
            )
            .help(format!("add it under `notices`: `- {{id: {id}, text: …}}`"))
            .because(required.because.as_deref().map(AsRef::as_ref))
            .also(required.id.at, "required here");
            diagnostics.extend(group.unless_waived(context, id, diagnostic));
        }
    }
}
