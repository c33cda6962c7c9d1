//! What stands side by side in an item -> its height, as the lines of the sheet wrap it.

use super::measure as m;
use crate::model::{Mask, Record};
use crate::yaml::{Placed, Text};

/// What stands beside others in an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    width: u32,
    height: u32,
}

impl Piece {
    /// A text as wide as it must be, up to `most`.
    pub(super) fn text(width: u32, most: u32) -> Self {
        Piece {
            width: width.min(most),
            height: wrapped(width, most),
        }
    }

    /// A text in a column.
    pub(super) fn column(text: u32, width: u32) -> Self {
        Piece {
            width: if text == 0 { 0 } else { width },
            height: wrapped(text, width),
        }
    }

    /// The act of an item behind its box and number, with the leader.
    pub(super) fn item(before: u32, act: u32) -> Self {
        let text = Piece::text(act, m::LINE - before - m::LEADER);
        Piece {
            width: before + text.width + m::LEADER,
            height: text.height.max(m::HEIGHT),
        }
    }

    /// Blanks to write in, which wrap among themselves where they have no room in a line.
    pub(super) fn blanks(records: Option<&Placed<Vec<Record>>>, room: u32) -> Self {
        let records = records.into_iter().flat_map(|records| &records.value);
        let blanks = records.map(|record| {
            let mask = record.mask.as_ref();
            let mask = mask.is_some_and(|mask| mask.value == Mask::Last4);
            let label = width(&record.label) + if mask { m::LAST_FOUR } else { 0 };
            Piece {
                width: label + m::BLANK + m::BLANK_GAP,
                height: m::BLANKS,
            }
        });
        let blanks: Vec<Piece> = blanks.collect();
        let all: u32 = blanks.iter().map(|blank| blank.width).sum();
        Piece {
            width: all.min(room),
            height: rows(&blanks, room - m::INDENT),
        }
    }
}

/// The height of pieces side by side; one that does not fit in a line any more begins the next.
pub(super) fn rows(pieces: &[Piece], room: u32) -> u32 {
    let (mut above, mut height, mut used) = (0, 0, 0);
    for piece in pieces.iter().filter(|piece| piece.height > 0) {
        if used > 0 && used + piece.width > room {
            above += height;
            (height, used) = (0, 0);
        }
        used += piece.width;
        height = height.max(piece.height);
    }
    above + height
}

/// What warns before a step: that it cannot be undone, and its caution, beside each other where both fit.
pub(super) fn warnings(irreversible: bool, caution: Option<&Text>) -> u32 {
    let room = m::LINE - m::BOX - m::NUMBER;
    let sentence = Piece::text(if irreversible { m::IRREVERSIBLE } else { 0 }, room);
    let caution = match warning(caution) {
        0 => Piece::text(0, room),
        words => Piece {
            width: m::INDENT + words + m::WARNING_END,
            height: wrapped(words, room - m::WARNING_END),
        },
    };
    rows(&[sentence, caution], room)
}

/// The width of a caution with its word.
pub(super) fn warning(text: Option<&Text>) -> u32 {
    text.map_or(0, |text| m::LABEL + width(text))
}

/// The height of a text of this width in lines of `room`; nothing where there is none.
pub(super) fn wrapped(width: u32, room: u32) -> u32 {
    match width {
        0 => 0,
        short if short <= room => m::HEIGHT,
        long => long.div_ceil(room - m::RAGGED) * m::HEIGHT,
    }
}

pub(super) fn optional(text: Option<&Text>) -> u32 {
    text.map_or(0, |text| width(text))
}

/// The width of a text on one line.
pub(super) fn width(text: &str) -> u32 {
    let of = |c: char| {
        if u32::from(c) < 0x2000 {
            m::HALF
        } else {
            m::FULL
        }
    };
    text.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_wraps_where_its_line_is_full() {
        assert_eq!(width("一二 a"), 2 * m::FULL + 2 * m::HALF);
        assert_eq!(wrapped(0, 1000), 0);
        assert_eq!(wrapped(1000, 1000), m::HEIGHT);
        assert_eq!(wrapped(1001, 1000), 2 * m::HEIGHT);
        assert_eq!(
            wrapped(1801, 1000),
            3 * m::HEIGHT,
            "a broken line is not quite full"
        );
    }

    #[test]
    fn pieces_stand_side_by_side_where_they_fit() {
        let height = |pieces: &[(u32, u32)]| {
            let pieces = pieces.iter();
            let pieces: Vec<Piece> = pieces
                .map(|(width, height)| Piece {
                    width: *width,
                    height: *height,
                })
                .collect();
            rows(&pieces, 100)
        };
        assert_eq!(height(&[]), 0);
        assert_eq!(
            height(&[(50, 10), (50, 11)]),
            11,
            "a row is as high as its highest"
        );
        assert_eq!(height(&[(50, 10), (51, 11)]), 21);
        assert_eq!(
            height(&[(250, 10), (10, 10), (90, 10)]),
            20,
            "what is too wide takes its row alone"
        );
        assert_eq!(
            height(&[(50, 10), (100, 0), (50, 10)]),
            10,
            "what is not there takes no room"
        );
    }
}
