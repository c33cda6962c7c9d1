//! Changes -> lines that say them: one a change, with the procedures that it holds for.

use std::fmt::Write as _;

use super::{Changes, What, fields};
use crate::model::{Book, ProcedureName, StepChange};
use crate::yaml::Id;

/// So many procedures are named; of more, the others are counted.
const NAMED: usize = 3;

/// Says every change in a line: `reworded  return-key Give the key to the desk (all 13 procedures)`. Where the book that
/// readers saw before is at hand, lines below say which fields changed, and how.
pub fn describe(changes: &Changes<'_>, new: &Book, old: Option<&Book>) -> String {
    let all = new.procedures().count();
    let mut lines = String::new();
    for (what, names) in &changes.0 {
        let Some(first) = names.first() else {
            continue;
        };
        let (word, thing) = match what {
            What::New => ("new", "procedure".to_owned()),
            What::Gone => ("gone", "procedure".to_owned()),
            What::Rest => ("changed", "beside the steps".to_owned()),
            What::Step(change, step) => {
                let action = action(new, first, step)
                    .or_else(|| action(old?, first, step))
                    .map_or_else(String::new, |action| format!(" {action}"));
                (word(*change), format!("{step}{action}"))
            }
        };
        let _ = writeln!(lines, "{word:<9} {thing} ({})", holds_for(names, all));
        let fields = match (what, old) {
            (What::Rest, Some(old)) => fields::of_procedure(old, new, first),
            (What::Step(StepChange::Reworded, step), Some(old)) => {
                fields::of_step(old, new, first, step)
            }
            _ => Vec::new(),
        };
        for field in fields {
            let _ = writeln!(lines, "          {field}");
        }
    }
    lines
}

fn word(change: StepChange) -> &'static str {
    match change {
        StepChange::Added => "added",
        StepChange::Reworded => "reworded",
        StepChange::Retired => "retired",
        StepChange::Moved => "moved",
    }
}

fn action<'b>(book: &'b Book, name: &ProcedureName, step: &Id) -> Option<&'b str> {
    let (_, procedure) = book.named(name)?;
    let at = procedure.body.position(step.as_str())?;
    let action = procedure.body.steps[at].step.action.as_ref()?;
    Some(&action.value)
}

fn holds_for(names: &[ProcedureName], all: usize) -> String {
    let listed = |names: &[ProcedureName]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        names.join(", ")
    };
    match names.len() {
        count if count == all && count > 1 => format!("all {all} procedures"),
        count if count <= NAMED => listed(names),
        count => format!("{} and {} more", listed(&names[..NAMED]), count - NAMED),
    }
}
