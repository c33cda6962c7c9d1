//! How long a printed checklist is, in lines and sides: counted from the content, before any page is made.
//!
//! The count is meant to err on the long side. All that is known of the theme is in the table `measure`: widths in hundredths of
//! a full-width character, heights in hundredths of a line of text. To calibrate, print a sheet, compare its height
//! with [`lines`], and change a number there.

use super::worst::{Case, Part, Worst, worst};
use crate::model::{
    Answers, Body, Book, Channel, ChannelKind, Condition, Fact, FactValue, Mask, Material, Outcome,
    PhaseHeading, Procedure, ProcedureStep, Provider, Record, Status, Step, Variant,
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
    pub(super) const LINE_BESIDE_CODE: u32 = 2970;
    /// A line of a notice before all steps, or of a stop.
    pub(super) const LINE_OF_NOTICE: u32 = 3500;
    /// The box before an item.
    pub(super) const BOX: u32 = 155;
    /// The number of a step.
    pub(super) const NUMBER: u32 = 170;
    /// What a warning in a step leaves free at its end.
    pub(super) const WARNING_END: u32 = 350;
    /// Between two warnings side by side, and before blanks.
    pub(super) const INDENT: u32 = 100;
    /// The dotted leader at its shortest.
    pub(super) const LEADER: u32 = 145;
    /// The column of what is expected.
    pub(super) const EXPECT: u32 = 1900;
    /// The same in branches, conditional steps, other words of a step and materials, where it is as wide as it must be,
    /// up to this.
    pub(super) const EXPECT_FREE: u32 = 3100;
    /// A blank to write in, with the space before it.
    pub(super) const BLANK: u32 = 995;
    /// Between a blank and the next.
    pub(super) const BLANK_GAP: u32 = 95;
    /// The words before the answers.
    pub(super) const SITUATION: u32 = 500;
    /// Between a question and its options, and between two options.
    pub(super) const OPTION_GAP: u32 = 90;
    /// How much wider a heading is than text.
    pub(super) const HEADING_PERCENT: u32 = 117;

    // Words of the theme, as widths.

    /// The word and the colon before what ends and what stays.
    pub(super) const SCOPE: u32 = 400;
    /// The word and the colon before a notice or a caution.
    pub(super) const LABEL: u32 = 300;
    /// The sentence that a step cannot be undone.
    pub(super) const IRREVERSIBLE: u32 = 800;
    /// Brackets and words around a condition or a branch.
    pub(super) const CONDITION: u32 = 550;
    /// Words around the condition of other words for a step.
    pub(super) const OTHER_WORDS: u32 = 700;
    /// To which step a branch goes on.
    pub(super) const JUMP: u32 = 700;
    /// That a branch ends there.
    pub(super) const JUMP_TO_END: u32 = 500;
    /// Words around what the screen says.
    pub(super) const UI_LABEL: u32 = 900;
    /// How long a step takes, with brackets; a time as a fact.
    pub(super) const WAIT: u32 = 1200;
    /// Words around what a step costs.
    pub(super) const COST: u32 = 500;
    /// That only the last four characters are written.
    pub(super) const LAST_FOUR: u32 = 700;
    /// How a material is brought: original and copies.
    pub(super) const KINDS: u32 = 1100;
    /// How the list is used, beside the first heading.
    pub(super) const MODE: u32 = 1200;
    /// The words that something is not verified, with their stop.
    pub(super) const UNVERIFIED: u32 = 1300;
    /// The day on which a channel was looked at, with brackets.
    pub(super) const CHECKED: u32 = 1000;

    // Heights, in hundredths of a line.

    /// A line of text.
    pub(super) const HEIGHT: u32 = 100;
    /// The code that leads to the guide with its words: what stands beside it is at least as high.
    pub(super) const CODE: u32 = 575;
    /// A banner: draft, suspended, not possible.
    pub(super) const BANNER: u32 = 200;
    /// A heading with the space above it.
    pub(super) const HEADING: u32 = 133;
    /// The rule between two items.
    pub(super) const RULE: u32 = 4;
    /// A row of blanks.
    pub(super) const BLANKS: u32 = 110;
    /// The last line and the places to sign.
    pub(super) const SIGN_OFF: u32 = 510;
    /// What a side of paper holds below the head that is repeated on each.
    pub(super) const SIDE: u32 = 4040;
}
use measure as m;

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

