//! The shapes of answers. Each says what it leaves off.

use schemars::JsonSchema;
use serde::Serialize;

use crate::card::{Choice, Fact, Material, Notice, Review, Step, StepThen};
use crate::model::Edition;

/// Steps that fit some words.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepsAnswer<'a> {
    /// The best first. If several fit about as well, ask the person which one is meant.
    pub(super) results: Vec<StepLine<'a>>,
    /// Whether more fit than are listed: then say more exactly what is meant, with the name of the provider.
    pub(super) more: bool,
}

/// A step that fits, or a whole guide.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepLine<'a> {
    /// The provider's id, for `get_procedure`.
    pub(super) provider: &'a str,
    /// The provider's name.
    pub(super) provider_name: &'a str,
    /// The procedure's id, for `get_procedure`.
    pub(super) procedure: &'a str,
    /// The procedure's title.
    pub(super) title: &'a str,
    /// The step's id; absent where the whole guide fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<&'a str>,
    /// The step's number on the guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<usize>,
    /// What the step tells to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<&'a str>,
    /// `suspended` or `retired`: the person must not follow it now. Absent where it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
    /// The address to send to the person: it opens at the step.
    pub(super) permalink: String,
    /// How well it fits; to be compared within one answer only.
    pub(super) score: i64,
}

/// Providers with their procedures.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProvidersAnswer<'a> {
    /// The providers, by id.
    pub(super) providers: Vec<ProviderLine<'a>>,
    /// What did not fit; absent where this is all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) left_off: Option<ProvidersLeft<'a>>,
}

/// Providers that did not fit.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProvidersLeft<'a> {
    /// How many there are.
    pub(super) providers: usize,
    /// Pass this as `after` to see them.
    pub(super) after: &'a str,
}

/// A provider.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProviderLine<'a> {
    /// Its id, for `get_procedure`.
    pub(super) id: &'a str,
    /// The name that people know.
    pub(super) name: &'a str,
    /// What it has.
    pub(super) procedures: Vec<ProcedureLine<'a>>,
}

/// A procedure of a provider.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProcedureLine<'a> {
    /// Its id, for `get_procedure`.
    pub(super) id: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// `published`; `suspended` and `retired` must not be followed.
    pub(super) status: &'static str,
    /// The address of the guide.
    pub(super) permalink: String,
}

/// A procedure with the steps that apply.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProcedureAnswer<'a> {
    /// The provider's id.
    pub(super) provider: &'a str,
    /// The provider's name.
    pub(super) provider_name: &'a str,
    /// The procedure's id.
    pub(super) procedure: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// Why nothing here may be followed; absent where all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) warning: Option<String>,
    /// The edition as of which this holds.
    #[schemars(with = "String")]
    pub(super) edition: Edition,
    /// The last review; absent where nobody ever reviewed the procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reviewed: Option<Review>,
    /// The address of the guide with these answers.
    pub(super) permalink: String,
    /// The resource with the whole guide, answers to common questions and sources included.
    pub(super) resource: String,
    /// Answers that end the guide: tell the person this before anything else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) stops: Vec<StopLine<'a>>,
    /// The numbers of all steps that apply.
    pub(super) numbers: Vec<usize>,
    /// What is to be read first; absent in later parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Before<'a>>,
    /// The steps that apply, from the one asked for on.
    pub(super) steps: Vec<Step<'a>>,
    /// What a retired procedure's steps were: they must not be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) steps_then: Vec<StepThen<'a>>,
    /// What did not fit; absent where this is all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) left_off: Option<StepsLeft>,
}

/// An answer that ends the guide.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StopLine<'a> {
    /// What was asked.
    pub(super) choice: &'a str,
    /// What was answered.
    pub(super) option: &'a str,
    /// What the person is to be told.
    pub(super) text: &'a str,
    /// The id of the procedure to follow instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) procedure: Option<&'a str>,
}

/// What stands before the steps.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Before<'a> {
    /// What it is about.
    pub(super) summary: &'a str,
    /// What it closes.
    pub(super) ends: &'a str,
    /// What stays.
    pub(super) leaves: &'a str,
    /// What is still to be asked, for the steps that apply.
    pub(super) choices: Vec<Choice<'a>>,
    /// Notices that stand before all steps.
    pub(super) notices: Vec<Notice<'a>>,
    /// What must be at hand.
    pub(super) materials: Vec<Material<'a>>,
    /// What is known and not known.
    pub(super) facts: Vec<Fact<'a>>,
}

/// Steps that did not fit.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepsLeft {
    /// How many there are.
    pub(super) steps: usize,
    /// Pass this as `from`, with the same answers, to see them.
    pub(super) from: usize,
}
