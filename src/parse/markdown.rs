//! Markdown -> its links with their places. Rendering reads it again: that is cheaper than keeping events.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::diagnostic::{At, Key, Mark};
use crate::model::Link;
use crate::yaml::Reader;

/// The links and images of a guidance file, in order.
pub(super) fn links(text: &str, reader: &mut Reader) -> Vec<Link> {
    let mut links = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        let (target, image) = match event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            _ => continue,
        };
        links.push(Link {
            at: mark(reader, text, range),
            target: target.into_string(),
            image,
        });
    }
    links
}

/// Marks a range of bytes of a text that is no YAML.
pub(super) fn mark(reader: &mut Reader, text: &str, range: Range<usize>) -> At {
    let before = &text[..range.start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    reader.mark(Mark {
        parent: 0,
        key: Key::None,
        start: number(range.start),
        end: number(range.end),
        line: number(before.matches('\n').count() + 1),
        column: number(before[line_start..].chars().count() + 1),
    })
}
