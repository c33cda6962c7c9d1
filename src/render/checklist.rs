//! A procedure's checklist: what must be in hand and be done, for paper.

use serde::Serialize;

use super::Renderer;
use super::fragments::{Cited, Component};
use super::procedure::{self, ProcedureView};
use super::view::{ChannelView, NoticeView, PhaseView};
use crate::model::{Address, Body, Fact, Mode, Procedure, Provider};

#[derive(Debug, Serialize)]
pub(super) struct ChecklistView<'a> {
    #[serde(flatten)]
    pub(super) procedure: ProcedureView<'a>,
    /// `provider/procedure`, as it is printed on every sheet.
    code: String,
    /// Whether every line is read before it is done, or confirmed after.
    read_do: bool,
    unverified: bool,
    guide: String,
    /// The guide's full address, to be read off paper.
    guide_url: String,
    channels: Vec<ChannelView<'a>>,
    /// Notices for paper that stand before all steps.
    notices: Vec<NoticeView<'a>>,
    phases: Vec<PhaseView<'a>>,
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
        procedure: procedure::view(renderer, provider, procedure),
        code: provider.subject(procedure),
        read_do: body.mode == Mode::ReadDo,
        unverified: has_unverified(body),
        guide_url: format!("{}/{guide}", renderer.base_url),
        guide,
        channels: document
            .channels
            .iter()
            .map(|channel| renderer.channel(provider, channel))
            .collect(),
        notices: paper
            .map(|notice| renderer.notice(provider, notice))
            .collect(),
        phases,
    })
}

/// Whether a procedure rests on anything that nobody has verified.
fn has_unverified(body: &Body) -> bool {
    body.facts.iter().any(|(_, fact)| {
        !matches!(
            fact,
            Fact::Known {
                evidence: Some(_),
                ..
            }
        )
    })
}
