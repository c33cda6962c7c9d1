//! What one procedure says beside its steps, next to the shared one: its texts, phases, notices, questions, facts and
//! state.

use super::super::view::banner;
use super::compare::{By, Comparison, Place};
use super::fields::{Lines, Voice, text};
use crate::model::{
    Body, Fact, FactValue, Notice, Only, PhaseHeading, Procedure, Question, Status,
};
use crate::yaml::{Id, Text};

/// The rank of what is added to the shared notices, questions, facts or phases.
const ADDED: usize = usize::MAX;

/// Ranks of what is said of the whole; texts stand between, and phases behind.
const STATE: usize = 0;
const ONLY: usize = 1;
const FIRST_TEXT: usize = 3;
const MODE: usize = FIRST_TEXT + TEXTS.len();
const FIRST_PHASE: usize = MODE + 1;

/// The texts of a procedure, each with the key of the word for it.
#[expect(clippy::type_complexity, reason = "a table of getters")]
const TEXTS: [(&str, fn(&Body) -> Option<&Text>); 4] = [
    ("field_title", |body| body.title.as_ref()),
    ("field_summary", |body| body.summary.as_ref()),
    ("field_ends", |body| body.ends.as_ref()),
    ("field_leaves", |body| body.leaves.as_ref()),
];

impl<'b, 'w> Comparison<'b, 'w> {
    pub(super) fn whole(&mut self, voice: Voice<'b, 'w>, by: By<'b>, procedure: &'b Procedure) {
        if let Some(only) = &procedure.only {
            let lines = self.only(voice, only);
            self.say(
                Place::Whole,
                (ONLY, ""),
                by,
                lines,
                Self::heading("field_only"),
            );
        }
        for (at, (word, get)) in TEXTS.into_iter().enumerate() {
            let (shared, own) = (get(self.body), get(voice.body));
            if text(shared) != text(own) {
                let topic = (FIRST_TEXT + at, "");
                self.say(Place::Whole, topic, by, text(own), |all| {
                    (all.words.get(word).to_owned(), Some(text(shared)))
                });
            }
        }
        if voice.body.mode != self.body.mode {
            let mode = |body: &Body| {
                let key = format!("mode_{}", body.mode.as_str().replace('-', "_"));
                vec![voice.words.get(&key).to_owned()]
            };
            self.say(Place::Whole, (MODE, ""), by, mode(voice.body), |all| {
                (all.words.get("field_mode").to_owned(), Some(mode(all.body)))
            });
        }
        self.phases(voice, by);
        self.things(
            (Place::Notices, "notice_added"),
            by,
            (&self.body.notices, &voice.body.notices),
            |notice| &notice.id.value,
            |voice, notice| {
                (
                    voice.words.get("field_notice").to_owned(),
                    voice.notice(notice),
                )
            },
            voice,
        );
        self.things(
            (Place::Questions, "question_added"),
            by,
            (&self.body.questions, &voice.body.questions),
            |question| &question.id.value,
            |voice, question| (question.question.value.to_string(), voice.answer(question)),
            voice,
        );
        self.things(
            (Place::Facts, "fact_added"),
            by,
            (&self.body.facts, &voice.body.facts),
            |(id, _)| &id.value,
            |voice, (id, fact)| (voice.fact_title(id), voice.fact(fact)),
            voice,
        );
    }

