//! A procedure as its sheet shows it: what guide, checklist and pack have in common.

use std::sync::Arc;

use serde::Serialize;

use super::fragments::{Cited, MaterialsPart, NoticesPart, SituationPart};
use super::past;
use super::view::{ChannelView, FactView, JumpView, PhaseView, banner, text};
use super::{Renderer, Words};
use crate::model::{Address, Body, Edition, Mode, Procedure, Provider, Status};
use crate::yaml::Date;

#[derive(Debug, Serialize)]
pub(super) struct SheetView<'a> {
    provider: &'a str,
    title: &'a str,
    ends: &'a str,
    leaves: &'a str,
    banner: Option<&'static str>,
    /// The day and the manner of the last review.
    reviewed: Option<ReviewView>,
    /// Changes with what readers see.
    edition: Edition,
    /// The day on which this edition was released, if it was.
    released: Option<String>,
    /// The day before which a sheet is to be used: then the oldest review or look at a source is due again.
    use_before: Option<String>,
    pub(super) guide: String,
    checklist: String,
    /// The guide's full address without what every reader adds, to be read off paper.
    short_address: String,
    /// The guide's address with the edition as a QR code; safe to print as it is.
    qr: Arc<str>,
    /// Whether every line is read before it is done, or confirmed after.
    read_do: bool,
    step_count: usize,
    /// The steps that cannot be undone.
    points_of_no_return: Vec<JumpView<'a>>,
    /// Those that serve merchants.
    channels: Vec<ChannelView<'a>>,
    facts: Vec<FactView<'a>>,
    /// Notices that stand before all steps; this and the next two are safe to print as they are.
    notices: Arc<str>,
    /// What the reader is asked.
    situation: Arc<str>,
    /// The packing list.
    materials: Arc<str>,
    pub(super) phases: Vec<PhaseView<'a>>,
}

impl SheetView<'_> {
    /// The title of the page.
    pub(super) fn heading(&self, words: &Words) -> String {
        let joint = words.get("heading_joint");
        format!("{}{joint}{}", self.provider, self.title)
    }
}

/// Where a sheet stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Medium<'a> {
    /// On the guide, with all that helps to take each step.
    pub(super) web: bool,
    /// The level of the headings of its parts.
    pub(super) level: u8,
    /// What tells its controls from those of other sheets on the page.
    pub(super) scope: &'a str,
    /// The way from its page to the site's base.
    pub(super) base: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct ReviewView {
    date: String,
    /// `read-notice`, `did-it` or `phoned`.
    method: &'static str,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct ChoiceView<'a> {
    id: &'a str,
    question: &'a str,
    options: Vec<OptionView<'a>>,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
struct OptionView<'a> {
    id: &'a str,
    label: &'a str,
    /// What the reader is told who must stop here.
    stop: Option<&'a str>,
    /// The way to the guide to follow instead, where the provider has it.
    next: Option<String>,
}

/// The sheet; the sources that it cites go to `cited`.
pub(super) fn view<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
    medium: Medium<'_>,
    cited: &mut Cited<'b>,
) -> tera::TeraResult<SheetView<'b>> {
    let body: &'b Body = &procedure.body;
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let early = body.notices.iter().filter(|notice| notice.before.is_none());
    let notices: Vec<_> = early
        .map(|notice| renderer.notice(provider, notice))
        .collect();
    let facts = renderer.facts(provider, body);
    let merchants = document
        .channels
        .iter()
        .filter(|channel| channel.serves_merchants());
    let channels: Vec<_> = merchants
        .map(|channel| renderer.channel(provider, channel))
        .collect();
    cited.add_all(notices.iter().map(|notice| &notice.source));
    cited.add_all(facts.iter().map(|fact| &fact.source));
    let edition = renderer.book.edition_of(provider, procedure).whole;
    let Medium {
        web,
        level,
        scope,
        base,
    } = medium;
    let phases = renderer.phases(web, provider, procedure, cited)?;
    let steps = phases.iter().flat_map(|phase| &phase.steps);
    let points = steps.filter(|step| step.irreversible);
    let (tera, made) = (&renderer.tera, &renderer.fragments);
    let choices = choices(renderer, provider, body, base);
    let materials = renderer.materials(body);
    let guide = Address::guide(&provider.id, &procedure.id);
    let address = renderer.cards.url(&guide);
    Ok(SheetView {
        provider: &document.name,
        title: text(body.title.as_ref()).unwrap_or_default(),
        ends: text(body.ends.as_ref()).unwrap_or_default(),
        leaves: text(body.leaves.as_ref()).unwrap_or_default(),
        banner: banner(procedure),
        reviewed: review(procedure),
        edition,
        released: past::released(renderer.book, provider, procedure).map(|day| day.to_string()),
        use_before: use_before(renderer, procedure, &channels, cited).map(|day| day.to_string()),
        checklist: Address::checklist(&provider.id, &procedure.id).to_string(),
        short_address: address
            .split_once("://")
            .map_or(&*address, |(_, rest)| rest)
            .to_owned(),
        qr: renderer.codes.of(format!("{address}?edition={edition}")),
        guide: guide.to_string(),
        read_do: body.mode == Mode::ReadDo,
        step_count: body.steps.len(),
        points_of_no_return: points
            .map(|step| JumpView {
                id: step.id,
                number: Some(step.number),
                action: step.action,
            })
            .collect(),
        channels,
        facts,
        notices: made
            .notices
            .render(tera, "notices", NoticesPart { notices, web })?,
        situation: made.situations.render(
            tera,
            "situation",
            SituationPart {
                choices,
                level,
                scope: scope.to_owned(),
            },
        )?,
        materials: made
            .materials
            .render(tera, "materials", MaterialsPart { materials, level })?,
        phases,
    })
}

