//! Families SB0 and SB2: the rules that merging decides, because it cannot go on without an answer.

pub mod extends_cycle;
pub mod uninherited_field;
pub mod unknown_phase;
pub mod unknown_procedure;
pub mod unknown_step;

use crate::diagnostic::{At, Diagnostic};
use crate::model::Body;
use crate::yaml::rules::missing_field;

/// Reports what a procedure still lacks when everything is merged.
pub(super) fn missing_in_body(body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let mut missing = |at, name, of| diagnostics.push(missing_field::diagnostic(at, name, of));
    // The file that all others extend should have said it.
    let at = At::whole(body.places.steps.file);
    for (there, name) in [
        (body.standard.is_some(), "standard"),
        (body.title.is_some(), "title"),
        (body.summary.is_some(), "summary"),
        (body.ends.is_some(), "ends"),
        (body.leaves.is_some(), "leaves"),
    ] {
        if !there {
            missing(at, name, "a procedure");
        }
    }
    for phase in body.phases.iter().filter(|phase| phase.title.is_none()) {
        missing(phase.id.at, "title", "a phase");
    }
    for step in body.steps.iter().map(|step| &step.step) {
        if step.action.is_none() {
            missing(step.at, "action", "a step");
        }
        if step.expect.is_none() {
            missing(step.at, "expect", "a step");
        }
    }
    for question in &body.questions {
        if question.answer.is_none() && question.fact.is_none() {
            missing(question.at, "answer` or `fact", "a question");
        }
    }
}
