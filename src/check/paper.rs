//! How long a printed checklist is, in lines: counted from the content, before any page is made.
//!
//! The count is meant to err on the long side. All that is known of the theme is in the table `measure`: widths in hundredths of
//! a full-width character, heights in hundredths of a line of text. To calibrate, print a sheet, compare its height
//! with [`lines`], and change a number there.

use super::worst::{Case, Part, Worst, worst};
use crate::model::{
    Answers, Body, Book, Channel, Condition, EvidenceSource, Mask, Material, Outcome, Procedure,
    ProcedureStep, Provider, Record, Status, Step, Variant,
};
use crate::yaml::{Placed, Text};

/// The measures of the default theme on A4: 12 pt, lines 1.5 high, 178 mm of width.
mod measure {
    // Widths, in hundredths of a full-width character.

    /// A character of Chinese.
    pub(super) const FULL: u32 = 100;
    /// A letter, a digit or a blank of a Latin script, on average.
    pub(super) const HALF: u32 = 55;
    /// A line of the sheet.
    pub(super) const LINE: u32 = 4200;
    /// What a line loses where it wraps, because some signs may not begin one and words are not divided.
    pub(super) const RAGGED: u32 = 100;
    /// A line beside the code that leads to the guide.
    pub(super) const LINE_BESIDE_CODE: u32 = 2950;
    /// The box and the number before a step.
    pub(super) const BOX: u32 = 300;
    /// The box before a material.
    pub(super) const BOX_ALONE: u32 = 150;
    /// How far a branch is indented.
    pub(super) const INDENT: u32 = 100;
    /// The dotted leader at its shortest.
    pub(super) const LEADER: u32 = 150;
    /// The column of what is expected.
    pub(super) const EXPECT: u32 = 1900;
    /// The same in branches, other words of a step and materials, where it is as wide as it must be, up to this.
    pub(super) const EXPECT_FREE: u32 = 3200;
    /// A blank to write in.
    pub(super) const BLANK: u32 = 1200;
    /// Between a blank and the next.
    pub(super) const BLANK_GAP: u32 = 100;
    /// The words before the answers.
    pub(super) const SITUATION: u32 = 500;
    /// Between the options of a choice, and the brackets around what ends the guide.
    pub(super) const OPTION_GAP: u32 = 200;
    /// How much wider a heading is than text.
    pub(super) const HEADING_PERCENT: u32 = 117;

    // Words of the theme, as widths.

    /// A word and a colon before a text, as before what ends, notices and cautions.
    pub(super) const LABEL: u32 = 400;
    /// The sentence that a step cannot be undone.
    pub(super) const IRREVERSIBLE: u32 = 900;
    /// Brackets and words around a condition or a branch.
    pub(super) const CONDITION: u32 = 550;
    /// Words around the condition of other words for a step.
    pub(super) const OTHER_WORDS: u32 = 700;
    /// Where a branch goes on.
    pub(super) const JUMP: u32 = 900;
    /// Words around what the screen says.
    pub(super) const UI_LABEL: u32 = 900;
    /// How long a step takes, with brackets.
    pub(super) const WAIT: u32 = 1200;
    /// Words around what a step costs.
    pub(super) const COST: u32 = 500;
    /// That only the last four characters are written.
    pub(super) const LAST_FOUR: u32 = 800;
    /// How a material is brought: original and copies.
    pub(super) const KINDS: u32 = 1100;
    /// How the list is used, beside the first heading.
    pub(super) const MODE: u32 = 1300;
    /// The words that something is not verified.
    pub(super) const UNVERIFIED: u32 = 1300;
    /// The word before a source.
    pub(super) const SOURCE: u32 = 300;
    /// A date of a source with its word.
    pub(super) const DATE: u32 = 1000;

    // Heights, in hundredths of a line.

    /// A line of text.
    pub(super) const HEIGHT: u32 = 100;
    /// The code that leads to the guide with its words: what stands beside it is at least as high.
    pub(super) const CODE: u32 = 725;
    /// The line that some facts are not verified.
    pub(super) const SOME_UNVERIFIED: u32 = 100;
    /// A banner: draft, suspended, not possible.
    pub(super) const BANNER: u32 = 200;
    /// A heading with the space above it.
    pub(super) const HEADING: u32 = 140;
    /// The rule between two items.
    pub(super) const RULE: u32 = 3;
    /// A row of blanks.
    pub(super) const BLANKS: u32 = 120;
    /// The last line and the places to sign.
    pub(super) const SIGN_OFF: u32 = 530;
    /// What a side of paper holds below the head that is repeated on each.
    pub(super) const SIDE: u32 = 3800;
}
use measure as m;

