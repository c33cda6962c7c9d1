//! A procedure as its file says, shared or a provider's; `extends` makes the fields of the shared one optional.

use super::{Condition, Step, TimeSpan};
use crate::diagnostic::At;
use crate::yaml::rules::wrong_type;
use crate::yaml::{
    Content, Date, Entries, Field, Form, Id, Node, OneOrMany, Placed, Reader, Shape, Shown,
    SitePath, Text, shape, words,
};

words! {
    /// How a checklist is used.
    pub enum Mode ("a mode") {
        /// Read, then do: for rare or branching tasks.
        ReadDo = "read-do",
        /// Do, then confirm: for familiar ones.
        DoConfirm = "do-confirm",
    }
}

words! {
    /// How a procedure was reviewed.
    pub enum ReviewMethod ("a method of review") {
        /// The provider's notice was read.
        ReadNotice = "read-notice",
        /// Somebody went through it.
        DidIt = "did-it",
        /// The provider was phoned.
        Phoned = "phoned",
    }
}

words! {
    /// What becomes of a procedure in a build.
    pub enum Status ("a status") {
        /// Checked, not built.
        Draft = "draft",
        /// Built.
        Published = "published",
        /// Built under a banner: do not follow it now.
        Suspended = "suspended",
        /// Only a page that says what ended.
        Retired = "retired",
    }
}

shape! {
    /// A phase: a pause point with its steps.
    pub struct Phase ("a phase") {
        /// Its id.
        id: Placed<Id>,
        /// Its heading.
        title: Option<Text>,
        /// When it is read and by whom.
        note: Option<Text>,
        /// Its steps.
        steps: Option<Placed<Vec<Step>>>,
    }
}

shape! {
    /// A notice.
    pub struct Notice ("a notice") {
        /// Its id.
        id: Placed<Id>,
        /// What it says.
        text: Text,
        /// The step that it stands before; without it, before all.
        before: Option<Placed<Id>> => "step",
        /// Whether it is printed.
        paper: Option<Placed<bool>>,
        /// The source of what it says.
        evidence: Option<Placed<Id>> => "source",
    }
}

shape! {
    /// A question with its answer.
    pub struct Question ("a question") {
        /// Its id.
        id: Placed<Id>,
        /// The question.
        question: Text,
        /// The answer.
        answer: Option<Text>,
        /// The fact that answers it.
        fact: Option<Placed<Id>> => "fact",
        /// The source of the answer.
        evidence: Option<Placed<Id>> => "source",
    }
}

/// A fact: known, with or without evidence, or unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Nobody knows; the place of the word `unknown`.
    Unknown(At),
    /// A value, and the source that says so.
    Known {
        /// Where it stands.
        at: At,
        /// The value.
        value: FactValue,
        /// The source.
        evidence: Option<Placed<Id>>,
    },
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A text, an amount, or an option of an enum.
    Text(Text),
    /// A time with its unit.
    Time(TimeSpan),
}

impl Fact {
    /// Where it stands.
    pub fn at(&self) -> At {
        match self {
            Fact::Unknown(at) | Fact::Known { at, .. } => *at,
        }
    }
}

impl Shape for FactValue {
    const EXPECTED: &'static str = "a line of text, or a time such as `{days: [1, 3]}`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        match node.content {
            Content::Map(_) => TimeSpan::read(node, reader).map(FactValue::Time),
            _ => Text::read(node, reader).map(FactValue::Text),
        }
    }

    fn show(&self) -> Shown {
        match self {
            FactValue::Text(text) => text.show(),
            FactValue::Time(time) => time.show(),
        }
    }

    fn form() -> Form {
        Form::Either(vec![Text::form(), TimeSpan::form()])
    }
}

shape! {
    /// A fact that is known.
    struct KnownFact ("a fact") {
        /// The value.
        value: FactValue,
        /// The source.
        evidence: Option<Placed<Id>> => "source",
    }
}

impl Shape for Fact {
    const EXPECTED: &'static str = "`unknown`, or `{value: …, evidence: …}`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        match &node.content {
            Content::Scalar(word) if word == "unknown" => Some(Fact::Unknown(node.at)),
            Content::Map(_) => {
                let KnownFact {
                    at,
                    value,
                    evidence,
                } = KnownFact::read(node, reader)?;
                Some(Fact::Known {
                    at,
                    value,
                    evidence,
                })
            }
            _ => {
                wrong_type::report(reader, node, Self::EXPECTED);
                None
            }
        }
    }

    fn show(&self) -> Shown {
        match self {
            Fact::Unknown(at) => Shown::Scalar("unknown".to_owned(), *at),
            Fact::Known {
                value, evidence, ..
            } => Shown::Map(vec![
                ("value".to_owned(), value.show()),
                ("evidence".to_owned(), evidence.show()),
            ]),
        }
    }

    fn form() -> Form {
        let unknown = Form::Words(vec![("unknown", "Nobody knows.")]);
        Form::Either(vec![unknown, KnownFact::form()])
    }
}

shape! {
    /// When and how a procedure was last held against the provider's word.
    pub struct Review ("a review") {
        /// The day.
        date: Placed<Date>,
        /// How.
        method: Placed<ReviewMethod>,
    }
}

