//! Every text of the book that a reader sees, with what it is: walked once, for all rules about words.

use std::collections::HashSet;
use std::sync::Arc;

use super::Context;
use crate::diagnostic::At;
use crate::model::{
    Body, Book, EvidenceSource, Fact, FactValue, Procedure, ProviderDocument, Record, Standard,
    Step,
};
use crate::yaml::{Placed, Text};

/// A text that a reader sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReaderText<'a> {
    /// The field that holds it.
    pub(super) field: &'static str,
    /// What it belongs to, such as `step`, with its id; none for a procedure's or a site's own.
    pub(super) owner: Option<(&'static str, &'a str)>,
    /// Whether it stands in a procedure, where people read while they act.
    pub(super) in_procedure: bool,
    /// Where it stands.
    pub(super) at: At,
    /// What it says.
    pub(super) text: &'a str,
}

impl ReaderText<'_> {
    /// What it is, in the words of a message.
    pub(super) fn what(&self) -> String {
        match self.owner {
            Some((kind, id)) => format!("`{}` of {kind} `{id}`", self.field),
            None => format!("`{}`", self.field),
        }
    }

    /// Whether it is a field of a step or of a variant of one.
    pub(super) fn is_of_step(&self, field: &str) -> bool {
        self.field == field && self.owner.is_some_and(|(kind, _)| kind == "step")
    }
}

/// Goes through texts.
struct Walk<'a, 'w> {
    found: &'w mut dyn FnMut(ReaderText<'a>),
    in_procedure: bool,
}

type Owner<'a> = Option<(&'static str, &'a str)>;

impl<'a> Walk<'a, '_> {
    fn add(&mut self, owner: Owner<'a>, field: &'static str, text: impl Into<Option<&'a Text>>) {
        if let Some(text) = text.into() {
            (self.found)(ReaderText {
                field,
                owner,
                in_procedure: self.in_procedure,
                at: text.at,
                text: &text.value,
            });
        }
    }

    fn records(&mut self, owner: Owner<'a>, records: Option<&'a Placed<Vec<Record>>>) {
        for record in records.into_iter().flat_map(|records| &records.value) {
            self.add(owner, "record", &record.label);
        }
    }

    fn sources(&mut self, sources: impl IntoIterator<Item = &'a EvidenceSource>) {
        for source in sources {
            self.add(Some(("source", source.id.as_str())), "title", &source.title);
        }
    }
}

/// Every text in scope that a reader sees, each once, however many procedures share it.
pub(super) fn all<'a>(context: &Context<'a>) -> Vec<ReaderText<'a>> {
    let book = context.book;
    let mut texts = Vec::new();
    let mut seen = HashSet::new();
    let mut found = |text: ReaderText<'a>| {
        if seen.insert(text.at) {
            texts.push(text);
        }
    };
    let mut procedures = Walk {
        found: &mut found,
        in_procedure: true,
    };
    choices(book, &mut procedures);
    // What a provider changes is a copy; all that it inherits is the same step.
    let mut steps: HashSet<*const Step> = HashSet::new();
    for body in context.bodies.iter().map(|group| group.body) {
        around_phases(body, &mut procedures);
        for step in body.steps.iter().map(|step| &step.step) {
            if steps.insert(Arc::as_ptr(step)) {
                step_texts(step, &mut procedures);
                let owner = Some(("step", step.id.as_str()));
                for alias in step.aliases.iter().flat_map(|aliases| &aliases.value) {
                    procedures.add(owner, "aliases", alias);
                }
            }
        }
        around_steps(body, &mut procedures);
    }
    let mut others = Walk {
        found: &mut found,
        in_procedure: false,
    };
    others.sources(book.sources.iter().flatten());
    for standard in book.standards.values().flatten() {
        of_standard(standard, &mut others);
    }
    for provider in &context.providers {
        if let Some(document) = &provider.document {
            of_provider(document, &mut others);
        }
        for procedure in &provider.procedures {
            reasons(procedure, &mut others);
        }
    }
    texts
}

fn choices<'a>(book: &'a Book, walk: &mut Walk<'a, '_>) {
    walk.add(None, "title", book.site.as_ref().map(|site| &site.title));
    for choice in &book.choices.0 {
        let owner = Some(("choice", choice.id.as_str()));
        walk.add(owner, "question", &choice.question);
        for option in &choice.options.value {
            let owner = Some(("option", option.id.as_str()));
            walk.add(owner, "label", &option.label);
            walk.add(owner, "text", option.stop.as_ref().map(|stop| &stop.text));
        }
    }
    for material in book.materials.iter().flatten() {
        let owner = Some(("material", material.id.as_str()));
        walk.add(owner, "title", &material.title);
        walk.add(owner, "note", material.note.as_ref());
    }
}

