//! A step or procedure in two books -> which of its fields readers see otherwise: `action: old -> new`.

use serde_json::{Map, Value};

use crate::model::{Book, ProcedureName};
use crate::yaml::Id;

/// What changed in a step; nothing where one of the books does not have it.
pub(super) fn of_step(old: &Book, new: &Book, name: &ProcedureName, step: &Id) -> Vec<String> {
    let seen = |book: &Book| {
        let (provider, procedure) = book.named(name)?;
        let at = procedure.body.position(step.as_str())?;
        let step = &procedure.body.steps[at].step;
        Some(book.step_as_seen(provider, &procedure.body, step))
    };
    seen(old)
        .zip(seen(new))
        .map_or_else(Vec::new, |(old, new)| differences(&old, &new))
}

/// What changed in a procedure beside its steps.
pub(super) fn of_procedure(old: &Book, new: &Book, name: &ProcedureName) -> Vec<String> {
    let seen = |book: &Book| {
        let (provider, procedure) = book.named(name)?;
        Some(book.procedure_as_seen(provider, procedure))
    };
    seen(old)
        .zip(seen(new))
        .map_or_else(Vec::new, |(old, new)| differences(&old, &new))
}

fn differences(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let changed = new
        .iter()
        .filter(|(field, value)| old.get(*field) != Some(value));
    let lines = changed.map(|(field, value)| match (old.get(field), value) {
        (Some(Value::String(old)), Value::String(new))
            if !old.contains('\n') && !new.contains('\n') =>
        {
            format!("{field}: {old} -> {new}")
        }
        (Some(Value::Null), Value::String(new)) => format!("{field}: (nothing) -> {new}"),
        (Some(Value::String(old)), Value::Null) => format!("{field}: {old} -> (nothing)"),
        _ => field.clone(),
    });
    lines.collect()
}
