//! Guidance -> HTML, each file once. Raw HTML is shown as text; headings go below the step's.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;

use super::assets::Asset;
use crate::diagnostic::At;
use crate::model::{Book, Guidance};

/// Guides are two folders deep, and guidance stands on guides alone.
const TO_BASE: &str = "../../";

/// All guidance of a book, each file rendered once.
pub struct GuidanceHtml(HashMap<At, Arc<str>>);

impl GuidanceHtml {
    /// Renders every guidance file of a book, in parallel: what a standard asks for as a section of the guide, all else
    /// as a part of a step.
    pub fn of(book: &Book) -> Self {
        let standards = book.standards.values().flatten();
        let shown_by_steps = shown_by_steps(book);
        let sections: BTreeSet<&str> = standards
            .flat_map(|standard| &standard.guidance)
            .map(|id| id.as_str())
            .filter(|id| !shown_by_steps.contains(id))
            .collect();
        let own = book
            .providers
            .par_iter()
            .flat_map_iter(|provider| &provider.guidance);
        let all = book.guidance.par_iter().chain(own);
        let rendered = all.map(|guidance| {
            let first = if sections.contains(guidance.id.as_str()) {
                SECTION
            } else {
                STEP
            };
            (guidance.at, Arc::from(render(book, guidance, first)))
        });
        GuidanceHtml(rendered.collect())
    }

    /// The HTML of a guidance file.
    pub(super) fn get(&self, guidance: &Guidance) -> &str {
        self.0.get(&guidance.at).map_or("", |html| html)
    }
}

/// The names of guidance that some step shows.
fn shown_by_steps(book: &Book) -> BTreeSet<&str> {
    let bodies = book.bodies();
    let steps = bodies.iter().flat_map(|group| &group[0].1.body.steps);
    steps
        .flat_map(|step| {
            let variants = step
                .step
                .variants
                .iter()
                .flat_map(|variants| &variants.value);
            step.step
                .guidance
                .iter()
                .chain(variants.filter_map(|variant| variant.guidance.as_ref()))
        })
        .map(|id| id.as_str())
        .collect()
}

/// The level of the first heading in a section of the guide, whose own is the second.
const SECTION: usize = 3;
/// The same in a step, whose own is the third.
const STEP: usize = 4;

fn render(book: &Book, guidance: &Guidance, first: usize) -> String {
    let markdown = guidance.text.as_deref().unwrap_or_default();
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => {
            // An id of the author's would be an anchor that no rule knows.
            Event::Start(Tag::Heading {
                level: below(level, first),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level, first))),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: page(dest_url),
            title,
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: picture(book, guidance, dest_url),
            title,
            id,
        }),
        other => other,
    });
    let mut text = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut text, events);
    text
}

/// Headings begin at `first`, whether their author began with one or two marks.
fn below(level: HeadingLevel, first: usize) -> HeadingLevel {
    let deeper = (level as usize).saturating_sub(2);
    HeadingLevel::try_from(first + deeper).unwrap_or(HeadingLevel::H6)
}

/// `/path/` from the site's base, as a page that is two folders deep links to it.
fn page(target: CowStr<'_>) -> CowStr<'_> {
    match target.strip_prefix('/') {
        Some(path) => format!("{TO_BASE}{path}").into(),
        None => target,
    }
}

fn picture<'t>(book: &Book, guidance: &Guidance, target: CowStr<'t>) -> CowStr<'t> {
    match book.image(guidance, &target) {
        Some(image) => {
            let asset = Asset::new(image.path.clone(), image.bytes.clone());
            format!("{TO_BASE}{}", asset.address()).into()
        }
        None => target,
    }
}
