//! What readers see of a step or a procedure -> a hash: by it a tick, a sheet or a link knows whether it is current.
//!
//! Hashed are the resolved values, guidance and evidence included; never numbers of steps, HTML, or the days of reviews
//! and checks, so that a fresh review keeps sheets current.

mod seen;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use rayon::prelude::*;
use serde::{Serialize, Serializer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use seen::{
    SeenChannel, SeenChoice, SeenFact, SeenMaterial, SeenNotice, SeenPlace, SeenProcedure,
    SeenQuestion, SeenSource, SeenStep, SeenTime, SeenVariant,
};

use super::{
    Body, Book, Channel, Condition, EvidenceSource, Fact, FactValue, Material, Notice, Procedure,
    Provider, Record, Step, TimeSpan,
};
use crate::diagnostic::At;
use crate::yaml::{Id, Placed, Text};

/// The first 32 bits of a BLAKE3 hash over canonical JSON: keys sorted, no blanks, NFC, LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition(u32);

impl Edition {
    fn of(seen: &impl Serialize) -> Self {
        let json = serde_json::to_string(seen).expect("strings, numbers and lists are JSON");
        debug_assert!(is_canonical(&json), "keys are sorted: {json}");
        let normal = json.chars().all(is_plain) || is_nfc_quick(json.chars()) == IsNormalized::Yes;
        let json = if normal { json } else { json.nfc().collect() };
        let hash = blake3::hash(json.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        Edition(u32::from_be_bytes([a, b, c, d]))
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The editions of all procedures of a book and of their steps, each decided once.
#[derive(Debug)]
pub struct Editions(HashMap<(At, At), ProcedureEdition>);

/// The edition of a procedure.
#[derive(Debug)]
pub struct ProcedureEdition {
    /// Of the whole.
    pub whole: Edition,
    /// Of each step.
    pub steps: Vec<Edition>,
}

impl Editions {
    /// Hashes what the readers of a book see, in parallel. A step in which nothing is a provider's own is hashed once
    /// for all providers that have its body.
    pub fn of(book: &Book) -> Self {
        let bodies = book.bodies();
        let editions = bodies.par_iter().flat_map(|procedures| {
            let (any, first) = procedures[0];
            let steps = first.body.steps.iter().map(|step| step.step.as_ref());
            let shared: Vec<Option<Edition>> = steps
                .map(|step| {
                    step.is_same_for_all()
                        .then(|| book.step_edition(any, &first.body, step))
                })
                .collect();
            procedures.par_iter().map(move |(provider, procedure)| {
                let steps = procedure.body.steps.iter().zip(&shared);
                let steps: Vec<Edition> = steps
                    .map(|(step, shared)| {
                        shared
                            .filter(|_| !provider.overrides_guidance_of(&step.step))
                            .unwrap_or_else(|| {
                                book.step_edition(provider, &procedure.body, &step.step)
                            })
                    })
                    .collect();
                let whole = book.edition(provider, procedure, &steps);
                (
                    (provider.at, procedure.at),
                    ProcedureEdition { whole, steps },
                )
            })
        });
        Editions(editions.collect())
    }

    /// The edition of a procedure of the book.
    pub fn get(&self, provider: &Provider, procedure: &Procedure) -> &ProcedureEdition {
        &self.0[&(provider.at, procedure.at)]
    }
}

impl Step {
    /// Whether its readers see the same with every provider, guidance aside.
    fn is_same_for_all(&self) -> bool {
        let mut variants = self.variants.iter().flat_map(|variants| &variants.value);
        let waits = self
            .wait
            .as_ref()
            .is_some_and(|wait| wait.evidence.is_some());
        self.via.is_none()
            && self.evidence.is_none()
            && !waits
            && variants.all(|it| it.via.is_none())
    }
}

impl Provider {
    fn overrides_guidance_of(&self, step: &Step) -> bool {
        let mut own = self.guidance.iter();
        own.any(|guidance| step.shows_guidance(guidance.id.as_str()))
    }
}

impl Book {
    /// The hash of a step as a provider's readers see it.
    fn step_edition(&self, provider: &Provider, body: &Body, step: &Step) -> Edition {
        Edition::of(&self.seen_step(provider, body, step))
    }

    /// The hash of a whole procedure as its readers see it.
    fn edition(&self, provider: &Provider, procedure: &Procedure, steps: &[Edition]) -> Edition {
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
        Edition::of(&SeenProcedure {
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
                    (retired.step.as_str(), &*retired.because.value, instead)
                })
                .collect(),
            status: procedure.status.as_str(),
            steps: steps.collect(),
            summary: text(body.summary.as_ref()),
            title: text(body.title.as_ref()),
        })
    }

    fn seen_step<'a>(
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

/// Whether a character is in NFC whatever stands beside it: nearly all that is written here, so that few texts are
/// looked up in tables.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether sorting the keys changes nothing.
fn is_canonical(json: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(json).expect("it was just made");
    let sorted = value.to_string();
    sorted == json
}
