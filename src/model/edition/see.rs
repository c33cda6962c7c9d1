//! A book -> what its readers see of a step or a procedure, as it is hashed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Edition;
use super::seen::{
    SeenChannel, SeenChoice, SeenFact, SeenMaterial, SeenNotice, SeenPlace, SeenProcedure,
    SeenQuestion, SeenSource, SeenStep, SeenTime, SeenVariant,
};
use crate::model::{
    Body, Book, Channel, Condition, EvidenceSource, Fact, FactValue, Material, Notice, Procedure,
    Provider, Record, Step, TimeSpan,
};
use crate::yaml::{Id, Placed, Text};

impl Book {
    /// The hash of a step as a provider's readers see it.
    pub(super) fn step_edition(&self, provider: &Provider, body: &Body, step: &Step) -> Edition {
        Edition::of(&self.seen_step(provider, body, step))
    }

    /// The hash of a whole procedure as its readers see it.
    pub(super) fn procedure_edition(
        &self,
        provider: &Provider,
        procedure: &Procedure,
        steps: &[Edition],
    ) -> Edition {
        Edition::of(&self.seen_procedure(provider, procedure, steps))
    }

    /// What readers see of a step, by field.
    pub fn step_as_seen(
        &self,
        provider: &Provider,
        body: &Body,
        step: &Step,
    ) -> serde_json::Map<String, serde_json::Value> {
        fields(&self.seen_step(provider, body, step))
    }

    /// What readers see of a procedure beside its steps, by field.
    pub fn procedure_as_seen(
        &self,
        provider: &Provider,
        procedure: &Procedure,
    ) -> serde_json::Map<String, serde_json::Value> {
        fields(&self.seen_procedure(provider, procedure, &[]))
    }

