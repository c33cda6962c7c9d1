//! A procedure with its provider -> its guide.

use std::borrow::Cow;

use super::make_step::{text, time};
use super::{
    Background, Cards, Choice, ChoiceOption, Fact, Guide, Material, Notice, Phase, Provider,
    Question, Retired, Review, Schema, Source, Step, StepThen, Stop, say,
};
use crate::model::{self, Address, Body, FactValue, Procedure, Status};

impl Cards<'_> {
    /// The guide of a procedure.
    pub fn guide<'s>(
        &'s self,
        provider: &'s model::Provider,
        procedure: &'s Procedure,
    ) -> Guide<'s> {
        let body = procedure.body.as_ref();
        let address = Address::guide(&provider.id, &procedure.id);
        let permalink = self.url(&address);
        let early = body.notices.iter().filter(|notice| notice.before.is_none());
        let (steps, steps_then) = match procedure.status {
            Status::Retired => (Vec::new(), steps_then(body)),
            _ => (self.steps(provider, procedure, &permalink), Vec::new()),
        };
        let mut guide = Guide {
            schema: format!(
                "{}{}{}",
                address.to_base(),
                self.book.to_site(),
                Schema::Guide.address()
            ),
            checklist: self.url(&Address::checklist(&provider.id, &procedure.id)),
            language: self.book.language(),
            provider: self.provider(provider),
            procedure: procedure.id.as_str(),
            title: text(body.title.as_ref()).unwrap_or_default(),
            summary: text(body.summary.as_ref()).unwrap_or_default(),
            ends: text(body.ends.as_ref()).unwrap_or_default(),
            leaves: text(body.leaves.as_ref()).unwrap_or_default(),
            standard: body.standard.as_ref().map(|standard| standard.as_str()),
            status: procedure.status.as_str(),
            outcome: body.outcome.as_ref().map(|outcome| outcome.as_str()),
            mode: body.mode.as_str(),
            edition: self.book.edition_of(provider, procedure).whole,
            reviewed: procedure.reviewed.as_ref().map(|review| Review {
                date: review.date.value.to_string(),
                method: review.method.as_str(),
            }),
            choices: self.choices(provider, body),
            notices: early.map(|it| self.notice(provider, it)).collect(),
            materials: self.materials(body),
            phases: phases(body),
            steps,
            steps_then,
            questions: self.questions(provider, body),
            facts: self.facts(provider, body),
            background: self
                .book
                .background(body)
                .filter_map(|id| {
                    let guidance = self.guidance(provider, Some(id), &permalink)?;
                    let id = id.as_str();
                    Some(Background { id, guidance })
                })
                .collect(),
            sources: Vec::new(),
            retired: procedure
                .retired
                .iter()
                .map(|retired| Retired {
                    id: retired.step.as_str(),
                    date: retired.date.value.to_string(),
                    because: &retired.because,
                    r#use: retired.r#use.as_ref().map(|id| id.as_str()),
                })
                .collect(),
            formerly: procedure
                .formerly
                .iter()
                .map(|path| format!("{}/{}", self.base_url, path.as_str()))
                .collect(),
            permalink,
        };
        guide.sources = cited(&guide);
        guide
    }

    fn steps<'s>(
        &'s self,
        provider: &'s model::Provider,
        procedure: &'s Procedure,
        permalink: &str,
    ) -> Vec<Step<'s>> {
        let editions = self.book.edition_of(provider, procedure).steps.iter();
        let steps = editions.enumerate();
        steps
            .map(|(at, edition)| self.step(provider, procedure, at, *edition, permalink))
            .collect()
    }

    fn provider<'s>(&'s self, provider: &'s model::Provider) -> Provider<'s> {
        let document = provider.document.as_ref();
        let channels = document.iter().flat_map(|it| &it.channels.value);
        let channels = channels.filter(|channel| channel.serves_merchants());
        Provider {
            id: provider.id.as_str(),
            name: document.map_or(provider.id.as_str(), |it| &it.name),
            page: self.url(&Address::provider(&provider.id)),
            channels: channels.map(|it| self.channel(provider, it)).collect(),
        }
    }

    /// The choices that a procedure asks, with the options that exist here.
    fn choices<'s>(&'s self, provider: &'s model::Provider, body: &'s Body) -> Vec<Choice<'s>> {
        let asked = body.asked.iter().map(|number| {
            let choice = self.book.choices.get(*number);
            let options = choice.picked(body.domain.options(*number).unwrap_or(u64::MAX));
            let options = options.map(|option| ChoiceOption {
                id: option.id.as_str(),
                label: &option.label,
                stop: option.stop.as_ref().map(|stop| Stop {
                    text: &stop.text,
                    next: self.next(provider, stop),
                }),
            });
            Choice {
                id: choice.id.as_str(),
                question: &choice.question,
                options: options.collect(),
            }
        });
        asked.collect()
    }

    /// The guide to follow instead, where the provider has it.
    fn next(&self, provider: &model::Provider, stop: &model::Stop) -> Option<String> {
        let next = stop.r#use.as_ref()?;
        let mut procedures = provider.procedures.iter();
        let procedure = procedures.find(|own| own.id == next.value)?;
        let guide = Address::guide(&provider.id, &procedure.id);
        procedure.is_built(self.drafts).then(|| self.url(&guide))
    }

    pub(super) fn notice<'s>(
        &'s self,
        provider: &'s model::Provider,
        notice: &'s model::Notice,
    ) -> Notice<'s> {
        Notice {
            id: notice.id.as_str(),
            text: &notice.text,
            source: self.source(provider, notice.evidence.as_ref()),
        }
    }

    fn materials<'s>(&'s self, body: &'s Body) -> Vec<Material<'s>> {
        let materials = self.book.packing_list(body).into_iter();
        materials
            .map(|material| Material {
                id: material.id.as_str(),
                title: &material.title,
                when: self.condition(body, material.when.as_ref()),
                needed_for: self.needed_for(body, material),
                note: text(material.note.as_ref()),
                original: material.original.as_ref().is_some_and(|it| it.value),
                copies: material.copies.as_ref().map(|copies| copies.value),
            })
            .collect()
    }

    /// The answers for which a shown step needs a material; absent where some step needs it for all answers.
    fn needed_for<'s>(
        &'s self,
        body: &Body,
        material: &model::Material,
    ) -> Option<Vec<super::AnswerBox<'s>>> {
        let mut boxes = Vec::new();
        for answers in self.book.needed_for(body, material) {
            let answers = self.answer_box(body, &answers)?;
            if !boxes.contains(&answers) {
                boxes.push(answers);
            }
        }
        Some(boxes)
    }

    fn questions<'s>(&'s self, provider: &'s model::Provider, body: &'s Body) -> Vec<Question<'s>> {
        let questions = body.questions.iter().map(|question| {
            let fact = question.fact.as_ref().and_then(|fact| {
                let facts = self.facts(provider, body);
                facts.into_iter().find(|it| it.id == fact.as_str())
            });
            Question {
                id: question.id.as_str(),
                question: &question.question,
                answer: text(question.answer.as_ref()),
                fact,
                source: self.source(provider, question.evidence.as_ref()),
            }
        });
        questions.collect()
    }

    fn facts<'s>(&'s self, provider: &'s model::Provider, body: &'s Body) -> Vec<Fact<'s>> {
        let standard = self.book.standard_of(body);
        let facts = body.facts.iter().filter_map(|(id, fact)| {
            let mut asked = standard?.facts.iter();
            let title = &asked.find(|asked| asked.id.value == id.value)?.title;
            Some(self.fact(provider, id.as_str(), title, fact))
        });
        facts.collect()
    }

    fn fact<'s>(
        &'s self,
        provider: &'s model::Provider,
        id: &'s str,
        title: &'s str,
        fact: &'s model::Fact,
    ) -> Fact<'s> {
        let mut card = Fact {
            id,
            title,
            known: false,
            value: None,
            time: None,
            verified: false,
            source: None,
        };
        if let model::Fact::Known {
            value, evidence, ..
        } = fact
        {
            match value {
                FactValue::Text(text) => card.value = Some(Cow::Borrowed(&*text.value)),
                FactValue::Time(span) => {
                    card.value = say::time(&self.words, span).map(Cow::Owned);
                    card.time = time(span);
                }
            }
            card.source = self.source(provider, evidence.as_ref());
            card.known = card.value.is_some();
            card.verified = card.known && card.source.is_some();
        }
        card
    }
}

