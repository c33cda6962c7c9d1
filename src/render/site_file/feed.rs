//! Releases -> an Atom feed (RFC 4287): for each release, an entry for the procedures that changed alike.

use serde::Serialize;

use super::super::Renderer;
use super::super::view::text;
use crate::model::{Address, Procedure, ProcedureName, Provider, ReleaseName, StepChange};
use crate::release::{self, Change, PastChange};

/// A feed has so many entries: whoever looks at it now and then misses none.
const ENTRIES: usize = 50;

/// An entry names so many guides, and says how many more there are.
const LISTED: usize = 20;

#[derive(Debug, Serialize)]
pub(super) struct FeedView<'a> {
    /// The same for ever, wherever the site is built for.
    id: String,
    /// When the last release was.
    updated: String,
    entries: Vec<EntryView<'a>>,
}

#[derive(Debug, Serialize)]
struct EntryView<'a> {
    /// The same for ever.
    id: String,
    title: String,
    updated: String,
    /// The full address of the guide; of the home page where there are several.
    url: String,
    changes: Vec<ChangeView<'a>>,
    guides: Vec<GuideView>,
    /// Guides that are not named.
    more: usize,
}

#[derive(Debug, Serialize)]
struct ChangeView<'a> {
    /// The key of the words for it.
    word: &'static str,
    /// What the step said then; absent where no step changed.
    step: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct GuideView {
    name: String,
    /// Its full address.
    url: String,
}

/// The feed of a book that has releases.
pub(super) fn view<'b>(renderer: &Renderer<'b>) -> FeedView<'b> {
    let book = renderer.book;
    let last = book.releases.last();
    let site = book.site.as_ref();
    let entries = release::recent(book, ENTRIES);
    FeedView {
        id: site.map_or_else(String::new, |site| {
            format!("{}/feed.xml", site.base_url.as_str().trim_end_matches('/'))
        }),
        updated: last.map_or_else(String::new, |release| midnight(release.name)),
        entries: entries.iter().map(|it| entry(renderer, it)).collect(),
    }
}

/// A release says its day and no time.
fn midnight(release: ReleaseName) -> String {
    format!("{}T00:00:00Z", release.date)
}

fn entry<'b>(renderer: &Renderer<'b>, change: &PastChange<'b>) -> EntryView<'b> {
    let words = &renderer.words;
    let release = change.release;
    let site = renderer.book.site.as_ref();
    let host = site.map_or("", |site| site.base_url.host());
    let named = change.procedures.iter().take(LISTED);
    let guides: Vec<GuideView> = named.map(|name| guide(renderer, name)).collect();
    let (of, url) = match change.procedures.len() {
        1 => (guides[0].name.clone(), guides[0].url.clone()),
        count => {
            let more = words
                .get("feed_more")
                .replace("{n}", &(count - 1).to_string());
            let home = renderer.cards.url(&Address::home());
            (format!("{}{more}", guides[0].name), home)
        }
    };
    let first = change.procedures[0];
    EntryView {
        // The release and the procedure tell it from all others; where the site is built for does not matter.
        id: format!("tag:{host},{}:{release}/{first}", release.date),
        title: format!(
            "{of}{}{}",
            words.get("colon"),
            summary(renderer, &change.what)
        ),
        updated: midnight(release),
        url,
        changes: lines(&change.what),
        more: change.procedures.len() - guides.len(),
        guides,
    }
}

/// Where a procedure is now, under this name or with it as one of those it had before.
fn found<'b>(renderer: &Renderer<'b>, name: &ProcedureName) -> (&'b Provider, &'b Procedure) {
    let book = renderer.book;
    let built = |procedure: &Procedure| procedure.is_built(renderer.options.drafts);
    let moved = || {
        let mut procedures = book.procedures();
        procedures.find(|(_, it)| built(it) && it.former_names().any(|former| former == *name))
    };
    book.named(name)
        .filter(|(_, procedure)| built(procedure))
        .or_else(moved)
        .expect("what was released answers, in a book without errors")
}

fn guide(renderer: &Renderer<'_>, name: &ProcedureName) -> GuideView {
    let (provider, procedure) = found(renderer, name);
    let of = provider.document.as_ref().map_or("", |it| &it.name);
    let title = text(procedure.body.title.as_ref()).unwrap_or_default();
    let address = Address::guide(&provider.id, &procedure.id);
    GuideView {
        name: format!("{of}{}{title}", renderer.words.get("heading_joint")),
        url: renderer.cards.url(&address),
    }
}

const STEP_CHANGES: [StepChange; 4] = [
    StepChange::Added,
    StepChange::Reworded,
    StepChange::Moved,
    StepChange::Retired,
];

/// The key of the words for a change.
fn word(change: StepChange) -> &'static str {
    match change {
        StepChange::Added => "feed_added",
        StepChange::Reworded => "feed_reworded",
        StepChange::Retired => "feed_retired",
        StepChange::Moved => "feed_moved",
    }
}

/// What changed, in a few words: of steps, how many in which way.
fn summary(renderer: &Renderer<'_>, what: &Change<'_>) -> String {
    let words = &renderer.words;
    let steps = match what {
        Change::New => return words.get("feed_new").to_owned(),
        Change::Rest => return words.get("feed_rest").to_owned(),
        Change::Steps(steps) => steps,
    };
    let counts = STEP_CHANGES.into_iter().filter_map(|change| {
        let count = steps.iter().filter(|(own, _)| *own == change).count();
        (count > 0).then(|| format!("{} {count}", words.get(word(change))))
    });
    counts.collect::<Vec<_>>().join(words.get("list"))
}

fn lines<'b>(what: &Change<'b>) -> Vec<ChangeView<'b>> {
    let whole = |word| vec![ChangeView { word, step: None }];
    let steps = match what {
        Change::New => return whole("feed_new"),
        Change::Rest => return whole("feed_rest"),
        Change::Steps(steps) => steps,
    };
    let lines = steps.iter().map(|(change, action)| ChangeView {
        word: word(*change),
        step: Some(*action),
    });
    lines.collect()
}
