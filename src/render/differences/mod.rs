//! A shared procedure -> what its providers say otherwise, step by step: the shared wording, then who says something else.
//!
//! The first part has every step and, of each, what most say; the rest is told part by part, so that a page of 10,000
//! providers is no longer than one that a person reads.

mod compare;
mod fields;
mod parts;
mod steps;
mod whole;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::Renderer;
use super::listed::{LinkView, Listed, PartView, part_links};
use super::view::text;
use crate::model::{Address, Book, Procedure, Provider};
use crate::yaml::Id;
use compare::{By, Differences, Place};
use parts::{Parts, WORDINGS};

/// The comparisons of all shared procedures that providers extend, each made when it is first asked for.
pub(super) struct Compared<'b>(BTreeMap<&'b Id, OnceLock<(Differences<'b>, Parts)>>);

impl<'b> Compared<'b> {
    pub(super) fn of(book: &'b Book) -> Self {
        let extended = shared(book).map(|id| (id, OnceLock::new()));
        Compared(extended.collect())
    }
}

/// The shared procedures that providers extend.
pub(super) fn shared(book: &Book) -> impl Iterator<Item = &Id> {
    let extended: std::collections::BTreeSet<&Id> = book
        .procedures()
        .filter_map(|(_, procedure)| procedure.extends.as_ref())
        .map(|extends| &extends.value)
        .collect();
    book.shared.keys().filter(move |id| extended.contains(id))
}

impl<'b> Renderer<'b> {
    fn differences(&self, id: &Id) -> &(Differences<'b>, Parts) {
        // Nothing here may work in parallel: a thread that waits would take up work that waits for this.
        self.compared.0[id].get_or_init(|| {
            let differences = Differences::of(self.book, &self.words, id);
            let parts = Parts::of(&differences);
            (differences, parts)
        })
    }

    /// Every part of every comparison: the shared procedure, and the number of the part from 1.
    pub(super) fn differences_parts(&self) -> Vec<(&'b Id, usize)> {
        let ids = self.compared.0.keys();
        let parts = ids.flat_map(|id| (1..=self.differences(id).1.count()).map(|part| (*id, part)));
        parts.collect()
    }

    /// The title of a shared procedure.
    pub(super) fn shared_title<'s>(&'s self, id: &'s Id) -> &'s str {
        let title = text(self.book.shared[id].body.title.as_ref());
        title.unwrap_or(id.as_str())
    }
}

/// The page of a shared procedure, for who links to it.
#[derive(Debug, Serialize)]
pub(super) struct DifferencesLink<'a> {
    title: &'a str,
    address: String,
}

impl<'a> DifferencesLink<'a> {
    pub(super) fn of(renderer: &'a Renderer<'_>, id: &'a Id) -> Self {
        DifferencesLink {
            title: renderer.shared_title(id),
            address: Address::differences(id, 1).to_string(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct DifferencesView<'a> {
    pub(super) title: &'a str,
    procedure_count: usize,
    same_count: usize,
    part: usize,
    /// The first and the last part and those beside this one.
    parts: Vec<PartView>,
    /// The steps at which something is said otherwise, on the first part alone.
    contents: Vec<ContentView<'a>>,
    items: Vec<ItemView<'a>>,
    /// The procedures that change nothing, as many as stand on this part.
    same: Vec<LinkView<'a>>,
    /// How many more there are, on the first part alone, and where they stand.
    same_more: usize,
    same_rest: Option<String>,
    /// Procedures of the same kind that do not extend this one.
    apart: Listed<'a>,
    /// Shared procedures that extend this one.
    heirs: Vec<DifferencesLink<'a>>,
    /// The coverage of the standard.
    coverage: Option<String>,
}

#[derive(Debug, Serialize)]
struct ContentView<'a> {
    anchor: String,
    number: Option<usize>,
    title: &'a str,
    count: usize,
}

/// What stands in the order of the page: shared steps on which all agree, or a section.
#[derive(Debug, Serialize)]
struct ItemView<'a> {
    /// Steps in a row on which all agree.
    agreed: Vec<AgreedView<'a>>,
    section: Option<SectionView<'a>>,
}

#[derive(Debug, Serialize)]
struct AgreedView<'a> {
    id: &'a str,
    number: usize,
    action: &'a str,
}

