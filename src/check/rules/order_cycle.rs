#![doc = include_str!("order_cycle.md")]

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Context;
use crate::check::coverage::{self, Law};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::Standard;

rule!("SB213", "order-cycle", Error, "order_cycle.md");

/// Reports circles of order laws, until none is left: no procedure could hold them all.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for standard in context.book.standards.values().flatten() {
        for circle in circles(standard) {
            let way: Vec<String> = circle
                .iter()
                .map(|law| format!("`{}`", law.earlier))
                .collect();
            let message = format!(
                "the order goes in a circle: {} before {}",
                way.join(" before "),
                way[0]
            );
            let at = circle.iter().map(|law| law.at).min();
            diagnostics.extend(at.map(|at| {
                Diagnostic::new(RULE, at, message)
                    .help("take one of these `before`, `after` or `last` out")
            }));
        }
    }
}

/// Circles that share no requirement, each as the laws that lead around it.
fn circles(standard: &Standard) -> Vec<Vec<Law<'_>>> {
    let mut laws = coverage::laws(standard);
    let mut circles = Vec::new();
    loop {
        // What nothing must come before, or nothing behind, is in no circle.
        loop {
            let earlier: BTreeSet<&str> = laws.iter().map(|law| law.earlier).collect();
            let later: BTreeSet<&str> = laws.iter().map(|law| law.later).collect();
            let before = laws.len();
            laws.retain(|law| later.contains(law.earlier) && earlier.contains(law.later));
            if laws.len() == before {
                break;
            }
        }
        let Some(start) = laws.first() else {
            return circles;
        };
        let next: BTreeMap<&str, Law<'_>> =
            laws.iter().rev().map(|law| (law.earlier, *law)).collect();
        let mut way: Vec<Law<'_>> = Vec::new();
        let mut at = start.earlier;
        while !way.iter().any(|law| law.earlier == at) {
            way.push(next[at]);
            at = next[at].later;
        }
        let circle: Vec<Law<'_>> = way
            .into_iter()
            .skip_while(|law| law.earlier != at)
            .collect();
        laws.retain(|law| {
            !circle
                .iter()
                .any(|own| [law.earlier, law.later].contains(&own.earlier))
        });
        circles.push(circle);
    }
}
