//! A [`Book`] -> diagnostics: a table of rules, one file each.

pub mod coverage;
pub mod due;
pub mod matrix;
pub mod paper;
mod prose;
pub mod rules;
mod shape;
mod texts;
mod walk;
mod words;
mod worst;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::model::{Body, Book, Guidance, Procedure, Provider, Standard, Status};
use crate::yaml::Date;

/// A rule and how it is decided.
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Reports every place that breaks it.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// What is decided over, after something changed.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Everything.
    Book,
    /// What one provider's files say, and what it shows of the shared ones.
    Provider(&'a Provider),
    /// What a shared guidance file says, and who shows it.
    Guidance(&'a Guidance),
}

/// What rules decide over.
pub struct Context<'a> {
    /// The content, to look things up in.
    pub book: &'a Book,
    /// The day of the run.
    pub today: Date,
    scope: Scope<'a>,
    /// The providers in scope.
    pub providers: Vec<&'a Provider>,
    /// Their distinct bodies with the procedures that have them: what follows from the body is decided once.
    pub bodies: Vec<Group<'a>>,
    /// For each of them, the position of the first one of its shape; found out when first asked for.
    alike: OnceLock<Vec<usize>>,
    /// Every text in scope that a reader sees, but for guidance.
    texts: Vec<texts::ReaderText<'a>>,
    /// All guidance in scope.
    guidance: Vec<prose::Prose<'a>>,
}

impl<'a> Context<'a> {
    /// The distinct bodies that name a standard which is known, with it.
    pub fn with_standard(&self) -> impl Iterator<Item = (&Group<'a>, &'a Standard)> {
        self.bodies
            .iter()
            .filter_map(|group| Some((group, group.standard?)))
    }

