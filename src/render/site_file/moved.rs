//! A page that moved -> a page at its old address that leads on, and lines for hosts that can do that themselves.

use serde::Serialize;

use super::super::Renderer;
use super::super::view::text;
use crate::model::{Moved, MovedPage};

/// A page that leads on to another one.
#[derive(Debug, Serialize)]
pub(in super::super) struct MovedView<'a> {
    /// Where it leads, from the site's base.
    to: String,
    /// The full address of that.
    to_url: String,
    /// The key of the words for what it leads to.
    label: &'static str,
    provider: &'a str,
}

/// Where all pages went that moved.
#[derive(Debug, Serialize)]
pub(super) struct RedirectsView {
    /// Paths from the host on.
    moves: Vec<MoveView>,
}

#[derive(Debug, Serialize)]
struct MoveView {
    from: String,
    to: String,
}

pub(in super::super) fn view<'b>(renderer: &Renderer<'b>, moved: &Moved<'b>) -> MovedView<'b> {
    MovedView {
        to: moved.to.to_string(),
        to_url: renderer.cards.url(&moved.to),
        label: match moved.page {
            MovedPage::Guide(_) => "to_guide",
            MovedPage::Checklist(_) => "to_checklist",
            MovedPage::Provider => "to_provider",
            MovedPage::Pack => "pack",
        },
        provider: name(moved),
    }
}

/// The title of such a page.
pub(in super::super) fn title(renderer: &Renderer<'_>, moved: &Moved<'_>) -> String {
    let words = &renderer.words;
    let procedure = match moved.page {
        MovedPage::Guide(procedure) | MovedPage::Checklist(procedure) => {
            let title = text(procedure.body.title.as_ref()).unwrap_or_default();
            format!("{}{title}", words.get("heading_joint"))
        }
        MovedPage::Provider | MovedPage::Pack => String::new(),
    };
    let name = format!("{}{procedure}", name(moved));
    words.get("moved_title").replace("{name}", &name)
}

fn name<'b>(moved: &Moved<'b>) -> &'b str {
    let document = moved.provider.document.as_ref();
    document.map_or("", |document| &document.name)
}

pub(super) fn redirects(renderer: &Renderer<'_>) -> RedirectsView {
    let base = renderer.base_path();
    let moves = renderer.moved.iter().map(|moved| MoveView {
        from: format!("{base}{}", moved.from),
        to: format!("{base}{}", moved.to),
    });
    RedirectsView {
        moves: moves.collect(),
    }
}
