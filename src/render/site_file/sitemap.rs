//! The addresses of all pages that a search may lead to -> the site map of sitemaps.org, in parts where it is long.
//!
//! Sheets for paper are not in it, because each says what its guide says; nor are procedures that nobody should follow.

use std::ops::Range;

use serde::Serialize;

use super::super::{Page, Renderer};
use super::SiteFile;
use crate::model::{Address, Status};

/// Most addresses of one file, as the protocol has it. Its other limit, 50 MB, is then far: an address would need a
/// thousand bytes.
const MOST: usize = 50_000;

/// The site map, one of its parts, or the list of them.
#[derive(Debug, Serialize)]
pub(super) struct SitemapView {
    /// The full addresses of the parts; empty where this is no list of parts.
    parts: Vec<String>,
    pages: Vec<PageView>,
}

#[derive(Debug, Serialize)]
struct PageView {
    /// Its full address.
    url: String,
    /// The day of its last release; absent where it never was released.
    released: Option<String>,
}

/// How many parts there are; at least one.
pub(super) fn parts(renderer: &Renderer<'_>) -> usize {
    addresses(renderer).count().div_ceil(MOST)
}

pub(super) fn view(renderer: &Renderer<'_>, part: Option<usize>) -> SitemapView {
    let parts = parts(renderer);
    let Some(listed) = listed(part, parts) else {
        let parts = (1..=parts).map(SiteFile::SitemapPart);
        return SitemapView {
            parts: parts
                .map(|part| renderer.cards.url(&part.address()))
                .collect(),
            pages: Vec::new(),
        };
    };
    let pages = addresses(renderer).skip(listed.start).take(listed.len());
    let pages = pages.map(|(page, address)| PageView {
        url: renderer.cards.url(&address),
        released: match page {
            Page::Guide(provider, procedure) => {
                let release = renderer.book.last_release(provider, procedure);
                release.map(|release| release.date.to_string())
            }
            _ => None,
        },
    });
    SitemapView {
        parts: Vec::new(),
        pages: pages.collect(),
    }
}

/// Which addresses a part has room for, by their places; `None` for the list of parts.
fn listed(part: Option<usize>, parts: usize) -> Option<Range<usize>> {
    let part = match part {
        None if parts > 1 => return None,
        part => part.unwrap_or(1),
    };
    Some((part - 1) * MOST..part * MOST)
}

/// The addresses of those pages, in every language.
fn addresses<'r, 'b>(
    renderer: &'r Renderer<'b>,
) -> impl Iterator<Item = (Page<'b>, Address)> + use<'r, 'b> {
    pages(renderer).flat_map(|page| {
        let address = page.address();
        let addresses = if page.stands_in_every_language() {
            renderer.in_languages(&address)
        } else {
            vec![address]
        };
        addresses
            .into_iter()
            .map(move |address| (page.clone(), address))
    })
}

/// The pages that a search may lead to.
fn pages<'b>(renderer: &Renderer<'b>) -> impl Iterator<Item = Page<'b>> {
    let pages = renderer.pages_in_every_language().into_iter();
    pages.filter(|page| match page {
        Page::Home | Page::Provider(_) | Page::Coverage(..) | Page::Differences(..) => true,
        Page::Guide(_, procedure) => procedure.status == Status::Published,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_the_site_map_and_of_several_each_has_the_next_addresses() {
        assert_eq!(listed(None, 1), Some(0..MOST));
        assert_eq!(listed(None, 2), None);
        assert_eq!(listed(Some(1), 2), Some(0..MOST));
        assert_eq!(listed(Some(2), 2), Some(MOST..2 * MOST));
    }
}
