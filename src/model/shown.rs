//! What the readers of a procedure see for which answers, narrowed to what they are asked.

use std::sync::Arc;

use super::{Answers, Body, Book, Choice, Material, Procedure, ProcedureStep, Provider, Variant};

/// A variant of a step that some answer shows.
#[derive(Debug)]
pub struct LiveVariant<'a> {
    /// The variant.
    pub variant: &'a Variant,
    /// The answers for which it holds, among those that exist here.
    pub when: Answers,
    /// Whether it holds whenever the step is shown and no earlier variant holds.
    pub always: bool,
}

impl Book {
    /// What a box says to the readers of a procedure: the choices that they are asked and that it does not leave open,
    /// each with its options that exist here.
    pub fn asked_of(&self, body: &Body, answers: &Answers) -> impl Iterator<Item = (&Choice, u64)> {
        body.asked.iter().filter_map(move |number| {
            let domain = body.domain.options(*number).unwrap_or(u64::MAX);
            let options = answers.options(*number)?;
            (domain & !options != 0).then(|| (self.choices.get(*number), options & domain))
        })
    }

    /// The materials that a step needs. One that no answer for which the step is shown calls for is left out in silence.
    pub fn needs_of<'a>(
        &'a self,
        step: &'a ProcedureStep,
    ) -> impl Iterator<Item = &'a Material> + 'a {
        let needs = step.step.needs().iter();
        needs
            .filter_map(|id| self.material(id.as_str()))
            .filter(|material| !self.material_answers(material).is_disjoint(&step.shown))
    }

    /// The variants of a step that some answer shows. The first that holds counts: none comes after one that always
    /// does.
    pub fn variants_of<'a>(&self, body: &Body, step: &'a ProcedureStep) -> Vec<LiveVariant<'a>> {
        let mut live: Vec<LiveVariant<'a>> = Vec::new();
        let variants = step.step.variants.iter();
        for variant in variants.flat_map(|variants| &variants.value) {
            let when = self.choices.answers(&variant.when).and(&body.domain);
            if when.is_disjoint(&step.shown) {
                continue;
            }
            let shown = step.shown.and(&body.domain);
            let always = shown.is_within(&when, &body.domain);
            live.push(LiveVariant {
                variant,
                when,
                always,
            });
            if always {
                break;
            }
        }
        live
    }

    /// A procedure as it is for a reader with these answers: what they settle is asked no more and is no condition.
    /// Numbers and editions are those of the whole; a step that is not for this reader is shown for no answer.
    #[must_use]
    pub fn narrowed(
        &self,
        provider: &Provider,
        procedure: &Procedure,
        answers: &Answers,
    ) -> Procedure {
        // Hashed before it is copied: the copy must not be hashed by what is left of it.
        self.edition_of(provider, procedure);
        let mut body = procedure.body.as_ref().clone();
        body.domain = body.domain.and(answers);
        body.journeys = body.journeys.and(answers);
        for step in &mut body.steps {
            step.shown = step.shown.and(answers);
        }
        let open = |domain: &Answers, choice| {
            let options = domain.options(choice);
            options.is_some_and(|options| options.count_ones() > 1)
        };
        body.asked.retain(|choice| open(&body.domain, *choice));
        Procedure {
            body: Arc::new(body),
            ..procedure.clone()
        }
    }
}
