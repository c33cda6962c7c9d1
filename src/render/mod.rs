//! A book without errors -> pages: [`Renderer::pages`] lists them, [`Renderer::render`] makes one. Templates see views only.

mod assets;
mod checklist;
mod coverage;
mod desk;
mod differences;
mod due;
mod file;
mod fragments;
mod guide;
mod home;
mod how_to;
mod language;
mod listed;
mod markdown;
mod pages;
mod past;
mod procedure;
mod provider;
mod qr;
mod site_file;
mod step;
mod theme;
mod view;

use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Tera};

pub use crate::words::Words;
pub use assets::Asset;
pub use file::File;
pub use markdown::GuidanceHtml;
pub use site_file::SiteFile;
pub use theme::{Theme, ThemeError};

use crate::card::Cards;
use crate::model::{Address, Book, Moved, MovedPage, Procedure, Provider};
use crate::yaml::{Date, Id, Url};

/// Most pages fit into this many bytes.
const PAGE_BYTES: usize = 48 * 1024;

/// A page of the site.
#[derive(Debug, Clone)]
pub enum Page<'b> {
    /// Find a provider.
    Home,
    /// One provider.
    Provider(&'b Provider),
    /// One procedure's guide.
    Guide(&'b Provider, &'b Procedure),
    /// One procedure's checklist.
    Checklist(&'b Provider, &'b Procedure),
    /// All sheets of one provider.
    Pack(&'b Provider),
    /// A standard's coverage, part by part, from 1.
    Coverage(&'b Id, usize),
    /// What differs between the providers of a shared procedure, part by part, from 1.
    Differences(&'b Id, usize),
    /// The agent's desk.
    Desk,
    /// An address that does not exist.
    NotFound,
    /// An address that the site had before.
    Moved(Moved<'b>),
    /// A file that speaks of the whole site.
    SiteFile(SiteFile),
}

impl Page<'_> {
    /// Where it is served, in the language of the source.
    pub(crate) fn address(&self) -> Address {
        match self {
            Page::Home => Address::home(),
            Page::Provider(provider) => Address::provider(&provider.id),
            Page::Guide(provider, procedure) => Address::guide(&provider.id, &procedure.id),
            Page::Checklist(provider, procedure) => Address::checklist(&provider.id, &procedure.id),
            Page::Pack(provider) => Address::pack(&provider.id),
            Page::Coverage(standard, part) => Address::coverage(standard, *part),
            Page::Differences(shared, part) => Address::differences(shared, *part),
            Page::Desk => Address::desk(),
            Page::NotFound => Address::not_found(),
            Page::Moved(moved) => moved.from.clone(),
            Page::SiteFile(file) => file.address(),
        }
    }

    /// Whether there is one of it in each language: parts of a comparison may be more in one than in another.
    pub(crate) fn stands_in_every_language(&self) -> bool {
        !matches!(
            self,
            Page::NotFound | Page::Moved(_) | Page::SiteFile(_) | Page::Differences(_, 2..)
        )
    }

    fn template(&self) -> &'static str {
        match self {
            Page::Home => "home.html",
            Page::Provider(_) => "provider.html",
            Page::Guide(..) => "guide.html",
            Page::Checklist(..) => "checklist.html",
            Page::Pack(_) => "pack.html",
            Page::Coverage(..) => "coverage.html",
            Page::Differences(..) => "differences.html",
            Page::Desk => "agent.html",
            Page::NotFound => "404.html",
            Page::Moved(_) => "moved.html",
            Page::SiteFile(file) => file.template(),
        }
    }
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// A template does not parse.
    #[error("cannot read the templates")]
    Parse {
        /// What tera says.
        source: Box<tera::Error>,
    },
    /// A template failed on a page's values.
    #[error("cannot render the page `/{page}` with `templates/{template}`")]
    Template {
        /// The template.
        template: &'static str,
        /// The page's address.
        page: String,
        /// What tera says.
        source: Box<tera::Error>,
    },
}

/// What a build sets beside the content.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the site will be served, instead of what `site.yaml` says.
    pub base_url: Option<Url>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// The day of the run: it decides which waivers hold.
    pub today: Date,
}

/// Makes pages of one book, which is in one language, with one theme.
pub struct Renderer<'b> {
    book: &'b Book,
    options: &'b Options,
    tera: Tera,
    words: Words,
    guidance: &'b GuidanceHtml<'b>,
    fragments: fragments::Fragments<'b>,
    /// Decided when first asked for.
    coverage: OnceLock<coverage::Matrices<'b>>,
    compared: differences::Compared<'b>,
    cards: Cards<'b>,
    codes: qr::Codes,
    base_url: String,
    /// All languages of the site, if there are several.
    languages: Vec<language::Language>,
    /// Counted when first asked for: see [`Renderer::link_parts`].
    link_parts: OnceLock<Vec<Range<usize>>>,
    moved: Vec<Moved<'b>>,
}

/// What every page has.
#[derive(Serialize)]
struct Frame<'a> {
    /// The way to the site's base: `../../` or, for an address that nobody knows, the base's own path.
    base: &'a str,
    /// The page's full address.
    url: &'a str,
    /// The page in all languages; none where there is but one.
    languages: Vec<language::LanguageView<'a>>,
    /// The page's title in the head.
    title: &'a str,
}