/// The head: the same for all answers.
pub(super) fn head(book: &Book, provider: &Provider, procedure: &Procedure) -> u32 {
    let body = &procedure.body;
    let room = m::LINE_BESIDE_CODE;
    let banner = procedure.status != Status::Published
        || body
            .outcome
            .as_ref()
            .is_some_and(|it| it.value == Outcome::NotPossible);
    let scope = [&body.ends, &body.leaves].into_iter().flatten();
    let scope = scope.map(|text| wrapped(m::SCOPE + width(text), room));
    let document = provider.document.as_ref();
    let channels = document
        .into_iter()
        .flat_map(|document| &document.channels.value);
    let (known, unknown): (Vec<&Channel>, Vec<&Channel>) = channels
        .filter(|channel| channel.serves_merchants())
        .partition(|channel| channel.is_verified());
    let known = known
        .iter()
        .map(|channel| wrapped(known_channel(book, provider, channel), room));
    let unknown = unknown
        .iter()
        .filter(|channel| matches!(channel.kind.value, ChannelKind::Phone | ChannelKind::Web))
        .map(|channel| width(&channel.label));
    let unverified = unverified_facts(book, body).chain(unknown);
    let unverified: u32 = unverified.map(|width| width + m::FULL).sum();
    let unverified = match unverified {
        0 => 0,
        some => wrapped(m::UNVERIFIED + some, room),
    };
    let beside_code = scope.sum::<u32>() + unverified + known.sum::<u32>();
    beside_code.max(m::CODE) + if banner { m::BANNER } else { 0 }
}

fn known_channel(book: &Book, provider: &Provider, channel: &Channel) -> u32 {
    let evidence = channel.evidence.as_ref();
    let source = evidence.and_then(|id| book.source(provider, id.as_str()));
    let value = channel.value.as_ref().map_or("", |value| &**value);
    let host = source.map_or("", |source| source.url.host());
    let host = if value.contains(host) {
        0
    } else {
        width(host) + m::FULL
    };
    let hours = channel.hours.as_ref();
    let hours = hours.map_or(0, |hours| width(hours) + m::HALF);
    width(&channel.label) + m::FULL + width(value) + hours + host + m::CHECKED
}

