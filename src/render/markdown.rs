//! Guidance -> HTML, each file once.

use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark::{CowStr, html};
use rayon::prelude::*;

use crate::card::guidance::{Levels, events};
use crate::diagnostic::At;
use crate::model::{Address, Book, Guidance};

/// Guides are two folders deep, and guidance stands on guides alone.
const TO_BASE: &str = "../../";

/// All guidance of a book, each file rendered once.
pub struct GuidanceHtml(HashMap<At, Arc<str>>);

impl GuidanceHtml {
    /// Renders every guidance file of a book, in parallel: what a standard asks for as a section of the guide, all else
    /// as a part of a step.
    pub fn of(book: &Book) -> Self {
        let levels = Levels::of(book);
        let own = book
            .providers
            .par_iter()
            .flat_map_iter(|provider| &provider.guidance);
        let all = book.guidance.par_iter().chain(own);
        let rendered = all.map(|guidance| {
            let html = render(book, guidance, levels.first(guidance));
            (guidance.at, Arc::from(html))
        });
        GuidanceHtml(rendered.collect())
    }

    /// The HTML of a guidance file.
    pub(super) fn get(&self, guidance: &Guidance) -> &str {
        self.0.get(&guidance.at).map_or("", |html| html)
    }
}

fn render(book: &Book, guidance: &Guidance, first: usize) -> String {
    let markdown = guidance.text.as_deref().unwrap_or_default();
    let picture = |target| picture(book, guidance, target);
    let mut text = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut text, events(markdown, first, page, picture));
    if guidance.is_fallback {
        return format!("<div lang=\"{}\">\n{text}</div>\n", book.source_language());
    }
    text
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
            let address = Address::asset(&image.path, &image.bytes);
            format!("{TO_BASE}{}{address}", book.to_site()).into()
        }
        None => target,
    }
}
