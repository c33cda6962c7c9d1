//! A procedure's guide: every step with all that helps to take it.

use std::sync::Arc;

use serde::Serialize;

use super::Renderer;
use super::fragments::{Cited, QuestionsPart};
use super::how_to;
use super::past::Past;
use super::procedure::{self, Medium, SheetView};
use super::view::{FactView, SourceView, StepLine, text};
use crate::model::{Address, Body, Procedure, Provider, Status};

#[derive(Debug, Serialize)]
pub(super) struct GuideView<'a> {
    pub(super) sheet: SheetView<'a>,
    provider_address: String,
    summary: &'a str,
    /// Safe to print as it is.
    questions: Arc<str>,
    /// Guidance that the standard asks for and no step shows.
    background: Vec<BackgroundView<'a>>,
    /// The sources of all that is said, each once.
    sources: Vec<SourceView<'a>>,
    retired: Vec<RetiredView<'a>>,
    /// The last editions, for the page's script.
    editions: String,
    /// Whether a file beside the guide holds older ones.
    older_editions: bool,
    /// The steps that there were, of a procedure that is retired itself.
    steps_then: Vec<StepLine<'a>>,
    /// The guide as schema.org's `HowTo`; JSON that is safe inside a `script` element.
    how_to: String,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct QuestionView<'a> {
    id: &'a str,
    question: &'a str,
    /// The answer in words, if there is one.
    answer: Option<&'a str>,
    /// The fact that answers it.
    fact: Option<FactView<'a>>,
    source: Option<SourceView<'a>>,
}

#[derive(Debug, Serialize)]
struct BackgroundView<'a> {
    id: &'a str,
    /// Safe to print as it is.
    html: &'a str,
}

#[derive(Debug, Serialize)]
struct RetiredView<'a> {
    id: &'a str,
    date: String,
    because: &'a str,
    /// The step to use now.
    instead: Option<&'a str>,
}

pub(super) fn view<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
    address: &Address,
) -> tera::TeraResult<GuideView<'b>> {
    let body: &'b Body = &procedure.body;
    let questions = questions(renderer, provider, body);
    let mut cited = Cited::default();
    let base = address.to_base();
    let medium = Medium {
        web: true,
        level: 2,
        scope: "",
        base: &base,
    };
    let sheet = procedure::view(renderer, provider, procedure, medium, &mut cited)?;
    cited.add_all(questions.iter().map(|question| &question.source));
    let summary = text(body.summary.as_ref()).unwrap_or_default();
    let past = Past::of(renderer.book, provider, procedure);
    Ok(GuideView {
        how_to: how_to::json(
            &sheet.heading(&renderer.words),
            summary,
            &renderer
                .cards
                .url(&Address::guide(&provider.id, &procedure.id)),
            steps(&sheet),
        ),
        steps_then: match procedure.status {
            Status::Retired => steps(&sheet).cloned().collect(),
            _ => Vec::new(),
        },
        sheet,
        provider_address: Address::provider(&provider.id).to_string(),
        summary,
        questions: renderer.fragments.questions.render(
            &renderer.tera,
            "questions",
            QuestionsPart { questions },
        )?,
        background: renderer
            .book
            .background(body)
            .filter_map(|id| {
                let html = renderer.guidance_html(provider, Some(id))?;
                let id = id.as_str();
                Some(BackgroundView { id, html })
            })
            .collect(),
        sources: cited.into_views(),
        editions: past.recent(),
        older_editions: past.has_older(),
        retired: procedure
            .retired
            .iter()
            .map(|retired| RetiredView {
                id: retired.step.as_str(),
                date: retired.date.value.to_string(),
                because: &retired.because,
                instead: retired.r#use.as_ref().map(|id| id.as_str()),
            })
            .collect(),
    })
}

fn steps<'s, 'a>(sheet: &'s SheetView<'a>) -> impl Iterator<Item = &'s StepLine<'a>> {
    sheet.phases.iter().flat_map(|phase| &phase.steps)
}

fn questions<'a>(
    renderer: &Renderer<'a>,
    provider: &'a Provider,
    body: &'a Body,
) -> Vec<QuestionView<'a>> {
    let questions = body.questions.iter().map(|question| {
        let fact = question.fact.as_ref().and_then(|fact| {
            let facts: Vec<FactView<'a>> = renderer.facts(provider, body);
            facts.into_iter().find(|it| it.id == fact.as_str())
        });
        QuestionView {
            id: question.id.as_str(),
            question: &question.question,
            answer: text(question.answer.as_ref()),
            fact,
            source: renderer.source_view(provider, question.evidence.as_ref()),
        }
    });
    questions.collect()
}
