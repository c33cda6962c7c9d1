//! A step as authors write it. In a provider's file every field but the id may be left out.

use super::Condition;
use crate::yaml::{Id, OneOrMany, Placed, Text, shape, words};

words! {
    /// How much of a written value is kept.
    pub enum Mask ("a mask") {
        /// The last four characters.
        Last4 = "last4",
    }
}

shape! {
    /// A step.
    pub struct Step ("a step") {
        /// Its id, and its anchor.
        id: Placed<Id>,
        /// Where it goes, for a provider's new or moved step.
        place: Option<StepPlace>,
        /// What to do: imperative, one act, the line on paper.
        action: Option<Text>,
        /// What is seen when it is done.
        expect: Option<Text>,
        /// Requirements that it covers; its own id unless given.
        covers: Option<Placed<Vec<Placed<Id>>>> => "required-step",
        /// Guidance by that name, the provider's own first.
        guidance: Option<Placed<Id>> => "guidance",
        /// Materials that it needs.
        needs: Option<Placed<Vec<Placed<Id>>>> => "material",
        /// Channels that it goes through: ids or kinds.
        via: Option<Placed<Vec<Placed<Id>>>> => "way",
        /// For which answers it is shown.
        when: Option<Condition>,
        /// A branch that no answer can foretell: always shown.
        in_case: Option<Text>,
        /// Where the branch goes on: a step, or `end`.
        then: Option<Placed<Id>> => "next",
        /// Who does it.
        actor: Option<Text>,
        /// Blanks to write in.
        record: Option<Placed<Vec<Record>>>,
        /// A warning, printed before the action.
        caution: Option<Text>,
        /// It cannot be undone.
        irreversible: Option<Placed<bool>>,
        /// What to do when `expect` does not come.
        if_not: Option<Placed<Vec<IfNot>>>,
        /// The provider's own wording on the screen.
        ui_label: Option<Text>,
        /// How to undo it, or `irreversible`.
        undo: Option<Text>,
        /// The source of what it says of the provider.
        evidence: Option<Placed<Id>> => "source",
        /// How long it takes.
        wait: Option<Wait>,
        /// What it costs.
        cost: Option<Text>,
        /// Words to find it by, beside those it contains.
        aliases: Option<Placed<Vec<Text>>>,
        /// Other words for some answers; the first whose condition holds counts.
        variants: Option<Placed<Vec<Variant>>>,
    }
}

shape! {
    /// Where a step goes: beside another, in whose phase it then is, or at the end of a phase.
    pub struct StepPlace ("a place") {
        /// Behind this step.
        after: Option<Placed<Id>> => "step",
        /// In front of this step.
        before: Option<Placed<Id>> => "step",
        /// At the end of this phase.
        phase: Option<Placed<Id>> => "phase",
    }
}

shape! {
    /// A blank to write in.
    pub struct Record ("a record") {
        /// What to write.
        label: Text,
        /// How much of it.
        mask: Option<Placed<Mask>>,
    }
}

shape! {
    /// What to do when the expected end does not come.
    pub struct IfNot ("a case") {
        /// What is seen instead.
        case: Text,
        /// What to do.
        r#do: Text,
        /// The step to go to.
        go: Option<Placed<Id>> => "step",
    }
}

shape! {
    /// A length of time: one number or a range, in one unit.
    pub struct TimeSpan ("a time such as `{days: [1, 3]}`") {
        /// Minutes.
        minutes: Option<OneOrMany<Placed<u32>>>,
        /// Hours.
        hours: Option<OneOrMany<Placed<u32>>>,
        /// Days.
        days: Option<OneOrMany<Placed<u32>>>,
        /// Months.
        months: Option<OneOrMany<Placed<u32>>>,
        /// Whether only working days count.
        working: Option<Placed<bool>>,
    }
}

shape! {
    /// How long a step takes, and how we know.
    pub struct Wait ("a wait") {
        /// Minutes.
        minutes: Option<OneOrMany<Placed<u32>>>,
        /// Hours.
        hours: Option<OneOrMany<Placed<u32>>>,
        /// Days.
        days: Option<OneOrMany<Placed<u32>>>,
        /// Months.
        months: Option<OneOrMany<Placed<u32>>>,
        /// Whether only working days count.
        working: Option<Placed<bool>>,
        /// The source that says so.
        evidence: Option<Placed<Id>> => "source",
    }
}

impl Wait {
    /// The time alone.
    pub fn span(&self) -> TimeSpan {
        TimeSpan {
            at: self.at,
            minutes: self.minutes.clone(),
            hours: self.hours.clone(),
            days: self.days.clone(),
            months: self.months.clone(),
            working: self.working.clone(),
        }
    }
}

impl TimeSpan {
    /// Whether it is given in days of which only the working days count.
    pub fn counts_working_days(&self) -> bool {
        self.days.is_some() && self.working.as_ref().is_some_and(|working| working.value)
    }

    /// The unit's name and the numbers, when exactly one unit is given with one number or a range.
    pub fn amount(&self) -> Option<(&'static str, u32, u32)> {
        let units = [
            ("minutes", &self.minutes),
            ("hours", &self.hours),
            ("days", &self.days),
            ("months", &self.months),
        ];
        let mut given = units
            .iter()
            .filter_map(|(name, numbers)| Some((*name, numbers.as_ref()?)));
        let (name, numbers) = given.next()?;
        if given.next().is_some() {
            return None;
        }
        match numbers.0.as_slice() {
            [one] => Some((name, one.value, one.value)),
            [low, high] if low.value <= high.value => Some((name, low.value, high.value)),
            _ => None,
        }
    }
}

shape! {
    /// Other words of a step for some answers.
    pub struct Variant ("a variant") {
        /// For which answers.
        when: Condition,
        /// What to do.
        action: Option<Text>,
        /// What is seen when it is done.
        expect: Option<Text>,
        /// Blanks to write in.
        record: Option<Placed<Vec<Record>>>,
        /// Channels.
        via: Option<Placed<Vec<Placed<Id>>>> => "way",
        /// Guidance.
        guidance: Option<Placed<Id>> => "guidance",
        /// A warning.
        caution: Option<Text>,
    }
}
