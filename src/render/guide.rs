//! A procedure's guide: every step with all that helps to take it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Renderer;
use super::fragments::{Cited, Component};
use super::procedure::{self, ProcedureView};
use super::view::{FactView, NoticeView, PhaseView, SourceView, text};
use crate::model::{Address, Body, Procedure, Provider};

#[derive(Debug, Serialize)]
pub(super) struct GuideView<'a> {
    #[serde(flatten)]
    pub(super) procedure: ProcedureView<'a>,
    provider_address: String,
    summary: &'a str,
    checklist: String,
    /// The irreversible steps: the points of no return.
    points_of_no_return: Vec<PointView<'a>>,
    phases: Vec<PhaseView<'a>>,
    /// Notices that stand before all steps.
    notices: Vec<NoticeView<'a>>,
    questions: Vec<QuestionView<'a>>,
    facts: Vec<FactView<'a>>,
    /// Guidance that the standard asks for and no step shows.
    background: Vec<BackgroundView<'a>>,
    /// The sources of all that is said, each once.
    sources: Vec<SourceView<'a>>,
    retired: Vec<RetiredView<'a>>,
}

#[derive(Debug, Serialize)]
struct PointView<'a> {
    id: &'a str,
    number: usize,
    action: &'a str,
}

#[derive(Debug, Serialize)]
struct QuestionView<'a> {
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
) -> tera::TeraResult<GuideView<'b>> {
    let body: &'b Body = &procedure.body;
    let steps = body.steps.iter().enumerate();
    let points =
        steps.filter(|(_, step)| step.step.irreversible.as_ref().is_some_and(|it| it.value));
    let early = body.notices.iter().filter(|notice| notice.before.is_none());
    let notices: Vec<_> = early
        .map(|notice| renderer.notice(provider, notice))
        .collect();
    let questions = questions(renderer, provider, body);
    let facts = renderer.facts(provider, body);
    let mut cited = Cited::default();
    cited.add_all(notices.iter().map(|notice| &notice.source));
    cited.add_all(facts.iter().map(|fact| &fact.source));
    let phases = renderer.phases(Component::Step, provider, body, &mut cited)?;
    cited.add_all(questions.iter().map(|question| &question.source));
    Ok(GuideView {
        procedure: procedure::view(renderer, provider, procedure),
        provider_address: Address::provider(&provider.id).to_string(),
        summary: text(body.summary.as_ref()).unwrap_or_default(),
        checklist: Address::checklist(&provider.id, &procedure.id).to_string(),
        points_of_no_return: points
            .map(|(at, step)| PointView {
                id: step.step.id.as_str(),
                number: at + 1,
                action: text(step.step.action.as_ref()).unwrap_or_default(),
            })
            .collect(),
        phases,
        notices,
        questions,
        facts,
        background: background(renderer, provider, body),
        sources: cited.into_views(),
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

/// Guidance that the standard asks for, without what a step shows already.
fn background<'a>(
    renderer: &Renderer<'a>,
    provider: &'a Provider,
    body: &'a Body,
) -> Vec<BackgroundView<'a>> {
    let variants =
        |step: &'a crate::model::Step| step.variants.iter().flat_map(|variants| &variants.value);
    let shown: BTreeSet<&str> = body
        .steps
        .iter()
        .flat_map(|step| {
            let of_variants = variants(&step.step).filter_map(|variant| variant.guidance.as_ref());
            step.step.guidance.iter().chain(of_variants)
        })
        .map(|id| id.as_str())
        .collect();
    let standard = renderer.book.standard_of(body);
    let required = standard.into_iter().flat_map(|standard| &standard.guidance);
    required
        .filter(|id| !shown.contains(id.as_str()))
        .filter_map(|id| {
            let html = renderer.guidance_html(provider, Some(id))?;
            Some(BackgroundView {
                id: id.as_str(),
                html,
            })
        })
        .collect()
}
