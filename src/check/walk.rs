//! Every place of the book that speaks of something, for the rules about references.

use std::collections::BTreeSet;

use super::{Context, Group};
use crate::diagnostic::At;
use crate::model::{
    Channel, Condition, Fact, Procedure, Provider, ProviderDocument, Standard, Step,
};
use crate::yaml::{Id, Placed, Text};

/// Every condition, with the procedures it belongs to: none where its place says it all.
pub(super) fn conditions<'a>(context: &Context<'a>) -> Vec<&'a Condition> {
    let book = context.book;
    let mut conditions: Vec<&Condition> = Vec::new();
    conditions.extend(
        book.materials
            .iter()
            .flatten()
            .filter_map(|material| material.when.as_ref()),
    );
    for standard in book.standards.values().flatten() {
        conditions.extend(&standard.offers);
        conditions.extend(
            standard
                .steps
                .iter()
                .filter_map(|requirement| requirement.when.as_ref()),
        );
    }
    for group in &context.bodies {
        for step in group.body.steps.iter().map(|step| step.step.as_ref()) {
            conditions.extend(&step.when);
            conditions.extend(
                step.variants
                    .iter()
                    .flat_map(|variants| &variants.value)
                    .map(|variant| &variant.when),
            );
        }
    }
    for (_, procedure) in context.procedures() {
        conditions.extend(procedure.only.as_ref().map(|only| &only.answers));
    }
    conditions
}

/// Every requirement that is named: by steps, waivers, and the laws of its own standard; with the standard.
pub(super) fn requirements<'a>(context: &Context<'a>) -> Vec<(&'a Placed<Id>, &'a Standard)> {
    let mut named: Vec<(&Placed<Id>, &Standard)> = Vec::new();
    for standard in context.book.standards.values().flatten() {
        for requirement in &standard.steps.value {
            named.extend(
                requirement
                    .before
                    .iter()
                    .chain(&requirement.after)
                    .map(|id| (id, standard)),
            );
        }
        named.extend(
            standard
                .notices
                .iter()
                .filter_map(|notice| Some((notice.before.as_ref()?, standard))),
        );
    }
    for group in &context.bodies {
        let Some(standard) = group.standard else {
            continue;
        };
        for step in &group.body.steps {
            named.extend(
                step.step
                    .covers
                    .iter()
                    .flat_map(|covers| &covers.value)
                    .map(|id| (id, standard)),
            );
        }
        for waiver in group
            .procedures
            .iter()
            .flat_map(|(_, procedure)| &procedure.waives)
        {
            named.extend(
                waiver
                    .order
                    .iter()
                    .flat_map(|order| &order.value)
                    .map(|id| (id, standard)),
            );
        }
    }
    named
}

/// A place that points at evidence.
pub(super) struct Evidence<'a> {
    pub(super) source: &'a Placed<Id>,
    pub(super) provider: &'a Provider,
    /// The procedure that says it.
    pub(super) procedure: Option<&'a Procedure>,
}

/// Every evidence that is named, with the provider whose sources count.
pub(super) fn evidence<'a>(context: &Context<'a>) -> Vec<Evidence<'a>> {
    let mut named = Vec::new();
    for provider in &context.providers {
        if let Some(document) = &provider.document {
            let name = document
                .legal_name
                .iter()
                .filter_map(|name| name.evidence.as_ref());
            let domains = document
                .domains
                .iter()
                .filter_map(|domain| domain.evidence.as_ref());
            let channels = document
                .channels
                .iter()
                .filter_map(|channel| channel.evidence.as_ref());
            let sources = name.chain(domains).chain(channels);
            named.extend(sources.map(|source| Evidence {
                source,
                provider,
                procedure: None,
            }));
        }
        for procedure in &provider.procedures {
            procedure_evidence(procedure, &mut |source: Option<&'a Placed<Id>>| {
                let evidence = |source| Evidence {
                    source,
                    provider,
                    procedure: Some(procedure),
                };
                named.extend(source.map(evidence));
            });
        }
    }
    named
}

fn procedure_evidence<'a>(procedure: &'a Procedure, add: &mut impl FnMut(Option<&'a Placed<Id>>)) {
    let body = &procedure.body;
    for step in body.steps.iter().map(|step| step.step.as_ref()) {
        add(step.evidence.as_ref());
        add(step.wait.as_ref().and_then(|wait| wait.evidence.as_ref()));
    }
    body.notices
        .iter()
        .for_each(|notice| add(notice.evidence.as_ref()));
    body.questions
        .iter()
        .for_each(|question| add(question.evidence.as_ref()));
    for (_, fact) in &body.facts {
        if let Fact::Known { evidence, .. } = fact {
            add(evidence.as_ref());
        }
    }
    add(procedure
        .only
        .as_ref()
        .and_then(|only| only.evidence.as_ref()));
    procedure
        .waives
        .iter()
        .for_each(|waiver| add(waiver.evidence.as_ref()));
}

