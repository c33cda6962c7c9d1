//! A procedure's checklist: what must be in hand and be done, for paper.

use serde::Serialize;

use super::fragments::{Cited, Component};
use super::guide::{ChoiceView, ReviewView, choices, has_unverified, review};
use super::view::{ChannelView, MaterialView, NoticeView, PhaseView, banner, text};
use super::{Renderer, Words};
use crate::model::{Address, Body, Mode, Procedure, Provider};

#[derive(Debug, Serialize)]
pub(super) struct ChecklistView<'a> {
    provider: &'a str,
    title: &'a str,
    /// `provider/procedure`, as it is printed on every sheet.
    code: String,
    ends: &'a str,
    leaves: &'a str,
    banner: Option<&'static str>,
    /// Whether every line is read before it is done, or confirmed after.
    read_do: bool,
    reviewed: Option<ReviewView>,
    unverified: bool,
    guide: String,
    /// The guide's full address, to be read off paper.
    guide_url: String,
    choices: Vec<ChoiceView<'a>>,
    channels: Vec<ChannelView<'a>>,
    materials: Vec<MaterialView<'a>>,
    /// Notices for paper that stand before all steps.
    notices: Vec<NoticeView<'a>>,
    phases: Vec<PhaseView<'a>>,
    step_count: usize,
}

impl ChecklistView<'_> {
    /// The title of the page.
    pub(super) fn heading(&self, words: &Words) -> String {
        format!(
            "{}{}{}",
            self.provider,
            words.get("heading_joint"),
            self.title
        )
    }
}

pub(super) fn view<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
) -> tera::TeraResult<ChecklistView<'b>> {
    let body: &'b Body = &procedure.body;
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let guide = Address::guide(&provider.id, &procedure.id).to_string();
    let early = body.notices.iter().filter(|notice| notice.before.is_none());
    let paper = early.filter(|notice| notice.paper.as_ref().is_some_and(|paper| paper.value));
    // Paper has no room for titles of sources: the guide has them.
    let phases = renderer.phases(Component::Item, provider, body, &mut Cited::default())?;
    Ok(ChecklistView {
        provider: &document.name,
        title: text(body.title.as_ref()).unwrap_or_default(),
        code: provider.subject(procedure),
        ends: text(body.ends.as_ref()).unwrap_or_default(),
        leaves: text(body.leaves.as_ref()).unwrap_or_default(),
        banner: banner(procedure),
        read_do: body.mode == Mode::ReadDo,
        reviewed: review(procedure),
        unverified: has_unverified(body),
        guide_url: format!("{}/{guide}", renderer.base_url),
        guide,
        choices: choices(renderer, body),
        channels: document
            .channels
            .iter()
            .map(|channel| renderer.channel(provider, channel))
            .collect(),
        materials: renderer.materials(body),
        notices: paper
            .map(|notice| renderer.notice(provider, notice))
            .collect(),
        phases,
        step_count: body.steps.len(),
    })
}
