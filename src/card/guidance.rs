//! Guidance -> what a guide shows of it: headings go below their section's, raw HTML is text, links lead from the guide.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::{Options as Spelling, cmark_with_options};

use super::markdown::escaped;
use crate::diagnostic::At;
use crate::model::{Address, Book, Guidance, ProcedureStep};

/// What is read of Markdown beside `CommonMark`.
const READ: Options = Options::ENABLE_TABLES;

/// The level of the first heading in a section of the guide, whose own is the second.
const SECTION: usize = 3;
/// The same in a step, whose own is the third.
const STEP: usize = 4;

/// Where headings of guidance begin: below a section of the guide for what a standard asks for, else below a step.
pub(crate) struct Levels<'b> {
    sections: BTreeSet<&'b str>,
}

impl<'b> Levels<'b> {
    pub(crate) fn of(book: &'b Book) -> Self {
        let standards = book.standards.values().flatten();
        let required = standards.flat_map(|standard| &standard.guidance);
        let mut sections: BTreeSet<&str> = required.map(|id| id.as_str()).collect();
        let mut before: &[ProcedureStep] = &[];
        for (_, procedure) in book.procedures() {
            // Nearly all steps are the ones of the procedure before, for both extend the same.
            let steps = &procedure.body.steps;
            for (at, own) in steps.iter().enumerate() {
                let same = before.get(at);
                if !same.is_some_and(|it| Arc::ptr_eq(&it.step, &own.step)) {
                    sections.retain(|id| !own.step.shows_guidance(id));
                }
            }
            before = steps;
        }
        Levels { sections }
    }

    /// The level of the first heading.
    pub(crate) fn first(&self, guidance: &Guidance) -> usize {
        if self.sections.contains(guidance.id.as_str()) {
            SECTION
        } else {
            STEP
        }
    }
}

/// The events of a guidance file with headings from level `first` on. `page` and `picture` turn targets of links and
/// pictures into addresses.
pub(crate) fn events<'t>(
    markdown: &'t str,
    first: usize,
    page: impl Fn(CowStr<'t>) -> CowStr<'t>,
    picture: impl Fn(CowStr<'t>) -> CowStr<'t>,
) -> impl Iterator<Item = Event<'t>> {
    Parser::new_ext(markdown, READ).map(move |event| match event {
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
            ..
        }) => Event::Start(Tag::Link {
            link_type: inline(link_type),
            dest_url: page(dest_url),
            title,
            id: CowStr::Borrowed(""),
        }),
        Event::Start(Tag::Image {
            dest_url, title, ..
        }) => Event::Start(Tag::Image {
            link_type: LinkType::Inline,
            dest_url: picture(dest_url),
            title,
            id: CowStr::Borrowed(""),
        }),
        other => other,
    })
}

/// Headings begin at `first`, whether their author began with one or two marks.
fn below(level: HeadingLevel, first: usize) -> HeadingLevel {
    let deeper = (level as usize).saturating_sub(2);
    HeadingLevel::try_from(first + deeper).unwrap_or(HeadingLevel::H6)
}

/// Links by reference become plain ones: what they refer to may stand elsewhere in another text.
fn inline(link_type: LinkType) -> LinkType {
    match link_type {
        LinkType::Autolink | LinkType::Email => link_type,
        _ => LinkType::Inline,
    }
}

/// All guidance of a book as Markdown that can stand in any text: its links are whole addresses. Each file is read when
/// a text first shows it.
pub(super) struct GuidanceMarkdown<'b> {
    book: &'b Book,
    base_url: String,
    /// Found out when first asked for.
    levels: OnceLock<Levels<'b>>,
    parts: HashMap<At, OnceLock<Parts>>,
}

/// A text in parts: between any two of them stands the address of the guide that shows it.
struct Parts(Vec<Box<str>>);

impl<'b> GuidanceMarkdown<'b> {
    /// The guidance of a book. `base_url` is where the site will be served.
    pub(super) fn of(book: &'b Book, base_url: &str) -> Self {
        let all = book.all_guidance();
        GuidanceMarkdown {
            book,
            base_url: base_url.to_owned(),
            levels: OnceLock::new(),
            parts: all.map(|it| (it.at, OnceLock::new())).collect(),
        }
    }

    /// The Markdown of a guidance file on the guide at this address.
    pub(super) fn get(&self, guidance: &Guidance, guide: &str) -> Cow<'_, str> {
        let Some(parts) = self.parts.get(&guidance.at) else {
            return Cow::Borrowed("");
        };
        let parts = parts.get_or_init(|| {
            let levels = self.levels.get_or_init(|| Levels::of(self.book));
            let first = levels.first(guidance);
            Parts::of(self.book, guidance, first, &self.base_url)
        });
        match parts.0.as_slice() {
            [] => Cow::Borrowed(""),
            [whole] => Cow::Borrowed(whole),
            parts => Cow::Owned(parts.join(guide)),
        }
    }
}

impl Parts {
    fn of(book: &Book, guidance: &Guidance, first: usize, base_url: &str) -> Self {
        // A sign for private use stands for the guide's address: one that the text itself does not have.
        let written = ('\u{e000}'..='\u{f8ff}').find_map(|sign| {
            let (written, to_steps) = write(book, guidance, first, base_url, sign);
            (written.matches(sign).count() == to_steps).then_some((written, sign))
        });
        let (written, sign) = written.expect("no text has every sign for private use");
        let parts = written.trim_end().split(sign).map(Box::from);
        Parts(parts.collect())
    }
}

/// The Markdown of a guidance file with `guide` in the place of the guide's address, and how many links have it.
fn write(
    book: &Book,
    guidance: &Guidance,
    first: usize,
    base_url: &str,
    guide: char,
) -> (String, usize) {
    let source = guidance.text.as_deref().unwrap_or_default();
    let to_steps = Cell::new(0);
    let pages_url = format!("{base_url}/{}", book.place(&Address::home()));
    let page = |target| whole_page(target, &pages_url, guide, &to_steps);
    let picture = |target| whole_picture(book, guidance, target, base_url);
    let mut written = String::with_capacity(source.len() * 2);
    let spelling = Spelling {
        list_token: '-',
        ..Spelling::default()
    };
    let events = events(source, first, page, picture);
    match cmark_with_options(events, &mut written, READ, spelling) {
        Ok(_) => (written, to_steps.get()),
        // What has no spelling as Markdown is still text that readers can have.
        Err(_) => (escaped(source).into_owned(), 0),
    }
}

/// A target of a link as a whole address; links to steps are counted.
fn whole_page<'t>(
    target: CowStr<'t>,
    pages_url: &str,
    guide: char,
    to_steps: &Cell<usize>,
) -> CowStr<'t> {
    match target.as_bytes().first() {
        Some(b'#') => {
            to_steps.set(to_steps.get() + 1);
            format!("{guide}{target}").into()
        }
        Some(b'/') => format!("{pages_url}{}", &target[1..]).into(),
        _ => target,
    }
}

fn whole_picture<'t>(
    book: &Book,
    guidance: &Guidance,
    target: CowStr<'t>,
    base_url: &str,
) -> CowStr<'t> {
    match book.image(guidance, &target) {
        Some(image) => {
            let address = Address::asset(&image.path, &image.bytes);
            format!("{base_url}/{address}").into()
        }
        None => target,
    }
}
