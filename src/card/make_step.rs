//! A step with its provider -> its card.

use std::borrow::Cow;

use super::{
    AnswerBox, Cards, Channel, Condition, IfNot, Need, Record, Source, Step, Time, Variant, Wait,
    say,
};
use crate::model::{self, Answers, Body, Edition, LiveVariant, Procedure, Provider, TimeSpan};
use crate::yaml::{Id, Placed, Text};

/// The text of an optional field.
pub(super) fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

impl Cards<'_> {
    /// The card of the step at a position.
    pub(super) fn step<'s>(
        &'s self,
        provider: &'s Provider,
        procedure: &'s Procedure,
        at: usize,
        edition: Edition,
        guide: &str,
    ) -> Step<'s> {
        let body = procedure.body.as_ref();
        let placed = &body.steps[at];
        let step = placed.step.as_ref();
        let notices = body.notices.iter().filter(|notice| {
            let before = notice.before.as_ref();
            before.is_some_and(|before| before.value == step.id.value)
        });
        let mut card = Step {
            id: step.id.as_str(),
            number: at + 1,
            phase: body.phases[placed.phase].id.as_str(),
            permalink: format!("{guide}#{}", step.id.value),
            edition,
            action: text(step.action.as_ref()).unwrap_or_default(),
            actor: text(step.actor.as_ref()),
            when: self.condition(body, step.when.as_ref()),
            shown_for: self.answer_box(body, &placed.shown),
            in_case: text(step.in_case.as_ref()),
            then: step.then.as_ref().map(|then| then.as_str()),
            notices: notices.map(|it| self.notice(provider, it)).collect(),
            caution: text(step.caution.as_ref()),
            irreversible: step.is_irreversible(),
            guidance: self.guidance(provider, step.guidance.as_ref(), guide),
            needs: self
                .book
                .needs_of(placed)
                .map(|material| Need {
                    id: material.id.as_str(),
                    title: &material.title,
                    when: self.condition(body, material.when.as_ref()),
                })
                .collect(),
            channels: self.via(provider, step.via.as_ref()),
            ui_label: text(step.ui_label.as_ref()),
            expect: text(step.expect.as_ref()).unwrap_or_default(),
            if_not: step
                .if_not
                .iter()
                .flat_map(|cases| &cases.value)
                .map(|case| IfNot {
                    case: &case.case,
                    r#do: &case.r#do,
                    go: case.go.as_ref().map(|go| go.as_str()),
                })
                .collect(),
            record: records(step.record.as_ref()),
            undo: text(step.undo.as_ref()).filter(|undo| *undo != "irreversible"),
            wait: step
                .wait
                .as_ref()
                .and_then(|wait| self.wait(provider, wait)),
            cost: text(step.cost.as_ref()),
            variants: Vec::new(),
            verified: procedure.reviewed.is_some() || step.evidence.is_some(),
            source: self.source(provider, step.evidence.as_ref()),
        };
        for live in self.book.variants_of(body, placed) {
            let variant = self.variant(provider, body, &live, guide);
            if live.always && card.variants.is_empty() {
                variant.take_place(&mut card);
            } else {
                card.variants.push(variant);
            }
        }
        card
    }

    fn variant<'s>(
        &'s self,
        provider: &'s Provider,
        body: &Body,
        live: &LiveVariant<'s>,
        guide: &str,
    ) -> Variant<'s> {
        let variant = live.variant;
        Variant {
            when: self
                .condition(body, Some(&variant.when))
                .filter(|_| !live.always),
            action: text(variant.action.as_ref()),
            expect: text(variant.expect.as_ref()),
            caution: text(variant.caution.as_ref()),
            guidance: self.guidance(provider, variant.guidance.as_ref(), guide),
            channels: self.via(provider, variant.via.as_ref()),
            record: records(variant.record.as_ref()),
        }
    }

    /// A condition as a procedure's readers meet it; absent where it leaves nothing out.
    pub(super) fn condition(
        &self,
        body: &Body,
        condition: Option<&model::Condition>,
    ) -> Option<Condition<'_>> {
        let answers = self.book.choices.answers(condition?);
        Some(Condition {
            text: say::answers(self.book, &self.words, body, &answers)?,
            answers: self.answer_box(body, &answers).unwrap_or_default(),
        })
    }

    /// Answers as data; absent where they leave nothing out that is asked.
    pub(super) fn answer_box(&self, body: &Body, answers: &Answers) -> Option<AnswerBox<'_>> {
        let asked = self.book.asked_of(body, answers);
        let keys = asked.map(|(choice, options)| {
            let options = choice.picked(options).map(|option| option.id.as_str());
            (choice.id.as_str(), options.collect())
        });
        Some(keys.collect()).filter(|it: &AnswerBox<'_>| !it.is_empty())
    }

    pub(super) fn source<'s>(
        &'s self,
        provider: &'s Provider,
        id: Option<&Placed<Id>>,
    ) -> Option<Source<'s>> {
        let source = self.book.source(provider, id?.as_str())?;
        let date = |date: &Option<Placed<crate::yaml::Date>>| date.as_ref().map(|it| it.value);
        Some(Source {
            id: source.id.as_str(),
            class: source.class.as_str(),
            title: &source.title,
            url: source.url.as_str(),
            dated: date(&source.dated).map(|date| date.to_string()),
            in_force: date(&source.in_force).map(|date| date.to_string()),
            checked: source.checked.value.to_string(),
        })
    }

    pub(super) fn channel<'s>(
        &'s self,
        provider: &'s Provider,
        channel: &'s model::Channel,
    ) -> Channel<'s> {
        let verified = channel.is_verified();
        Channel {
            id: channel.id.as_str(),
            kind: channel.kind.as_str(),
            label: &channel.label,
            value: text(channel.value.as_ref()).filter(|_| verified),
            hours: text(channel.hours.as_ref()),
            verified,
            source: self.source(provider, channel.evidence.as_ref()),
        }
    }

    fn via<'s>(
        &'s self,
        provider: &'s Provider,
        via: Option<&'s Placed<Vec<Placed<Id>>>>,
    ) -> Vec<Channel<'s>> {
        let channels = provider.via(via).into_iter();
        channels.map(|it| self.channel(provider, it)).collect()
    }

    fn wait<'s>(&'s self, provider: &'s Provider, wait: &model::Wait) -> Option<Wait<'s>> {
        let span = wait.span();
        let source = self.source(provider, wait.evidence.as_ref());
        Some(Wait {
            text: say::time(&self.words, &span)?,
            time: time(&span)?,
            verified: source.is_some(),
            source,
        })
    }

    /// Guidance by name, as Markdown on the guide at this address.
    pub(super) fn guidance<'s>(
        &'s self,
        provider: &Provider,
        id: Option<&Placed<Id>>,
        guide: &str,
    ) -> Option<Cow<'s, str>> {
        let guidance = self.book.guidance(provider, id?.as_str())?;
        Some(self.guidance.get(guidance, guide))
    }
}

/// A time as data.
pub(super) fn time(span: &TimeSpan) -> Option<Time> {
    let (unit, least, most) = span.amount()?;
    Some(Time {
        unit,
        least,
        most,
        working: span.counts_working_days(),
    })
}

fn records(records: Option<&Placed<Vec<model::Record>>>) -> Vec<Record<'_>> {
    let records = records.into_iter().flat_map(|records| &records.value);
    records
        .map(|record| Record {
            label: &record.label,
            mask: record.mask.as_ref().map(|mask| mask.as_str()),
        })
        .collect()
}