#[derive(Debug, Serialize)]
struct SectionView<'a> {
    #[serde(skip)]
    place: Place,
    anchor: String,
    /// Of the shared step.
    number: Option<usize>,
    title: &'a str,
    topics: Vec<TopicView<'a>>,
}

#[derive(Debug, Serialize)]
struct TopicView<'a> {
    heading: &'a str,
    /// What the shared procedure says; absent where there is nothing to hold it against.
    shared: Option<&'a [String]>,
    /// How many say that.
    keeping: usize,
    wordings: Vec<WordingView<'a>>,
    /// How many wordings are told on other parts alone, and by how many.
    more_wordings: usize,
    more_by: usize,
    /// Where what is left out here stands.
    rest: Option<String>,
}

#[derive(Debug, Serialize)]
struct WordingView<'a> {
    lines: &'a [String],
    links: Vec<LinkView<'a>>,
    /// How many more say it.
    more: usize,
}

pub(super) fn view<'a>(renderer: &'a Renderer<'_>, id: &'a Id, part: usize) -> DifferencesView<'a> {
    let (differences, parts) = renderer.differences(id);
    let page = Page {
        renderer,
        id,
        differences,
        parts,
        part,
    };
    let same = &parts.part(part).same;
    let mut view = DifferencesView {
        title: renderer.shared_title(id),
        procedure_count: differences.procedures.len(),
        same_count: differences.same.len(),
        part,
        parts: part_links(part, parts.count(), |part| Address::differences(id, part)),
        contents: Vec::new(),
        items: Vec::new(),
        same_more: 0,
        same_rest: None,
        same: differences.same[same.clone()]
            .iter()
            .map(|at| {
                page.link(By {
                    procedure: *at,
                    step: None,
                })
            })
            .collect(),
        apart: Listed::default(),
        heirs: Vec::new(),
        coverage: None,
    };
    let sections = page.sections();
    if part > 1 {
        view.items = sections.into_iter().map(ItemView::section).collect();
        return view;
    }
    view.same_more = differences.same.len() - same.len();
    view.same_rest = parts
        .rest_of_same()
        .map(|part| page.address(part, "sb-same"));
    view.contents = sections
        .iter()
        .map(|section| page.content(section))
        .collect();
    view.items = page.with_agreed(sections);
    let book = renderer.book;
    for (provider, procedure) in apart(book, id) {
        view.apart
            .push(|| LinkView::of(renderer, provider, procedure, None));
    }
    let heirs = shared(book).filter(|heir| book.shared[*heir].extends.as_ref() == Some(id));
    view.heirs = heirs
        .map(|heir| DifferencesLink::of(renderer, heir))
        .collect();
    let standard = differences.shared.body.standard.as_ref();
    let standard = standard.filter(|standard| book.standards.contains_key(&standard.value));
    view.coverage = standard.map(|standard| Address::coverage(standard, 1).to_string());
    view
}

/// Procedures that extend nothing, and are of this name or hold to the same standard: they cannot be held against the
/// shared one.
fn apart<'b>(book: &'b Book, id: &Id) -> impl Iterator<Item = (&'b Provider, &'b Procedure)> {
    let standard = book.shared[id].body.standard.as_ref().map(|own| &own.value);
    book.procedures().filter(move |(_, procedure)| {
        let own = procedure.body.standard.as_ref().map(|own| &own.value);
        procedure.extends.is_none() && (procedure.id == *id || own.is_some() && own == standard)
    })
}

/// What the views of one part are made of.
#[derive(Clone, Copy)]
struct Page<'a, 'b> {
    renderer: &'a Renderer<'b>,
    id: &'a Id,
    differences: &'a Differences<'b>,
    parts: &'a Parts,
    part: usize,
}