fn around_phases<'a>(body: &'a Body, walk: &mut Walk<'a, '_>) {
    for (field, text) in [
        ("title", &body.title),
        ("summary", &body.summary),
        ("ends", &body.ends),
        ("leaves", &body.leaves),
    ] {
        walk.add(None, field, text.as_ref());
    }
    for phase in &body.phases {
        let owner = Some(("phase", phase.id.as_str()));
        walk.add(owner, "title", phase.title.as_ref());
        walk.add(owner, "note", phase.note.as_ref());
    }
}

/// The texts of a step and of its variants.
pub(super) fn of_step(step: &Step) -> Vec<ReaderText<'_>> {
    collected(|walk| step_texts(step, walk))
}

/// Goes through the texts of a procedure that belong to no step.
pub(super) fn of_rest<'a>(body: &'a Body, found: &mut dyn FnMut(ReaderText<'a>)) {
    let mut walk = Walk {
        found,
        in_procedure: true,
    };
    around_phases(body, &mut walk);
    around_steps(body, &mut walk);
}

/// The texts of a provider's own file.
pub(super) fn of_document(document: &ProviderDocument) -> Vec<ReaderText<'_>> {
    collected(|walk| of_provider(document, walk))
}

fn collected<'a>(walk: impl FnOnce(&mut Walk<'a, '_>)) -> Vec<ReaderText<'a>> {
    let mut texts = Vec::new();
    walk(&mut Walk {
        found: &mut |text| texts.push(text),
        in_procedure: true,
    });
    texts
}

fn step_texts<'a>(step: &'a Step, walk: &mut Walk<'a, '_>) {
    let owner = Some(("step", step.id.as_str()));
    for (field, text) in [
        ("action", &step.action),
        ("expect", &step.expect),
        ("in_case", &step.in_case),
        ("actor", &step.actor),
        ("caution", &step.caution),
        ("ui_label", &step.ui_label),
        ("undo", &step.undo),
        ("cost", &step.cost),
    ] {
        walk.add(owner, field, text.as_ref());
    }
    walk.records(owner, step.record.as_ref());
    for case in step.if_not.iter().flat_map(|cases| &cases.value) {
        walk.add(owner, "case", &case.case);
        walk.add(owner, "do", &case.r#do);
    }
    for variant in step.variants.iter().flat_map(|variants| &variants.value) {
        for (field, text) in [
            ("action", &variant.action),
            ("expect", &variant.expect),
            ("caution", &variant.caution),
        ] {
            walk.add(owner, field, text.as_ref());
        }
        walk.records(owner, variant.record.as_ref());
    }
}

fn around_steps<'a>(body: &'a Body, walk: &mut Walk<'a, '_>) {
    for notice in &body.notices {
        walk.add(Some(("notice", notice.id.as_str())), "text", &notice.text);
    }
    for question in &body.questions {
        let owner = Some(("question", question.id.as_str()));
        walk.add(owner, "question", &question.question);
        walk.add(owner, "answer", question.answer.as_ref());
    }
    for (id, fact) in &body.facts {
        if let Fact::Known {
            value: FactValue::Text(text),
            ..
        } = fact
        {
            walk.add(Some(("fact", id.as_str())), "value", text);
        }
    }
}

fn of_standard<'a>(standard: &'a Standard, walk: &mut Walk<'a, '_>) {
    walk.add(None, "title", &standard.title);
    for requirement in &standard.steps.value {
        let owner = Some(("requirement", requirement.id.as_str()));
        walk.add(owner, "title", &requirement.title);
        walk.add(owner, "because", &requirement.because);
    }
    for fact in &standard.facts {
        walk.add(Some(("fact", fact.id.as_str())), "title", &fact.title);
    }
}

fn of_provider<'a>(document: &'a ProviderDocument, walk: &mut Walk<'a, '_>) {
    walk.add(None, "name", &document.name);
    let legal = document.legal_name.as_ref().map(|name| &name.value);
    walk.add(None, "legal_name", legal);
    for alias in &document.aliases {
        walk.add(None, "aliases", alias);
    }
    walk.sources(&document.sources);
    for channel in &document.channels.value {
        let owner = Some(("channel", channel.id.as_str()));
        walk.add(owner, "label", &channel.label);
        walk.add(owner, "value", channel.value.as_ref());
        walk.add(owner, "hours", channel.hours.as_ref());
    }
}

/// What a procedure says of itself on the coverage page and on the pages of what is gone.
fn reasons<'a>(procedure: &'a Procedure, walk: &mut Walk<'a, '_>) {
    for waiver in &procedure.waives {
        walk.add(None, "because", waiver.because.as_ref());
    }
    for retired in &procedure.retired {
        walk.add(None, "because", &retired.because);
    }
    for drop in &procedure.drops {
        walk.add(None, "because", &drop.because);
    }
    walk.add(
        None,
        "because",
        procedure.only.as_ref().map(|only| &only.because),
    );
}