impl<'b> Renderer<'b> {
    /// Reads the templates.
    ///
    /// # Errors
    ///
    /// A template that does not parse.
    pub fn new(
        book: &'b Book,
        guidance: &'b GuidanceHtml<'b>,
        theme: &Theme,
        options: &'b Options,
    ) -> Result<Self, RenderError> {
        let words = theme.words(book.language());
        let mut tera = theme.tera().map_err(|source| RenderError::Parse {
            source: Box::new(source),
        })?;
        let site = book.site.as_ref();
        let globals = tera.global_context();
        globals.insert("words", &words.0);
        globals.insert("assets", &theme.asset_addresses(book));
        globals.insert("language", book.language());
        globals.insert("site_title", site.map_or("", |site| &*site.title.value));
        let given = options
            .base_url
            .as_ref()
            .or_else(|| site.map(|site| &site.base_url.value));
        let base_url = given
            .map_or("", Url::as_str)
            .trim_end_matches('/')
            .to_owned();
        globals.insert("base_url", &base_url);
        let cards = Cards::new(book, words.clone(), base_url.clone(), options.drafts);
        let moved = book.moved().into_iter().filter(|moved| match moved.page {
            MovedPage::Guide(procedure) | MovedPage::Checklist(procedure) => {
                procedure.is_built(options.drafts)
            }
            MovedPage::Provider | MovedPage::Pack => true,
        });
        Ok(Renderer {
            book,
            options,
            tera,
            words,
            guidance,
            fragments: fragments::Fragments::default(),
            coverage: OnceLock::new(),
            languages: language::all(book, |tag| theme.language_name(tag)),
            link_parts: OnceLock::new(),
            compared: differences::Compared::of(book),
            cards,
            moved: moved.collect(),
            codes: qr::Codes::default(),
            base_url,
        })
    }

    /// Makes one page.
    ///
    /// # Errors
    ///
    /// A template that fails on the page's values.
    pub fn render(&self, page: &Page<'b>) -> Result<Vec<u8>, RenderError> {
        let address = page.address();
        let (title, view) = self
            .view(page, &address)
            .map_err(|source| failed(page, source))?;
        let base = match page {
            Page::NotFound => self.base_path(),
            _ => address.to_base(),
        };
        let url = self.cards.url(&address);
        let languages = if page.stands_in_every_language() {
            self.languages_of(&address)
        } else {
            Vec::new()
        };
        let mut context = view;
        let frame = Frame {
            base: &base,
            url: &url,
            languages,
            title: &title,
        };
        context.insert("page", &frame);
        let mut bytes = Vec::with_capacity(PAGE_BYTES);
        let rendered = self.tera.render_to(page.template(), &context, &mut bytes);
        rendered.map_err(|source| failed(page, source))?;
        if self.book.translation.is_some() {
            bytes = language::name_fallbacks(bytes, self.book.source_language());
        }
        Ok(bytes)
    }

    /// The page's title, and the values that its template sees.
    fn view(&self, page: &Page<'b>, address: &Address) -> tera::TeraResult<(String, Context)> {
        match page {
            Page::Home => {
                let view = home::view(self);
                Ok((
                    self.site_title().to_owned(),
                    Context::from_serialize(&view)?,
                ))
            }
            Page::Provider(provider) => {
                let view = provider::view(self, provider);
                Ok((view.name.to_owned(), Context::from_serialize(&view)?))
            }
            Page::Guide(provider, procedure) => {
                let view = guide::view(self, provider, procedure, address)?;
                Ok((
                    view.sheet.heading(&self.words),
                    Context::from_serialize(&view)?,
                ))
            }
            Page::Checklist(provider, procedure) => {
                let view = checklist::view(self, provider, procedure, address)?;
                Ok((
                    view.sheet.heading(&self.words),
                    Context::from_serialize(&view)?,
                ))
            }
            Page::Pack(provider) => {
                let view = checklist::pack(self, provider, address)?;
                Ok((view.name.to_owned(), Context::from_serialize(&view)?))
            }
            Page::Coverage(standard, part) => {
                let view = coverage::view(self, standard, *part);
                Ok((view.title.to_owned(), Context::from_serialize(&view)?))
            }
            Page::Differences(shared, part) => {
                let view = differences::view(self, shared, *part);
                Ok((view.title.to_owned(), Context::from_serialize(&view)?))
            }
            Page::Desk => {
                let view = desk::view(self.book, &self.words);
                let title = self.words.get("desk").to_owned();
                Ok((title, Context::from_serialize(&view)?))
            }
            Page::NotFound => Ok((self.words.get("not_found_title").to_owned(), Context::new())),
            Page::Moved(moved) => {
                let view = site_file::moved_view(self, moved);
                let title = site_file::moved_title(self, moved);
                Ok((title, Context::from_serialize(&view)?))
            }
            Page::SiteFile(file) => {
                Ok((self.site_title().to_owned(), site_file::view(self, *file)?))
            }
        }
    }

    fn site_title(&self) -> &str {
        self.book.site.as_ref().map_or("", |site| &site.title.value)
    }

    /// The path of the base address, with a slash at both ends.
    fn base_path(&self) -> String {
        let path = self
            .base_url
            .parse::<Url>()
            .map(|url| url.path().to_owned())
            .unwrap_or_default();
        format!("{path}/")
    }
}

fn failed(page: &Page<'_>, source: tera::Error) -> RenderError {
    RenderError::Template {
        template: page.template(),
        page: page.address().to_string(),
        source: Box::new(source),
    }
}
