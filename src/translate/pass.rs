//! One way through the texts of a document: each is put into the other language, or marked, and what does not fit is kept
//! to be told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::FileState;
use super::rules::key_without_source;
use crate::diagnostic::{At, Diagnostic};
use crate::discover::FileKind;
use crate::model::{Edition, Overlay, fallback};
use crate::parse::Translation;
use crate::yaml::{Placed, Shown, Text};

/// What the options of facts are called, by fact and option. An option that is there without a name has none.
#[derive(Debug, Default)]
pub(super) struct EnumLabels(BTreeMap<String, BTreeMap<String, Option<Arc<str>>>>);

impl EnumLabels {
    pub(super) fn take(&mut self, other: EnumLabels) {
        self.0.extend(other.0);
    }

    fn of(&self, fact: &str, option: &str) -> Option<&Option<Arc<str>>> {
        self.0.get(fact)?.get(option)
    }
}

/// The texts of one document on their way into another language.
pub(super) struct Pass<'c> {
    /// The name of where it is: `steps.clear-balance`.
    path: String,
    /// The texts of the translation that were not taken yet, by name.
    given: BTreeMap<String, (String, At)>,
    /// How many entries each list of the translation has.
    lengths: BTreeMap<String, usize>,
    /// What options of facts are called.
    labels: &'c EnumLabels,
    /// The same, found in this document.
    own_labels: EnumLabels,
    /// All texts of the source, by name.
    seen: BTreeMap<String, Arc<str>>,
    /// The names of all that may hold texts in the source.
    known: BTreeSet<String>,
    /// A place in the source.
    first: Option<At>,
    /// How many texts readers would miss.
    asked: usize,
    missing: Vec<(String, At)>,
    faults: Vec<Diagnostic>,
}

impl<'c> Pass<'c> {
    pub(super) fn new(translation: Option<&Translation>, labels: &'c EnumLabels) -> Self {
        let mut pass = Pass {
            path: String::new(),
            given: BTreeMap::new(),
            lengths: BTreeMap::new(),
            labels,
            own_labels: EnumLabels::default(),
            seen: BTreeMap::new(),
            known: BTreeSet::new(),
            first: None,
            asked: 0,
            missing: Vec::new(),
            faults: Vec::new(),
        };
        if let Some(overlay) = translation.and_then(|it| it.overlay.as_ref()) {
            pass.take(overlay);
        }
        pass
    }

    fn take(&mut self, overlay: &Overlay) {
        let mut open = vec![(String::new(), overlay.shown())];
        while let Some((path, shown)) = open.pop() {
            match shown {
                Shown::Nothing | Shown::Empty(..) => {}
                // What the translation says of itself is no text.
                Shown::Scalar(..) if path == "of" => {}
                Shown::Scalar(text, at) => {
                    self.given.insert(path, (text, at));
                }
                Shown::List(items) => {
                    let items: Vec<(String, Shown)> = (0..)
                        .zip(items)
                        .map(|(at, item)| (joined(&path, &usize::to_string(&at)), item))
                        .collect();
                    self.lengths.insert(path, items.len());
                    open.extend(items);
                }
                Shown::Map(fields) => {
                    let fields = fields.into_iter();
                    open.extend(fields.map(|(key, value)| (joined(&path, &key), value)));
                }
            }
        }
    }

    /// Goes into a field or to an id, and comes back.
    pub(super) fn within(&mut self, key: &str, walk: impl FnOnce(&mut Self)) {
        let outside = self.path.len();
        if outside > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        self.known.insert(self.path.clone());
        walk(self);
        self.path.truncate(outside);
    }

    /// A text that readers see.
    pub(super) fn text(&mut self, field: &str, text: &mut Text) {
        let at = text.at;
        self.asked += 1;
        if !self.lay(field, text) {
            self.missing.push((joined(&self.path, field), at));
        }
    }

    /// The same, where there is one.
    pub(super) fn maybe(&mut self, field: &str, text: &mut Option<Text>) {
        if let Some(text) = text {
            self.text(field, text);
        }
    }

    /// A text that may well stay as it is in every language, such as what a screen says.
    pub(super) fn kept(&mut self, field: &str, text: Option<&mut Text>) {
        if let Some(text) = text {
            self.lay(field, text);
        }
    }

    /// Puts a text into the other language, or marks it; says whether there is a translation.
    fn lay(&mut self, field: &str, text: &mut Text) -> bool {
        self.first.get_or_insert(text.at);
        let name = joined(&self.path, field);
        self.known.insert(name.clone());
        let own = self.given.remove(&name).filter(|(own, _)| !own.is_empty());
        self.seen.insert(name, Arc::clone(&text.value));
        let found = own.is_some();
        *text = match own {
            Some((own, at)) => Placed {
                value: own.into(),
                at,
            },
            None => Placed {
                value: fallback(&text.value),
                at: text.at,
            },
        };
        found
    }