/// The guidance that a step names, that of its variants included.
pub(super) fn step_guidance(step: &Step) -> impl Iterator<Item = &Placed<Id>> {
    let variants = step.variants.iter().flat_map(|variants| &variants.value);
    step.guidance
        .iter()
        .chain(variants.filter_map(|variant| variant.guidance.as_ref()))
}

/// The channels that a step names, each list with those of its variants.
pub(super) fn step_channels(step: &Step) -> impl Iterator<Item = &Placed<Vec<Placed<Id>>>> {
    let variants = step.variants.iter().flat_map(|variants| &variants.value);
    step.via
        .iter()
        .chain(variants.filter_map(|variant| variant.via.as_ref()))
}

/// Where a missing step is reported: at the `drop`, `only` or `covers` that took away what would have covered it, or at
/// the steps of the file that should have said it.
pub(super) fn absence(group: &Group<'_>, standard: &Standard, requirement: &str) -> At {
    let removed = group
        .body
        .removed
        .iter()
        .find(|(step, _)| step.covers(standard, requirement));
    let emptied = || {
        let named = group
            .body
            .steps
            .iter()
            .find(|step| step.step.id.as_str() == requirement)?;
        let covers = named.step.covers.as_ref()?;
        (Some(covers.at.file) == group.own_file()).then_some(covers.at)
    };
    removed
        .map(|(_, at)| *at)
        .or_else(emptied)
        .unwrap_or(group.body.places.steps)
}

/// Where a missing material is reported: at the `drop`, `only` or `needs` that took it away, or at the steps.
pub(super) fn material_absence(group: &Group<'_>, material: &str) -> At {
    let needs = |step: &Step| step.needs().iter().any(|need| need.as_str() == material);
    let removed = group
        .body
        .removed
        .iter()
        .find(|(step, _)| needs(step))
        .map(|(_, at)| *at);
    let emptied = || {
        let needs = group
            .body
            .steps
            .iter()
            .filter_map(|step| step.step.needs.as_ref());
        let mut own = needs.filter(|needs| {
            !group.body.steps.is_empty() && Some(needs.at.file) == group.own_file()
        });
        own.next().map(|needs| needs.at)
    };
    removed.or_else(emptied).unwrap_or(group.body.places.steps)
}

/// The part of a step that its own procedure's file says, if it says any: its place, what it covers, for whom it is.
pub(super) fn own_part(step: &Step, file: Option<u32>) -> Option<At> {
    let places = [
        step.place.as_ref().map(|place| place.at),
        step.covers.as_ref().map(|covers| covers.at),
        step.when.as_ref().map(|when| when.at),
        Some(step.id.at),
    ];
    places
        .into_iter()
        .flatten()
        .find(|at| Some(at.file) == file)
}

/// The names of all guidance that a body shows: what its steps name, and what its standard asks for.
pub(super) fn guidance_names<'a>(group: &Group<'a>) -> BTreeSet<&'a str> {
    let named = group
        .body
        .steps
        .iter()
        .flat_map(|step| step_guidance(&step.step));
    let required = group
        .standard
        .into_iter()
        .flat_map(|standard| &standard.guidance);
    named.chain(required).map(|id| id.as_str()).collect()
}

/// Every material that a step needs.
pub(super) fn needs<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Placed<Id>> {
    let steps = context.bodies.iter().flat_map(|group| &group.body.steps);
    steps.flat_map(|step| step.step.needs())
}

/// Every provider whose file could be read, with each standard that a procedure of it holds to.
pub(super) fn providers<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (&'a Provider, &'a ProviderDocument, &'a Standard)> {
    let book = context.book;
    let providers = context.providers.iter().copied();
    providers.flat_map(move |provider| {
        let procedures = provider.procedures.iter();
        let standards = procedures.filter_map(|procedure| book.standard_of(&procedure.body));
        let document = provider.document.as_deref();
        standards.filter_map(move |standard| Some((provider, document?, standard)))
    })
}

/// Every channel of every provider whose file could be read, with its value, if that is given.
pub(super) fn contacts<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Channel, &'a Text)> {
    let documents = context
        .providers
        .iter()
        .filter_map(|provider| provider.document.as_ref());
    let channels = documents.flat_map(|document| &document.channels.value);
    channels.filter_map(|channel| Some((channel, channel.value.as_ref()?)))
}
