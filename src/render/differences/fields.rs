//! The fields of a step -> what they say, line by line, in the words of the page.

use crate::card::say;
use crate::diagnostic::At;
use crate::model::{
    Body, Book, ChannelKind, Condition, EvidenceSource, Provider, Step, TimeSpan, Variant,
};
use crate::words::Words;
use crate::yaml::{Id, Placed, Text};

/// What is said, line by line; nothing where it is left out.
pub(super) type Lines = Vec<String>;

/// Who says it: the shared procedure, or a provider whose channels and sources are meant then.
#[derive(Clone, Copy)]
pub(super) struct Voice<'b, 'w> {
    pub(super) book: &'b Book,
    pub(super) words: &'w Words,
    pub(super) body: &'b Body,
    pub(super) provider: Option<&'b Provider>,
}

/// A field of a step.
pub(super) struct Field {
    /// The key of the word for it.
    pub(super) word: &'static str,
    /// Where its value stands: the place of the shared one where a provider leaves it as it is.
    pub(super) at: fn(&Step) -> Option<At>,
    /// What it says.
    pub(super) lines: fn(&Voice<'_, '_>, &Step) -> Lines,
}

/// What readers see of a step but its guidance, in the order of the guide.
pub(super) const FIELDS: &[Field] = &[
    Field {
        word: "field_when",
        at: |step| step.when.as_ref().map(|it| it.at),
        lines: |voice, step| one(step.when.as_ref().and_then(|it| voice.condition(it))),
    },
    Field {
        word: "field_in_case",
        at: |step| at_of(step.in_case.as_ref()),
        lines: |_, step| text(step.in_case.as_ref()),
    },
    Field {
        word: "field_then",
        at: |step| at_of(step.then.as_ref()),
        lines: |voice, step| one(step.then.as_ref().map(|it| voice.step(it))),
    },
    Field {
        word: "field_caution",
        at: |step| at_of(step.caution.as_ref()),
        lines: |_, step| text(step.caution.as_ref()),
    },
    Field {
        word: "field_action",
        at: |step| at_of(step.action.as_ref()),
        lines: |_, step| text(step.action.as_ref()),
    },
    Field {
        word: "field_ui_label",
        at: |step| at_of(step.ui_label.as_ref()),
        lines: |_, step| text(step.ui_label.as_ref()),
    },
    Field {
        word: "field_needs",
        at: |step| at_of(step.needs.as_ref()),
        lines: |voice, step| voice.list(step.needs().iter().map(|id| voice.material(id))),
    },
    Field {
        word: "field_via",
        at: |step| at_of(step.via.as_ref()),
        lines: |voice, step| voice.channels(step.via.as_ref()),
    },
    Field {
        word: "field_actor",
        at: |step| at_of(step.actor.as_ref()),
        lines: |_, step| text(step.actor.as_ref()),
    },
    Field {
        word: "field_expect",
        at: |step| at_of(step.expect.as_ref()),
        lines: |_, step| text(step.expect.as_ref()),
    },
    Field {
        word: "field_if_not",
        at: |step| at_of(step.if_not.as_ref()),
        lines: |voice, step| {
            let cases = step.if_not.iter().flat_map(|cases| &cases.value);
            cases
                .map(|it| {
                    let go = it.go.as_ref().map(|go| voice.bracketed(&voice.step(go)));
                    let colon = voice.words.get("colon");
                    let (case, remedy) = (&*it.case.value, &*it.r#do.value);
                    format!("{case}{colon}{remedy}{}", go.unwrap_or_default())
                })
                .collect()
        },
    },
    Field {
        word: "field_record",
        at: |step| at_of(step.record.as_ref()),
        lines: |voice, step| {
            let records = step.record.iter().flat_map(|records| &records.value);
            voice.list(records.map(|it| {
                let last_four = || voice.bracketed(voice.words.get("last_four"));
                let mask = it.mask.as_ref().map(|_| last_four());
                format!("{}{}", it.label.value, mask.unwrap_or_default())
            }))
        },
    },
    Field {
        word: "field_undo",
        at: |step| at_of(step.undo.as_ref()),
        lines: |_, step| text(step.undo.as_ref().filter(|it| &*it.value != "irreversible")),
    },
    Field {
        word: "field_irreversible",
        at: |step| at_of(step.irreversible.as_ref()),
        lines: |voice, step| {
            let said = step.is_irreversible();
            one(said.then(|| voice.words.get("irreversible").to_owned()))
        },
    },
    Field {
        word: "field_wait",
        at: |step| step.wait.as_ref().map(|it| it.at),
        lines: |voice, step| {
            let wait = step.wait.as_ref();
            one(wait.and_then(|it| voice.time(&it.span(), it.evidence.as_ref())))
        },
    },
    Field {
        word: "field_cost",
        at: |step| at_of(step.cost.as_ref()),
        lines: |_, step| text(step.cost.as_ref()),
    },
    Field {
        word: "field_evidence",
        at: |step| at_of(step.evidence.as_ref()),
        lines: |voice, step| one(step.evidence.as_ref().map(|it| voice.source(it).to_owned())),
    },
    Field {
        word: "field_variants",
        at: |step| at_of(step.variants.as_ref()),
        lines: |voice, step| {
            let variants = step.variants.iter().flat_map(|variants| &variants.value);
            variants.map(|it| voice.variant(it)).collect()
        },
    },
];

fn at_of<T>(value: Option<&Placed<T>>) -> Option<At> {
    value.map(|value| value.at)
}

fn one(line: Option<String>) -> Lines {
    line.into_iter().collect()
}

/// The line of an optional field.
pub(super) fn text(text: Option<&Text>) -> Lines {
    one(text.map(|text| text.value.to_string()))
}

impl<'b> Voice<'b, '_> {
    /// Answers in the reader's words; absent where they leave nothing out.
    pub(super) fn condition(&self, condition: &Condition) -> Option<String> {
        let answers = self.book.choices.answers(condition);
        say::answers(self.book, self.words, self.body, &answers)
    }

    /// A step by its action; what is none is the end.
    pub(super) fn step(&self, id: &Id) -> String {
        let at = self.body.position(id.as_str());
        let action = at.and_then(|at| self.body.steps[at].step.action.as_ref());
        let action = action.map(|action| action.value.to_string());
        action.unwrap_or_else(|| self.words.get("go_to_end").to_owned())
    }

    /// The title of a source: the provider's own first.
    pub(super) fn source(&self, id: &'b Placed<Id>) -> &'b str {
        let own = self.provider.and_then(|own| own.document.as_ref());
        let own = own.into_iter().flat_map(|document| &document.sources);
        let mut sources = own.chain(self.book.sources.iter().flatten());
        let source = sources.find(|source: &&EvidenceSource| source.id.value == id.value);
        source.map_or(id.as_str(), |source| &source.title)
    }

    /// A value with its source behind it, or that it has none.
    pub(super) fn sourced(&self, value: &str, evidence: Option<&'b Placed<Id>>) -> String {
        let source = evidence.map(|id| self.source(id));
        let source = source.unwrap_or_else(|| self.words.get("unverified"));
        format!("{value}{}", self.bracketed(source))
    }

    /// A time with its source.
    pub(super) fn time(&self, time: &TimeSpan, evidence: Option<&'b Placed<Id>>) -> Option<String> {
        Some(self.sourced(&say::time(self.words, time)?, evidence))
    }

    fn bracketed(&self, text: &str) -> String {
        let (open, close) = (self.words.get("open"), self.words.get("close"));
        format!("{open}{text}{close}")
    }

    fn material(&self, id: &Id) -> String {
        let material = self.book.material(id.as_str());
        material.map_or_else(|| id.to_string(), |it| it.title.value.to_string())
    }

    /// Channels by what the provider calls them; kinds, which every provider resolves, by the word for them.
    fn channels(&self, via: Option<&Placed<Vec<Placed<Id>>>>) -> Lines {
        let names = via.into_iter().flat_map(|via| &via.value);
        self.list(names.map(|name| {
            let kind = ChannelKind::ALL
                .iter()
                .find(|it| it.as_str() == name.as_str());
            let channels = self.provider.map(|own| own.channels(name.as_str()));
            match (kind, channels.as_deref()) {
                (Some(kind), _) => self
                    .words
                    .get(&format!("kind_{}", kind.as_str()))
                    .to_owned(),
                (None, Some([channel, ..])) => channel.label.value.to_string(),
                (None, _) => name.to_string(),
            }
        }))
    }

    fn variant(&self, variant: &Variant) -> String {
        let condition = self.condition(&variant.when);
        let condition = condition.unwrap_or_else(|| self.words.get("otherwise").to_owned());
        let mut said = self.words.fill("variant", &[("condition", &condition)]);
        let prefixed = |word, text: Option<&Text>| {
            let text = text?;
            Some(format!("{}{}", self.words.get(word), text.value))
        };
        let channels = self.channels(variant.via.as_ref()).pop();
        let records = variant.record.iter().flat_map(|records| &records.value);
        let records = self
            .list(records.map(|it| it.label.value.to_string()))
            .pop();
        let record = records.map(|it| format!("{}{it}", self.words.get("record")));
        let parts = [
            prefixed("caution", variant.caution.as_ref()),
            text(variant.action.as_ref()).pop(),
            channels,
            prefixed("expect", variant.expect.as_ref()),
            record,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        said.push_str(&parts.join(self.words.get("and")));
        said
    }

    /// Short things in one line.
    fn list(&self, things: impl Iterator<Item = String>) -> Lines {
        let things: Vec<String> = things.collect();
        one((!things.is_empty()).then(|| things.join(self.words.get("list"))))
    }
}
