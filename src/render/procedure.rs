//! What a procedure's guide and checklist both show.

use serde::Serialize;

use super::view::{MaterialView, banner, text};
use super::{Renderer, Words};
use crate::model::{Body, Procedure, Provider};

#[derive(Debug, Serialize)]
pub(super) struct ProcedureView<'a> {
    provider: &'a str,
    title: &'a str,
    ends: &'a str,
    leaves: &'a str,
    banner: Option<&'static str>,
    /// The day and the manner of the last review.
    reviewed: Option<ReviewView>,
    choices: Vec<ChoiceView<'a>>,
    materials: Vec<MaterialView<'a>>,
}

impl ProcedureView<'_> {
    /// The title of the page.
    pub(super) fn heading(&self, words: &Words) -> String {
        format!(
            "{}{}{}",
            self.provider,
            words.get("heading_joint"),
            self.title
        )
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ReviewView {
    date: String,
    /// `read-notice`, `did-it` or `phoned`.
    method: &'static str,
}

#[derive(Debug, Serialize)]
struct ChoiceView<'a> {
    question: &'a str,
    options: Vec<OptionView<'a>>,
}

#[derive(Debug, Serialize)]
struct OptionView<'a> {
    label: &'a str,
    /// What the reader is told who must stop here.
    stop: Option<&'a str>,
}

pub(super) fn view<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
) -> ProcedureView<'b> {
    let body: &'b Body = &procedure.body;
    ProcedureView {
        provider: provider
            .document
            .as_ref()
            .map_or("", |document| &document.name),
        title: text(body.title.as_ref()).unwrap_or_default(),
        ends: text(body.ends.as_ref()).unwrap_or_default(),
        leaves: text(body.leaves.as_ref()).unwrap_or_default(),
        banner: banner(procedure),
        reviewed: review(procedure),
        choices: choices(renderer, body),
        materials: renderer.materials(body),
    }
}

/// The last review, if there was one.
pub(super) fn review(procedure: &Procedure) -> Option<ReviewView> {
    procedure.reviewed.as_ref().map(|review| ReviewView {
        date: review.date.value.to_string(),
        method: review.method.value.as_str(),
    })
}

/// The choices that this procedure asks, with the options that exist here.
fn choices<'a>(renderer: &Renderer<'a>, body: &Body) -> Vec<ChoiceView<'a>> {
    let asked = body.asked.iter().map(|number| {
        let choice = renderer.book.choices.get(*number);
        let options = choice.picked(body.domain.options(*number).unwrap_or(u64::MAX));
        ChoiceView {
            question: &choice.question,
            options: options
                .map(|option| OptionView {
                    label: &option.label,
                    stop: option.stop.as_ref().map(|stop| &*stop.text.value),
                })
                .collect(),
        }
    });
    asked.collect()
}