    /// A list of texts in the order of the source. One with more or fewer entries is not taken: nobody knows which is
    /// which.
    pub(super) fn list<T>(
        &mut self,
        field: &str,
        items: &mut [T],
        each: impl Fn(&mut Self, &str, &mut T),
    ) {
        if items.is_empty() {
            return;
        }
        self.check_length(field, items.len());
        self.within(field, |pass| {
            for (at, item) in items.iter_mut().enumerate() {
                each(pass, &at.to_string(), item);
            }
        });
    }

    fn check_length(&mut self, field: &str, of_source: usize) {
        let name = joined(&self.path, field);
        let own = self.lengths.get(&name).copied();
        let Some(own) = own.filter(|own| *own != of_source) else {
            return;
        };
        let within = format!("{name}.");
        let mut at = None;
        self.given.retain(|key, (_, place)| {
            let taken = key.starts_with(&within);
            if taken {
                at = at.min(Some(*place)).or(Some(*place));
            }
            !taken
        });
        let fault = at.map(|at| key_without_source::other_length(at, &name, own, of_source));
        self.faults.extend(fault);
    }

    /// Words that a step is found by: a translation has its own, as many as it likes.
    pub(super) fn words(&mut self, field: &str, words: &mut Option<Placed<Vec<Text>>>) {
        let name = joined(&self.path, field);
        let count = self.lengths.get(&name).copied().unwrap_or(0);
        let own = (0..count).filter_map(|at| self.given.remove(&format!("{name}.{at}")));
        let own: Vec<Text> = own
            .map(|(word, at)| Placed {
                value: word.into(),
                at,
            })
            .collect();
        if let Some(first) = own.first() {
            *words = Some(Placed {
                at: first.at,
                value: own,
            });
        }
    }

    /// The value of a fact: an option is called what the standard's translation calls it.
    pub(super) fn fact(&mut self, id: &str, value: &mut Text) {
        if let Some(label) = self.labels.of(id, &value.value) {
            self.known.insert(joined(&self.path, id));
            if let Some(label) = label {
                value.value = Arc::clone(label);
            }
            return;
        }
        self.text(id, value);
    }

    /// The options of a fact of a standard, and what they are called.
    pub(super) fn options<'i>(&mut self, fact: &str, ids: impl ExactSizeIterator<Item = &'i str>) {
        if ids.len() == 0 {
            return;
        }
        self.check_length("options", ids.len());
        let name = joined(&self.path, "options");
        let mut labels = BTreeMap::new();
        for (at, id) in ids.enumerate() {
            let label = self.given.remove(&format!("{name}.{at}"));
            labels.insert(id.to_owned(), label.map(|(label, _)| label.into()));
        }
        self.own_labels.0.insert(fact.to_owned(), labels);
    }

    /// How far the translation is; nothing where there are neither texts nor a translation. And what options are called.
    pub(super) fn finish(
        mut self,
        kind: &FileKind,
        translation: Option<&Translation>,
    ) -> (Option<FileState>, EnumLabels) {
        self.report_keys();
        let labels = std::mem::take(&mut self.own_labels);
        let place = self.first.or_else(|| translation.map(|it| it.at));
        let state = place.map(|place| FileState {
            kind: kind.clone(),
            source: self.first.map(|first| At::whole(first.file)),
            place,
            translation: translation.map(|it| it.at),
            is_read: translation.is_none_or(|it| it.overlay.is_some()),
            of: translation
                .and_then(|it| it.overlay.as_ref()?.of())
                .cloned(),
            edition: Edition::of_texts(&self.seen),
            texts: self.asked,
            missing: self.missing,
            faults: self.faults,
        });
        (state, labels)
    }

    /// Reports what the translation has and the source has not: each name once, however many texts it holds.
    fn report_keys(&mut self) {
        let mut told = BTreeSet::new();
        for (name, (_, at)) in &self.given {
            let ends = name.match_indices('.').map(|(end, _)| end);
            let mut names = ends.chain([name.len()]).map(|end| &name[..end]);
            let Some(unknown) = names.find(|part| !self.known.contains(*part)) else {
                continue;
            };
            if told.insert(unknown) {
                let (within, key) = unknown.rsplit_once('.').unwrap_or(("", unknown));
                let siblings = self.known.iter().filter_map(|known| {
                    let (other, sibling) = known.rsplit_once('.').unwrap_or(("", known));
                    (other == within).then_some(sibling)
                });
                let fault = key_without_source::diagnostic(*at, unknown, key, siblings);
                self.faults.push(fault);
            }
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