/// The widths of the facts that nobody has verified.
fn unverified_facts<'a>(book: &'a Book, body: &'a Body) -> impl Iterator<Item = u32> + 'a {
    let standard = book.standard_of(body);
    body.facts.iter().filter_map(move |(id, fact)| {
        let mut titles = standard?.facts.iter();
        let title = width(&titles.find(|own| own.id.value == id.value)?.title);
        match fact {
            Fact::Unknown(_) => Some(title),
            Fact::Known {
                evidence: Some(_), ..
            } => None,
            Fact::Known { value, .. } => Some(
                title
                    + match value {
                        FactValue::Text(text) => width(text) + 2 * m::FULL,
                        FactValue::Time(_) => m::WAIT,
                    },
            ),
        }
    })
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
    /// The sheet for one reader, each part with its cases.
    fn tailored(self, head: u32) -> Layout {
        let materials = self.book.packing_list(self.body).into_iter();
        let materials = materials.map(|material| {
            let when = self.book.material_answers(material);
            let always = self.body.journeys.is_within(&when, &self.body.domain);
            let part = Part::in_any(vec![when], material_height(material, 0));
            (part, always)
        });
        let step = |step: &ProcedureStep| self.tailored_step(step);
        self.layout(head, &[self.answers()], materials, step)
    }

    /// The sheet for everybody.
    fn whole(self, head: u32) -> Layout {
        let materials = self.book.packing_list(self.body).into_iter();
        let materials = materials.map(|material| {
            let condition = material.when.as_ref().and_then(|when| self.condition(when));
            let condition = condition.map_or(0, |condition| m::CONDITION + condition);
            (Part::fixed(material_height(material, condition)), true)
        });
        let step = |step: &ProcedureStep| Part::fixed(self.whole_step(step));
        self.layout(head, &self.questions(), materials, step)
    }

    fn layout(
        self,
        head: u32,
        answers: &[u32],
        materials: impl Iterator<Item = (Part, bool)>,
        step: impl Fn(&ProcedureStep) -> Part,
    ) -> Layout {
        let mut blocks = vec![Block::fixed(Section::Head, head)];
        let answers = answers.iter();
        blocks.extend(answers.map(|height| Block::fixed(Section::Answers, *height)));
        let notices = self.notices(None, m::LINE_OF_NOTICE);
        blocks.extend(notices.map(|height| Block::fixed(Section::Notices, height)));
        blocks.extend(material_blocks(materials));
        for (phase, heading) in self.body.phases.iter().enumerate() {
            let steps = self.body.steps.iter().filter(|step| step.phase == phase);
            let mut parts: Vec<Part> = steps.map(&step).collect();
            if !parts.is_empty() {
                // The heading stands also where the answers leave out every step.
                parts.insert(0, Part::fixed(heading_height(heading, phase == 0)));
            }
            blocks.push(Block {
                section: Section::Phase(phase),
                parts,
            });
        }
        blocks.push(Block::fixed(Section::SignOff, m::SIGN_OFF));
        Layout(blocks)
    }

    fn tailored_step(self, step: &ProcedureStep) -> Part {
        let own = Words::of(&step.step);
        let case = |words, when| Case {
            when: vec![when],
            size: self.item(&step.step, words, None, false),
        };
        let variants = self.variants(step).into_iter();
        let cases = variants.map(|(variant, when, _)| {
            let when = when.and(&step.shown);
            case(Words::of_variant(variant).or(own), when)
        });
        let otherwise = std::iter::once(case(own, step.shown.clone()));
        Part {
            cases: cases.chain(otherwise).collect(),
        }
    }

    /// A step with all of its variants.
    fn whole_step(self, step: &ProcedureStep) -> u32 {
        let mut own = Words::of(&step.step);
        let mut others = self.variants(step);
        // One that always holds and comes first takes the step's place.
        if let [(variant, _, true)] = *others {
            own = Words::of_variant(variant).or(own);
            others.clear();
        }
        let when = step.step.when.as_ref();
        let condition = when.and_then(|when| self.condition(when));
        let domain = &self.body.domain;
        let conditional = !domain.is_within(&step.shown, domain);
        let own = self.item(&step.step, own, condition, conditional);
        let others = others.iter().map(|(variant, ..)| {
            let words = Words::of_variant(variant);
            let condition = self.condition(&variant.when).unwrap_or(2 * m::FULL);
            let room = m::LINE - m::BOX - m::NUMBER;
            let action = m::OTHER_WORDS + condition + optional(words.action);
            rows(
                &[
                    Piece::text(warning(words.caution), room),
                    Piece::text(action + m::LEADER, room),
                    Piece::text(optional(words.expect), m::EXPECT_FREE),
                    Piece::blanks(words.record, room),
                ],
                room,
            )
        });
        own + others.sum::<u32>()
    }

    /// The variants that some answer shows, each with its answers and whether it holds whenever the step is shown; none
    /// comes after one that does.
    fn variants(self, step: &ProcedureStep) -> Vec<(&Variant, Answers, bool)> {
        let domain = &self.body.domain;
        let mut shown = Vec::new();
        for variant in step.step.variants.iter().flat_map(|all| &all.value) {
            let when = self.book.choices.answers(&variant.when).and(domain);
            if when.is_disjoint(&step.shown) {
                continue;
            }
            let always = step.shown.and(domain).is_within(&when, domain);
            shown.push((variant, when, always));
            if always {
                break;
            }
        }
        shown
    }

    /// A step: what stands before it; then side by side what is done, what is seen and the blanks. In steps that are
    /// `conditional` on this sheet, what is seen is as wide as it must be.
    fn item(self, step: &Step, words: Words<'_>, condition: Option<u32>, conditional: bool) -> u32 {
        let irreversible = step.irreversible.as_ref().is_some_and(|it| it.value);
        let notices = self.notices(Some(step), m::LINE - m::BOX - m::NUMBER - m::WARNING_END);
        let in_case = step.in_case.as_ref().map(|text| width(text));
        let prefixes = in_case.into_iter().chain(condition);
        let prefixes = prefixes.map(|prefix| prefix + m::CONDITION);
        let ui_label = step.ui_label.as_ref();
        let cost = step.cost.as_ref();
        let action = prefixes.sum::<u32>()
            + optional(words.action)
            + ui_label.map_or(0, |label| m::UI_LABEL + width(label))
            + step.wait.as_ref().map_or(0, |_| m::WAIT)
            + cost.map_or(0, |cost| m::COST + width(cost));
        let jump = step.then.as_ref().map_or(0, |then| {
            let goes_on = self.body.position(then.as_str()).is_some();
            if goes_on { m::JUMP } else { m::JUMP_TO_END }
        });
        let expect = optional(words.expect) + jump;
        let expect = if conditional || in_case.is_some() || words.record.is_some() {
            Piece::text(expect, m::EXPECT_FREE)
        } else {
            Piece::column(expect, m::EXPECT)
        };
        let line = [
            Piece::item(m::BOX + m::NUMBER, action),
            expect,
            Piece::blanks(words.record, m::LINE),
        ];
        notices.sum::<u32>()
            + warnings(irreversible, words.caution)
            + rows(&line, m::LINE)
            + m::RULE
    }

    /// The notices for paper before a step, or before all, in lines of `room`.
    fn notices(self, step: Option<&'a Step>, room: u32) -> impl Iterator<Item = u32> + 'a {
        let before = step.map(|step| step.id.as_str());
        let printed = self.body.notices.iter().filter(move |notice| {
            notice.paper.as_ref().is_some_and(|paper| paper.value)
                && notice.before.as_ref().map(|id| id.as_str()) == before
        });
        printed.map(move |notice| wrapped(m::LABEL + width(&notice.text), room))
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
        match widest.sum() {
            0 => 0,
            all => wrapped(m::SITUATION + all, m::LINE),
        }
    }

    /// The questions, each with all of its options, the first below the heading.
    fn questions(self) -> Vec<u32> {
        let asked = self.body.asked.iter().map(|number| {
            let choice = self.book.choices.get(*number);
            let exist = self.body.domain.options(*number).unwrap_or(u64::MAX);
            let options = choice.picked(exist);
            let options = options.map(|option| width(&option.label) + m::OPTION_GAP);
            let stops = choice.picked(exist).filter_map(|option| {
                let text = &option.stop.as_ref()?.text;
                let all = width(&option.label) + m::FULL + width(text);
                Some(wrapped(all, m::LINE_OF_NOTICE))
            });
            let line = width(&choice.question) + options.sum::<u32>();
            wrapped(line, m::LINE) + stops.sum::<u32>()
        });
        let mut questions: Vec<u32> = asked.collect();
        if let Some(first) = questions.first_mut() {
            *first += m::HEADING;
        }
        questions
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

/// The materials; the heading stays with the first up to the second that everybody sees.
fn material_blocks(materials: impl Iterator<Item = (Part, bool)>) -> Vec<Block> {
    let mut blocks: Vec<Vec<Part>> = Vec::new();
    let mut sure = 0;
    for (part, always) in materials {
        match blocks.last_mut() {
            None => blocks.push(vec![Part::fixed(m::HEADING), part]),
            Some(first) if sure < 2 => first.push(part),
            Some(_) => blocks.push(vec![part]),
        }
        sure += u32::from(always);
    }
    let block = |parts| Block {
        section: Section::Materials,
        parts,
    };
    blocks.into_iter().map(block).collect()
}

fn material_height(material: &Material, condition: u32) -> u32 {
    let kinds = material.original.as_ref().is_some_and(|it| it.value) || material.copies.is_some();
    let title = condition + width(&material.title) + if kinds { m::KINDS } else { 0 };
    let note = optional(material.note.as_ref());
    let line = [
        Piece::item(m::BOX, title),
        Piece::text(note, m::EXPECT_FREE),
    ];
    rows(&line, m::LINE) + m::RULE
}

fn heading_height(heading: &PhaseHeading, first: bool) -> u32 {
    let title = optional(heading.title.as_ref()) * m::HEADING_PERCENT / 100;
    let mode = if first { m::MODE } else { 0 };
    let all = title + m::FULL + optional(heading.note.as_ref()) + mode;
    m::HEADING + wrapped(all, m::LINE) - m::HEIGHT
}

/// What stands beside others in an item.
#[derive(Debug, Clone, Copy)]
struct Piece {
    width: u32,
    height: u32,
}

impl Piece {
    /// A text as wide as it must be, up to `most`.
    fn text(width: u32, most: u32) -> Self {
        Piece {
            width: width.min(most),
            height: wrapped(width, most),
        }
    }

    /// A text in a column.
    fn column(text: u32, width: u32) -> Self {
        Piece {
            width: if text == 0 { 0 } else { width },
            height: wrapped(text, width),
        }
    }

    /// The act of an item behind its box and number, with the leader.
    fn item(before: u32, act: u32) -> Self {
        let text = Piece::text(act, m::LINE - before - m::LEADER);
        Piece {
            width: before + text.width + m::LEADER,
            height: text.height.max(m::HEIGHT),
        }
    }

    /// Blanks to write in, which wrap among themselves where they have no room in a line.
    fn blanks(records: Option<&Placed<Vec<Record>>>, room: u32) -> Self {
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
fn rows(pieces: &[Piece], room: u32) -> u32 {
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
fn warnings(irreversible: bool, caution: Option<&Text>) -> u32 {
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
fn warning(text: Option<&Text>) -> u32 {
    text.map_or(0, |text| m::LABEL + width(text))
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
