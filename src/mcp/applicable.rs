//! A procedure and a person's answers -> the steps that apply, as many as fit.

use super::Server;
use super::answer::{Before, ProcedureAnswer, StepsLeft, StopLine};
use super::ask::Given;
use super::resources;
use crate::card::{AnswerBox, Choice, Condition, Guide, Step, say};
use crate::model::{Procedure, Provider};

/// So many characters of steps are answered at once: with what stands before them, some ten thousand tokens.
const STEPS: usize = 12_000;

impl Server {
    /// The guide for a person with these answers: the steps that apply, and what they need. Links carry the answers.
    pub(super) fn applicable<'s>(
        &'s self,
        provider: &'s Provider,
        narrowed: &'s Procedure,
        given: &Given<'_>,
    ) -> Guide<'s> {
        let mut guide = self.cards.guide(provider, narrowed);
        let steps = &narrowed.body.steps;
        guide
            .steps
            .retain(|step| !steps[step.number - 1].shown.is_empty());
        if !given.query.is_empty() {
            guide.permalink = format!("{}?{}", guide.permalink, given.query);
            for step in &mut guide.steps {
                step.permalink = format!("{}#{}", guide.permalink, step.id);
            }
        }
        let choices = std::mem::take(&mut guide.choices).into_iter();
        guide.choices = choices.filter(|choice| decides(&guide, choice)).collect();
        guide
    }

    /// The answer with the steps of a guide from the number `from` on.
    pub(super) fn answer<'s>(
        &'s self,
        guide: Guide<'s>,
        given: &Given<'s>,
        from: usize,
    ) -> ProcedureAnswer<'s> {
        let numbers: Vec<usize> = guide.steps.iter().map(|step| step.number).collect();
        let warning = say::warning(self.cards.words(), &guide);
        let later: Vec<Step<'s>> = guide
            .steps
            .into_iter()
            .filter(|it| it.number >= from)
            .collect();
        let fitting = fitting(&later);
        let left_off = later.get(fitting).map(|next| StepsLeft {
            steps: later.len() - fitting,
            from: next.number,
        });
        let stops = given.stops.iter().map(|stopped| StopLine {
            choice: stopped.choice,
            option: stopped.option,
            text: &stopped.stop.text,
            procedure: stopped.stop.r#use.as_ref().map(|id| id.as_str()),
        });
        ProcedureAnswer {
            provider: guide.provider.id,
            provider_name: guide.provider.name,
            procedure: guide.procedure,
            title: guide.title,
            warning,
            edition: guide.edition,
            reviewed: guide.reviewed,
            permalink: guide.permalink,
            resource: resources::uri(guide.provider.id, guide.procedure),
            stops: stops.collect(),
            numbers,
            before: (from <= 1).then_some(Before {
                summary: guide.summary,
                ends: guide.ends,
                leaves: guide.leaves,
                choices: guide.choices,
                notices: guide.notices,
                materials: guide.materials,
                facts: guide.facts,
            }),
            steps: later.into_iter().take(fitting).collect(),
            steps_then: guide.steps_then,
            left_off,
        }
    }
}

/// How many of the steps fit into an answer: one does in any case.
fn fitting(steps: &[Step<'_>]) -> usize {
    let mut characters = 0;
    let fits = steps.iter().take_while(|step| {
        let json = serde_json::to_string(step).expect("strings and numbers are JSON");
        characters += json.chars().count();
        characters <= STEPS
    });
    fits.count().max(1)
}

/// Whether an answer to a choice changes anything in a guide: a step, a variant, a material, or that it ends.
fn decides(guide: &Guide<'_>, choice: &Choice<'_>) -> bool {
    let names = |answers: &AnswerBox<'_>| answers.contains_key(choice.id);
    let holds = |when: &Option<Condition<'_>>| when.as_ref().is_some_and(|it| names(&it.answers));
    let steps = guide.steps.iter().any(|step| {
        step.shown_for.as_ref().is_some_and(names)
            || step.variants.iter().any(|variant| holds(&variant.when))
            || step.needs.iter().any(|need| holds(&need.when))
    });
    let stops = choice.options.iter().any(|option| option.stop.is_some());
    steps || stops
}
