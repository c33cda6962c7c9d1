//! Changes -> lines that say them: one a change, with the procedures that it holds for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Changes, What, fields};
use crate::model::{Book, ProcedureName, Status, StepChange};
use crate::yaml::Id;

/// So many procedures are named; of more, the others are counted.
const NAMED: usize = 3;

/// Says every change in a line: `reworded  return-key Give the key to the desk (all 13 procedures)`. Where the book that
/// readers saw before is at hand, lines below say which fields changed, and how.
pub fn describe(changes: &Changes<'_>, new: &Book, old: Option<&Book>) -> String {
    let all = new.procedures().count();
    let mut lines = String::new();
    for (what, names) in &changes.0 {
        let word = match what {
            What::New => "new",
            What::Renamed => "moved",
            What::Merged => "merged",
            What::Gone => "gone",
            What::Rest => "changed",
            What::Step(change, _) => word(*change),
        };
        // What reads alike is one line.
        let mut alike: BTreeMap<(String, Vec<String>), Vec<&ProcedureName>> = BTreeMap::new();
        for name in names {
            let told = (thing(what, name, new, old), fields(what, name, new, old));
            alike.entry(told).or_default().push(name);
        }
        for ((thing, fields), names) in alike {
            let _ = writeln!(lines, "{word:<9} {thing} ({})", holds_for(&names, all));
            for field in fields {
                let _ = writeln!(lines, "          {field}");
            }
        }
    }
    lines
}

/// What changed, named.
fn thing(what: &What<'_>, name: &ProcedureName, new: &Book, old: Option<&Book>) -> String {
    match what {
        What::New | What::Gone => "procedure".to_owned(),
        What::Renamed => "procedure, which had another name".to_owned(),
        What::Merged => "what two releases said differently".to_owned(),
        What::Rest => match new.named(name).map(|(_, procedure)| procedure.status) {
            Some(Status::Suspended) => "beside the steps; the procedure is suspended".to_owned(),
            Some(Status::Retired) => "beside the steps; the procedure is retired".to_owned(),
            _ => "beside the steps".to_owned(),
        },
        What::Step(_, step) => {
            let action = action(new, name, step)
                .or_else(|| action(old.unwrap_or(new), name, step))
                .or_else(|| new.promised_action(name, step));
            action.map_or_else(|| step.to_string(), |action| format!("{step} {action}"))
        }
    }
}

/// Which fields of it changed, where that can be known.
fn fields(what: &What<'_>, name: &ProcedureName, new: &Book, old: Option<&Book>) -> Vec<String> {
    match (what, old) {
        (What::Rest, Some(old)) => fields::of_procedure(old, new, name),
        (What::Step(StepChange::Reworded, step), Some(old)) => {
            fields::of_step(old, new, name, step)
        }
        _ => Vec::new(),
    }
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

fn holds_for(names: &[&ProcedureName], all: usize) -> String {
    let listed = |names: &[&ProcedureName]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        names.join(", ")
    };
    match names.len() {
        count if count == all && count > 1 => format!("all {all} procedures"),
        count if count <= NAMED => listed(names),
        count => format!("{} and {} more", listed(&names[..NAMED]), count - NAMED),
    }
}
