#![doc = include_str!("unused_waiver.md")]

use crate::check::Context;
use crate::check::coverage::{self, Coverage};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Book, Provider, Standard};

rule!("SB114", "unused-waiver", Warning, "unused_waiver.md");

/// Reports every waiver of something that is covered, or that no standard asks for.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (provider, procedure) in context.procedures() {
        let body = procedure.body.as_ref();
        let Some(standard) = context.book.standard_of(body) else {
            continue;
        };
        for waiver in procedure
            .waives
            .iter()
            .filter(|waiver| waiver.holds(context.today))
        {
            if let Some(id) = &waiver.requirement
                && standard.requires(id.as_str())
                && !is_needed(context.book, provider, body, standard, id.as_str())
            {
                let message = format!(
                    "nothing is missing that the waiver of `{}` would excuse",
                    id.value
                );
                diagnostics.push(unused(id.at, &message));
            }
            if let Some(order) = &waiver.order
                && let [earlier, later] = order.as_slice()
                && standard.requirement(earlier.as_str()).is_some()
                && standard.requirement(later.as_str()).is_some()
            {
                let laws = coverage::laws(standard);
                let is_law = laws
                    .iter()
                    .any(|it| (it.earlier, it.later) == (earlier.as_str(), later.as_str()));
                let broken =
                    coverage::disorder(body, standard, earlier.as_str(), later.as_str()).is_some();
                if !is_law {
                    let message = format!(
                        "no law says that `{}` comes before `{}`",
                        earlier.value, later.value
                    );
                    diagnostics.push(unused(order.at, &message));
                } else if !broken {
                    let message =
                        format!("`{}` comes before `{}` anyway", earlier.value, later.value);
                    diagnostics.push(unused(order.at, &message));
                }
            }
        }
    }
}

fn unused(at: At, message: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, message).help("remove the waiver")
}

fn is_needed(book: &Book, provider: &Provider, body: &Body, standard: &Standard, id: &str) -> bool {
    let lacks = |decided| matches!(decided, Coverage::Missing | Coverage::CoveredForSome(_));
    let step = standard
        .requirement(id)
        .is_some_and(|it| lacks(coverage::of_requirement(book, body, standard, it)));
    let material = standard.materials.iter().any(|it| it.as_str() == id)
        && book
            .material(id)
            .is_some_and(|it| lacks(coverage::of_material(book, body, it)));
    let notice = standard.notices.iter().any(|it| it.id.as_str() == id)
        && !body.notices.iter().any(|it| it.id.as_str() == id);
    let question = standard.questions.iter().any(|it| it.id.as_str() == id)
        && !body.questions.iter().any(|it| it.id.as_str() == id);
    let fact = standard.facts.iter().any(|it| it.id.as_str() == id)
        && !body.facts.iter().any(|(fact, _)| fact.as_str() == id);
    let guidance = standard.guidance.iter().any(|it| it.as_str() == id)
        && book.guidance(provider, id).is_none();
    step || material || notice || question || fact || guidance
}
