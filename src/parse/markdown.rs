//! Markdown -> its links and lines with their places. Rendering reads it again: that is cheaper than keeping events.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::diagnostic::{At, Key, Mark};
use crate::model::Link;
use crate::yaml::Reader;

/// The links and images of a guidance file, in order, and its lines. All are marked in the order of the text.
pub(super) fn places(text: &str, reader: &mut Reader) -> (Vec<Link>, Vec<At>) {
    let mut links = Vec::new();
    let mut marks = Lines::of(text);
    let mut ranges = line_ranges(text).peekable();
    let mut lines = Vec::new();
    let mut mark_lines = |to: usize, marks: &mut Lines<'_>, reader: &mut Reader| {
        while let Some(range) = ranges.next_if(|range| range.start <= to) {
            lines.push(reader.mark(marks.mark(range)));
        }
    };
    for (event, range) in Parser::new(text).into_offset_iter() {
        let (target, image) = match event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            _ => continue,
        };
        mark_lines(range.start, &mut marks, reader);
        let at = reader.mark(marks.mark(range));
        links.push(Link {
            at,
            target: target.into_string(),
            image,
        });
    }
    mark_lines(text.len(), &mut marks, reader);
    (links, lines)
}

/// The ranges of all lines, without their ends.
fn line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        range
    })
}

/// Marks a range of bytes of a text that is no YAML.
pub(super) fn mark(reader: &mut Reader, text: &str, range: Range<usize>) -> At {
    reader.mark(Lines::of(text).mark(range))
}

/// Counts lines and columns up to ranges that come in order, so that no part of a text is counted twice.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Lines {
            text,
            at: 0,
            line: 1,
            column: 1,
        }
    }

    fn mark(&mut self, range: Range<usize>) -> Mark {
        if range.start < self.at {
            *self = Lines::of(self.text);
        }
        for c in self.text[self.at..range.start].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = range.start;
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Mark {
            parent: 0,
            key: Key::None,
            start: number(range.start),
            end: number(range.end),
            line: self.line,
            column: self.column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = "一二\n三[四](#a)\n[五](#b)";
        let mut lines = Lines::of(text);
        let places: Vec<(u32, u32)> = text
            .match_indices('[')
            .map(|(at, _)| lines.mark(at..at + 1))
            .map(|mark| (mark.line, mark.column))
            .collect();
        assert_eq!(places, [(2, 2), (3, 1)]);
        let first = lines.mark(0..1);
        assert_eq!(
            (first.line, first.column),
            (1, 1),
            "also when a range comes out of order"
        );
    }
}
