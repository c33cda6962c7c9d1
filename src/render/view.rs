//! Views that several pages show: steps, channels, sources, materials, facts.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::{Edition, Procedure, Status};
use crate::yaml::{Date, Text};

/// A source of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct SourceView<'a> {
    pub(super) title: &'a str,
    pub(super) url: &'a str,
    pub(super) host: &'a str,
    pub(super) dated: Option<String>,
    pub(super) in_force: Option<String>,
    pub(super) checked: String,
    #[serde(skip)]
    pub(super) checked_on: Date,
}

/// A way to reach a provider. Without a value, or without a source, it is unverified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ChannelView<'a> {
    pub(super) label: &'a str,
    pub(super) kind: &'static str,
    pub(super) value: Option<&'a str>,
    /// `tel:`, `mailto:` or a web address, where the kind has one.
    pub(super) href: Option<String>,
    pub(super) hours: Option<&'a str>,
    pub(super) source: Option<SourceView<'a>>,
}

/// A phase with its steps.
#[derive(Debug, Serialize)]
pub(super) struct PhaseView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) note: Option<&'a str>,
    /// The numbers of its first and its last step; absent where it has none.
    pub(super) range: Option<(usize, usize)>,
    /// All of its steps; safe to print as it is.
    pub(super) html: String,
    #[serde(skip)]
    pub(super) steps: Vec<StepLine<'a>>,
}

/// What is said of a step in one line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StepLine<'a> {
    pub(super) id: &'a str,
    pub(super) number: usize,
    pub(super) action: &'a str,
    pub(super) expect: &'a str,
    pub(super) irreversible: bool,
}

/// A step, as guide and checklist see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct StepView<'a> {
    pub(super) id: &'a str,
    /// From 1; the same on every page.
    pub(super) number: usize,
    pub(super) action: &'a str,
    pub(super) expect: &'a str,
    /// Changes with what readers see of it.
    pub(super) edition: Edition,
    /// For whom it is; absent where it is for everybody.
    pub(super) condition: Option<ConditionView>,
    /// The answers for which it is shown, stops included, for the page's script: boxes such as
    /// `route:assisted merchant-type:sole-trader,company`, of which one must hold, joined by `|`. Absent where it always is.
    pub(super) when: Option<String>,
    /// The case that a branch is for.
    pub(super) in_case: Option<&'a str>,
    /// Where a branch goes on.
    pub(super) then: Option<JumpView<'a>>,
    pub(super) caution: Option<&'a str>,
    pub(super) irreversible: bool,
    /// Safe to print as it is.
    pub(super) guidance: Option<&'a str>,
    /// The first step that cannot be undone, where it is another one.
    pub(super) point_of_no_return: Option<JumpView<'a>>,
    pub(super) needs: Vec<NeedView<'a>>,
    pub(super) channels: Vec<ChannelView<'a>>,
    pub(super) record: Vec<RecordView<'a>>,
    pub(super) if_not: Vec<IfNotView<'a>>,
    pub(super) ui_label: Option<&'a str>,
    pub(super) undo: Option<&'a str>,
    pub(super) wait: Option<String>,
    /// Who says how long it takes.
    pub(super) wait_source: Option<SourceView<'a>>,
    pub(super) cost: Option<&'a str>,
    pub(super) source: Option<SourceView<'a>>,
    pub(super) variants: Vec<VariantView<'a>>,
    /// Notices that stand before this step.
    pub(super) notices: Vec<NoticeView<'a>>,
    /// Whether notices stand before all steps.
    pub(super) notices_first: bool,
    /// Notices for paper that stand before earlier steps, for whoever comes to this one by a link.
    pub(super) recalled: Vec<&'a str>,
}

/// A material that a step needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct NeedView<'a> {
    pub(super) title: &'a str,
    /// Who needs it; absent where all do for whom the step is.
    pub(super) condition: Option<ConditionView>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ConditionView {
    /// In the reader's words.
    pub(super) words: String,
    /// As in [`StepView::when`].
    pub(super) when: Option<String>,
}

/// Other words of a step for some answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct VariantView<'a> {
    pub(super) condition: String,
    /// As in [`StepView::when`]; absent where it holds whenever no earlier one does.
    pub(super) when: Option<String>,
    pub(super) action: Option<&'a str>,
    pub(super) expect: Option<&'a str>,
    pub(super) caution: Option<&'a str>,
    pub(super) guidance: Option<&'a str>,
    pub(super) channels: Vec<ChannelView<'a>>,
    pub(super) record: Vec<RecordView<'a>>,
}

impl<'a> VariantView<'a> {
    /// Puts its words where the step's own stand.
    pub(super) fn take_place(self, step: &mut StepView<'a>) {
        step.action = self.action.unwrap_or(step.action);
        step.expect = self.expect.unwrap_or(step.expect);
        step.caution = self.caution.or(step.caution);
        step.guidance = self.guidance.or(step.guidance);
        if !self.channels.is_empty() {
            step.channels = self.channels;
        }
        if !self.record.is_empty() {
            step.record = self.record;
        }
    }
}

/// A blank.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct RecordView<'a> {
    pub(super) label: &'a str,
    /// Whether only the last four characters are written down.
    pub(super) last_four: bool,
}

/// What to do when the expected end does not come.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct IfNotView<'a> {
    pub(super) case: &'a str,
    pub(super) remedy: &'a str,
    pub(super) go: Option<JumpView<'a>>,
}

/// A step to go to; without a number, the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct JumpView<'a> {
    pub(super) id: &'a str,
    pub(super) number: Option<usize>,
    pub(super) action: &'a str,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct NoticeView<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    pub(super) paper: bool,
    pub(super) source: Option<SourceView<'a>>,
}

/// A material of the packing list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct MaterialView<'a> {
    pub(super) title: &'a str,
    /// Who needs it; absent where everybody does.
    pub(super) condition: Option<ConditionView>,
    /// The answers for which a shown step needs it, as in [`StepView::when`].
    pub(super) when: Option<String>,
    pub(super) note: Option<&'a str>,
    pub(super) original: bool,
    pub(super) copies: Option<u32>,
}

/// A fact. Without a value it is unknown; without a source it is unverified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct FactView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) value: Option<Cow<'a, str>>,
    pub(super) source: Option<SourceView<'a>>,
}

/// The text of an optional field.
pub(super) fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

/// The word for a status that readers must know of.
pub(super) fn banner(procedure: &Procedure) -> Option<&'static str> {
    match procedure.status {
        Status::Draft => Some("draft"),
        Status::Published => procedure.body.outcome.as_ref().map(|_| "not_possible"),
        Status::Suspended => Some("suspended"),
        Status::Retired => Some("retired"),
    }
}
