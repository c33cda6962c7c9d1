//! Every place of the book that speaks of something, for the rules about references.

use super::Context;
use crate::diagnostic::At;
use crate::model::{Condition, Fact, Procedure, Provider, Standard, Step};
use crate::yaml::{Id, Placed};

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
    for (_, procedure) in book.procedures() {
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
}

/// Every evidence that is named, with the provider whose sources count.
pub(super) fn evidence<'a>(context: &Context<'a>) -> Vec<Evidence<'a>> {
    let mut named = Vec::new();
    for provider in &context.book.providers {
        let mut add = |source: Option<&'a Placed<Id>>| {
            named.extend(source.map(|source| Evidence { source, provider }));
        };
        if let Some(document) = &provider.document {
            add(document
                .legal_name
                .as_ref()
                .and_then(|name| name.evidence.as_ref()));
            document
                .domains
                .iter()
                .for_each(|domain| add(domain.evidence.as_ref()));
            document
                .channels
                .iter()
                .for_each(|channel| add(channel.evidence.as_ref()));
        }
        for procedure in &provider.procedures {
            procedure_evidence(procedure, &mut add);
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

/// Where a missing step is reported: at the `drop` or `only` that took away what would have covered it, or at the
/// steps of the file that should have said it.
pub(super) fn absence(
    context_body: &crate::model::Body,
    standard: &Standard,
    requirement: &str,
) -> At {
    let removed = context_body
        .removed
        .iter()
        .find(|(step, _)| step.covers(standard, requirement));
    removed.map_or(context_body.places.steps, |(_, at)| *at)
}
