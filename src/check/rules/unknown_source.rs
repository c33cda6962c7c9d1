#![doc = include_str!("unknown_source.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!("SB211", "unknown-source", Error, "unknown_source.md");

/// Reports all evidence that names a source which neither the provider nor `sources.yaml` has.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(shared) = &context.book.sources else {
        return;
    };
    for walk::Evidence {
        source,
        provider,
        procedure,
    } in walk::evidence(context)
    {
        let Some(document) = &provider.document else {
            continue;
        };
        if context.book.source(provider, source.as_str()).is_none() {
            let known = document
                .sources
                .iter()
                .chain(shared)
                .map(|source| source.id.as_str());
            let subject = procedure.map(|procedure| provider.subject(procedure));
            let message = format!("there is no source `{}`", source.value);
            let mut diagnostic = Diagnostic::new(RULE, source.at, message).did_you_mean(
                source.as_str(),
                known,
                "add it under `sources`",
            );
            diagnostic.subjects.extend(subject);
            diagnostics.push(diagnostic);
        }
    }
}
