#![doc = include_str!("missing_recommendation.md")]

use super::missing_required_channel::{describe, has};
use crate::check::coverage::{self, Coverage};
use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{ChannelLevel, Standard};

rule!(
    "SB116",
    "missing-recommendation",
    Note,
    "missing_recommendation.md"
);

/// Notes everything recommended that is not there.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (group, standard) in context.with_standard() {
        let body = group.body;
        let mut note = |at: At, what: String| {
            diagnostics.push(group.all(diagnostic(at, &what)));
        };
        for wanted in standard
            .steps
            .iter()
            .filter(|requirement| !requirement.is_required())
        {
            let id = wanted.id.as_str();
            let decided = coverage::of_requirement(context.book, body, standard, wanted);
            if matches!(decided, Coverage::Missing | Coverage::CoveredForSome(_)) {
                note(
                    walk::absence(group, standard, id),
                    format!("a step that covers `{id}`"),
                );
            }
        }
        for wanted in standard
            .notices
            .iter()
            .filter(|notice| !notice.is_required())
        {
            if !body
                .notices
                .iter()
                .any(|notice| notice.id.value == wanted.id.value)
            {
                note(
                    body.places.notices,
                    format!("the notice `{}`", wanted.id.value),
                );
            }
        }
        for wanted in standard
            .questions
            .iter()
            .filter(|question| !question.is_required())
        {
            if !body
                .questions
                .iter()
                .any(|question| question.id.value == wanted.id.value)
            {
                note(
                    body.places.questions,
                    format!("the question `{}`", wanted.id.value),
                );
            }
        }
        channels(group.procedures.as_slice(), standard, diagnostics);
    }
}

fn channels(
    procedures: &[(&crate::model::Provider, &crate::model::Procedure)],
    standard: &Standard,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (provider, _) in procedures {
        let Some(document) = &provider.document else {
            continue;
        };
        let wanted = standard
            .channels
            .iter()
            .filter(|it| it.level.value == ChannelLevel::Recommended);
        for wanted in wanted.filter(|wanted| !has(document, wanted)) {
            diagnostics.push(diagnostic(document.channels.at, &describe(wanted).0));
        }
    }
}

fn diagnostic(at: At, what: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, format!("{what} is recommended and not there"))
        .help("add it when it is known")
}
