//! The data of a guide: what it is about, what its reader is asked, and a card for each step.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{AnswerBox, Channel, Condition, Fact, Source, Step};
use crate::model::Edition;

/// Most guides fit into this many bytes.
const GUIDE_BYTES: usize = 64 * 1024;

/// A procedure of a provider, as `PROVIDER/PROCEDURE/index.json` holds it.
///
/// What it says holds as of its edition. What is not verified, ask the provider. A field that has nothing to say is
/// absent; fields may be added, and the meaning of one never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "Guide")]
pub struct Guide<'a> {
    /// Where the schema of this file lies.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The address of the guide.
    pub permalink: String,
    /// The address of the checklist to print.
    pub checklist: String,
    /// The language of all texts.
    pub language: &'a str,
    /// Who the provider is and how to reach it.
    pub provider: Provider<'a>,
    /// The id of the procedure.
    pub procedure: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is about.
    pub summary: &'a str,
    /// What it closes.
    pub ends: &'a str,
    /// What stays.
    pub leaves: &'a str,
    /// The id of the standard that it holds to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<&'a str>,
    /// `published`; `draft`, `suspended` and `retired` must not be followed.
    pub status: &'static str,
    /// `not-possible` where the provider offers no way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<&'static str>,
    /// `read-do` or `do-confirm`: whether each line is read before it is done, or confirmed after.
    pub mode: &'static str,
    /// Changes with what readers see of the procedure.
    #[schemars(with = "String")]
    pub edition: Edition,
    /// The last review; absent where nobody ever reviewed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Review>,
    /// What the reader is asked, to see the steps that apply.
    pub choices: Vec<Choice<'a>>,
    /// Notices that stand before all steps; others stand with their step.
    pub notices: Vec<Notice<'a>>,
    /// What the steps need, all together.
    pub materials: Vec<Material<'a>>,
    /// The phases in order.
    pub phases: Vec<Phase<'a>>,
    /// The steps in order; none of a retired procedure.
    pub steps: Vec<Step<'a>>,
    /// What a retired procedure's steps were: they must not be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps_then: Vec<StepThen<'a>>,
    /// Questions with their answers.
    pub questions: Vec<Question<'a>>,
    /// What is known and not known of this procedure with this provider.
    pub facts: Vec<Fact<'a>>,
    /// Guidance that belongs to no step.
    pub background: Vec<Background<'a>>,
    /// The sources of all that is said, each once.
    pub sources: Vec<Source<'a>>,
    /// Old step ids: their links still answer.
    pub retired: Vec<Retired<'a>>,
    /// Old addresses of the guide.
    pub formerly: Vec<String>,
}

impl Guide<'_> {
    /// The word for a state that readers must know of before all else.
    pub fn banner(&self) -> Option<&'static str> {
        match self.status {
            "published" => self.outcome.map(|_| "not_possible"),
            status => Some(status),
        }
    }

    /// The guide as JSON on one line.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(GUIDE_BYTES);
        serde_json::to_writer(&mut json, self).expect("strings, numbers and lists are JSON");
        json.push(b'\n');
        json
    }
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Provider<'a> {
    /// Its id.
    pub id: &'a str,
    /// The name that merchants know.
    pub name: &'a str,
    /// The address of its page.
    pub page: String,
    /// The ways to reach it that serve merchants.
    pub channels: Vec<Channel<'a>>,
}

/// When and how a procedure was last held against the provider's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Review {
    /// The day.
    pub date: String,
    /// `read-notice`, `did-it` or `phoned`.
    pub method: &'static str,
}

/// Something that the reader is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice<'a> {
    /// Its id, and its key in the query of a link.
    pub id: &'a str,
    /// The question.
    pub question: &'a str,
    /// What may be answered.
    pub options: Vec<ChoiceOption<'a>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Option")]
pub struct ChoiceOption<'a> {
    /// Its id.
    pub id: &'a str,
    /// The answer in words.
    pub label: &'a str,
    /// Why this answer ends the guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop<'a>>,
}

/// Why an answer ends the guide. Steps that are not shown for it are not to be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stop<'a> {
    /// What the reader is told.
    pub text: &'a str,
    /// The address of the guide to follow instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Notice<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it says.
    pub text: &'a str,
    /// The source of what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}

/// A material of the packing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Material<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Who needs it; absent where everybody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition<'a>>,
    /// The answers for which a shown step needs it: one of these must hold. Absent where some step always does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed_for: Option<Vec<AnswerBox<'a>>>,
    /// What to watch for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
    /// Whether the original must be shown.
    pub original: bool,
    /// How many copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
}

/// A phase: steps up to a point where one may pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Phase<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// When it is read, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

/// A step of a procedure that is retired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepThen<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its number.
    pub number: usize,
    /// What it told to do.
    pub action: &'a str,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Question<'a> {
    /// Its id.
    pub id: &'a str,
    /// The question.
    pub question: &'a str,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'a str>,
    /// The fact that answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<Fact<'a>>,
    /// The source of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}

/// Guidance that belongs to no step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Background<'a> {
    /// Its id.
    pub id: &'a str,
    /// Markdown.
    pub guidance: Cow<'a, str>,
}

/// An old step id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Retired<'a> {
    /// The old id.
    pub id: &'a str,
    /// Since when the step is gone.
    pub date: String,
    /// Why.
    pub because: &'a str,
    /// The id of the step to use now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#use: Option<&'a str>,
}
