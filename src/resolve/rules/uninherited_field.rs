#![doc = include_str!("uninherited_field.md")]

use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::ProcedureDocument;

rule!(
    "SB221",
    "uninherited-field",
    Warning,
    "uninherited_field.md"
);

/// Reports every field of a shared procedure that providers do not inherit: it has no effect.
pub fn check(document: &ProcedureDocument, diagnostics: &mut Vec<Diagnostic>) {
    let fields: [(&str, Option<At>); 5] = [
        ("reviewed", document.reviewed.as_ref().map(|it| it.at)),
        ("status", document.status.as_ref().map(|it| it.at)),
        ("only", document.only.as_ref().map(|it| it.answers.at)),
        ("waives", document.waives.first().map(|it| it.at)),
        (
            "formerly",
            document
                .formerly
                .as_ref()
                .and_then(|it| Some(it.0.first()?.at)),
        ),
    ];
    for (name, at) in fields
        .into_iter()
        .filter_map(|(name, at)| Some((name, at?)))
    {
        diagnostics.push(
            Diagnostic::new(
                RULE,
                at,
                format!("`{name}` of a shared procedure has no effect"),
            )
            .help("say it in the file of each provider that it is true of"),
        );
    }
}
