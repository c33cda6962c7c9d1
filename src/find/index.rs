//! A book -> what a finder searches: every name of a provider, every distinct step text once, and for each procedure
//! the list of its steps. It grows with providers and distinct texts, not with their product.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Serialize, Serializer};

use super::lists::Lists;
use super::sound;
use super::steps::{About, Steps, intern};
use super::text::units;
use super::weight::Rarity;
use crate::model::{Book, Procedure, Provider, Status};
use crate::yaml::Id;

/// What a finder searches, as a build writes it and `static/find.js` reads it.
#[derive(Debug, Serialize)]
pub struct Index {
    /// Every character of the texts, in the order of Unicode: its position is its number.
    pub(super) letters: String,
    /// How each of them is read: blanks between readings, commas between characters.
    pub(super) readings: String,
    /// Other characters that people may type, by their reading.
    pub(super) sounds: BTreeMap<String, String>,
    /// How much each character says in the name of a provider.
    pub(super) name_weights: Vec<i64>,
    /// How much each character says in the text of a step.
    pub(super) step_weights: Vec<i64>,
    /// Texts of steps.
    pub(super) texts: Vec<String>,
    /// What is said about steps.
    pub(super) abouts: Vec<About>,
    /// Steps: the texts of id and action, and what is said about it.
    pub(super) steps: Vec<[usize; 3]>,
    /// The steps of procedures in order: see [`Lists`].
    pub(super) lists: Vec<Vec<usize>>,
    /// Procedures.
    pub(super) procedures: Vec<Title>,
    /// Providers in order.
    pub(super) providers: Vec<Names>,
}

/// What a procedure is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Title {
    pub(super) id: Id,
    pub(super) title: String,
}

impl Serialize for Title {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.id.as_str(), &self.title).serialize(serializer)
    }
}

/// What a provider is found by.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) id: Id,
    pub(super) name: String,
    /// Other names, with how much they say in hundredths.
    pub(super) others: Vec<(i64, String)>,
    /// Its procedures, each with its list of steps.
    pub(super) procedures: Vec<(usize, usize)>,
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let id = self.id.as_str();
        (id, &self.name, &self.others, &self.procedures).serialize(serializer)
    }
}

/// How much it says that words stand in a name, in hundredths. Its name and its id say all.
const ALIAS: i64 = 95;
const LEGAL_NAME: i64 = 85;
const FORMER: i64 = 80;