    fn seen_procedure<'a>(
        &'a self,
        provider: &'a Provider,
        procedure: &'a Procedure,
        steps: &[Edition],
    ) -> SeenProcedure<'a> {
        let body = procedure.body.as_ref();
        let document = provider.document.as_ref();
        let steps = body
            .steps
            .iter()
            .zip(steps)
            .map(|(step, edition)| SeenPlace {
                phase: step.phase,
                step: *edition,
            });
        let background = self.background(body);
        SeenProcedure {
            background: background
                .filter_map(|id| self.guidance_text(provider, id))
                .collect(),
            channels: document
                .iter()
                .flat_map(|document| &document.channels.value)
                .filter(|channel| channel.serves_merchants())
                .map(|channel| self.seen_channel(provider, channel))
                .collect(),
            choices: self.seen_choices(body),
            ends: text(body.ends.as_ref()),
            facts: body
                .facts
                .iter()
                .map(|(id, fact)| (id.as_str(), self.seen_fact(provider, body, id, fact)))
                .collect(),
            leaves: text(body.leaves.as_ref()),
            materials: self
                .packing_list(body)
                .into_iter()
                .map(seen_material)
                .collect(),
            mode: body.mode.as_str(),
            notices: body
                .notices
                .iter()
                .map(|notice| self.seen_notice(provider, notice))
                .collect(),
            outcome: body.outcome.as_ref().map(|outcome| outcome.as_str()),
            phases: body
                .phases
                .iter()
                .enumerate()
                .filter(|(at, _)| body.steps.iter().any(|step| step.phase == *at))
                .map(|(_, phase)| {
                    [
                        Some(phase.id.as_str()),
                        text(phase.title.as_ref()),
                        text(phase.note.as_ref()),
                    ]
                })
                .collect(),
            provider: document.map(|document| &*document.name.value),
            questions: body
                .questions
                .iter()
                .map(|question| SeenQuestion {
                    answer: text(question.answer.as_ref()),
                    evidence: self.seen_source(provider, question.evidence.as_ref()),
                    fact: question.fact.as_ref().map(|fact| fact.as_str()),
                    id: question.id.as_str(),
                    question: &question.question,
                })
                .collect(),
            retired: procedure
                .retired
                .iter()
                .map(|retired| {
                    let instead = retired.r#use.as_ref().map(|id| id.as_str());
                    let date = retired.date.value.to_string();
                    (
                        retired.step.as_str(),
                        date,
                        &*retired.because.value,
                        instead,
                    )
                })
                .collect(),
            status: procedure.status.as_str(),
            steps: steps.collect(),
            summary: text(body.summary.as_ref()),
            title: text(body.title.as_ref()),
        }
    }

    pub(super) fn seen_step<'a>(
        &'a self,
        provider: &'a Provider,
        body: &'a Body,
        step: &'a Step,
    ) -> SeenStep<'a> {
        let notices = body.notices.iter().filter(|notice| {
            let before = notice.before.as_ref();
            before.is_some_and(|before| before.value == step.id.value)
        });
        let variants = step.variants.iter().flat_map(|variants| &variants.value);
        SeenStep {
            action: text(step.action.as_ref()),
            caution: text(step.caution.as_ref()),
            cost: text(step.cost.as_ref()),
            evidence: self.seen_source(provider, step.evidence.as_ref()),
            expect: text(step.expect.as_ref()),
            guidance: step
                .guidance
                .as_ref()
                .and_then(|id| self.guidance_text(provider, id)),
            id: step.id.as_str(),
            if_not: step
                .if_not
                .iter()
                .flat_map(|cases| &cases.value)
                .map(|case| {
                    let go = case.go.as_ref().map(|go| go.as_str());
                    (&*case.case.value, &*case.r#do.value, go)
                })
                .collect(),
            in_case: text(step.in_case.as_ref()),
            irreversible: step.is_irreversible(),
            needs: step
                .needs()
                .iter()
                .filter_map(|id| self.material(id.as_str()))
                .map(|material| &*material.title.value)
                .collect(),
            notices: notices.map(|notice| &*notice.text.value).collect(),
            record: records(step.record.as_ref()),
            then: step.then.as_ref().map(|then| then.as_str()),
            ui_label: text(step.ui_label.as_ref()),
            undo: text(step.undo.as_ref()),
            variants: variants
                .map(|variant| SeenVariant {
                    action: text(variant.action.as_ref()),
                    caution: text(variant.caution.as_ref()),
                    expect: text(variant.expect.as_ref()),
                    guidance: variant
                        .guidance
                        .as_ref()
                        .and_then(|id| self.guidance_text(provider, id)),
                    record: records(variant.record.as_ref()),
                    via: self.seen_via(provider, variant.via.as_ref()),
                    when: seen_when(&variant.when),
                })
                .collect(),
            via: self.seen_via(provider, step.via.as_ref()),
            wait: step.wait.as_ref().map(|wait| {
                let source = self.seen_source(provider, wait.evidence.as_ref());
                (seen_time(&wait.span()), source)
            }),
            when: step.when.as_ref().map(seen_when),
        }
    }

    fn guidance_text<'a>(&'a self, provider: &'a Provider, id: &Id) -> Option<String> {
        let text = self.guidance(provider, id.as_str())?.text.as_deref()?;
        Some(text.replace("\r\n", "\n"))
    }

    fn seen_source<'a>(
        &'a self,
        provider: &'a Provider,
        id: Option<&Placed<Id>>,
    ) -> Option<SeenSource<'a>> {
        let source: &EvidenceSource = self.source(provider, id?.as_str())?;
        Some(SeenSource {
            dated: source.dated.as_ref().map(|date| date.value.to_string()),
            in_force: source.in_force.as_ref().map(|date| date.value.to_string()),
            title: &source.title,
            url: source.url.as_str(),
        })
    }

    fn seen_via<'a>(
        &'a self,
        provider: &'a Provider,
        via: Option<&'a Placed<Vec<Placed<Id>>>>,
    ) -> Vec<SeenChannel<'a>> {
        provider
            .via(via)
            .into_iter()
            .map(|channel| self.seen_channel(provider, channel))
            .collect()
    }

    fn seen_channel<'a>(&'a self, provider: &'a Provider, channel: &'a Channel) -> SeenChannel<'a> {
        SeenChannel {
            evidence: self.seen_source(provider, channel.evidence.as_ref()),
            hours: text(channel.hours.as_ref()),
            kind: channel.kind.as_str(),
            label: &channel.label,
            value: text(channel.value.as_ref()),
        }
    }

    fn seen_choices<'a>(&'a self, body: &Body) -> Vec<SeenChoice<'a>> {
        let asked = body.asked.iter().map(|number| {
            let choice = self.choices.get(*number);
            let options = choice.picked(body.domain.options(*number).unwrap_or(u64::MAX));
            SeenChoice {
                id: choice.id.as_str(),
                options: options
                    .map(|option| {
                        let stop = option.stop.as_ref();
                        let stop = stop.map(|stop| {
                            let next = stop.r#use.as_ref().map(|next| next.as_str());
                            (&*stop.text.value, next)
                        });
                        (option.id.as_str(), &*option.label.value, stop)
                    })
                    .collect(),
                question: &choice.question,
            }
        });
        asked.collect()
    }

    fn seen_fact<'a>(
        &'a self,
        provider: &'a Provider,
        body: &'a Body,
        id: &Id,
        fact: &'a Fact,
    ) -> SeenFact<'a> {
        let asked = self.standard_of(body).map(|standard| &standard.facts);
        let asked = asked.into_iter().flatten();
        let mut titles = asked.filter(|asked| asked.id.value == *id);
        let (value, evidence) = match fact {
            Fact::Unknown(_) => (None, None),
            Fact::Known {
                value, evidence, ..
            } => (Some(value), evidence.as_ref()),
        };
        SeenFact {
            evidence: self.seen_source(provider, evidence),
            text: match value {
                Some(FactValue::Text(text)) => Some(text),
                _ => None,
            },
            time: match value {
                Some(FactValue::Time(time)) => seen_time(time),
                _ => None,
            },
            title: titles.next().map(|asked| &*asked.title.value),
        }
    }

    fn seen_notice<'a>(&'a self, provider: &'a Provider, notice: &'a Notice) -> SeenNotice<'a> {
        SeenNotice {
            before: notice.before.as_ref().map(|before| before.as_str()),
            evidence: self.seen_source(provider, notice.evidence.as_ref()),
            id: notice.id.as_str(),
            paper: notice.paper.as_ref().is_some_and(|paper| paper.value),
            text: &notice.text,
        }
    }
}