    /// Things that have ids: those that say something else than the shared ones of their id, and those that are added.
    fn things<T: PartialEq>(
        &mut self,
        (place, added): (Place, &'static str),
        by: By<'b>,
        (shared, own): (&'b [T], &'b [T]),
        id: impl Fn(&'b T) -> &'b Id,
        say: impl Fn(Voice<'b, 'w>, &'b T) -> (String, Lines),
        voice: Voice<'b, 'w>,
    ) {
        for thing in own {
            let position = shared.iter().position(|it| id(it) == id(thing));
            // Places are part of a thing: one that is inherited is the same.
            if position.is_some_and(|at| shared[at] == *thing) {
                continue;
            }
            let (heading, mut lines) = say(voice, thing);
            if let Some(at) = position {
                let (shared_heading, said) = say(self.shared(), &shared[at]);
                if (&shared_heading, &said) == (&heading, &lines) {
                    continue;
                }
                if heading != shared_heading {
                    lines.insert(0, heading);
                }
                let topic = (at, id(thing).as_str());
                self.say(place, topic, by, lines, |_| (shared_heading, Some(said)));
            } else {
                if place != Place::Notices {
                    lines.insert(0, heading);
                }
                self.say(place, (ADDED, ""), by, lines, Self::heading(added));
            }
        }
    }

    fn phases(&mut self, voice: Voice<'b, 'w>, by: By<'b>) {
        let said = |phase: &PhaseHeading| -> Lines {
            let lines = [phase.title.as_ref(), phase.note.as_ref()];
            lines.into_iter().flat_map(text).collect()
        };
        for phase in &voice.body.phases {
            let shared = self.body.phases.iter();
            let mut shared = shared
                .enumerate()
                .filter(|(_, it)| it.id.value == phase.id.value);
            match shared.next() {
                Some((_, shared)) if said(shared) == said(phase) => {}
                Some((at, shared)) => {
                    let topic = (FIRST_PHASE + at, "");
                    self.say(Place::Whole, topic, by, said(phase), |all| {
                        (all.words.get("field_phase").to_owned(), Some(said(shared)))
                    });
                }
                None => {
                    let heading = Self::heading("phase_added");
                    self.say(Place::Whole, (ADDED, ""), by, said(phase), heading);
                }
            }
        }
    }

    /// What became of a procedure, where its readers must know.
    pub(super) fn state(&mut self, by: By<'b>, procedure: &'b Procedure) {
        let is_shared = procedure.status == Status::Published && self.body.outcome.is_some();
        if let Some(state) = banner(procedure).filter(|_| !is_shared) {
            let lines = vec![self.words.get(&format!("state_{state}")).to_owned()];
            self.say(
                Place::Whole,
                (STATE, ""),
                by,
                lines,
                Self::heading("status"),
            );
        }
    }

    /// The answers that exist with a provider, as the shared procedure words them, and why.
    fn only(&self, voice: Voice<'b, 'w>, only: &'b Only) -> Lines {
        let mut lines: Lines = self.shared().condition(&only.answers).into_iter().collect();
        let because = &only.because.value;
        lines.push(voice.sourced(because, only.evidence.as_ref()));
        lines
    }
}

impl<'b> Voice<'b, '_> {
    fn notice(&self, notice: &'b Notice) -> Lines {
        let mut lines = text(Some(&notice.text));
        if let Some(before) = &notice.before {
            let action = self.step(before);
            lines.push(self.words.fill("notice_before", &[("action", &action)]));
        }
        lines.extend(notice.evidence.as_ref().map(|id| self.cited(id)));
        lines
    }

    fn answer(&self, question: &'b Question) -> Lines {
        let mut lines = text(question.answer.as_ref());
        lines.extend(question.fact.as_ref().map(|id| self.fact_title(id)));
        lines.extend(question.evidence.as_ref().map(|id| self.cited(id)));
        lines
    }

    fn cited(&self, id: &'b crate::yaml::Placed<Id>) -> String {
        format!("{}{}", self.words.get("source"), self.source(id))
    }

    fn fact_title(&self, id: &Id) -> String {
        let standard = self.book.standard_of(self.body);
        let mut asked = standard.into_iter().flat_map(|standard| &standard.facts);
        let asked = asked.find(|asked| asked.id.value == *id);
        asked.map_or_else(|| id.to_string(), |asked| asked.title.value.to_string())
    }

    fn fact(&self, fact: &'b Fact) -> Lines {
        let said = match fact {
            Fact::Unknown(_) => None,
            Fact::Known {
                value, evidence, ..
            } => match value {
                FactValue::Text(text) => Some(self.sourced(&text.value, evidence.as_ref())),
                FactValue::Time(time) => self.time(time, evidence.as_ref()),
            },
        };
        vec![said.unwrap_or_else(|| self.words.get("unverified").to_owned())]
    }
}