    /// Finds what is wrong with each body, once for all of one shape, and reports it of each. What is found may hang on
    /// ids, answers and order, and not on words and places.
    pub fn report_by_shape<T>(
        &self,
        find: impl Fn(&Group<'a>) -> Vec<T>,
        mut report: impl FnMut(&Group<'a>, &T),
    ) {
        let alike = self.alike.get_or_init(|| {
            let bodies = self.bodies.iter().map(|group| group.body);
            shape::first_alike(bodies)
        });
        let mut found: Vec<Vec<T>> = Vec::with_capacity(alike.len());
        for (at, first) in alike.iter().enumerate() {
            let group = &self.bodies[at];
            found.push(if *first == at {
                find(group)
            } else {
                Vec::new()
            });
            found[*first].iter().for_each(|it| report(group, it));
        }
    }

    /// Every procedure in scope, with its provider.
    pub fn procedures(&self) -> impl Iterator<Item = (&'a Provider, &'a Procedure)> {
        let providers = self.providers.iter();
        providers.flat_map(|provider| provider.procedures.iter().map(|own| (*provider, own)))
    }

    /// The names of the guidance in scope that procedures with a body show.
    fn guidance_names(&self, group: &Group<'a>) -> BTreeSet<&'a str> {
        let Scope::Guidance(guidance) = self.scope else {
            return walk::guidance_names(group);
        };
        let id = guidance.id.as_str();
        let mut steps = group.body.steps.iter();
        let mut asked = group
            .standard
            .iter()
            .flat_map(|standard| &standard.guidance);
        let shows =
            steps.any(|step| step.step.shows_guidance(id)) || asked.any(|it| it.as_str() == id);
        shows.then_some(id).into_iter().collect()
    }

    /// The guidance of this name with a provider, where it is in scope.
    fn shown(&self, provider: &'a Provider, id: &str) -> Option<&'a Guidance> {
        let shown = self.book.guidance(provider, id)?;
        match self.scope {
            Scope::Guidance(guidance) if guidance.at != shown.at => None,
            _ => Some(shown),
        }
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
    /// Whether one of the providers has this file under its name.
    fn shows(&self, book: &Book, guidance: &Guidance) -> bool {
        let mut providers = self.procedures.iter().map(|(provider, _)| provider);
        providers.any(|provider| {
            let own = book.guidance(provider, guidance.id.as_str());
            own.is_some_and(|own| own.at == guidance.at)
        })
    }

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
        self.standing()
            .filter(|(_, procedure)| pass(procedure))
            .map(|(provider, procedure)| provider.subject(procedure))
            .collect()
    }

    /// The procedures that are not retired: such a one is a page that says so, and nothing is asked of it any more.
    fn standing(&self) -> impl Iterator<Item = (&Provider, &Procedure)> {
        let all = self.procedures.iter().copied();
        all.filter(|(_, procedure)| procedure.status != Status::Retired)
    }
}

/// Runs every rule, in parallel.
pub fn check(book: &Book, today: Date) -> Vec<Diagnostic> {
    let mut context = references(book, today, Scope::Book);
    read(&mut context);
    run(&context, rules::all())
}

/// Runs the rules that decide over each provider or guidance file by itself, on those in scope; notes are left out.
pub fn check_again(book: &Book, today: Date, scope: Scope<'_>) -> Vec<Diagnostic> {
    let mut context = references(book, today, scope);
    read(&mut context);
    let own: &[Check] = match scope {
        Scope::Guidance(_) => &[],
        Scope::Book | Scope::Provider(_) => rules::CHECKS,
    };
    run(
        &context,
        without_notes(own.iter().chain(rules::CHECKS_OF_GUIDANCE)),
    )
}

/// Runs the rules that cannot be decided but over everything; notes are left out.
pub fn check_all_again(book: &Book, today: Date) -> Vec<Diagnostic> {
    let context = references(book, today, Scope::Book);
    run(&context, without_notes(rules::CHECKS_OF_ALL.iter()))
}

fn without_notes<'c>(checks: impl Iterator<Item = &'c Check>) -> impl Iterator<Item = &'c Check> {
    checks.filter(|check| check.rule.severity != Severity::Note)
}

fn run<'c>(context: &Context<'_>, checks: impl Iterator<Item = &'c Check>) -> Vec<Diagnostic> {
    let checks: Vec<&Check> = checks.collect();
    let found = checks.par_iter().flat_map_iter(|check| {
        let mut diagnostics = Vec::new();
        (check.run)(context, &mut diagnostics);
        diagnostics
    });
    found.collect()
}

/// What refers to what; no text is read.
fn references<'a>(book: &'a Book, today: Date, scope: Scope<'a>) -> Context<'a> {
    let providers: Vec<&Provider> = match scope {
        Scope::Provider(provider) => vec![provider],
        Scope::Book | Scope::Guidance(_) => book.providers.iter().map(|own| &**own).collect(),
    };
    let bodies = Body::distinct(providers.iter().copied());
    let groups = bodies.into_iter().map(|procedures| {
        let body = procedures[0].1.body.as_ref();
        Group {
            body,
            standard: book.standard_of(body),
            procedures,
        }
    });
    Context {
        book,
        today,
        scope,
        bodies: groups.collect(),
        alike: OnceLock::new(),
        providers,
        texts: Vec::new(),
        guidance: Vec::new(),
    }
}

/// Reads the texts and the guidance in scope.
fn read(context: &mut Context<'_>) {
    let book = context.book;
    context.guidance = match context.scope {
        Scope::Guidance(guidance) => vec![prose::read(guidance)],
        Scope::Provider(provider) => {
            let names = context.bodies.iter().flat_map(walk::guidance_names);
            let names: BTreeSet<&str> = names.collect();
            let shown = names
                .into_iter()
                .filter_map(|id| book.guidance(provider, id));
            shown.map(prose::read).collect()
        }
        Scope::Book => {
            let own = book.providers.par_iter().flat_map_iter(|it| &it.guidance);
            let all = book.guidance.par_iter().chain(own);
            all.map(|guidance| prose::read(guidance)).collect()
        }
    };
    context.texts = match context.scope {
        Scope::Guidance(_) => Vec::new(),
        Scope::Book | Scope::Provider(_) => texts::all(context),
    };
}

/// What of a translated book's diagnostics follows from the translation: what stands in one of its `files`, and sheets
/// that are too long in this language. All else is told of the original.
pub fn of_translation(
    book: &Book,
    files: &BTreeSet<u32>,
    mut diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    diagnostics.retain_mut(|it| {
        let is_sheet = it.rule == rules::long_checklist::RULE;
        if is_sheet {
            it.message = format!("in `{}`, {}", book.language(), it.message);
        }
        is_sheet || files.contains(&it.at.file)
    });
    diagnostics
}
