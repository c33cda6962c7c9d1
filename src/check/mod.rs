//! A [`Book`] -> diagnostics: a table of rules, one file each.

pub mod coverage;
pub mod due;
pub mod matrix;
pub mod paper;
mod prose;
pub mod rules;
mod texts;
mod walk;
mod words;
mod worst;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Body, Book, Procedure, Provider, Standard, Status};
use crate::yaml::Date;

/// A rule and how it is decided.
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Reports every place that breaks it.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// What rules decide over.
pub struct Context<'a> {
    /// The content.
    pub book: &'a Book,
    /// The day of the run.
    pub today: Date,
    /// The distinct bodies with the procedures that have them: what follows from the body is decided once.
    pub bodies: Vec<Group<'a>>,
    /// Every text that a reader sees, but for guidance.
    texts: Vec<texts::ReaderText<'a>>,
    /// All guidance.
    guidance: Vec<prose::Prose<'a>>,
}

impl<'a> Context<'a> {
    /// The distinct bodies that name a standard which is known, with it.
    pub fn with_standard(&self) -> impl Iterator<Item = (&Group<'a>, &'a Standard)> {
        self.bodies
            .iter()
            .filter_map(|group| Some((group, group.standard?)))
    }
}

/// Procedures with one body.
pub struct Group<'a> {
    /// What they all say.
    pub body: &'a Body,
    /// The standard that they name, where it is known.
    pub standard: Option<&'a Standard>,
    /// The procedures.
    pub procedures: Vec<(&'a Provider, &'a Procedure)>,
}

impl Group<'_> {
    /// The diagnostic for every procedure that does not waive the requirement `id` today, if there is one.
    pub fn unless_waived(
        &self,
        context: &Context<'_>,
        id: &str,
        mut diagnostic: Diagnostic,
    ) -> Option<Diagnostic> {
        diagnostic.subjects =
            self.subjects(|own| coverage::waiver(own, id, context.today).is_none());
        (!diagnostic.subjects.is_empty()).then_some(diagnostic)
    }

    /// The file that the procedures' own part of the body stands in, where that is one file.
    pub fn own_file(&self) -> Option<u32> {
        match self.procedures.as_slice() {
            [(_, procedure)] => Some(procedure.at.file),
            _ => None,
        }
    }

    /// The diagnostic for every procedure.
    pub fn all(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let procedures = self.procedures.iter();
        diagnostic.subjects = procedures
            .map(|(provider, procedure)| provider.subject(procedure))
            .collect();
        diagnostic
    }

    /// `provider/procedure` of those that pass and are not retired.
    pub fn subjects(&self, pass: impl Fn(&Procedure) -> bool) -> Vec<String> {
        let passing = self
            .procedures
            .iter()
            // A retired procedure is a page that says so: nothing is asked of it any more.
            .filter(|(_, procedure)| procedure.status != Status::Retired && pass(procedure));
        passing
            .map(|(provider, procedure)| provider.subject(procedure))
            .collect()
    }
}

/// Runs every rule, in parallel.
pub fn check(book: &Book, today: Date) -> Vec<Diagnostic> {
    let bodies: Vec<Group<'_>> = book
        .bodies()
        .into_iter()
        .map(|procedures| {
            let body = procedures[0].1.body.as_ref();
            Group {
                body,
                standard: book.standard_of(body),
                procedures,
            }
        })
        .collect();
    let own = book
        .providers
        .par_iter()
        .flat_map_iter(|provider| &provider.guidance);
    let context = Context {
        book,
        today,
        texts: texts::all(book, bodies.iter().map(|group| group.body)),
        guidance: book
            .guidance
            .par_iter()
            .chain(own)
            .map(prose::read)
            .collect(),
        bodies,
    };
    rules::CHECKS
        .par_iter()
        .flat_map_iter(|check| {
            let mut diagnostics = Vec::new();
            (check.run)(&context, &mut diagnostics);
            diagnostics
        })
        .collect()
}

/// Runs every rule over a translated book, and keeps what follows from the translation: what stands in one of its
/// `files`, and sheets that are too long in this language. All else is told of the original.
pub fn check_translation(book: &Book, files: &BTreeSet<u32>, today: Date) -> Vec<Diagnostic> {
    if files.is_empty() {
        return Vec::new();
    }
    let mut diagnostics = check(book, today);
    diagnostics.retain_mut(|it| {
        let is_sheet = it.rule == rules::long_checklist::RULE;
        if is_sheet {
            it.message = format!("in `{}`, {}", book.language(), it.message);
        }
        is_sheet || files.contains(&it.at.file)
    });
    diagnostics
}
