//! What is left out of reports: rules that may be broken somewhere for a reason, and what was wrong before.

use super::is_placeholder;
use crate::yaml::{Date, Placed, Text, shape};

shape! {
    /// A rule that may be broken here: a warning or a note. Rules ask for the reason.
    pub struct Allow ("an `allow`") {
        /// The rule, by its code or its name.
        rule: Text,
        /// Why.
        because: Option<Text>,
        /// The last day on which it holds; without it, until it is taken out.
        until: Option<Placed<Date>>,
    }
}

impl Allow {
    /// Whether it says why.
    pub fn has_reason(&self) -> bool {
        let because = self.because.as_ref();
        because.is_some_and(|because| !is_placeholder(because))
    }

    /// Its last day, if that has passed.
    pub fn ended(&self, today: Date) -> Option<&Placed<Date>> {
        self.until.as_ref().filter(|until| until.value < today)
    }
}

shape! {
    /// What was wrong when `baseline.yaml` was written, and is left out of reports since.
    pub struct KnownFault ("an entry of the baseline") {
        /// The code of the rule.
        rule: Text,
        /// The file, as diagnostics name it.
        file: Text,
        /// The way to the value, with ids in place of positions.
        field: Option<Text>,
        /// The way to the value that the message points at as well.
        about: Option<Text>,
        /// How often, where that is more than once.
        count: Option<Placed<u32>>,
        /// The last day on which it is left out.
        until: Option<Placed<Date>>,
    }
}