impl Index {
    /// The index of a book; of its drafts, too, where they are built.
    pub fn of(book: &Book, drafts: bool) -> Self {
        let mut steps = Steps::default();
        let mut lists = Lists::default();
        let mut procedures = Vec::new();
        let mut procedure_numbers = HashMap::new();
        let mut known = HashMap::new();
        let mut providers = Vec::with_capacity(book.providers.len());
        for provider in &book.providers {
            let built = provider.procedures.iter();
            let built = built.filter(|it| it.is_built(drafts));
            let own: Vec<(usize, usize)> = built
                .map(|procedure| {
                    let title = procedure.body.title.as_ref();
                    let title = title.map_or_else(String::new, |title| title.value.to_string());
                    let row = Title {
                        id: procedure.id.clone(),
                        title,
                    };
                    let number = intern(row, &mut procedures, &mut procedure_numbers);
                    // Most providers have the very body of many others: its list is made once.
                    let old = procedure.retired.iter();
                    let old = old.map(|old| (old.step.as_str(), old.r#use.as_deref()));
                    let key = (
                        std::ptr::from_ref(&*procedure.body),
                        number,
                        procedure.status,
                        old.collect::<Vec<_>>(),
                    );
                    let list = *known
                        .entry(key)
                        .or_insert_with(|| lists.number(list(book, procedure, number, &mut steps)));
                    (number, list)
                })
                .collect();
            if !own.is_empty() {
                providers.push(names(provider, own));
            }
        }
        let mut index = Index {
            letters: String::new(),
            readings: String::new(),
            sounds: BTreeMap::new(),
            name_weights: Vec::new(),
            step_weights: Vec::new(),
            texts: steps.texts.into_iter().map(str::to_owned).collect(),
            abouts: steps.abouts,
            steps: steps.rows,
            lists: lists.into_rows(),
            procedures,
            providers,
        };
        index.weigh();
        index
    }

    /// The index as a build writes it.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers are JSON")
    }

    /// Lists the characters of all texts, with how they are read and what they weigh.
    fn weigh(&mut self) {
        let letters = |text: &str| units(text).into_iter().map(|unit| unit.letter);
        let mut in_names = Rarity::default();
        let mut in_steps = Rarity::default();
        let mut all = BTreeSet::new();
        for provider in &self.providers {
            let others = provider.others.iter().map(|(_, name)| name.as_str());
            let names = [provider.id.as_str(), &provider.name]
                .into_iter()
                .chain(others);
            let of_provider = names.flat_map(letters).collect();
            in_names.count(&of_provider);
            all.extend(of_provider);
        }
        // What many providers say of one step in their own words is said of one thing.
        let of_texts: Vec<BTreeSet<char>> =
            self.texts.iter().map(|it| letters(it).collect()).collect();
        let mut of_ids: BTreeMap<usize, BTreeSet<char>> = BTreeMap::new();
        for [id, action, about] in &self.steps {
            let own = of_ids.entry(*id).or_default();
            let about = self.abouts[*about].1.iter().map(|(_, text)| text);
            for text in [id, action].into_iter().chain(about) {
                own.extend(&of_texts[*text]);
            }
        }
        for procedure in &self.procedures {
            let own = [procedure.id.as_str(), &procedure.title];
            let own: BTreeSet<char> = own.into_iter().flat_map(letters).collect();
            in_steps.count(&own);
            all.extend(own);
        }
        for of_step in of_ids.values() {
            in_steps.count(of_step);
            all.extend(of_step);
        }
        let readings: Vec<Vec<String>> =
            all.iter().map(|letter| sound::readings(*letter)).collect();
        let mut sounds: BTreeMap<String, String> = BTreeMap::new();
        for reading in readings.iter().flatten() {
            sounds.entry(reading.clone()).or_default();
        }
        for letter in sound::common().filter(|letter| !all.contains(letter)) {
            if let Some(reading) = sound::readings(letter).into_iter().next()
                && let Some(letters) = sounds.get_mut(&reading)
            {
                letters.push(letter);
            }
        }
        self.letters = all.iter().collect();
        let readings: Vec<String> = readings.iter().map(|it| it.join(" ")).collect();
        self.readings = readings.join(",");
        self.sounds = sounds;
        self.name_weights = all.iter().map(|it| in_names.weight(*it, true)).collect();
        self.step_weights = all.iter().map(|it| in_steps.weight(*it, false)).collect();
    }
}

/// The numbers of a procedure's steps. Of a retired procedure only the guide is left.
fn list<'b>(
    book: &'b Book,
    procedure: &'b Procedure,
    number: usize,
    steps: &mut Steps<'b>,
) -> Vec<usize> {
    if procedure.status == Status::Retired {
        return Vec::new();
    }
    let standard = book.standard_of(&procedure.body);
    let numbers = procedure.body.steps.iter().map(|own| {
        let leads_here = |now: &Id| now == &own.step.id.value;
        let retired = procedure.retired.iter();
        let retired = retired.filter(|old| old.r#use.as_deref().is_some_and(leads_here));
        let retired = retired.map(|old| old.step.as_str()).collect();
        steps.number(book, number, standard, &own.step, retired)
    });
    numbers.collect()
}

/// All that a provider is found by.
fn names(provider: &Provider, procedures: Vec<(usize, usize)>) -> Names {
    let document = provider.document.as_ref();
    let name = document.map_or(provider.id.as_str(), |document| &document.name.value);
    let mut others: Vec<(i64, String)> = Vec::new();
    let aliases = document.into_iter().flat_map(|document| &document.aliases);
    others.extend(aliases.map(|alias| (ALIAS, alias.value.to_string())));
    let legal = document.and_then(|document| document.legal_name.as_ref());
    others.extend(legal.map(|legal| (LEGAL_NAME, legal.value.value.to_string())));
    let former = provider.procedures.iter().flat_map(|it| &it.formerly);
    // The first segment of an old address is what the provider was called in it.
    let former = former.filter_map(|path| path.as_str().split('/').find(|part| !part.is_empty()));
    others.extend(former.map(|part| (FORMER, part.to_owned())));
    let mut known = vec![provider.id.to_string(), name.to_owned()];
    others.retain(|(_, other)| {
        let new = !known.contains(other);
        known.push(other.clone());
        new
    });
    Names {
        id: provider.id.clone(),
        name: name.to_owned(),
        others,
        procedures,
    }
}
