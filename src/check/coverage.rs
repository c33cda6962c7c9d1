//! Decides what a body covers, for every set of answers.

use super::Group;
use crate::diagnostic::At;
use crate::model::{
    AnswerSet, Answers, Body, Book, Material, Procedure, Requirement, Standard, Waiver,
};
use crate::yaml::Date;

/// How far a requirement is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// For every answer for which it is required.
    Covered,
    /// Not for these, the smallest answers that show it.
    CoveredForSome(Answers),
    /// For none.
    Missing,
    /// No answer that exists here requires it.
    NotRequired,
}

/// How far a requirement of a standard is covered.
pub struct Decided<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Its requirement.
    pub requirement: &'a Requirement,
    /// How far it is covered.
    pub coverage: Coverage,
}

/// Decides every required step of a group's standard.
pub fn of_requirements<'a>(book: &Book, group: &Group<'a>) -> Vec<Decided<'a>> {
    let Some(standard) = group.standard else {
        return Vec::new();
    };
    let all = standard.steps.iter();
    let required = all.filter(|requirement| requirement.is_required());
    let decide = |requirement| Decided {
        standard,
        requirement,
        coverage: of_requirement(book, group.body, standard, requirement),
    };
    required.map(decide).collect()
}

/// Decides a required step.
pub fn of_requirement(
    book: &Book,
    body: &Body,
    standard: &Standard,
    requirement: &Requirement,
) -> Coverage {
    let when = requirement
        .when
        .as_ref()
        .map_or(Answers::ALL, |when| book.choices.answers(when));
    let covering = body.covering(standard, requirement.id.as_str());
    decide(body, &when, covering.into_iter())
}

/// Decides a required material.
pub fn of_material(book: &Book, body: &Body, material: &Material) -> Coverage {
    let when = material
        .when
        .as_ref()
        .map_or(Answers::ALL, |when| book.choices.answers(when));
    let needing = (0..body.steps.len()).filter(|at| {
        body.steps[*at]
            .step
            .needs()
            .iter()
            .any(|need| need.value == material.id.value)
    });
    decide(body, &when, needing)
}

fn decide(body: &Body, when: &Answers, steps: impl Iterator<Item = usize>) -> Coverage {
    let required = when.and(&body.journeys);
    if required.is_empty() {
        return Coverage::NotRequired;
    }
    let covered: AnswerSet = steps.map(|at| body.journeys_of(&body.steps[at])).collect();
    if covered.is_disjoint(&required) {
        return Coverage::Missing;
    }
    match covered.gap(when, &body.journeys) {
        None => Coverage::Covered,
        Some(gap) => {
            // Outside of what requires it nothing is missing, so the named answers stay within.
            let fails = |wider: &Answers| {
                wider.is_within(when, &body.journeys) && covered.is_disjoint(wider)
            };
            Coverage::CoveredForSome(gap.widened(&body.journeys, fails))
        }
    }
}

/// The answers in which something that must come earlier comes later, and the two steps of one such case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disorder {
    /// The smallest answers that show it.
    pub answers: Answers,
    /// Position of the step that must come earlier.
    pub earlier: usize,
    /// Position of the step that must come later.
    pub later: usize,
}

/// Decides an order law: the last shown step that covers `earlier` comes before the first shown that covers `later`.
pub fn disorder(body: &Body, standard: &Standard, earlier: &str, later: &str) -> Option<Disorder> {
    let (first, second) = (
        body.covering(standard, earlier),
        body.covering(standard, later),
    );
    let pairs: Vec<(usize, usize)> = first
        .iter()
        .flat_map(|a| {
            second
                .iter()
                .filter(move |b| *a >= **b)
                .map(move |b| (*a, *b))
        })
        .collect();
    // Those who get through come first: an answer that ends the guide is named only where it alone shows the fault.
    disorder_in(body, &body.journeys, &pairs).or_else(|| disorder_in(body, &body.domain, &pairs))
}

/// The disorder of pairs of steps among the answers of a domain.
fn disorder_in(body: &Body, domain: &Answers, pairs: &[(usize, usize)]) -> Option<Disorder> {
    let shown = |at: usize| body.steps[at].shown.and(domain);
    let mut wrong = AnswerSet::default();
    let mut example = None;
    for (a, b) in pairs {
        let both = shown(*a).and(&shown(*b));
        if !both.is_empty() {
            example.get_or_insert((both.clone(), *a, *b));
            wrong.insert(both, domain);
        }
    }
    let (answers, earlier, later) = example?;
    let answers = answers.widened(domain, |wider| wrong.covers(wider, domain));
    Some(Disorder {
        answers,
        earlier,
        later,
    })
}

/// An order law of a standard.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// The requirement that comes first.
    pub earlier: &'a str,
    /// The one that comes behind it.
    pub later: &'a str,
    /// Where the law is written.
    pub at: At,
    /// The requirement that says so.
    pub requirement: &'a Requirement,
}

/// The order laws of a standard, one for each pair.
pub fn laws(standard: &Standard) -> Vec<Law<'_>> {
    let mut laws = Vec::new();
    for requirement in &standard.steps.value {
        let id = requirement.id.as_str();
        let law = |earlier, later, at| Law {
            earlier,
            later,
            at,
            requirement,
        };
        laws.extend(
            requirement
                .after
                .iter()
                .map(|other| law(other.as_str(), id, other.at)),
        );
        laws.extend(
            requirement
                .before
                .iter()
                .map(|other| law(id, other.as_str(), other.at)),
        );
        if let Some(last) = requirement.last.as_ref().filter(|last| last.value) {
            let others = standard
                .steps
                .iter()
                .filter(|other| other.id.value != requirement.id.value);
            laws.extend(others.map(|other| law(other.id.as_str(), id, last.at)));
        }
    }
    laws
}

/// The waiver of a requirement that holds today.
pub fn waiver<'a>(procedure: &'a Procedure, requirement: &str, today: Date) -> Option<&'a Waiver> {
    let names = |waiver: &&Waiver| {
        waiver
            .requirement
            .as_ref()
            .is_some_and(|id| id.as_str() == requirement)
    };
    procedure
        .waives
        .iter()
        .filter(|waiver| waiver.holds(today))
        .find(names)
}

/// The waiver of an order law that holds today.
pub fn order_waiver<'a>(
    procedure: &'a Procedure,
    earlier: &str,
    later: &str,
    today: Date,
) -> Option<&'a Waiver> {
    procedure
        .waives
        .iter()
        .filter(|waiver| waiver.holds(today))
        .find(|waiver| {
            waiver.order.as_ref().is_some_and(|order| {
            matches!(order.as_slice(), [a, b] if a.as_str() == earlier && b.as_str() == later)
        })
        })
}
