//! The second half of SB201, whose rule and page stand in [`unknown_step`]: references that merging does not need.

use crate::check::Context;
use crate::diagnostic::Diagnostic;
use crate::model::Procedure;
use crate::resolve::rules::unknown_step;
use crate::yaml::{Id, Placed};

/// Reports every step that a notice, a case or a branch leads to and that the procedure does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for group in &context.bodies {
        let body = group.body;
        let mut named: Vec<&Placed<Id>> = Vec::new();
        named.extend(
            body.notices
                .iter()
                .filter_map(|notice| notice.before.as_ref()),
        );
        for step in body.steps.iter().map(|step| step.step.as_ref()) {
            named.extend(step.then.as_ref().filter(|then| then.as_str() != "end"));
            named.extend(
                step.if_not
                    .iter()
                    .flat_map(|cases| &cases.value)
                    .filter_map(|case| case.go.as_ref()),
            );
        }
        for id in named
            .into_iter()
            .filter(|id| body.position(id.as_str()).is_none())
        {
            let steps = body.steps.iter().map(|step| step.step.id.as_str());
            diagnostics.push(group.all(unknown_step::diagnostic(id, steps)));
        }
        for (provider, procedure) in &group.procedures {
            // An old step may lead to one that ended later: readers go on from there.
            let ended = |id: &Id| procedure.retired.iter().any(|it| it.step.value == *id);
            let unknown = |id: &&Placed<Id>| body.position(id.as_str()).is_none() && !ended(id);
            for id in retired(procedure).filter(unknown) {
                let steps = body.steps.iter().map(|step| step.step.id.as_str());
                diagnostics
                    .push(unknown_step::diagnostic(id, steps).subject(provider.subject(procedure)));
            }
        }
    }
}

/// The steps that retired ones lead to.
fn retired(procedure: &Procedure) -> impl Iterator<Item = &Placed<Id>> {
    procedure
        .retired
        .iter()
        .filter_map(|retired| retired.r#use.as_ref())
}
