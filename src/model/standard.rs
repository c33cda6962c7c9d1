//! A standard: what every procedure of a kind must cover, in which order.

use super::{ChannelKind, Condition};
use crate::yaml::{Days, Id, Placed, Text, shape, words};

words! {
    /// How binding a requirement is.
    pub enum Level ("a level") {
        /// Its absence is an error.
        Required = "required",
        /// Its absence is a note.
        Recommended = "recommended",
    }
}

words! {
    /// How binding a channel is.
    pub enum ChannelLevel ("a level of a channel") {
        /// Its absence is an error.
        Required = "required",
        /// Its absence is a note.
        Recommended = "recommended",
        /// Its presence is an error.
        Forbidden = "forbidden",
    }
}

words! {
    /// What kind of value a fact has.
    pub enum FactKind ("a kind of fact") {
        /// A time with its unit.
        Time = "time",
        /// An amount of money.
        Money = "money",
        /// A text.
        Text = "text",
        /// One of the options.
        Enum = "enum",
    }
}

shape! {
    /// A step that a procedure must cover: one act.
    pub struct Requirement ("a requirement") {
        /// Its id.
        id: Placed<Id>,
        /// Its name.
        title: Text,
        /// Why it is required; shown in messages and on the coverage page.
        because: Text,
        /// Requirements that come later.
        before: Vec<Placed<Id>> => "required-step",
        /// Requirements that come earlier.
        after: Vec<Placed<Id>> => "required-step",
        /// Whether it comes after all others.
        last: Option<Placed<bool>>,
        /// For whom it is required; without it, everybody.
        when: Option<Condition>,
        /// How binding it is; required unless given.
        level: Option<Placed<Level>>,
    }
}

shape! {
    /// A notice that a procedure must carry.
    pub struct NoticeRequirement ("a required notice") {
        /// Its id.
        id: Placed<Id>,
        /// Its name.
        title: Option<Text>,
        /// Why it is required.
        because: Option<Text>,
        /// The requirement before whose step it must stand.
        before: Option<Placed<Id>> => "required-step",
        /// How binding it is.
        level: Option<Placed<Level>>,
    }
}

shape! {
    /// A question that a procedure must answer.
    pub struct QuestionRequirement ("a required question") {
        /// Its id.
        id: Placed<Id>,
        /// Its name.
        title: Option<Text>,
        /// Why it is required.
        because: Option<Text>,
        /// How binding it is.
        level: Option<Placed<Level>>,
    }
}

shape! {
    /// A channel that a provider must have, or must not.
    pub struct RequiredChannel ("a channel of a standard") {
        /// The id that the provider's channel must have; without it, any of the kind.
        id: Option<Placed<Id>> => "channel",
        /// Its kind.
        kind: Placed<ChannelKind>,
        /// How binding it is.
        level: Placed<ChannelLevel>,
        /// Why.
        because: Option<Text>,
    }
}

shape! {
    /// A typed fact that a procedure must state, or say to be unknown.
    pub struct FactRequirement ("a fact of a standard") {
        /// Its id.
        id: Placed<Id>,
        /// Its name.
        title: Text,
        /// What kind of value it has.
        kind: Placed<FactKind>,
        /// The values of an enum.
        options: Vec<Placed<Id>>,
        /// Why it is required.
        because: Option<Text>,
    }
}

shape! {
    /// How long a check of a source holds.
    pub struct Freshness ("freshness") {
        /// After this time it is a warning.
        warn: Placed<Days>,
        /// After this time it is an error.
        fail: Placed<Days>,
    }
}

shape! {
    /// A standard as its file says.
    pub struct Standard ("a standard") {
        /// Its title.
        title: Text,
        /// Answers that every provider's procedure must keep.
        offers: Option<Condition>,
        /// What must be covered.
        steps: Placed<Vec<Requirement>>,
        /// Materials that some step must need, whenever their own condition holds.
        materials: Vec<Placed<Id>> => "material",
        /// Notices that must be there.
        notices: Vec<NoticeRequirement>,
        /// Questions that must be there.
        questions: Vec<QuestionRequirement>,
        /// Guidance that must be there.
        guidance: Vec<Placed<Id>> => "guidance",
        /// Channels that must be there, or must not.
        channels: Vec<RequiredChannel>,
        /// Facts that must be stated or said to be unknown.
        facts: Vec<FactRequirement>,
        /// How long a check of a source holds.
        freshness: Freshness,
    }
}

impl Requirement {
    /// Whether its absence is an error.
    pub fn is_required(&self) -> bool {
        required(self.level.as_ref())
    }
}

impl NoticeRequirement {
    /// Whether its absence is an error.
    pub fn is_required(&self) -> bool {
        required(self.level.as_ref())
    }
}

impl QuestionRequirement {
    /// Whether its absence is an error.
    pub fn is_required(&self) -> bool {
        required(self.level.as_ref())
    }
}

fn required(level: Option<&Placed<Level>>) -> bool {
    level.is_none_or(|level| level.value == Level::Required)
}

impl Standard {
    /// The requirement with this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.steps
            .iter()
            .find(|requirement| requirement.id.as_str() == id)
    }

    /// The ids of everything that it requires or recommends: steps, notices, questions, facts, materials, guidance.
    pub fn required_ids(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().map(|it| it.id.as_str());
        let notices = self.notices.iter().map(|it| it.id.as_str());
        let questions = self.questions.iter().map(|it| it.id.as_str());
        let facts = self.facts.iter().map(|it| it.id.as_str());
        let names = self
            .materials
            .iter()
            .chain(&self.guidance)
            .map(|it| it.as_str());
        steps
            .chain(notices)
            .chain(questions)
            .chain(facts)
            .chain(names)
    }

    /// Whether it requires or recommends something by this id.
    pub fn requires(&self, id: &str) -> bool {
        self.required_ids().any(|known| known == id)
    }
}