/// What a side of paper holds, in hundredths of a line.
pub const SIDE: u32 = m::SIDE;

/// The height of a checklist, part by part, in hundredths of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Each part with its height, in the order of the sheet.
    pub sections: Vec<(Section, u32)>,
}

/// A part of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Title, what ends and stays, channels.
    Head,
    /// Notices before all steps.
    Notices,
    /// The reader's answers.
    Answers,
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

    fn of(parts: impl IntoIterator<Item = (Section, u32)>) -> Self {
        let mut sections: Vec<(Section, u32)> = Vec::new();
        for (section, height) in parts {
            match sections.iter_mut().find(|(own, _)| *own == section) {
                Some((_, sum)) => *sum += height,
                None => sections.push((section, height)),
            }
        }
        sections.sort_by_key(|(section, _)| *section);
        Lines { sections }
    }
}

/// Counts the checklist of a procedure: with `answers` the sheet that only such a reader prints, in which every choice of
/// [`Body::asked`] should have one option; without, the sheet for everybody.
///
/// # Example
///
/// ```
/// use stepbook::check::paper::{SIDE, lines};
/// use stepbook::model::Answers;
///
/// let loaded = stepbook::pipeline::load("tests/base".as_ref(), "2026-11-23".parse()?);
/// let (provider, procedure) = loaded.book.procedures().next().expect("the site has procedures");
/// let everybody = lines(&loaded.book, provider, procedure, None);
/// assert!(everybody.total() < 2 * SIDE, "a bicycle is returned on one sheet: {everybody:?}");
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
    let sheet = Sheet {
        book,
        body: &procedure.body,
    };
    let head = (Section::Head, head(book, provider, procedure));
    let rest = match answers {
        Some(answers) => {
            let parts = sheet.tailored().into_iter();
            parts
                .map(|(section, part)| (section, part.size(answers)))
                .collect()
        }
        None => sheet.whole(),
    };
    Lines::of(std::iter::once(head).chain(rest))
}

/// The answers that make the longest checklist of a body, and its height without the head.
pub(super) fn longest(book: &Book, body: &Body) -> Worst {
    let parts = Sheet { book, body }.tailored();
    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
    worst(&parts, &body.journeys)
}

/// The head: the same for all answers.
pub(super) fn head(book: &Book, provider: &Provider, procedure: &Procedure) -> u32 {
    let body = &procedure.body;
    let room = m::LINE_BESIDE_CODE;
    let scope = [&body.ends, &body.leaves].into_iter().flatten();
    let scope = scope.map(|text| wrapped(m::LABEL + width(text), room));
    let banner = procedure.status != Status::Published
        || body
            .outcome
            .as_ref()
            .is_some_and(|it| it.value == Outcome::NotPossible);
    let document = provider.document.as_ref();
    let channels = document
        .into_iter()
        .flat_map(|document| &document.channels.value);
    let (known, unknown): (Vec<&Channel>, Vec<&Channel>) =
        channels.partition(|channel| channel.is_verified());
    let known = known.iter().map(|channel| {
        let id = channel.evidence.as_ref();
        let source = id.and_then(|id| book.source(provider, id.as_str()));
        let texts = [
            Some(&channel.label),
            channel.value.as_ref(),
            channel.hours.as_ref(),
        ];
        let texts = texts
            .into_iter()
            .flatten()
            .map(|text| width(text) + m::FULL);
        wrapped(texts.sum::<u32>() + source.map_or(0, source_width), room)
    });
    let unknown: u32 = unknown
        .iter()
        .map(|channel| width(&channel.label) + m::FULL)
        .sum();
    let unknown = if unknown == 0 {
        0
    } else {
        wrapped(unknown + m::UNVERIFIED, room)
    };
    let beside_code = scope.sum::<u32>() + m::SOME_UNVERIFIED + known.sum::<u32>() + unknown;
    beside_code.max(m::CODE) + if banner { m::BANNER } else { 0 }
}

fn source_width(source: &EvidenceSource) -> u32 {
    let dates = [&source.dated, &source.in_force]
        .into_iter()
        .flatten()
        .count()
        + 1;
    m::SOURCE + width(&source.title) + m::DATE * u32::try_from(dates).unwrap_or(u32::MAX)
}

/// The words of a step as they are printed.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    action: Option<&'a Text>,
    expect: Option<&'a Text>,
    caution: Option<&'a Text>,
    record: Option<&'a Placed<Vec<Record>>>,
}