shape! {
    /// A requirement or an order law that is set aside for a time. Rules ask for the reason and the day.
    pub struct Waiver ("a waiver") {
        /// The requirement.
        requirement: Option<Placed<Id>> => "requirement",
        /// Or the order law: two requirements, the earlier one first.
        order: Option<Placed<Vec<Placed<Id>>>> => "required-step",
        /// Why.
        because: Option<Text>,
        /// The last day on which it holds.
        until: Option<Placed<Date>>,
        /// The source.
        evidence: Option<Placed<Id>> => "source",
    }
}

shape! {
    /// An old step id that keeps answering. Providers inherit it.
    pub struct Retired ("a retired step") {
        /// The old id.
        step: Placed<Id>,
        /// The step to use now.
        r#use: Option<Placed<Id>> => "step",
        /// Since when.
        date: Placed<Date>,
        /// Why.
        because: Text,
    }
}

shape! {
    /// An inherited step that does not apply here.
    pub struct Drop ("a dropped step") {
        /// The step.
        step: Placed<Id> => "step",
        /// Why.
        because: Text,
    }
}

/// The answers that exist for a provider, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// Where it stands, and the answers.
    pub answers: Condition,
    /// Why.
    pub because: Text,
    /// The source.
    pub evidence: Option<Placed<Id>>,
}

impl Shape for Only {
    const EXPECTED: &'static str = "the answers that exist here, with `because`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let entries = reader.mapping(node, Self::EXPECTED, &["because"])?;
        let keys = Condition::read_keys(entries, &["because", "evidence"], reader);
        if keys.is_empty() {
            wrong_type::report_value(
                reader,
                reader.key_of(node),
                "`only` names no answers",
                "write `CHOICE: [OPTIONS]`",
            );
        }
        let because = reader.field(node.at, entries, "because", "`only`");
        let evidence = reader.field(node.at, entries, "evidence", "`only`");
        Some(Only {
            answers: Condition {
                at: reader.key_of(node),
                keys,
            },
            because: because?,
            evidence: evidence?,
        })
    }

    fn show(&self) -> Shown {
        let Shown::Map(mut shown) = self.answers.show() else {
            return Shown::Nothing;
        };
        shown.push(("because".to_owned(), self.because.show()));
        shown.push(("evidence".to_owned(), self.evidence.show()));
        Shown::Map(shown)
    }

    fn form() -> Form {
        let field = |name, doc, required, refers, form| Field {
            name,
            doc,
            required,
            refers,
            form,
        };
        Form::Picks {
            of: "choice",
            fields: vec![
                field("because", "Why.", true, None, Form::Text),
                field("evidence", "The source.", false, Some("source"), Form::Id),
            ],
            some: true,
        }
    }
}

shape! {
    /// A procedure's file.
    pub struct ProcedureDocument ("a procedure") {
        /// The shared procedure that this one extends.
        extends: Option<Placed<Id>> => "procedure",
        /// The standard that it must hold to.
        standard: Option<Placed<Id>> => "standard",
        /// Its title.
        title: Option<Text>,
        /// What it is about.
        summary: Option<Text>,
        /// What this closes.
        ends: Option<Text>,
        /// What stays.
        leaves: Option<Text>,
        /// How the checklist is used.
        mode: Option<Placed<Mode>>,
        /// Pause points with their steps.
        phases: Option<Placed<Vec<Phase>>>,
        /// Steps that differ from the shared ones, or are new.
        steps: Option<Placed<Vec<Step>>>,
        /// Notices.
        notices: Option<Placed<Vec<Notice>>>,
        /// Questions.
        questions: Option<Placed<Vec<Question>>>,
        /// Facts.
        facts: Option<Placed<Entries<Fact>>> => "fact",
        /// Inherited steps that do not apply.
        drop: Vec<Drop>,
        /// The answers that exist here.
        only: Option<Only>,
        /// `not-possible` where a provider does not offer it at all.
        outcome: Option<Placed<Outcome>>,
        /// The last review.
        reviewed: Option<Review>,
        /// Requirements set aside.
        waives: Vec<Waiver>,
        /// Old step ids.
        retired: Vec<Retired>,
        /// Old addresses.
        formerly: Option<OneOrMany<Placed<SitePath>>>,
        /// What becomes of it in a build.
        status: Option<Placed<Status>>,
    }
}

words! {
    /// What a reader can reach; otherwise it follows from the routes that exist.
    pub enum Outcome ("an outcome") {
        /// The provider does not offer it.
        NotPossible = "not-possible",
    }
}

impl Waiver {
    /// Whether it has a reason and its last day has not passed.
    pub fn holds(&self, today: Date) -> bool {
        self.because
            .as_ref()
            .is_some_and(|because| !is_placeholder(because))
            && self
                .until
                .as_ref()
                .is_some_and(|until| until.value >= today)
    }
}

/// Whether a text says nothing yet: it is empty, or a word stands in it that authors leave for later.
pub fn is_placeholder(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric());
    text.trim().is_empty()
        || ["待补充", "待完善"].iter().any(|mark| text.contains(mark))
        || words().any(|word| ["TODO", "TBD", "FIXME"].contains(&word))
}