/// The last review, if there was one.
pub(super) fn review(procedure: &Procedure) -> Option<ReviewView> {
    procedure.reviewed.as_ref().map(|review| ReviewView {
        date: review.date.value.to_string(),
        method: review.method.value.as_str(),
    })
}

/// When the first thing that the sheet rests on is to be looked at again; a sheet that rests on nothing has no such day.
fn use_before(
    renderer: &Renderer<'_>,
    procedure: &Procedure,
    channels: &[ChannelView<'_>],
    cited: &Cited<'_>,
) -> Option<Date> {
    if procedure.status == Status::Retired {
        return None;
    }
    let every = renderer.book.site.as_ref()?.review_every.value;
    let review = procedure.reviewed.iter().map(|review| review.date.value);
    let of_channels = channels
        .iter()
        .filter_map(|channel| channel.source.as_ref());
    let sources = of_channels.chain(cited.views());
    let oldest = review
        .chain(sources.map(|source| source.checked_on))
        .min()?;
    Some(every.after(oldest))
}

/// The choices that this procedure asks, with the options that exist here.
fn choices<'a>(
    renderer: &Renderer<'a>,
    provider: &'a Provider,
    body: &Body,
    base: &str,
) -> Vec<ChoiceView<'a>> {
    let asked = body.asked.iter().map(|number| {
        let choice = renderer.book.choices.get(*number);
        let options = choice.picked(body.domain.options(*number).unwrap_or(u64::MAX));
        ChoiceView {
            id: choice.id.as_str(),
            question: &choice.question,
            options: options
                .map(|option| {
                    let stop = option.stop.as_ref();
                    let next = stop.and_then(|stop| {
                        let next = stop.r#use.as_ref()?;
                        let mut procedures = provider.procedures.iter();
                        let procedure = procedures.find(|own| own.id == next.value)?;
                        let built = procedure.is_built(renderer.options.drafts);
                        let guide = Address::guide(&provider.id, &procedure.id);
                        built.then(|| format!("{base}{guide}"))
                    });
                    OptionView {
                        id: option.id.as_str(),
                        label: &option.label,
                        stop: stop.map(|stop| &*stop.text.value),
                        next,
                    }
                })
                .collect(),
        }
    });
    asked.collect()
}
