//! The steps of one procedure beside the shared ones -> which say something else, are dropped, moved or added.

use super::compare::{By, Comparison, DROPPED, Place};
use super::fields::{FIELDS, Lines, Voice, text};
use crate::model::{Procedure, Provider, Step, StepPlace};
use crate::yaml::Id;

const MOVED: usize = DROPPED + 1;
const WAIVED: usize = MOVED + 1;
const FIRST_FIELD: usize = WAIVED + 1;
const GUIDANCE: usize = FIRST_FIELD + FIELDS.len();
const ADDED: usize = GUIDANCE + 1;

impl<'b, 'w> Comparison<'b, 'w> {
    pub(super) fn steps(&mut self, voice: Voice<'b, 'w>, by: By<'b>, procedure: &'b Procedure) {
        let mut is_here = vec![false; self.body.steps.len()];
        let mut anchor = Place::Start;
        for (at, own) in voice.body.steps.iter().enumerate() {
            let step: &'b Step = &own.step;
            let by = By {
                step: Some(&step.id.value),
                ..by
            };
            let Some(position) = self.positions.get(step.id.as_str()).copied() else {
                let word = match anchor {
                    Place::Start => "added_first",
                    _ => "added",
                };
                let lines = added(voice, step);
                self.say(anchor, (ADDED, ""), by, lines, Self::heading(word));
                continue;
            };
            is_here[position] = true;
            anchor = Place::Step(position);
            let shared: &'b Step = &self.body.steps[position].step;
            if std::ptr::eq(shared, step) {
                continue;
            }
            if !is_same_place(shared.place.as_ref(), step.place.as_ref()) {
                let lines = vec![moved(voice, at)];
                self.say(anchor, (MOVED, ""), by, lines, Self::heading("moved"));
            }
            self.fields(anchor, voice, by, shared, step);
        }
        for (position, _) in is_here.iter().enumerate().filter(|(_, is_here)| !**is_here) {
            let id = &self.body.steps[position].step.id.value;
            let lines = vec![why_dropped(voice, procedure, id)];
            let topic = (DROPPED, "");
            self.say(
                Place::Step(position),
                topic,
                by,
                lines,
                Self::heading("dropped"),
            );
        }
    }

    fn fields(
        &mut self,
        place: Place,
        voice: Voice<'b, 'w>,
        by: By<'b>,
        shared: &'b Step,
        own: &'b Step,
    ) {
        for (at, field) in FIELDS.iter().enumerate() {
            // What is inherited stands where the shared value does.
            if (field.at)(shared) == (field.at)(own) {
                continue;
            }
            let lines = (field.lines)(&voice, own);
            let said = (field.lines)(&self.shared(), shared);
            if lines != said {
                self.say(place, (FIRST_FIELD + at, ""), by, lines, |all| {
                    (all.words.get(field.word).to_owned(), Some(said))
                });
            }
        }
    }

    /// The guidance of shared steps: a provider's own file of the same name takes the place of the shared one.
    pub(super) fn guidance(&mut self, voice: Voice<'b, 'w>, provider: &'b Provider, by: By<'b>) {
        for own in voice.body.steps.iter().map(|own| -> &'b Step { &own.step }) {
            let Some(position) = self.positions.get(own.id.as_str()).copied() else {
                continue;
            };
            let shared: &Step = &self.body.steps[position].step;
            let names = |step: &Step| step.guidance.as_ref().map(|id| id.value.clone());
            let is_own = provider
                .guidance
                .iter()
                .any(|file| own.shows_guidance(file.id.as_str()));
            let word = if is_own {
                Some("guidance_own")
            } else if names(shared) != names(own) {
                names(own).map(|_| "guidance_other")
            } else {
                continue;
            };
            let by = By {
                step: Some(&own.id.value),
                ..by
            };
            let line = |word: Option<&str>| -> Lines {
                word.map(|word| voice.words.get(word).to_owned())
                    .into_iter()
                    .collect()
            };
            let said = shared.guidance.as_ref().map(|_| "guidance_shared");
            let (topic, said) = ((GUIDANCE, ""), line(said));
            self.say(Place::Step(position), topic, by, line(word), |all| {
                (all.words.get("field_guidance").to_owned(), Some(said))
            });
        }
    }

    /// What is set aside for a time, at the step that covers it.
    pub(super) fn waivers(&mut self, by: By<'b>, procedure: &'b Procedure) {
        let Some(standard) = self.book.standard_of(&procedure.body) else {
            return;
        };
        for waiver in &procedure.waives {
            let order = waiver.order.iter().flat_map(|order| &order.value);
            let named = waiver.requirement.iter().chain(order);
            let covering = named
                .flat_map(|id| self.body.covering(standard, id.as_str()))
                .next();
            let what = super::super::due::named(self.book, standard, waiver);
            let what = what.join(self.words.get("law"));
            let until = waiver.until.as_ref().map(|until| {
                let date = until.value.to_string();
                self.words.fill("until", &[("date", &date)])
            });
            let lines = [Some(what), text(waiver.because.as_ref()).pop(), until];
            let lines = lines.into_iter().flatten().collect();
            let place = covering.map_or(Place::Whole, Place::Step);
            let heading = Self::heading("cover_waived");
            self.say(place, (WAIVED, ""), by, lines, heading);
        }
    }
}

/// What an added step says in short; its guide says all of it.
fn added(voice: Voice<'_, '_>, step: &Step) -> Lines {
    let prefixed = |word, lines: Lines| {
        let line = lines.into_iter().next()?;
        Some(format!("{}{line}", voice.words.get(word)))
    };
    let condition = step.when.as_ref().and_then(|it| voice.condition(it));
    let lines = [
        text(step.action.as_ref()).pop(),
        prefixed("only", condition.into_iter().collect()),
        prefixed("branch", text(step.in_case.as_ref())),
        prefixed("expect", text(step.expect.as_ref())),
    ];
    lines.into_iter().flatten().collect()
}

fn is_same_place(one: Option<&StepPlace>, other: Option<&StepPlace>) -> bool {
    let at = |place: Option<&StepPlace>| place.map(|place| place.at);
    at(one) == at(other)
}

/// Behind which step the one at a position stands.
fn moved(voice: Voice<'_, '_>, at: usize) -> String {
    let Some(before) = at.checked_sub(1) else {
        return voice.words.get("moved_first").to_owned();
    };
    let action = voice.step(&voice.body.steps[before].step.id);
    voice.words.fill("moved_behind", &[("action", &action)])
}

fn why_dropped(voice: Voice<'_, '_>, procedure: &Procedure, step: &Id) -> String {
    let drop = procedure.drops.iter().find(|drop| drop.step.value == *step);
    let only = procedure.only.as_ref();
    match (drop, only) {
        (Some(drop), _) => drop.because.value.to_string(),
        (None, Some(only)) => {
            let because = &only.because.value;
            voice.words.fill("dropped_by_only", &[("because", because)])
        }
        (None, None) => String::new(),
    }
}