impl<'a> Words<'a> {
    fn of(step: &'a Step) -> Self {
        Words {
            action: step.action.as_ref(),
            expect: step.expect.as_ref(),
            caution: step.caution.as_ref(),
            record: step.record.as_ref(),
        }
    }

    /// A variant's own words.
    fn of_variant(variant: &'a Variant) -> Self {
        Words {
            action: variant.action.as_ref(),
            expect: variant.expect.as_ref(),
            caution: variant.caution.as_ref(),
            record: variant.record.as_ref(),
        }
    }

    /// These words, and the others where they are silent.
    fn or(self, others: Self) -> Self {
        Words {
            action: self.action.or(others.action),
            expect: self.expect.or(others.expect),
            caution: self.caution.or(others.caution),
            record: self.record.or(others.record),
        }
    }
}

/// What is counted of a body.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    book: &'a Book,
    body: &'a Body,
}

impl<'a> Sheet<'a> {
    /// All below the head, each part with its cases.
    fn tailored(self) -> Vec<(Section, Part)> {
        let mut parts = vec![
            (Section::Notices, Part::fixed(self.notices(None))),
            (Section::Answers, Part::fixed(self.answers())),
            (Section::SignOff, Part::fixed(m::SIGN_OFF)),
        ];
        let materials = self.materials();
        if !materials.is_empty() {
            let any = materials
                .iter()
                .flat_map(|(_, needed)| needed.iter().cloned());
            parts.push((Section::Materials, Part::in_any(any.collect(), m::HEADING)));
        }
        for (material, needed) in materials {
            let part = Part::in_any(needed, material_height(material, 0));
            parts.push((Section::Materials, part));
        }
        for (phase, steps) in self.phases() {
            let section = Section::Phase(phase);
            let shown = steps.iter().map(|step| step.shown.clone()).collect();
            parts.push((section, Part::in_any(shown, self.heading(phase))));
            parts.extend(steps.iter().map(|step| (section, self.tailored_step(step))));
        }
        parts
    }

    fn tailored_step(self, step: &ProcedureStep) -> Part {
        let own = Words::of(&step.step);
        let variants = step
            .step
            .variants
            .iter()
            .flat_map(|variants| &variants.value);
        let mut cases: Vec<Case> = variants
            .map(|variant| Case {
                when: vec![self.book.choices.answers(&variant.when).and(&step.shown)],
                size: self.item(&step.step, Words::of_variant(variant).or(own), None),
            })
            .collect();
        cases.push(Case {
            when: vec![step.shown.clone()],
            size: self.item(&step.step, own, None),
        });
        Part { cases }
    }

    /// All below the head of the sheet for everybody.
    fn whole(self) -> Vec<(Section, u32)> {
        let mut parts = vec![
            (Section::Notices, self.notices(None)),
            (Section::Answers, self.questions()),
            (Section::SignOff, m::SIGN_OFF),
        ];
        let materials = self.materials();
        if !materials.is_empty() {
            parts.push((Section::Materials, m::HEADING));
        }
        for (material, _) in materials {
            let condition = material.when.as_ref().and_then(|when| self.condition(when));
            let condition = condition.map_or(0, |condition| m::CONDITION + condition);
            parts.push((Section::Materials, material_height(material, condition)));
        }
        for (phase, steps) in self.phases() {
            let section = Section::Phase(phase);
            parts.push((section, self.heading(phase)));
            parts.extend(steps.iter().map(|step| (section, self.whole_step(step))));
        }
        parts
    }

    /// A step with all of its variants.
    fn whole_step(self, step: &ProcedureStep) -> u32 {
        let condition = step
            .step
            .when
            .as_ref()
            .and_then(|when| self.condition(when));
        let own = self.item(&step.step, Words::of(&step.step), condition);
        let variants = step
            .step
            .variants
            .iter()
            .flat_map(|variants| &variants.value);
        let variants = variants.filter(|variant| {
            let when = self
                .book
                .choices
                .answers(&variant.when)
                .and(&self.body.domain);
            !when.is_disjoint(&step.shown)
        });
        let variants = variants.map(|variant| {
            let words = Words::of_variant(variant);
            let condition = self.condition(&variant.when).unwrap_or(0);
            let line = if words.action.is_some() || words.expect.is_some() {
                let action = m::OTHER_WORDS + condition + optional(words.action);
                free_line(action, optional(words.expect), m::LINE - m::BOX)
            } else {
                0
            };
            caution(words.caution) + line + blanks(words.record)
        });
        own + variants.sum::<u32>()
    }

