//! Guidance -> HTML, each file once. Raw HTML is shown as text; headings go below the step's.

use std::collections::HashMap;
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
    /// Renders every guidance file of a book, in parallel.
    pub fn of(book: &Book) -> Self {
        let own = book
            .providers
            .par_iter()
            .flat_map_iter(|provider| &provider.guidance);
        let all = book.guidance.par_iter().chain(own);
        GuidanceHtml(
            all.map(|guidance| (guidance.at, Arc::from(render(book, guidance))))
                .collect(),
        )
    }

    /// The HTML of a guidance file.
    pub(super) fn get(&self, guidance: &Guidance) -> &str {
        self.0.get(&guidance.at).map_or("", |html| html)
    }
}

fn render(book: &Book, guidance: &Guidance) -> String {
    let events = Parser::new_ext(&guidance.text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => {
            // An id of the author's would be an anchor that no rule knows.
            Event::Start(Tag::Heading {
                level: below(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
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
    let mut text = String::with_capacity(guidance.text.len() * 2);
    html::push_html(&mut text, events);
    text
}

/// A step is a heading of the third level; guidance begins with the fourth.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
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
