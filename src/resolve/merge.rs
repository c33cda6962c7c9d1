//! A procedure laid over the one that it extends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rules::{unknown_phase, unknown_step};
use crate::diagnostic::{At, Diagnostic};
use crate::model::{
    Fact, Mode, Notice, Outcome, Phase, PhaseHeading, ProcedureDocument, Question, Retired,
    SectionPlaces, Step, StepPlace,
};
use crate::yaml::rules::missing_field;
use crate::yaml::{Id, Placed, Shape, Text};

/// A procedure merged so far.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    pub(super) standard: Option<Placed<Id>>,
    pub(super) title: Option<Text>,
    pub(super) summary: Option<Text>,
    pub(super) ends: Option<Text>,
    pub(super) leaves: Option<Text>,
    pub(super) mode: Option<Placed<Mode>>,
    pub(super) outcome: Option<Placed<Outcome>>,
    pub(super) phases: Vec<PhaseHeading>,
    pub(super) steps: Vec<MergedStep>,
    pub(super) notices: Vec<Notice>,
    pub(super) questions: Vec<Question>,
    pub(super) facts: Vec<(Placed<Id>, Fact)>,
    /// Old step ids.
    pub(super) retired: Vec<Retired>,
    /// Dropped steps, each with the place that dropped it.
    pub(super) removed: Vec<(Arc<Step>, At)>,
    /// Where absences are reported; set by the first document.
    pub(super) places: SectionPlaces,
    /// Whether a document has been laid in.
    begun: bool,
}

/// A step with its phase.
#[derive(Debug, Clone)]
pub(super) struct MergedStep {
    pub(super) step: Arc<Step>,
    pub(super) phase: usize,
    /// Whether the last document brought it in, or its condition.
    pub(super) own: bool,
}

impl Merged {
    /// Nothing yet; what stays absent is reported at `at`.
    pub(super) fn new(at: At) -> Self {
        Merged {
            standard: None,
            title: None,
            summary: None,
            ends: None,
            leaves: None,
            mode: None,
            outcome: None,
            phases: Vec::new(),
            steps: Vec::new(),
            notices: Vec::new(),
            questions: Vec::new(),
            facts: Vec::new(),
            retired: Vec::new(),
            removed: Vec::new(),
            places: SectionPlaces {
                steps: at,
                notices: at,
                questions: at,
                facts: at,
            },
            begun: false,
        }
    }

    /// The same, as seen from a file that extends it: no step is its own.
    pub(super) fn inherited(mut self) -> Self {
        for step in &mut self.steps {
            step.own = false;
        }
        self
    }

    /// A step by id.
    pub(super) fn step(&self, id: &str) -> Option<&Step> {
        let mut steps = self.steps.iter().map(|step| &*step.step);
        steps.find(|step| step.id.as_str() == id)
    }

    /// Lays a document over what is there.
    pub(super) fn extended(
        mut self,
        document: &ProcedureDocument,
        at: At,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        if !self.begun {
            self.begun = true;
            let place = |section: Option<At>| section.unwrap_or(at);
            let phases = document.phases.as_ref().map(|phases| phases.at);
            let steps = document.steps.as_ref().map(|steps| steps.at);
            self.places = SectionPlaces {
                steps: place(phases.or(steps)),
                notices: place(document.notices.as_ref().map(|notices| notices.at)),
                questions: place(document.questions.as_ref().map(|questions| questions.at)),
                facts: place(document.facts.as_ref().map(|facts| facts.at)),
            };
        }
        self.standard.overlay(&document.standard);
        self.title.overlay(&document.title);
        self.summary.overlay(&document.summary);
        self.ends.overlay(&document.ends);
        self.leaves.overlay(&document.leaves);
        self.mode.overlay(&document.mode);
        self.outcome.overlay(&document.outcome);
        let notices = document.notices.iter().flat_map(|notices| &notices.value);
        overlay_by_id(&mut self.notices, notices, |notice| &notice.id.value);
        let questions = document
            .questions
            .iter()
            .flat_map(|questions| &questions.value);
        overlay_by_id(&mut self.questions, questions, |question| {
            &question.id.value
        });
        for (id, fact) in document.facts.iter().flat_map(|facts| &facts.0) {
            match self.facts.iter_mut().find(|(own, _)| own.value == id.value) {
                Some(own) => *own = (id.clone(), fact.clone()),
                None => self.facts.push((id.clone(), fact.clone())),
            }
        }
        overlay_by_id(&mut self.retired, document.retired.iter(), |retired| {
            &retired.step.value
        });
        self.take_steps(document, diagnostics);
        for drop in &document.drop {
            match self.position(&drop.step) {
                Some(at) => {
                    self.removed.push((self.steps.remove(at).step, drop.at));
                }
                None => diagnostics.push(unknown_step::diagnostic(&drop.step, self.step_ids())),
            }
        }
        self
    }

    fn take_steps(&mut self, document: &ProcedureDocument, diagnostics: &mut Vec<Diagnostic>) {
        let mut waiting = Vec::new();
        for phase in document.phases.iter().flat_map(|phases| &phases.value) {
            let phase_at = self.take_phase(phase);
            for step in phase.steps.iter().flat_map(|steps| &steps.value) {
                if let Some(step) = self.take_step(step, &mut waiting) {
                    let end = self.end_of_phase(phase_at);
                    self.steps.insert(
                        end,
                        MergedStep {
                            step,
                            phase: phase_at,
                            own: true,
                        },
                    );
                }
            }
        }
        for step in document.steps.iter().flat_map(|steps| &steps.value) {
            if let Some(step) = self.take_step(step, &mut waiting) {
                diagnostics.push(unknown_step::without_place(&step.id, self.step_ids()));
            }
        }
        self.put(waiting, diagnostics);
    }