    /// A step: what stands before it, its line, its blanks.
    fn item(self, step: &Step, words: Words<'_>, condition: Option<u32>) -> u32 {
        let irreversible = step.irreversible.as_ref().is_some_and(|it| it.value);
        let before = self.notices(Some(step)) + warnings(irreversible, words.caution);
        let in_case = step.in_case.as_ref().map(|text| width(text));
        let prefixes = in_case
            .into_iter()
            .chain(condition)
            .map(|prefix| prefix + m::CONDITION);
        let action = prefixes.sum::<u32>()
            + optional(words.action)
            + step
                .ui_label
                .as_ref()
                .map_or(0, |label| m::UI_LABEL + width(label))
            + step.wait.as_ref().map_or(0, |_| m::WAIT)
            + step.cost.as_ref().map_or(0, |cost| m::COST + width(cost));
        let expect = optional(words.expect) + step.then.as_ref().map_or(0, |_| m::JUMP);
        let room = m::LINE - m::BOX;
        let line = if step.in_case.is_some() || condition.is_some() {
            free_line(action, expect, room - m::INDENT)
        } else if action + m::LEADER + m::EXPECT <= room {
            wrapped(expect, m::EXPECT).max(m::HEIGHT)
        } else {
            wrapped(action, room) + wrapped(expect, m::EXPECT)
        };
        before + line + blanks(words.record) + m::RULE
    }

    /// The notices for paper before a step, or before all.
    fn notices(self, step: Option<&Step>) -> u32 {
        let printed = self.body.notices.iter().filter(|notice| {
            notice.paper.as_ref().is_some_and(|paper| paper.value)
                && notice.before.as_ref().map(|id| id.as_str()) == step.map(|step| step.id.as_str())
        });
        let room = if step.is_some() {
            m::LINE - m::BOX
        } else {
            m::LINE
        };
        printed
            .map(|notice| wrapped(m::LABEL + width(&notice.text), room))
            .sum()
    }

    /// The answers in one run, without their questions. The widest answer to each counts, so that the count does not
    /// depend on the answers.
    fn answers(self) -> u32 {
        let widest = self.body.asked.iter().filter_map(|number| {
            let choice = self.book.choices.get(*number);
            let exist = self.body.journeys.options(*number).unwrap_or(u64::MAX);
            let labels = choice.picked(exist).map(|option| width(&option.label));
            Some(labels.max()? + m::FULL)
        });
        let all: u32 = widest.sum();
        if all == 0 {
            0
        } else {
            wrapped(m::SITUATION + all, m::LINE)
        }
    }

    /// The questions with all of their options.
    fn questions(self) -> u32 {
        let asked = self.body.asked.iter().map(|number| {
            let choice = self.book.choices.get(*number);
            let exist = self.body.domain.options(*number).unwrap_or(u64::MAX);
            let options = choice.picked(exist).map(|option| {
                let stop = option
                    .stop
                    .as_ref()
                    .map_or(0, |stop| width(&stop.text) + m::OPTION_GAP);
                width(&option.label) + m::OPTION_GAP + stop
            });
            wrapped(width(&choice.question) + options.sum::<u32>(), m::LINE)
        });
        let height: u32 = asked.sum();
        if height == 0 { 0 } else { m::HEADING + height }
    }

    /// The materials that are needed here, each with the answers for which it is.
    fn materials(self) -> Vec<(&'a Material, Vec<Answers>)> {
        let materials = self.book.materials.iter().flatten().map(|material| {
            let when = material.when.as_ref();
            let when = when.map_or(Answers::ALL, |when| self.book.choices.answers(when));
            let needing = self.body.steps.iter().filter(|step| {
                step.step
                    .needs()
                    .iter()
                    .any(|need| need.value == material.id.value)
            });
            let needed = needing.map(|step| step.shown.and(&when));
            (
                material,
                needed
                    .filter(|answers| !answers.is_empty())
                    .collect::<Vec<_>>(),
            )
        });
        materials.filter(|(_, needed)| !needed.is_empty()).collect()
    }

    /// The phases that have steps, with them.
    fn phases(self) -> Vec<(usize, Vec<&'a ProcedureStep>)> {
        let phases = (0..self.body.phases.len()).map(|phase| {
            let steps = self.body.steps.iter().filter(|step| step.phase == phase);
            (phase, steps.collect::<Vec<_>>())
        });
        phases.filter(|(_, steps)| !steps.is_empty()).collect()
    }