fn phases(body: &Body) -> Vec<Phase<'_>> {
    let phases = body.phases.iter().enumerate();
    let phases = phases.filter(|(at, _)| body.steps.iter().any(|step| step.phase == *at));
    phases
        .map(|(_, phase)| Phase {
            id: phase.id.as_str(),
            title: text(phase.title.as_ref()).unwrap_or_default(),
            note: text(phase.note.as_ref()),
        })
        .collect()
}

fn steps_then(body: &Body) -> Vec<StepThen<'_>> {
    let steps = body.steps.iter().zip(1..);
    steps
        .map(|(step, number)| StepThen {
            id: step.step.id.as_str(),
            number,
            action: text(step.step.action.as_ref()).unwrap_or_default(),
        })
        .collect()
}

/// The sources that a guide cites, each once, in the order of the page.
fn cited<'a>(guide: &Guide<'a>) -> Vec<Source<'a>> {
    let notices = guide.notices.iter().map(|notice| &notice.source);
    let facts = guide.facts.iter().map(|fact| &fact.source);
    let steps = guide.steps.iter().flat_map(|step| {
        let notices = step.notices.iter().map(|notice| &notice.source);
        let of_variants = step.variants.iter().flat_map(|variant| &variant.channels);
        let channels = step.channels.iter().chain(of_variants);
        let channels = channels.map(|channel| &channel.source);
        let wait = step.wait.iter().map(|wait| &wait.source);
        notices.chain(channels).chain([&step.source]).chain(wait)
    });
    let questions = guide.questions.iter().map(|question| &question.source);
    let all = notices.chain(facts).chain(steps).chain(questions);
    let mut cited: Vec<Source<'a>> = Vec::new();
    for source in all.flatten() {
        if !cited.contains(source) {
            cited.push(source.clone());
        }
    }
    cited
}
