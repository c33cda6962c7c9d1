//! An entry of a YAML list, moved whole behind another one of it: its lines, its comments, every byte of both.

use std::ops::Range;

use super::{Key, Source};

/// The range of a text and what stands there once the entry `entry` goes behind the later entry `other`; both are
/// marks. `None` where it is not certain which lines belong to which entry.
pub(super) fn behind(source: &Source, entry: u32, other: u32) -> Option<(Range<usize>, String)> {
    let entries = entries(source, entry, other)?;
    let indent = indent_of_dash(source, entries[0])?;
    let mut blocks = Vec::with_capacity(entries.len());
    for start in &entries {
        if indent_of_dash(source, *start)? != indent {
            return None;
        }
        blocks.push(block(&source.text, *start, indent)?);
    }
    let range = blocks.first()?.start..blocks.last()?.end;
    let mut gaps = Vec::with_capacity(blocks.len());
    for pair in blocks.windows(2) {
        let gap = source.text.get(pair[0].end..pair[1].start)?;
        // A comment that stands by itself belongs to nobody, so that nobody knows where it should go.
        if !gap.trim().is_empty() || !gap.contains('\n') {
            return None;
        }
        gaps.push(gap);
    }
    let text = &source.text;
    // An alias must stand behind what it repeats.
    let aliases = source.marks.iter().any(|mark| match mark.key {
        Key::Repeats(node) => [mark, &source.marks[node as usize]]
            .iter()
            .any(|it| range.contains(&(it.start as usize))),
        _ => false,
    });
    // `|+` keeps the empty lines behind it: they are no gap.
    if aliases
        || ["|+", ">+"]
            .iter()
            .any(|keep| text[range.clone()].contains(keep))
    {
        return None;
    }
    let mut moved = String::with_capacity(range.len());
    for (at, block) in blocks.iter().enumerate().skip(1) {
        moved.push_str(&text[block.clone()]);
        moved.push_str(gaps.get(at).unwrap_or(&gaps[0]));
    }
    moved.push_str(&text[blocks[0].clone()]);
    Some((range, moved))
}

/// Where the entries from one mark to another begin, if both are entries of one list, in this order, and all between
/// them are known.
fn entries(source: &Source, first: u32, last: u32) -> Option<Vec<usize>> {
    let (from, to) = (
        source.marks.get(first as usize)?,
        source.marks.get(last as usize)?,
    );
    let (Key::Index(low), Key::Index(high)) = (from.key, to.key) else {
        return None;
    };
    if from.parent != to.parent || low >= high {
        return None;
    }
    let between = source.marks.get(first as usize..=last as usize)?;
    let own = between.iter().filter(|mark| mark.parent == from.parent);
    let mut starts = Vec::new();
    for (mark, index) in own.zip(low..) {
        if mark.key != Key::Index(index) {
            return None;
        }
        starts.push(mark.start as usize);
    }
    (starts.len() == (high - low + 1) as usize).then_some(starts)
}

/// How far the dash of an entry is indented, where nothing but the dash stands before the entry on its line.
fn indent_of_dash(source: &Source, start: usize) -> Option<usize> {
    let line = line_start(&source.text, start);
    let before = &source.text[line..start];
    let indent = before.len() - before.trim_start_matches(' ').len();
    let dash = before.trim_matches(' ') == "-" && before.ends_with(' ');
    dash.then_some(indent)
}

/// The lines of an entry without the last line's end, with the comments right above it.
fn block(text: &str, entry: usize, indent: usize) -> Option<Range<usize>> {
    let mut start = line_start(text, entry);
    while start > 0 {
        let above = line_start(text, start - 1);
        let line = text[above..start].trim_end();
        if !line.trim_start().starts_with('#') || width(line) != indent {
            break;
        }
        start = above;
    }
    let mut at = line_end(text, entry);
    let mut end = at;
    while at < text.len() {
        let next = at + 1 + usize::from(text[at..].starts_with("\r\n"));
        if next >= text.len() {
            break;
        }
        at = line_end(text, next);
        let line = &text[next..at];
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with('\t') {
            return None;
        }
        if width(line) <= indent {
            break;
        }
        end = at;
    }
    Some(start..end)
}

fn width(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line of a place ends, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') {
        end - 1
    } else {
        end
    }
}
