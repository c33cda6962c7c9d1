#![doc = include_str!("long_checklist.md")]

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::paper::{self, Lines, Section};
use crate::check::{Context, Group};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Book, Procedure, Provider};

rule!("SB515", "long-checklist", Warning, "long_checklist.md");

/// How many sides a sheet may have: one sheet of paper with answers, and a side more where everything is printed.
const SIDES: [u32; 2] = [2, 3];

/// The same in a book: a translation may have one side more, for who translates cannot leave steps out.
fn most_sides(book: &Book) -> [u32; 2] {
    let more = u32::from(book.translation.is_some());
    SIDES.map(|sides| sides + more)
}

/// A sheet that takes too many sides: how many, what to say of it, and the lines of its parts.
struct Long {
    sides: u32,
    says: String,
    lines: Lines,
}

/// Reports every procedure whose checklist does not fit its paper; one diagnostic for all that inherit it from one place.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut longest: BTreeMap<(At, u32), (u32, Diagnostic)> = BTreeMap::new();
    let long_ones = context.bodies.par_iter().flat_map_iter(|group| {
        let [answered, everything] = most_sides(context.book);
        let sheets = [
            report(context, group, answered, &|head| {
                tailored(context, group.body, head)
            }),
            report(context, group, everything, &|head| {
                whole(context, group.body, head)
            }),
        ];
        sheets.into_iter().flatten()
    });
    let long_ones: Vec<(u32, u32, Diagnostic)> = long_ones.collect();
    for (most, sides, mut diagnostic) in long_ones {
        match longest.get_mut(&(diagnostic.at, most)) {
            Some((kept, own)) if *kept >= sides => own.subjects.extend(diagnostic.subjects),
            Some((kept, own)) => {
                diagnostic.subjects.append(&mut own.subjects);
                (*kept, *own) = (sides, diagnostic);
            }
            None => {
                longest.insert((diagnostic.at, most), (sides, diagnostic));
            }
        }
    }
    diagnostics.extend(longest.into_values().map(|(_, diagnostic)| diagnostic));
}

/// What to say of the sheets of a group, behind `most` and how many sides they take; `long` tells of the one below a head
/// of a height whether it takes more than `most` sides.
fn report(
    context: &Context<'_>,
    group: &Group<'_>,
    most: u32,
    long: &dyn Fn(u32) -> Option<Long>,
) -> Option<(u32, u32, Diagnostic)> {
    let mut by_head: BTreeMap<u32, Vec<(&Provider, &Procedure)>> = BTreeMap::new();
    for (provider, procedure) in group.standing() {
        let head = paper::head(context.book, provider, procedure);
        by_head.entry(head).or_default().push((provider, procedure));
    }
    // What fits below the highest head fits below all.
    let (highest, mut long_ones) = by_head.pop_last()?;
    let Long { sides, says, lines } = long(highest)?;
    let others = by_head
        .into_iter()
        .filter(|(head, _)| long(*head).is_some());
    long_ones.extend(others.flat_map(|(_, procedures)| procedures));
    let message = format!("{says}, and it should take {most} at most");
    let mut diagnostic = Diagnostic::new(RULE, group.body.places.steps, message)
        .help(format!(
            "shorten what takes most lines: {}",
            largest(group.body, &lines)
        ))
        .because(Some(
            "every side more is one that is lost, left at home or not turned over",
        ));
    let subjects = long_ones.into_iter();
    diagnostic.subjects = subjects
        .map(|(provider, procedure)| provider.subject(procedure))
        .collect();
    Some((most, sides, diagnostic))
}

/// The sheet that takes most sides of those that readers with answers print.
fn tailored(context: &Context<'_>, body: &Body, head: u32) -> Option<Long> {
    let book = context.book;
    let worst = paper::worst_sides(book, body, head, most_sides(book)[0])?;
    let who = match book.choices.describe(&worst.answers) {
        all if all.is_empty() => String::new(),
        some => format!(" for {some}"),
    };
    // Where the search was too big, only a bound is known.
    let takes = if worst.bound == worst.size {
        "takes"
    } else {
        "may take"
    };
    Some(Long {
        sides: worst.bound,
        says: format!("the checklist {takes} {} sides{who}", worst.bound),
        lines: paper::tailored(book, body, head, &body.journeys.and(&worst.answers)),
    })
}

/// The sheet for everybody.
fn whole(context: &Context<'_>, body: &Body, head: u32) -> Option<Long> {
    let lines = paper::whole(context.book, body, head);
    let sides = lines.sides;
    (sides > most_sides(context.book)[1]).then(|| Long {
        sides,
        says: format!("the checklist without answers takes {sides} sides"),
        lines,
    })
}

/// The three parts that take most, with their lines.
fn largest(body: &Body, lines: &Lines) -> String {
    let mut sections = lines.sections.clone();
    sections.sort_by_key(|(section, height)| (std::cmp::Reverse(*height), *section));
    let named = sections.iter().take(3).map(|(section, height)| {
        let name = match section {
            Section::Head => "head".to_owned(),
            Section::Notices => "notices".to_owned(),
            Section::Answers => "answers".to_owned(),
            Section::Materials => "materials".to_owned(),
            Section::Phase(phase) => format!("phase `{}`", body.phases[*phase].id.value),
            Section::SignOff => "sign-off".to_owned(),
        };
        format!("{name} ({})", height.div_ceil(100))
    });
    named.collect::<Vec<_>>().join(", ")
}
