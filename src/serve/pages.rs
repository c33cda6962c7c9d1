//! Requests and saves, one after the other -> pages of the last state of the site that has no error.
//!
//! One thread has the content, the theme and the pages; it makes a page when somebody asks for it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use tokio::sync::{oneshot, watch};

use super::Said;
use super::content::{Content, Taken};
use super::watch::Batch;
use crate::diagnostic::{Counts, Severity, human};
use crate::model::Book;
use crate::render::{GuidanceHtml, Options, Page, RenderError, Renderer, Theme};

/// What the thread is told.
pub(super) enum Message {
    /// Somebody asks for what is at an address, without a slash before it.
    Asked(String, oneshot::Sender<Reply>),
    /// Something was saved.
    Saved(Batch),
    /// The server ends.
    End,
}

/// What is at an address.
#[derive(Debug)]
pub(super) enum Reply {
    /// A page or a file, with the address by which its kind is known.
    Found(String, Vec<u8>),
    /// The page that says that there is nothing.
    NotFound(Vec<u8>),
    /// There is something, and it cannot be made: why.
    Failed(String),
    /// There was no state without errors yet.
    NothingYet,
}

/// What open pages are told.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Which state of the site is served: a page that shows another one reloads. 0: none yet.
    pub(super) version: u64,
    /// What is wrong in what was saved after it.
    pub(super) faults: Option<Arc<Faults>>,
}

/// What is wrong, in the words of `check`.
#[derive(Debug, PartialEq, Eq)]
pub struct Faults {
    /// How much it is.
    pub summary: String,
    /// Each diagnostic or error.
    pub texts: Vec<String>,
}

/// A state of the site without errors.
struct Site {
    /// In every language, the source's first.
    books: Vec<Book>,
    theme: Arc<Theme>,
}

/// Serves until it is told to end. `state` tells open pages, `say` the person at the terminal.
pub(super) struct Pages<S: Fn(Said<'_>)> {
    pub(super) root: PathBuf,
    pub(super) options: Options,
    pub(super) messages: Receiver<Message>,
    pub(super) state: watch::Sender<State>,
    /// Below all versions of this server, above those of the servers before it.
    pub(super) begun: u64,
    pub(super) say: S,
}

