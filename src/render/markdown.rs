//! Guidance -> HTML, each file once, when a page first shows it.

use std::collections::HashMap;
use std::sync::OnceLock;

use pulldown_cmark::{CowStr, html};

use crate::card::guidance::{Levels, events};
use crate::diagnostic::At;
use crate::model::{Address, Book, Guidance};

/// Guides are two folders deep, and guidance stands on guides alone.
const TO_BASE: &str = "../../";

/// All guidance of a book.
pub struct GuidanceHtml<'b> {
    book: &'b Book,
    levels: Levels<'b>,
    html: HashMap<At, OnceLock<Box<str>>>,
}

impl<'b> GuidanceHtml<'b> {
    /// The guidance of a book: what a standard asks for is a section of the guide, all else a part of a step.
    pub fn of(book: &'b Book) -> Self {
        let all = book.all_guidance();
        GuidanceHtml {
            book,
            levels: Levels::of(book),
            html: all.map(|it| (it.at, OnceLock::new())).collect(),
        }
    }

    /// The HTML of a guidance file.
    pub(super) fn get(&self, guidance: &Guidance) -> &str {
        let html = self.html.get(&guidance.at);
        html.map_or("", |html| {
            html.get_or_init(|| {
                let first = self.levels.first(guidance);
                render(self.book, guidance, first).into_boxed_str()
            })
        })
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