impl<'a> Page<'a, '_> {
    fn link(&self, by: By<'_>) -> LinkView<'a> {
        let (provider, procedure) = self.differences.procedures[by.procedure];
        LinkView::of(self.renderer, provider, procedure, by.step)
    }

    fn address(&self, part: usize, anchor: &str) -> String {
        format!("{}#{anchor}", Address::differences(self.id, part))
    }

    /// What is said otherwise, as far as it stands on this part.
    fn sections(&self) -> Vec<SectionView<'a>> {
        let mut sections: Vec<SectionView<'a>> = Vec::new();
        let (mut last, mut last_place) = (None, None);
        for piece in &self.parts.part(self.part).pieces {
            let said = &self.differences.said[piece.topic];
            if last_place.replace(said.place) != Some(said.place) {
                sections.push(self.section(said.place));
            }
            let section = sections.last_mut().expect("one was just made");
            if last.replace(piece.topic) != Some(piece.topic) {
                section.topics.push(self.topic(piece.topic));
            }
            let topic = section.topics.last_mut().expect("one was just made");
            let wording = &said.wordings[piece.wording];
            let links = wording.by[piece.shown.clone()].iter();
            topic.wordings.push(WordingView {
                lines: &wording.lines,
                links: links.map(|by| self.link(*by)).collect(),
                more: match self.part {
                    1 => wording.by.len() - piece.shown.len(),
                    _ => 0,
                },
            });
        }
        sections
    }

    fn topic(&self, topic: usize) -> TopicView<'a> {
        let said = &self.differences.said[topic];
        let rest = self.parts.rest_of_topic(topic).filter(|_| self.part == 1);
        let more = said.wordings.iter().skip(WORDINGS);
        TopicView {
            heading: &said.heading,
            shared: said.shared.as_deref(),
            keeping: said.keeping,
            wordings: Vec::new(),
            more_wordings: more.clone().count(),
            more_by: more.map(|wording| wording.by.len()).sum(),
            rest: rest.map(|part| self.address(part, &self.anchor(said.place))),
        }
    }

    fn section(&self, place: Place) -> SectionView<'a> {
        let (number, title) = match place {
            Place::Step(at) => {
                let step = &self.differences.shared.body.steps[at].step;
                (Some(at + 1), text(step.action.as_ref()).unwrap_or_default())
            }
            Place::Whole => (None, self.renderer.words.get("whole")),
            Place::Start => (None, self.renderer.words.get("before_steps")),
            Place::Notices => (None, self.renderer.words.get("field_notices")),
            Place::Questions => (None, self.renderer.words.get("questions")),
            Place::Facts => (None, self.renderer.words.get("field_facts")),
        };
        SectionView {
            place,
            anchor: self.anchor(place),
            number,
            title,
            topics: Vec::new(),
        }
    }

    /// A step's is its id, as on guides; no other begins without `sb-`.
    fn anchor(&self, place: Place) -> String {
        match place {
            Place::Step(at) => self.differences.shared.body.steps[at].step.id.to_string(),
            Place::Whole => "sb-whole".to_owned(),
            Place::Start => "sb-start".to_owned(),
            Place::Notices => "sb-notices".to_owned(),
            Place::Questions => "sb-questions".to_owned(),
            Place::Facts => "sb-facts".to_owned(),
        }
    }

    fn content(&self, section: &SectionView<'a>) -> ContentView<'a> {
        ContentView {
            anchor: section.anchor.clone(),
            number: section.number,
            title: section.title,
            count: self.differences.counts[&section.place],
        }
    }

    /// The sections of the first part, and between them the steps on which all agree.
    fn with_agreed(&self, sections: Vec<SectionView<'a>>) -> Vec<ItemView<'a>> {
        let steps = &self.differences.shared.body.steps;
        let agreed = |range: std::ops::Range<usize>| -> Vec<AgreedView<'a>> {
            let steps = range.map(|at| AgreedView {
                id: steps[at].step.id.as_str(),
                number: at + 1,
                action: text(steps[at].step.action.as_ref()).unwrap_or_default(),
            });
            steps.collect()
        };
        let mut items = Vec::new();
        let mut next = 0;
        for section in sections {
            let (upto, then) = match section.place {
                Place::Whole | Place::Start => (0, 0),
                Place::Step(at) => (at, at + 1),
                Place::Notices | Place::Questions | Place::Facts => (steps.len(), steps.len()),
            };
            items.extend(ItemView::agreed(agreed(next..upto)));
            items.extend([ItemView::section(section)]);
            next = then;
        }
        items.extend(ItemView::agreed(agreed(next..steps.len())));
        items
    }
}

impl<'a> ItemView<'a> {
    fn agreed(agreed: Vec<AgreedView<'a>>) -> Option<Self> {
        (!agreed.is_empty()).then_some(ItemView {
            agreed,
            section: None,
        })
    }

    fn section(section: SectionView<'a>) -> Self {
        ItemView {
            agreed: Vec::new(),
            section: Some(section),
        }
    }
}