impl<S: Fn(Said<'_>)> Pages<S> {
    /// Reads the site, and answers until it is told to end.
    pub(super) fn serve(&self) {
        let start = Instant::now();
        let mut content = Content::read(&self.root, self.options.today);
        let mut site = self.judged(&content, None, None, start);
        loop {
            let books = site.as_ref().map_or(&[][..], |site| &site.books);
            let guidance: Vec<GuidanceHtml<'_>> = books.iter().map(GuidanceHtml::of).collect();
            let made = site.as_ref().map(|site| self.renderers(site, &guidance));
            let renderers = match made.transpose() {
                Ok(renderers) => renderers,
                // The theme was tried when it was read, so only another book could lead here.
                Err(error) => {
                    self.bad(Faults::of(&error));
                    None
                }
            };
            let now = site.as_ref().zip(renderers.as_deref());
            match self.until_next(&mut content, now) {
                Some(next) => site = Some(next),
                None => return,
            }
        }
    }

    /// Answers until a save leads to another state without errors, which is given back. `None`: the server ends.
    fn until_next(
        &self,
        content: &mut Content,
        now: Option<(&Site, &[Renderer<'_>])>,
    ) -> Option<Site> {
        let mut asked = None;
        loop {
            match self.messages.recv() {
                Err(_) | Ok(Message::End) => return None,
                Ok(Message::Asked(address, reply)) => {
                    let answer = now.map_or(Reply::NothingYet, |(site, renderers)| {
                        answer(renderers, &site.theme, &address)
                    });
                    asked = Some(address);
                    // Who asked may be gone.
                    let _ = reply.send(answer);
                }
                Ok(Message::Saved(batch)) => {
                    let start = Instant::now();
                    let in_content = |path: &PathBuf| path.starts_with(self.root.join("content"));
                    let of_theme = batch.more || !batch.paths.iter().all(in_content);
                    let taken = if batch.more {
                        *content = Content::read(&self.root, self.options.today);
                        Taken::Everything
                    } else {
                        content.take(&batch.paths)
                    };
                    if taken == Taken::Nothing && !of_theme {
                        continue;
                    }
                    let theme = now.map(|(site, _)| &site.theme);
                    let theme = theme.filter(|_| !of_theme && taken != Taken::Everything);
                    let next = self.judged(content, theme, asked.as_deref(), start);
                    if next.is_some() {
                        return next;
                    }
                }
            }
        }
    }

    /// The state that the content and the theme are in, if it can be served; `theme` where that did not change. A new
    /// theme is tried on the page that was `asked` for last, and on one of each kind that readers see.
    fn judged(
        &self,
        content: &Content,
        theme: Option<&Arc<Theme>>,
        asked: Option<&str>,
        start: Instant,
    ) -> Option<Site> {
        let diagnostics = content.diagnostics();
        let counts = Counts::of(&diagnostics);
        let summary = human::summary(counts, content.sources().0.len());
        for diagnostic in &diagnostics {
            (self.say)(Said::Fault(&human::render(
                diagnostic,
                content.sources(),
                true,
            )));
        }
        if counts.errors > 0 {
            let errors = diagnostics.iter();
            let errors = errors.filter(|it| it.rule.severity == Severity::Error);
            let texts = errors.map(|it| human::render(it, content.sources(), false));
            self.bad(Faults {
                texts: texts.collect(),
                summary,
            });
            return None;
        }
        let books = content.books();
        let site = match theme {
            Some(theme) => Ok(Site {
                books,
                theme: Arc::clone(theme),
            }),
            None => self.with_new_theme(books, asked),
        };
        match site {
            Ok(site) => {
                self.state.send_modify(|state| {
                    state.version = state.version.max(self.begun) + 1;
                    state.faults = None;
                });
                (self.say)(Said::Served(&summary, start.elapsed()));
                Some(site)
            }
            Err(faults) => {
                self.bad(faults);
                None
            }
        }
    }

    fn with_new_theme(&self, books: Vec<Book>, asked: Option<&str>) -> Result<Site, Faults> {
        let theme = Theme::load(&self.root).map_err(|error| Faults::of(&error))?;
        let theme = Arc::new(theme.with_images(&books[0]));
        let site = Site { books, theme };
        self.try_theme(&site, asked)
            .map_err(|error| Faults::of(&error))?;
        Ok(site)
    }

    fn try_theme(&self, site: &Site, asked: Option<&str>) -> Result<(), RenderError> {
        let guidance: Vec<GuidanceHtml<'_>> = site.books.iter().map(GuidanceHtml::of).collect();
        let renderers = self.renderers(site, &guidance)?;
        for renderer in &renderers {
            let asked = asked.and_then(|address| renderer.page_at(address));
            for page in asked.into_iter().chain(renderer.one_of_each()) {
                renderer.render(&page)?;
            }
        }
        Ok(())
    }

    fn renderers<'s>(
        &'s self,
        site: &'s Site,
        guidance: &'s [GuidanceHtml<'s>],
    ) -> Result<Vec<Renderer<'s>>, RenderError> {
        let books = site.books.iter().zip(guidance);
        books
            .map(|(book, guidance)| Renderer::new(book, guidance, &site.theme, &self.options))
            .collect()
    }

    fn bad(&self, faults: Faults) {
        (self.say)(Said::Kept(&faults));
        self.state
            .send_modify(|state| state.faults = Some(Arc::new(faults)));
    }
}

impl Faults {
    /// An error, with its causes.
    fn of(error: &dyn Error) -> Self {
        let mut text = format!("error: {error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            let _ = write!(text, "\n  because: {error}");
            cause = error.source();
        }
        Faults {
            summary: "1 error in the theme".to_owned(),
            texts: vec![text],
        }
    }
}

fn answer(renderers: &[Renderer<'_>], theme: &Theme, address: &str) -> Reply {
    let address = address.strip_suffix("index.html").unwrap_or(address);
    let found = |bytes| Reply::Found(address.to_owned(), bytes);
    let mut assets = theme.assets().iter();
    if let Some(asset) = assets.find(|asset| asset.address().as_str() == address) {
        return found(asset.bytes.clone());
    }
    for renderer in renderers {
        if let Some(file) = renderer.file_at(address) {
            return found(renderer.file(&file));
        }
        if let Some(page) = renderer.page_at(address) {
            return made(renderer, &page, found);
        }
    }
    renderers.first().map_or(Reply::NothingYet, |renderer| {
        made(renderer, &Page::NotFound, Reply::NotFound)
    })
}

fn made<'b>(
    renderer: &Renderer<'b>,
    page: &Page<'b>,
    found: impl FnOnce(Vec<u8>) -> Reply,
) -> Reply {
    match renderer.render(page) {
        Ok(bytes) => found(bytes),
        Err(error) => Reply::Failed(Faults::of(&error).texts.concat()),
    }
}