    fn take_phase(&mut self, phase: &Phase) -> usize {
        let at = self
            .phases
            .iter()
            .position(|own| own.id.value == phase.id.value)
            .unwrap_or_else(|| {
                self.phases.push(PhaseHeading {
                    id: phase.id.clone(),
                    title: None,
                    note: None,
                });
                self.phases.len() - 1
            });
        self.phases[at].title.overlay(&phase.title);
        self.phases[at].note.overlay(&phase.note);
        at
    }

    /// Lays a step over the one of its id, or queues it for its place; gives back a new one that says no place.
    fn take_step(&mut self, step: &Step, waiting: &mut Vec<MergedStep>) -> Option<Arc<Step>> {
        if waiting
            .iter()
            .any(|waiting| waiting.step.id.value == step.id.value)
        {
            // The second of two by one id, which is reported where the file is read.
            return None;
        }
        let Some(at) = self.position(&step.id) else {
            let new = Arc::new(step.clone());
            if step.place.is_none() {
                return Some(new);
            }
            waiting.push(MergedStep {
                step: new,
                phase: 0,
                own: true,
            });
            return None;
        };
        let own = &mut self.steps[at];
        Arc::make_mut(&mut own.step).overlay(step);
        own.own |= step.when.is_some();
        if step.place.is_some() {
            let moved = self.steps.remove(at);
            waiting.push(moved);
        }
        None
    }

    /// Puts new and moved steps in their places. Several at one anchor keep the order of the file; an anchor may
    /// itself be one of them.
    fn put(&mut self, mut waiting: Vec<MergedStep>, diagnostics: &mut Vec<Diagnostic>) {
        let mut last_behind: BTreeMap<Id, Id> = BTreeMap::new();
        loop {
            let before = waiting.len();
            let mut still = Vec::new();
            for merged in waiting {
                let Some(place) = merged.step.place.clone() else {
                    continue;
                };
                match self.find(&place, &last_behind) {
                    Some((at, phase)) => {
                        if let Some(anchor) = &place.after {
                            last_behind.insert(anchor.value.clone(), merged.step.id.value.clone());
                        }
                        self.steps.insert(at, MergedStep { phase, ..merged });
                    }
                    None => still.push(merged),
                }
            }
            waiting = still;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        let stuck: Vec<Id> = waiting
            .iter()
            .map(|merged| merged.step.id.value.clone())
            .collect();
        for merged in waiting {
            let Some(place) = &merged.step.place else {
                continue;
            };
            let phases = self.phases.iter().map(|phase| phase.id.as_str());
            diagnostics.push(
                match (place.after.as_ref().or(place.before.as_ref()), &place.phase) {
                    (Some(anchor), _) if stuck.contains(&anchor.value) => {
                        unknown_step::circular(&merged.step.id, anchor)
                    }
                    (Some(anchor), _) => unknown_step::diagnostic(anchor, self.step_ids()),
                    (None, Some(phase)) => unknown_phase::diagnostic(phase, phases),
                    (None, None) => {
                        missing_field::diagnostic(place.at, "after`, `before` or `phase", "a place")
                    }
                },
            );
            // The step itself is known: what it covers is not reported as missing too.
            if !self.phases.is_empty() {
                let phase = self.phases.len() - 1;
                self.steps.push(MergedStep { phase, ..merged });
            }
        }
    }

    /// Position and phase of a place; `None` where its anchor is not there.
    fn find(&self, place: &StepPlace, last_behind: &BTreeMap<Id, Id>) -> Option<(usize, usize)> {
        if let Some(anchor) = &place.after {
            let phase = self.steps[self.position(&anchor.value)?].phase;
            let mut behind = &anchor.value;
            // What was put behind a step that was put behind the anchor belongs to it.
            while let Some(next) = last_behind.get(behind) {
                behind = next;
            }
            return Some((self.position(behind)? + 1, phase));
        }
        if let Some(anchor) = &place.before {
            let at = self.position(&anchor.value)?;
            return Some((at, self.steps[at].phase));
        }
        let phase = place.phase.as_ref()?;
        let phase = self
            .phases
            .iter()
            .position(|own| own.id.value == phase.value)?;
        Some((self.end_of_phase(phase), phase))
    }

    fn end_of_phase(&self, phase: usize) -> usize {
        self.steps
            .iter()
            .rposition(|step| step.phase <= phase)
            .map_or(0, |at| at + 1)
    }

    fn position(&self, id: &Id) -> Option<usize> {
        self.steps.iter().position(|own| own.step.id.value == *id)
    }

    fn step_ids(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.step.id.as_str())
    }
}

/// Replaces by id what is there, and appends what is new.
pub(super) fn overlay_by_id<'a, T: Shape + Clone + 'a>(
    own: &mut Vec<T>,
    over: impl Iterator<Item = &'a T>,
    id: impl Fn(&T) -> &Id,
) {
    for item in over {
        match own.iter_mut().find(|own| id(own) == id(item)) {
            Some(own) => own.clone_from(item),
            None => own.push(item.clone()),
        }
    }
}
