//! A merged procedure -> its body: who sees which step, and what is asked.

use std::sync::{Arc, OnceLock};

use super::merge::Merged;
use crate::model::{Answers, Body, Choices, Condition, Material, Mode, Only, ProcedureStep};

/// Finishes a procedure: narrows the choices to those that exist, ends it at answered stops, and leaves out inherited
/// steps that no answer can reach.
pub(super) fn finish(
    merged: Merged,
    choices: &Choices,
    materials: &[Material],
    only: Option<&Only>,
) -> Body {
    let all = choices.domain();
    let domain = only.map_or_else(
        || all.clone(),
        |only| all.and(&choices.answers(&only.answers)),
    );
    let mut steps = Vec::with_capacity(merged.steps.len());
    let mut removed = merged.removed;
    for merged in merged.steps {
        let shown = merged
            .step
            .when
            .as_ref()
            .map_or(Answers::ALL, |when| choices.answers(when));
        let exists = !shown.and(&domain).is_empty();
        match only {
            Some(only) if !exists && !merged.own => removed.push((merged.step, only.answers.at)),
            _ => steps.push(ProcedureStep {
                step: merged.step,
                phase: merged.phase,
                own: merged.own,
                shown,
                edition: OnceLock::new(),
            }),
        }
    }
    let used = used(choices, &steps, materials);
    let stops = Stops::of(choices, &domain, &used, &steps);
    let narrowed = narrow(&domain, &all);
    for (at, step) in steps.iter_mut().enumerate() {
        step.shown = stops.before(at, step.shown.and(&narrowed));
    }
    Body {
        standard: merged.standard,
        title: merged.title,
        summary: merged.summary,
        ends: merged.ends,
        leaves: merged.leaves,
        mode: merged.mode.map_or(Mode::ReadDo, |mode| mode.value),
        outcome: merged.outcome,
        phases: merged.phases,
        steps,
        notices: merged.notices,
        questions: merged.questions,
        facts: merged.facts,
        journeys: stops.none(&domain),
        asked: used
            .into_iter()
            .filter(|number| is_open(&domain, *number))
            .collect(),
        domain,
        removed,
        places: merged.places,
    }
}

/// Whether a choice has more than one answer here, so that it is asked.
fn is_open(domain: &Answers, choice: u16) -> bool {
    domain
        .options(choice)
        .is_some_and(|options| options.count_ones() > 1)
}

/// The part of a domain that says something: choices with all of their options are left out.
fn narrow(domain: &Answers, all: &Answers) -> Answers {
    let mut narrow = Answers::ALL;
    for (choice, options) in domain.named() {
        if all.options(choice) != Some(options) {
            narrow.set(choice, options);
        }
    }
    narrow
}

/// The answers that end the guide, of the choices that are used. A stop comes after the last step that is meant for it by name: that step is what
/// the reader still does. Without such a step nothing is shown.
struct Stops {
    /// Choice, the option's bit, and how many steps come before the stop.
    stops: Vec<(u16, u64, usize)>,
}

impl Stops {
    fn of(choices: &Choices, domain: &Answers, used: &[u16], steps: &[ProcedureStep]) -> Self {
        let mut stops = Vec::new();
        for (number, choice) in used.iter().map(|number| (*number, choices.get(*number))) {
            let exists = domain.options(number).unwrap_or(0);
            for (bit, option) in choice.options.iter().enumerate() {
                if option.stop.is_none() || exists & (1 << bit) == 0 {
                    continue;
                }
                let meant = |step: &ProcedureStep| {
                    step.step
                        .when
                        .iter()
                        .flat_map(|when| &when.keys)
                        .any(|(id, values)| {
                            id.value == choice.id.value
                                && values.0.iter().any(|value| value.value == option.id.value)
                        })
                };
                let before = steps.iter().rposition(meant).map_or(0, |at| at + 1);
                stops.push((number, 1 << bit, before));
            }
        }
        Stops { stops }
    }

    /// What is left of `shown` for the step at `at`.
    fn before(&self, at: usize, mut shown: Answers) -> Answers {
        for (choice, bit, before) in &self.stops {
            if at >= *before {
                let options = shown.options(*choice).unwrap_or(u64::MAX);
                shown.set(*choice, options & !bit);
            }
        }
        shown
    }

    /// The domain without any stop. A choice all of whose answers stop is kept: nobody gets past it.
    fn none(&self, domain: &Answers) -> Answers {
        let mut journeys = domain.clone();
        for (choice, _, _) in &self.stops {
            let of_choice = self.stops.iter().filter(|(other, ..)| other == choice);
            let stopping = of_choice.fold(0, |bits, (_, bit, _)| bits | bit);
            let left = domain.options(*choice).unwrap_or(0) & !stopping;
            if left != 0 {
                journeys.set(*choice, left);
            }
        }
        journeys
    }
}

/// The choices that conditions of steps, of their variants and of the materials they need use.
fn used(choices: &Choices, steps: &[ProcedureStep], materials: &[Material]) -> Vec<u16> {
    let mut used = vec![false; choices.0.len()];
    let mut note = |condition: &Condition| {
        for (id, _) in &condition.keys {
            if let Some((number, _)) = choices.find(id.as_str()) {
                used[usize::from(number)] = true;
            }
        }
    };
    for step in steps.iter().map(|step| Arc::as_ref(&step.step)) {
        step.when.iter().for_each(&mut note);
        step.variants
            .iter()
            .flat_map(|variants| &variants.value)
            .for_each(|variant| note(&variant.when));
        for need in step.needs() {
            let material = materials
                .iter()
                .find(|material| material.id.value == need.value);
            material
                .and_then(|material| material.when.as_ref())
                .into_iter()
                .for_each(&mut note);
        }
    }
    (0..)
        .zip(used)
        .filter(|(_, used)| *used)
        .map(|(number, _)| number)
        .collect()
}
