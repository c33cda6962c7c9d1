#![doc = include_str!("redirect_loop.md")]

use std::collections::BTreeMap;

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{Address, Procedure, Retired};

rule!("SB404", "redirect-loop", Error, "redirect_loop.md");

/// Reports every old address that leads to itself, and every old step that leads back to itself.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (provider, procedure) in context.procedures() {
        let own = Address::guide(&provider.id, &procedure.id).key();
        for path in &procedure.formerly {
            if Address::former(path).key() == own {
                let message = format!(
                    "the old address `{}` is the procedure's own: it leads to itself",
                    path.as_str()
                );
                let help = "remove it: an address that is in use redirects nobody";
                diagnostics.push(Diagnostic::new(RULE, path.at, message).help(help));
            }
        }
        for retired in loops(procedure) {
            let message = format!(
                "the retired step `{}` leads back to itself",
                retired.step.value
            );
            let help = "let `use` name a step that the procedure has, or leave it out where nothing takes its place";
            let fault = Diagnostic::new(RULE, retired.step.at, message).help(help);
            diagnostics.push(fault.subject(provider.subject(procedure)));
        }
    }
}

/// The retired steps from which `use` leads round in a circle to the same one.
fn loops(procedure: &Procedure) -> Vec<&Retired> {
    let next: BTreeMap<&str, &str> = procedure
        .retired
        .iter()
        .filter_map(|it| Some((it.step.as_str(), it.r#use.as_ref()?.as_str())))
        .collect();
    let returns = |start: &str| {
        let mut at = start;
        // A way without a circle is not longer than there are entries.
        (0..next.len()).any(|_| {
            at = next.get(at).copied().unwrap_or("");
            at == start
        })
    };
    let retired = procedure.retired.iter();
    retired.filter(|it| returns(it.step.as_str())).collect()
}
