//! What a reader may be asked, and the conditions that speak of it.

use super::Answers;
use crate::diagnostic::At;
use crate::yaml::rules::{invalid_id, wrong_type};
use crate::yaml::{Content, Form, Id, Node, OneOrMany, Placed, Reader, Shape, Shown, Text, shape};

shape! {
    /// A choice: what a reader answers to see their own steps.
    pub struct Choice ("a choice") {
        /// Its id, and its key in a link.
        id: Placed<Id>,
        /// The question as the reader sees it.
        question: Text,
        /// What may be answered; at most 64.
        options: Placed<Vec<ChoiceOption>>,
    }
}

shape! {
    /// An option of a choice.
    pub struct ChoiceOption ("an option") {
        /// Its id, unique in the choice.
        id: Placed<Id>,
        /// The answer as the reader sees it.
        label: Text,
        /// This answer ends the guide.
        stop: Option<Stop>,
    }
}

shape! {
    /// Why an answer ends the guide.
    pub struct Stop ("a stop") {
        /// What the reader is told.
        text: Text,
        /// The procedure to follow instead.
        r#use: Option<Placed<Id>> => "procedure",
    }
}

/// All choices, in the order of the file; conditions speak of them by number.
#[derive(Debug, Clone, Default)]
pub struct Choices(pub Vec<Choice>);

impl Choices {
    /// A site has at most this many choices; a procedure with a dozen is hard to answer.
    pub const MAX: usize = 1024;
    /// A choice has at most this many options: they are the bits of a mask.
    pub const MAX_OPTIONS: usize = 64;

    /// The choice with this id and its number.
    pub fn find(&self, id: &str) -> Option<(u16, &Choice)> {
        let at = self.0.iter().position(|choice| choice.id.as_str() == id)?;
        Some((u16::try_from(at).ok()?, &self.0[at]))
    }

    /// The choice with this number.
    pub fn get(&self, number: u16) -> &Choice {
        &self.0[usize::from(number)]
    }

    /// Every choice with all of its options.
    pub fn domain(&self) -> Answers {
        let mut domain = Answers::ALL;
        for (number, choice) in (0..).zip(&self.0) {
            domain.set(number, u64::MAX >> (64 - choice.options.len().clamp(1, 64)));
        }
        domain
    }

    /// The answers that a condition admits. Choices and options that do not exist are left out: rules report them.
    pub fn answers(&self, condition: &Condition) -> Answers {
        let mut answers = Answers::ALL;
        for (id, values) in &condition.keys {
            if let Some((number, choice)) = self.find(id.as_str()) {
                let known = values
                    .0
                    .iter()
                    .filter_map(|value| choice.position(value.as_str()));
                let options = known.fold(0, |mask, option| mask | 1 << option);
                if options != 0 {
                    answers.set(number, options);
                }
            }
        }
        answers
    }

    /// A box in words: `merchant-type: sole-trader or company, route: assisted`.
    pub fn describe(&self, answers: &Answers) -> String {
        let keys = answers.named().map(|(number, options)| {
            let choice = self.get(number);
            let ids: Vec<&str> = choice
                .picked(options)
                .map(|option| option.id.as_str())
                .collect();
            format!("{}: {}", choice.id.value, ids.join(" or "))
        });
        keys.collect::<Vec<_>>().join(", ")
    }
}

impl Choice {
    /// The number of the option with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.options
            .iter()
            .position(|option| option.id.as_str() == id)
    }

    /// The options of a mask, in order.
    pub fn picked(&self, options: u64) -> impl Iterator<Item = &ChoiceOption> {
        self.options
            .iter()
            .enumerate()
            .filter(move |(bit, _)| options & (1 << bit) != 0)
            .map(|(_, option)| option)
    }
}

/// A condition: every choice named must have one of the answers named. Without keys it always holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Where it stands: its key.
    pub at: At,
    /// The choices with the options that are admitted.
    pub keys: Vec<(Placed<Id>, OneOrMany<Placed<Id>>)>,
}

impl Condition {
    /// Reads the entries of a mapping as `choice: option` or `choice: [options]`, but for those in `others`.
    pub(super) fn read_keys(
        entries: &[(std::borrow::Cow<'_, str>, Node<'_>)],
        others: &[&str],
        reader: &mut Reader,
    ) -> Vec<(Placed<Id>, OneOrMany<Placed<Id>>)> {
        let mut keys = Vec::new();
        for (key, node) in entries
            .iter()
            .filter(|(key, _)| !others.contains(&key.as_ref()))
        {
            let at = reader.key_of(node);
            if matches!(&node.content, Content::List(nodes) if nodes.is_empty()) {
                wrong_type::report(reader, node, "at least one option");
                continue;
            }
            let values = OneOrMany::<Placed<Id>>::read(node, reader);
            if let (Some(id), Some(values)) = (invalid_id::read(reader, at, key), values)
                && !values.0.is_empty()
            {
                keys.push((id, values));
            }
        }
        keys
    }
}

impl Shape for Condition {
    const EXPECTED: &'static str = "a condition";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let entries = reader.mapping(node, Self::EXPECTED, &[])?;
        Some(Condition {
            at: reader.key_of(node),
            keys: Condition::read_keys(entries, &[], reader),
        })
    }

    fn show(&self) -> Shown {
        if self.keys.is_empty() {
            return Shown::Empty("{}", self.at);
        }
        Shown::Map(
            self.keys
                .iter()
                .map(|(id, values)| (id.to_string(), values.show()))
                .collect(),
        )
    }

    fn form() -> Form {
        Form::Picks {
            of: "choice",
            fields: Vec::new(),
            some: false,
        }
    }
}
