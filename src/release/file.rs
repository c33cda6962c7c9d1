//! Two states -> the text of a release: what many procedures have alike is said once, everything is sorted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::States;
use crate::model::{Edition, ProcedureName, Release, Seal};
use crate::yaml::{Date, Id};

/// The procedures of a release.
type Names<'a> = BTreeSet<&'a ProcedureName>;

/// The text of a release that leads from `old` to `new`, after the releases `after`. `words` say the same as a comment.
pub fn text(
    date: Date,
    old: &States<'_>,
    new: &States<'_>,
    after: &[&Release],
    words: &str,
) -> String {
    let changed: BTreeMap<&ProcedureName, &super::State<'_>> = new
        .iter()
        .filter(|(name, state)| old.get(name).is_none_or(|old| old.whole != state.whole))
        .collect();
    let mut orders: BTreeMap<Vec<&Id>, Names<'_>> = BTreeMap::new();
    let mut steps: BTreeMap<(&Id, Edition, &str), Names<'_>> = BTreeMap::new();
    let mut having: BTreeMap<&Id, Names<'_>> = BTreeMap::new();
    for (name, state) in &changed {
        let before = old.get(*name);
        let order: Vec<&Id> = state.steps.iter().map(|(step, _)| *step).collect();
        let same = before.is_some_and(|old| {
            old.steps
                .iter()
                .map(|(step, _)| *step)
                .eq(order.iter().copied())
        });
        if !same {
            orders.entry(order).or_default().insert(name);
        }
        for ((step, hash), action) in state.steps.iter().zip(&state.actions) {
            having.entry(step).or_default().insert(name);
            if !before.is_some_and(|old| old.steps.contains(&(*step, *hash))) {
                steps.entry((step, *hash, action)).or_default().insert(name);
            }
        }
    }
    let all: Names<'_> = changed.keys().copied().collect();
    let mut text = String::from(
        "# Written by `stepbook release`. Do not edit it: sheets on paper and links in chats rest on it.\n#\n",
    );
    for line in words.lines() {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(text, "date: {date}");
    section(&mut text, "after", after.is_empty());
    for release in after {
        let (name, seal) = (release.name, &release.document.seal.value);
        let _ = writeln!(text, "  - {name} {seal}");
    }
    text.push_str("editions:\n");
    for (name, state) in &changed {
        let _ = writeln!(text, "  {name}: \"{}\"", state.whole);
    }
    section(&mut text, "orders", orders.is_empty());
    for (order, names) in &orders {
        let _ = writeln!(
            text,
            "  - {{steps: [{}]{}}}",
            list(order.iter()),
            of(names, &all)
        );
    }
    section(&mut text, "steps", steps.is_empty());
    for ((step, hash, action), names) in &steps {
        let of = of(names, &having[step]);
        // JSON's strings are YAML's.
        let action = serde_json::Value::from(*action);
        let _ = writeln!(
            text,
            "  - {{step: {step}, hash: \"{hash}\", action: {action}{of}}}"
        );
    }
    Seal::put(text)
}

fn section(text: &mut String, key: &str, empty: bool) {
    if !empty {
        let _ = writeln!(text, "{key}:");
    }
}

/// Which of the procedures that could be meant are: the shorter way to say it.
fn of(names: &Names<'_>, all: &Names<'_>) -> String {
    let others: Vec<&ProcedureName> = all.difference(names).copied().collect();
    match others.as_slice() {
        [] => String::new(),
        others if others.len() < names.len() => format!(", except: [{}]", list(others.iter())),
        _ => format!(", in: [{}]", list(names.iter())),
    }
}

/// The names, some on each line.
fn list<'a, T: std::fmt::Display + 'a>(names: impl Iterator<Item = &'a T>) -> String {
    const WIDTH: usize = 100;
    let (mut list, mut width) = (String::new(), 0);
    for name in names.map(ToString::to_string) {
        if width > WIDTH {
            list.push_str(",\n      ");
            width = 0;
        } else if width > 0 {
            list.push_str(", ");
        }
        width += name.len() + 2;
        list.push_str(&name);
    }
    list
}
