//! The second half of SB209, whose rule and page stand in [`unknown_procedure`]: where stops lead.

use crate::check::Context;
use crate::diagnostic::Diagnostic;
use crate::resolve::rules::unknown_procedure;

/// Reports every stop that leads to a procedure which the provider does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let choices = &context.book.choices;
    for (provider, procedure) in context.procedures() {
        for number in &procedure.body.asked {
            let options = procedure.body.domain.options(*number).unwrap_or(u64::MAX);
            let stops = choices
                .get(*number)
                .picked(options)
                .filter_map(|option| option.stop.as_ref());
            for name in stops.filter_map(|stop| stop.r#use.as_ref()) {
                if !provider.procedures.iter().any(|own| own.id == name.value) {
                    let known = provider.procedures.iter().map(|own| &own.id);
                    diagnostics.push(
                        unknown_procedure::diagnostic(name, known)
                            .subject(provider.subject(procedure)),
                    );
                }
            }
        }
    }
}