fn fields(seen: &impl Serialize) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(seen) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => unreachable!("what is seen is a mapping of strings, numbers and lists"),
    }
}

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

fn records(records: Option<&Placed<Vec<Record>>>) -> Vec<(&str, Option<&'static str>)> {
    let records = records.into_iter().flat_map(|records| &records.value);
    records
        .map(|record| {
            let mask = record.mask.as_ref().map(|mask| mask.as_str());
            (&*record.label.value, mask)
        })
        .collect()
}

fn seen_time(time: &TimeSpan) -> SeenTime {
    let working = time.working.as_ref().is_some_and(|working| working.value);
    time.amount()
        .map(|(unit, least, most)| (unit, least, most, working))
}

/// The order in which an author writes choices and options says nothing.
fn seen_when(when: &Condition) -> BTreeMap<&str, Vec<&str>> {
    let keys = when.keys.iter().map(|(choice, options)| {
        let mut options: Vec<&str> = options.0.iter().map(|option| option.as_str()).collect();
        options.sort_unstable();
        (choice.as_str(), options)
    });
    keys.collect()
}

fn seen_material(material: &Material) -> SeenMaterial<'_> {
    SeenMaterial {
        copies: material.copies.as_ref().map(|copies| copies.value),
        id: material.id.as_str(),
        note: text(material.note.as_ref()),
        original: material
            .original
            .as_ref()
            .is_some_and(|original| original.value),
        title: &material.title,
        when: material.when.as_ref().map(seen_when),
    }
}
