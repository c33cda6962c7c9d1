//! How long a printed checklist is, in lines and sides: counted from the content, before any page is made.
//!
//! The count is meant to err on the long side. All that is known of the theme stands in `measure`: widths in hundredths
//! of a full-width character, heights in hundredths of a line of text. `sheet` counts the parts, `row` what stands side
//! by side in one, and here they are laid on sides of paper.

mod measure;
mod row;
mod sheet;

use measure as m;
use sheet::Sheet;

use super::worst::{Part, Worst, worst};
use crate::model::{Answers, Body, Book, Procedure, Provider};

pub(super) use sheet::head;

/// The height of a checklist, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Each part with its height in hundredths of a line, in the order of the sheet.
    pub sections: Vec<(Section, u32)>,
    /// How many sides of paper it takes.
    pub sides: u32,
}

/// A part of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What ends and stays, channels.
    Head,
    /// The reader's answers.
    Answers,
    /// Notices before all steps.
    Notices,
    /// What to bring.
    Materials,
    /// A phase, by its position.
    Phase(usize),
    /// The end of the sheet.
    SignOff,
}

impl Lines {
    /// The height of the whole sheet, in hundredths of a line.
    pub fn total(&self) -> u32 {
        self.sections.iter().map(|(_, height)| height).sum()
    }
}

/// Counts the checklist of a procedure: with `answers` the sheet that only such a reader prints, in which every choice of
/// [`Body::asked`] should have one option; without, the sheet for everybody.
///
/// # Example
///
/// ```
/// use stepbook::check::paper::lines;
/// use stepbook::model::Answers;
///
/// let loaded = stepbook::pipeline::load("tests/base".as_ref(), "2026-11-23".parse()?);
/// let (provider, procedure) = loaded.book.procedures().next().expect("the site has procedures");
/// let everybody = lines(&loaded.book, provider, procedure, None);
/// assert_eq!(everybody.sides, 1, "a bicycle is returned on one side: {everybody:?}");
///
/// // One option for each question: the first that does not end the guide.
/// let mut answers = Answers::ALL;
/// for choice in &procedure.body.asked {
///     let options = procedure.body.journeys.options(*choice).expect("what is asked has options");
///     answers.set(*choice, options & options.wrapping_neg());
/// }
/// assert!(lines(&loaded.book, provider, procedure, Some(&answers)).total() < everybody.total());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lines(
    book: &Book,
    provider: &Provider,
    procedure: &Procedure,
    answers: Option<&Answers>,
) -> Lines {
    let head = head(book, provider, procedure);
    let body = &procedure.body;
    match answers {
        Some(answers) => tailored(book, body, head, answers),
        None => whole(book, body, head),
    }
}

/// The sheet that a reader with these answers prints.
pub(super) fn tailored(book: &Book, body: &Body, head: u32, answers: &Answers) -> Lines {
    Sheet { book, body }.tailored(head).lines(answers)
}

/// The sheet for everybody.
pub(super) fn whole(book: &Book, body: &Body, head: u32) -> Lines {
    Sheet { book, body }.whole(head).lines(&Answers::ALL)
}

/// The answers whose sheet takes most sides below a head of this height, if that is more than `above`; size and bound are
/// sides.
pub(super) fn worst_sides(book: &Book, body: &Body, head: u32, above: u32) -> Option<Worst> {
    let layout = Sheet { book, body }.tailored(head);
    let parts: Vec<Part> = layout.parts().cloned().collect();
    let sides = |heights: &[u32]| layout.sides(heights);
    worst(&parts, &body.journeys, above, sides)
}

/// What no break divides, unless it is higher than a side.
struct Block {
    section: Section,
    parts: Vec<Part>,
}

impl Block {
    fn fixed(section: Section, height: u32) -> Self {
        Block {
            section,
            parts: vec![Part::fixed(height)],
        }
    }
}

/// A sheet: its blocks in order.
struct Layout(Vec<Block>);

impl Layout {
    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.0.iter().flat_map(|block| &block.parts)
    }

    fn lines(&self, answers: &Answers) -> Lines {
        let heights: Vec<u32> = self.parts().map(|part| part.size(answers)).collect();
        let mut sections: Vec<(Section, u32)> = Vec::new();
        for (section, own) in self.blocks(&heights) {
            let height: u32 = own.iter().sum();
            match sections.last_mut() {
                Some((last, sum)) if *last == section => *sum += height,
                _ => sections.push((section, height)),
            }
        }
        sections.retain(|(_, height)| *height > 0);
        Lines {
            sections,
            sides: self.sides(&heights),
        }
    }

    /// The heights of all parts, by block.
    fn blocks<'h>(&self, heights: &'h [u32]) -> impl Iterator<Item = (Section, &'h [u32])> {
        let mut rest = heights;
        self.0.iter().map(move |block| {
            let (own, others) = rest.split_at(block.parts.len());
            rest = others;
            (block.section, own)
        })
    }

    /// How many sides parts of these heights take: each block goes on the side where the one before it ends, or begins
    /// the next. Only what is higher than a side is broken, between its parts.
    fn sides(&self, heights: &[u32]) -> u32 {
        let mut paper = Paper { sides: 1, used: 0 };
        for (_, own) in self.blocks(heights) {
            paper.make_room(own.iter().sum());
            for height in own {
                paper.make_room(*height);
                paper.place(*height);
            }
        }
        paper.sides
    }
}

/// Sides of paper, filled one after the other.
struct Paper {
    sides: u32,
    used: u32,
}

impl Paper {
    /// Begins the next side, unless this one has room or is still empty.
    fn make_room(&mut self, height: u32) {
        if self.used > 0 && self.used + height > m::SIDE {
            self.sides += 1;
            self.used = 0;
        }
    }

    fn place(&mut self, height: u32) {
        self.used += height;
        while self.used > m::SIDE {
            self.sides += 1;
            self.used -= m::SIDE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(blocks: &[&[u32]]) -> u32 {
        let block = |parts: &&[u32]| Block {
            section: Section::Phase(0),
            parts: parts.iter().map(|height| Part::fixed(*height)).collect(),
        };
        let layout = Layout(blocks.iter().map(block).collect());
        layout.lines(&Answers::ALL).sides
    }

    #[test]
    fn a_block_goes_on_one_side() {
        let half = m::SIDE / 2;
        assert_eq!(sides(&[]), 1);
        assert_eq!(sides(&[&[half], &[half]]), 1);
        assert_eq!(sides(&[&[half], &[half, 1], &[half - 1]]), 2);
        assert_eq!(
            sides(&[&[half], &[half, 1], &[half]]),
            3,
            "three halves, and none is broken"
        );
    }

    #[test]
    fn what_is_higher_than_a_side_begins_one_and_is_broken() {
        let third = m::SIDE / 3;
        assert_eq!(sides(&[&[third; 4]]), 2);
        assert_eq!(sides(&[&[1], &[third; 4], &[third]]), 3);
        assert_eq!(sides(&[&[1], &[third; 4], &[3 * third]]), 4);
        assert_eq!(sides(&[&[m::SIDE * 2 + 1]]), 3);
    }
}
