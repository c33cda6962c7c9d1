#![doc = include_str!("long_checklist.md")]

use std::collections::BTreeMap;

use crate::check::paper::{self, Lines, SIDE, Section};
use crate::check::{Context, Group};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Body, Procedure, Provider};

rule!("SB515", "long-checklist", Warning, "long_checklist.md");

/// How many sides a sheet may have: one with answers, and the one for everybody. Two would be one sheet of paper, but
/// thirty steps with their blanks do not fit on it in a type that everybody can read.
const SIDES: [u32; 2] = [3, 3];

/// Reports every procedure whose checklist does not fit its paper, for the answers that make the longest; one diagnostic
/// for all that inherit it from one place.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut longest: BTreeMap<(At, bool), (u32, Diagnostic)> = BTreeMap::new();
    for group in &context.bodies {
        for long in [tailored(context, group), whole(context, group)]
            .into_iter()
            .flatten()
        {
            let place = (long.1.at, long.2);
            let (lines, mut diagnostic) = (long.0, long.1);
            match longest.get_mut(&place) {
                Some((most, kept)) if *most >= lines => kept.subjects.extend(diagnostic.subjects),
                Some((most, kept)) => {
                    diagnostic.subjects.append(&mut kept.subjects);
                    (*most, *kept) = (lines, diagnostic);
                }
                None => {
                    longest.insert(place, (lines, diagnostic));
                }
            }
        }
    }
    diagnostics.extend(longest.into_values().map(|(_, diagnostic)| diagnostic));
}

/// A sheet that is too long: its lines, what to say of it, and whether it is the one for everybody.
type Long = (u32, Diagnostic, bool);

/// The longest sheet that a reader with answers prints.
fn tailored(context: &Context<'_>, group: &Group<'_>) -> Option<Long> {
    let book = context.book;
    let worst = paper::longest(book, group.body);
    let height = |(provider, procedure): &(&Provider, &Procedure)| {
        paper::head(book, provider, procedure) + worst.bound
    };
    let (provider, procedure) = group.procedures.iter().max_by_key(|it| height(it))?;
    let most = height(&(provider, procedure));
    let answers = &worst.answers;
    let lines = paper::lines(
        book,
        provider,
        procedure,
        Some(&group.body.journeys.and(answers)),
    );
    let who = match book.choices.describe(answers) {
        all if all.is_empty() => String::new(),
        some => format!(" for {some}"),
    };
    // Where the search was too big, only a bound is known.
    let takes = if worst.bound == worst.size {
        "takes"
    } else {
        "may take"
    };
    long(group, SIDES[0], &height, most, &lines, |lines| {
        format!("the checklist {takes} {lines} lines{who}")
    })
    .map(|(lines, diagnostic)| (lines, diagnostic, false))
}

/// The sheet for everybody.
fn whole(context: &Context<'_>, group: &Group<'_>) -> Option<Long> {
    let book = context.book;
    let count = |(provider, procedure): &(&Provider, &Procedure)| {
        paper::lines(book, provider, procedure, None)
    };
    let longest = group
        .procedures
        .iter()
        .map(count)
        .max_by_key(Lines::total)?;
    let height = |it: &(&Provider, &Procedure)| count(it).total();
    long(
        group,
        SIDES[1],
        &height,
        longest.total(),
        &longest,
        |lines| format!("the checklist without answers takes {lines} lines"),
    )
    .map(|(lines, diagnostic)| (lines, diagnostic, true))
}

/// What to say of a sheet of `most`, if that does not fit; `height` tells which procedures it holds for.
fn long(
    group: &Group<'_>,
    sides: u32,
    height: &dyn Fn(&(&Provider, &Procedure)) -> u32,
    most: u32,
    lines: &Lines,
    says: impl Fn(u32) -> String,
) -> Option<(u32, Diagnostic)> {
    let room = sides * SIDE;
    if most <= room {
        return None;
    }
    let message = format!(
        "{}, and {sides} sides hold {}",
        says(most.div_ceil(100)),
        room / 100
    );
    let mut diagnostic = Diagnostic::new(RULE, group.body.places.steps, message)
        .help(format!(
            "shorten what takes most: {}",
            largest(group.body, lines)
        ))
        .because(Some(
            "of a sheet that is turned over twice the end is not read",
        ));
    let shown = group.subjects(|_| true);
    let long = group.procedures.iter().filter(|it| height(it) > room);
    diagnostic.subjects = long
        .map(|(provider, procedure)| provider.subject(procedure))
        .filter(|subject| shown.contains(subject))
        .collect();
    (!diagnostic.subjects.is_empty()).then_some((most, diagnostic))
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
