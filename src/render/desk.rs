//! The page on which an agent finds a step, and copies the link to it for a reader.

use serde::Serialize;

use super::Words;
use super::view::text;
use crate::model::{Address, Book};

#[derive(Debug, Serialize)]
pub(super) struct DeskView<'a> {
    /// Where the finder's index is, from the site's base.
    index: String,
    /// The chat message, with gaps for `{provider}`, `{action}` and `{url}`.
    message: &'a str,
}

pub(super) fn view<'a>(book: &'a Book, words: &'a Words) -> DeskView<'a> {
    let own = book
        .site
        .as_ref()
        .and_then(|site| text(site.agent_message.as_ref()));
    DeskView {
        index: Address::find_index().to_string(),
        message: own.unwrap_or_else(|| words.get("agent_message")),
    }
}