    fn heading(self, phase: usize) -> u32 {
        let heading = &self.body.phases[phase];
        // Any phase may be the first that is printed.
        let title = optional(heading.title.as_ref()) * m::HEADING_PERCENT / 100;
        let all = title + optional(heading.note.as_ref()) + m::MODE + m::FULL;
        m::HEADING + wrapped(all, m::LINE) - m::HEIGHT
    }

    /// The width of a condition in the reader's words; none where it leaves nothing out here.
    fn condition(self, condition: &Condition) -> Option<u32> {
        let choices = &self.book.choices;
        let answers = choices.answers(condition);
        let keys = answers.named().filter_map(|(number, options)| {
            let domain = self.body.domain.options(number).unwrap_or(u64::MAX);
            let labels = choices.get(number).picked(options & domain);
            let all: u32 = labels.map(|option| width(&option.label) + m::FULL).sum();
            (domain & !options != 0).then_some(all)
        });
        keys.reduce(|one, other| one + other)
    }
}

fn material_height(material: &Material, condition: u32) -> u32 {
    let kinds = material.original.as_ref().is_some_and(|it| it.value) || material.copies.is_some();
    let title = condition + width(&material.title) + if kinds { m::KINDS } else { 0 };
    free_line(
        title,
        optional(material.note.as_ref()),
        m::LINE - m::BOX_ALONE,
    ) + m::RULE
}

/// A line whose second part is as wide as it must be: both beside each other, or each for itself.
fn free_line(first: u32, second: u32, room: u32) -> u32 {
    if second == 0 {
        wrapped(first, room)
    } else if first + m::LEADER + second.min(m::EXPECT_FREE) <= room {
        wrapped(second, m::EXPECT_FREE)
    } else {
        wrapped(first, room) + wrapped(second, m::EXPECT_FREE)
    }
}

/// What warns before a step: that it cannot be undone, and its caution, beside each other where both fit.
fn warnings(irreversible: bool, text: Option<&Text>) -> u32 {
    let room = m::LINE - m::BOX;
    let beside = m::IRREVERSIBLE + m::INDENT;
    match (irreversible, text) {
        (false, text) => caution(text),
        (true, Some(text)) if beside + m::LABEL + width(text) <= room => m::HEIGHT,
        (true, text) => wrapped(m::IRREVERSIBLE, room) + caution(text),
    }
}

fn caution(text: Option<&Text>) -> u32 {
    text.map_or(0, |text| wrapped(m::LABEL + width(text), m::LINE - m::BOX))
}

/// The blanks of a step, several in a row.
fn blanks(records: Option<&Placed<Vec<Record>>>) -> u32 {
    let records = records.into_iter().flat_map(|records| &records.value);
    let widths = records.map(|record| {
        let mask = record
            .mask
            .as_ref()
            .is_some_and(|mask| mask.value == Mask::Last4);
        let label = width(&record.label) + if mask { m::LAST_FOUR } else { 0 };
        label + m::BLANK + m::BLANK_GAP
    });
    packed(widths, m::LINE - m::BOX) * m::BLANKS
}

/// How many rows things of these widths take when none is broken. One that is wider than a row takes it alone.
fn packed(widths: impl Iterator<Item = u32>, room: u32) -> u32 {
    let (mut rows, mut used) = (0, room);
    for width in widths {
        if used + width > room {
            rows += 1;
            used = 0;
        }
        used += width;
    }
    rows
}

/// The height of a text of this width in lines of `room`; nothing where there is none.
fn wrapped(width: u32, room: u32) -> u32 {
    match width {
        0 => 0,
        short if short <= room => m::HEIGHT,
        long => long.div_ceil(room - m::RAGGED) * m::HEIGHT,
    }
}

fn optional(text: Option<&Text>) -> u32 {
    text.map_or(0, |text| width(text))
}

/// The width of a text on one line.
fn width(text: &str) -> u32 {
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
    fn things_are_packed_in_rows_and_never_broken() {
        let rows = |widths: &[u32]| packed(widths.iter().copied(), 100);
        assert_eq!(rows(&[]), 0);
        assert_eq!(rows(&[50, 50]), 1);
        assert_eq!(rows(&[50, 51]), 2);
        assert_eq!(
            rows(&[250, 10, 90]),
            2,
            "what is too wide takes its row alone"
        );
    }

    #[test]
    fn a_line_in_two_parts_is_one_where_both_fit() {
        let room = 3000;
        assert_eq!(free_line(500, 0, room), m::HEIGHT);
        assert_eq!(free_line(500, room - 500 - m::LEADER, room), m::HEIGHT);
        assert_eq!(free_line(500, room - 499 - m::LEADER, room), 2 * m::HEIGHT);
    }
}
