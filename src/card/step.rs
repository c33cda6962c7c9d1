//! The card of a step.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Channel, Notice, Source, Wait};
use crate::model::Edition;

/// Some answers: each choice that is named must have one of its options. A choice that is not named is left open.
pub type AnswerBox<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// For whom something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition<'a> {
    /// In the reader's words.
    pub text: String,
    /// As data.
    pub answers: AnswerBox<'a>,
}

/// A step: all that one needs to take it, so that the card can stand alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step<'a> {
    /// Its id; it never changes its meaning.
    pub id: &'a str,
    /// Its number, from 1: the same on the guide, on paper and here. Steps left out leave gaps.
    pub number: usize,
    /// The id of its phase.
    pub phase: &'a str,
    /// The address of this very step, to send to a reader.
    pub permalink: String,
    /// Changes with what readers see of the step.
    #[schemars(with = "String")]
    pub edition: Edition,
    /// What to do.
    pub action: &'a str,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<&'a str>,
    /// For whom it is; absent where it is for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition<'a>>,
    /// The answers for which it is shown: its condition, and no answer that has ended the guide before it. Absent where
    /// it always is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_for: Option<AnswerBox<'a>>,
    /// The case that it is a branch for: no answer can foretell it, so it is always shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_case: Option<&'a str>,
    /// Where the branch goes on: the id of a step, or `end`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<&'a str>,
    /// To be read before the step is taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice<'a>>,
    /// A warning, to be read before the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<&'a str>,
    /// Whether it cannot be undone.
    pub irreversible: bool,
    /// More about it, as Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Cow<'a, str>>,
    /// What must be at hand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need<'a>>,
    /// The ways to reach the provider that it goes through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel<'a>>,
    /// What the provider's own screen calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ui_label: Option<&'a str>,
    /// What is seen when it is done.
    pub expect: &'a str,
    /// What to do when that is not seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub if_not: Vec<IfNot<'a>>,
    /// What to write down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<Record<'a>>,
    /// How to undo it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<&'a str>,
    /// How long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait<'a>>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<&'a str>,
    /// Other words for some answers; the first whose condition holds takes the place of the words above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant<'a>>,
    /// Whether somebody reviewed the procedure, or a source shows what this step says. If not, ask the provider first.
    pub verified: bool,
    /// The source of what it says of the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}

/// A material that a step needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Need<'a> {
    /// The material's id.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Who needs it; absent where all do for whom the step is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition<'a>>,
}

/// What to do when the expected end of a step does not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IfNot<'a> {
    /// What is seen instead.
    pub case: &'a str,
    /// What to do.
    pub r#do: &'a str,
    /// The id of the step to go to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub go: Option<&'a str>,
}

/// Something to write down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Record<'a> {
    /// What.
    pub label: &'a str,
    /// `last4` where only the last four characters may be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<&'static str>,
}

/// Other words of a step for some answers. What it does not say stays as the step says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variant<'a> {
    /// For whom; absent where it holds whenever no earlier one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition<'a>>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<&'a str>,
    /// What is seen when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<&'a str>,
    /// A warning, to be read before the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<&'a str>,
    /// More about it, as Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Cow<'a, str>>,
    /// The ways to reach the provider that it goes through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel<'a>>,
    /// What to write down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<Record<'a>>,
}

impl<'a> Variant<'a> {
    /// Puts its words where the step's own stand.
    pub(super) fn take_place(self, step: &mut Step<'a>) {
        step.action = self.action.unwrap_or(step.action);
        step.expect = self.expect.unwrap_or(step.expect);
        step.caution = self.caution.or(step.caution);
        step.guidance = self.guidance.or(step.guidance.take());
        if !self.channels.is_empty() {
            step.channels = self.channels;
        }
        if !self.record.is_empty() {
            step.record = self.record;
        }
    }
}
