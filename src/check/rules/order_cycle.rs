#![doc = include_str!("order_cycle.md")]

use std::collections::BTreeMap;

use crate::check::{Context, coverage};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::Standard;

rule!("SB213", "order-cycle", Error, "order_cycle.md");

/// Reports every circle of order laws: no procedure could hold them all.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for standard in context.book.standards.values().flatten() {
        let Some(circle) = circle(standard) else {
            continue;
        };
        let at = circle
            .iter()
            .filter_map(|id| standard.requirement(id))
            .map(|it| it.id.at)
            .min();
        let Some(at) = at else { continue };
        let way = circle
            .iter()
            .map(|id| format!("`{id}`"))
            .collect::<Vec<_>>()
            .join(" before ");
        diagnostics.push(
            Diagnostic::new(RULE, at, format!("the order goes in a circle: {way}"))
                .help("take one of these `before` or `after` out"),
        );
    }
}

/// The requirements of a circle, the first one again at the end.
fn circle(standard: &Standard) -> Option<Vec<&str>> {
    let mut later: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (first, second, _) in coverage::laws(standard) {
        later.entry(first).or_default().push(second);
    }
    let mut done = Vec::new();
    later
        .keys()
        .find_map(|id| walk(id, &later, &mut Vec::new(), &mut done))
}

fn walk<'a>(
    id: &'a str,
    later: &BTreeMap<&'a str, Vec<&'a str>>,
    way: &mut Vec<&'a str>,
    done: &mut Vec<&'a str>,
) -> Option<Vec<&'a str>> {
    if let Some(start) = way.iter().position(|on_way| *on_way == id) {
        let mut circle = way[start..].to_vec();
        circle.push(id);
        return Some(circle);
    }
    if done.contains(&id) {
        return None;
    }
    way.push(id);
    let found = later
        .get(id)
        .into_iter()
        .flatten()
        .find_map(|next| walk(next, later, way, done));
    way.pop();
    done.push(id);
    found
}
