//! A procedure's content -> the blocks of its sheet, for every set of answers or for everybody.

use super::measure as m;
use super::row::{Piece, optional, rows, warning, warnings, width, wrapped};
use super::{Block, Layout, Section};
use crate::check::worst::{Case, Part};
use crate::model::{
    Answers, Body, Book, Channel, ChannelKind, Condition, Fact, FactValue, Material, Outcome,
    PhaseHeading, Procedure, ProcedureStep, Provider, Record, Status, Step, Variant,
};
use crate::yaml::{Placed, Text};

/// The head: the same for all answers.
pub(in crate::check) fn head(book: &Book, provider: &Provider, procedure: &Procedure) -> u32 {
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
pub(super) struct Sheet<'a> {
    pub(super) book: &'a Book,
    pub(super) body: &'a Body,
}

impl<'a> Sheet<'a> {
    /// The sheet for one reader, each part with its cases.
    pub(super) fn tailored(self, head: u32) -> Layout {
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
    pub(super) fn whole(self, head: u32) -> Layout {
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
