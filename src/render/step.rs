//! A procedure's steps, notices, materials and facts -> their views.

use std::borrow::Cow;

use super::Renderer;
use super::fragments::{Cited, StepPart};
use super::view::{
    ChannelView, ConditionView, FactView, IfNotView, JumpView, MaterialView, NeedView, NoticeView,
    PhaseView, RecordView, SourceView, StepLine, StepView, VariantView, text,
};
use crate::card::say;
use crate::model::{
    Answers, Body, Channel, ChannelKind, Condition, Edition, EvidenceSource, Fact, FactValue,
    Guidance, LiveVariant, Mask, Procedure, ProcedureStep, Provider, Step,
};
use crate::yaml::{Id, Placed};

/// What the component `step` leaves open on the guide.
const END_OF_STEP: &str = "</p></li>\n";

impl<'b> Renderer<'b> {
    pub(super) fn source_view(
        &self,
        provider: &'b Provider,
        id: Option<&Placed<Id>>,
    ) -> Option<SourceView<'b>> {
        self.book.source(provider, id?.as_str()).map(source_view)
    }

    /// The phases with their steps, for the guide (`web`) or a sheet; sources that steps cite go to `cited`.
    pub(super) fn phases(
        &self,
        web: bool,
        provider: &'b Provider,
        procedure: &'b Procedure,
        cited: &mut Cited<'b>,
    ) -> tera::TeraResult<Vec<PhaseView<'b>>> {
        let body: &'b Body = &procedure.body;
        let editions = self.book.edition_of(provider, procedure);
        let mut phases: Vec<PhaseView<'b>> = body
            .phases
            .iter()
            .map(|phase| PhaseView {
                id: phase.id.as_str(),
                title: text(phase.title.as_ref()).unwrap_or_default(),
                note: text(phase.note.as_ref()),
                range: None,
                html: String::new(),
                steps: Vec::new(),
            })
            .collect();
        for (at, (step, edition)) in body.steps.iter().zip(&editions.steps).enumerate() {
            let view = self.step(provider, body, at, *edition);
            cited.step(&view);
            let phase = &mut phases[step.phase];
            phase.range = Some((phase.range.map_or(view.number, |it| it.0), view.number));
            phase.steps.push(StepLine {
                id: view.id,
                number: view.number,
                action: view.action,
                expect: view.expect,
                irreversible: view.irreversible,
            });
            let id = view.id;
            let part = StepPart { step: view, web };
            let html = self.fragments.steps.render(&self.tera, "step", part)?;
            phase.html.push_str(&html);
            if web {
                let subject = format!("{}/{id}", provider.subject(procedure));
                phase
                    .html
                    .push_str(&self.end_of_step(&subject, editions.whole)?);
            }
        }
        Ok(phases)
    }

    /// The end of a step on the guide: where to report that it is wrong. It names the provider's edition, so that it is
    /// no part of the step which all share.
    fn end_of_step(&self, subject: &str, edition: Edition) -> tera::TeraResult<Cow<'static, str>> {
        let site = self.book.site.as_ref();
        let Some(feedback) = site.and_then(|site| site.feedback.as_ref()) else {
            return Ok(END_OF_STEP.into());
        };
        let address = feedback.replace("{step}", subject);
        let mut context = tera::Context::new();
        context.insert(
            "address",
            &address.replace("{edition}", &edition.to_string()),
        );
        let link = self
            .tera
            .render_component("feedback", &context, None, true)?;
        Ok(format!("{link}{END_OF_STEP}").into())
    }

    fn step(
        &self,
        provider: &'b Provider,
        body: &'b Body,
        at: usize,
        edition: Edition,
    ) -> StepView<'b> {
        let ProcedureStep { step, shown, .. } = &body.steps[at];
        let step: &'b Step = step;
        let needs = self.book.needs_of(&body.steps[at]);
        let notices = body.notices.iter().filter(|notice| {
            notice
                .before
                .as_ref()
                .is_some_and(|before| before.value == step.id.value)
        });
        let mut view = StepView {
            id: step.id.as_str(),
            number: at + 1,
            action: text(step.action.as_ref()).unwrap_or_default(),
            expect: text(step.expect.as_ref()).unwrap_or_default(),
            edition,
            when: self.when(body, [shown.clone()]),
            condition: self.condition_view(body, step.when.as_ref()),
            in_case: text(step.in_case.as_ref()),
            then: step.then.as_ref().map(|then| jump(body, then)),
            caution: text(step.caution.as_ref()),
            irreversible: step.is_irreversible(),
            guidance: self.guidance_html(provider, step.guidance.as_ref()),
            point_of_no_return: point_of_no_return(body, at),
            needs: needs
                .map(|material| NeedView {
                    title: &material.title,
                    condition: self.condition_view(body, material.when.as_ref()),
                })
                .collect(),
            channels: self.channels(provider, step.via.as_ref()),
            record: records(step.record.as_ref()),
            if_not: step
                .if_not
                .iter()
                .flat_map(|cases| &cases.value)
                .map(|case| IfNotView {
                    case: &case.case,
                    remedy: &case.r#do,
                    go: case.go.as_ref().map(|go| jump(body, go)),
                })
                .collect(),
            ui_label: text(step.ui_label.as_ref()),
            undo: text(step.undo.as_ref()).filter(|undo| *undo != "irreversible"),
            wait: step
                .wait
                .as_ref()
                .and_then(|wait| say::time(&self.words, &wait.span())),
            wait_source: step
                .wait
                .as_ref()
                .and_then(|wait| self.source_view(provider, wait.evidence.as_ref())),
            cost: text(step.cost.as_ref()),
            source: self.source_view(provider, step.evidence.as_ref()),
            variants: Vec::new(),
            notices_first: body.notices.iter().any(|notice| notice.before.is_none()),
            recalled: recalled(body, at),
            notices: notices
                .map(|notice| self.notice(provider, notice))
                .collect(),
        };
        for variant in self.book.variants_of(body, &body.steps[at]) {
            let always = variant.always;
            let variant = self.variant(provider, body, &variant);
            if always && view.variants.is_empty() {
                variant.take_place(&mut view);
            } else {
                view.variants.push(variant);
            }
        }
        view
    }

    fn variant(
        &self,
        provider: &'b Provider,
        body: &'b Body,
        live: &LiveVariant<'b>,
    ) -> VariantView<'b> {
        let variant = live.variant;
        let condition = self.condition(body, &variant.when);
        let when = self.when(body, [live.when.clone()]);
        VariantView {
            condition: condition.unwrap_or_else(|| self.words.get("otherwise").to_owned()),
            when: when.filter(|_| !live.always),
            action: text(variant.action.as_ref()),
            expect: text(variant.expect.as_ref()),
            caution: text(variant.caution.as_ref()),
            guidance: self.guidance_html(provider, variant.guidance.as_ref()),
            channels: self.channels(provider, variant.via.as_ref()),
            record: records(variant.record.as_ref()),
        }
    }

    pub(super) fn notice(
        &self,
        provider: &'b Provider,
        notice: &'b crate::model::Notice,
    ) -> NoticeView<'b> {
        NoticeView {
            id: notice.id.as_str(),
            text: &notice.text,
            paper: notice.paper.as_ref().is_some_and(|paper| paper.value),
            source: self.source_view(provider, notice.evidence.as_ref()),
        }
    }

    /// The packing list: what shown steps need, in the order of `materials.yaml`.
    pub(super) fn materials(&self, body: &'b Body) -> Vec<MaterialView<'b>> {
        let materials = self
            .book
            .packing_list(body)
            .into_iter()
            .map(|material| MaterialView {
                title: &material.title,
                condition: self.condition_view(body, material.when.as_ref()),
                when: self.when(body, self.book.needed_for(body, material)),
                note: text(material.note.as_ref()),
                original: material
                    .original
                    .as_ref()
                    .is_some_and(|original| original.value),
                copies: material.copies.as_ref().map(|copies| copies.value),
            });
        materials.collect()
    }

    /// Boxes of answers for the page's script, as in [`StepView::when`]: choices that are not asked here, and those that
    /// a box leaves open, are not named.
    fn when(&self, body: &Body, boxes: impl IntoIterator<Item = Answers>) -> Option<String> {
        let mut whens: Vec<String> = Vec::new();
        for answers in boxes {
            let when = self.box_for_script(body, &answers);
            if when.is_empty() {
                return None;
            }
            if !whens.contains(&when) {
                whens.push(when);
            }
        }
        (!whens.is_empty()).then(|| whens.join("|"))
    }

    fn box_for_script(&self, body: &Body, answers: &Answers) -> String {
        let asked = self.book.asked_of(body, answers);
        let keys = asked.map(|(choice, options)| {
            let ids = choice.picked(options).map(|option| option.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(",");
            format!("{}:{ids}", choice.id.value)
        });
        keys.collect::<Vec<_>>().join(" ")
    }

    fn condition_view(&self, body: &Body, condition: Option<&Condition>) -> Option<ConditionView> {
        let condition = condition?;
        Some(ConditionView {
            words: self.condition(body, condition)?,
            when: self.when(body, [self.book.choices.answers(condition)]),
        })
    }

    /// A condition in the reader's words; absent where it leaves nothing out here.
    pub(super) fn condition(&self, body: &Body, condition: &Condition) -> Option<String> {
        self.answers_in_words(body, &self.book.choices.answers(condition))
    }

    /// Answers in the reader's words; absent where they leave nothing out here.
    pub(super) fn answers_in_words(&self, body: &Body, answers: &Answers) -> Option<String> {
        say::answers(self.book, &self.words, body, answers)
    }

    pub(super) fn facts(&self, provider: &'b Provider, body: &'b Body) -> Vec<FactView<'b>> {
        let standard = self.book.standard_of(body);
        let facts = body.facts.iter().filter_map(|(id, fact)| {
            let title = standard?
                .facts
                .iter()
                .find(|required| required.id.value == id.value)?;
            Some(self.fact(provider, id, &title.title, fact))
        });
        facts.collect()
    }

    fn fact(
        &self,
        provider: &'b Provider,
        id: &'b Id,
        title: &'b str,
        fact: &'b Fact,
    ) -> FactView<'b> {
        let (value, source) = match fact {
            Fact::Unknown(_) => (None, None),
            Fact::Known {
                value, evidence, ..
            } => {
                let value = match value {
                    FactValue::Text(text) => Some(Cow::Borrowed(&*text.value)),
                    FactValue::Time(time) => say::time(&self.words, time).map(Cow::Owned),
                };
                (value, self.source_view(provider, evidence.as_ref()))
            }
        };
        FactView {
            id: id.as_str(),
            title,
            value,
            source,
        }
    }

    pub(super) fn channel(&self, provider: &'b Provider, channel: &'b Channel) -> ChannelView<'b> {
        let value = text(channel.value.as_ref());
        ChannelView {
            label: &channel.label,
            kind: channel.kind.as_str(),
            value,
            href: value.and_then(|value| href(channel.kind.value, value)),
            hours: text(channel.hours.as_ref()),
            source: self.source_view(provider, channel.evidence.as_ref()),
        }
    }

    fn channels(
        &self,
        provider: &'b Provider,
        via: Option<&'b Placed<Vec<Placed<Id>>>>,
    ) -> Vec<ChannelView<'b>> {
        provider
            .via(via)
            .into_iter()
            .map(|channel| self.channel(provider, channel))
            .collect()
    }

    pub(super) fn guidance_html(
        &self,
        provider: &'b Provider,
        id: Option<&Placed<Id>>,
    ) -> Option<&'b str> {
        let guidance: &Guidance = self.book.guidance(provider, id?.as_str())?;
        Some(self.guidance.get(guidance))
    }
}

pub(super) fn source_view(source: &EvidenceSource) -> SourceView<'_> {
    let date =
        |date: &Option<Placed<crate::yaml::Date>>| date.as_ref().map(|date| date.value.to_string());
    SourceView {
        title: &source.title,
        url: source.url.as_str(),
        host: source.url.host(),
        dated: date(&source.dated),
        in_force: date(&source.in_force),
        checked: source.checked.value.to_string(),
        checked_on: source.checked.value,
    }
}

fn records(records: Option<&Placed<Vec<crate::model::Record>>>) -> Vec<RecordView<'_>> {
    let records = records
        .into_iter()
        .flat_map(|records| &records.value)
        .map(|record| RecordView {
            label: &record.label,
            last_four: record
                .mask
                .as_ref()
                .is_some_and(|mask| mask.value == Mask::Last4),
        });
    records.collect()
}

/// What is vital of the notices before the step at `at`, but for its own.
fn recalled(body: &Body, at: usize) -> Vec<&str> {
    let vital = body
        .notices
        .iter()
        .filter(|notice| notice.paper.as_ref().is_some_and(|paper| paper.value));
    let earlier = vital.filter(|notice| {
        let before = notice.before.as_ref();
        before.is_none_or(|id| body.position(id.as_str()).is_some_and(|before| before < at))
    });
    earlier.map(|notice| &*notice.text.value).collect()
}

/// The first step that cannot be undone, unless it is the one at `at`.
fn point_of_no_return(body: &Body, at: usize) -> Option<JumpView<'_>> {
    let point = body
        .steps
        .iter()
        .position(|step| step.step.is_irreversible())?;
    (point != at).then(|| jump(body, &body.steps[point].step.id))
}

fn jump<'b>(body: &'b Body, id: &'b Id) -> JumpView<'b> {
    let at = body.position(id.as_str());
    let action = at.and_then(|at| text(body.steps[at].step.action.as_ref()));
    JumpView {
        id: id.as_str(),
        number: at.map(|at| at + 1),
        action: action.unwrap_or_default(),
    }
}

/// What a tap on a channel opens.
fn href(kind: ChannelKind, value: &str) -> Option<String> {
    match kind {
        ChannelKind::Phone => {
            let number: String = value
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            (!number.is_empty()).then(|| format!("tel:{number}"))
        }
        ChannelKind::Email => Some(format!("mailto:{value}")),
        _ => value
            .parse::<crate::yaml::Url>()
            .is_ok()
            .then(|| value.to_owned()),
    }
}
