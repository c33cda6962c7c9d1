//! What was typed -> its units, and for each of them the letters of texts that it may stand for.

use std::collections::HashMap;

use super::corpus::Letter;
use super::reading::{Way, add, read};
use super::text::{is_han, units};
use super::{FindError, LONGEST};

/// A unit that no text has.
pub(super) const UNKNOWN: Letter = Letter::MAX - 1;

/// How the letters of an index are read.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// Letters by number.
    pub(super) letters: Vec<char>,
    /// Numbers by letter.
    pub(super) numbers: HashMap<char, Letter>,
    /// Readings by number.
    readings: Vec<Vec<char>>,
    /// The readings of each letter.
    of_letter: Vec<Vec<usize>>,
    /// The letters of each reading.
    read_so: Vec<Vec<Letter>>,
    /// How letters are read that people type and no text has.
    others: HashMap<char, Vec<usize>>,
}

impl Alphabet {
    /// The alphabet of an index.
    pub(super) fn of(index: &super::Index) -> Self {
        let letters: Vec<char> = index.letters.chars().collect();
        let mut readings: Vec<Vec<char>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut read_so: Vec<Vec<Letter>> = Vec::new();
        let mut of_letter = Vec::with_capacity(letters.len());
        for (letter, all) in (0..).zip(index.readings.split(',')) {
            let numbers = all.split(' ').filter(|reading| !reading.is_empty());
            let numbers: Vec<usize> = numbers
                .map(|reading| {
                    let number = *known.entry(reading).or_insert_with(|| {
                        readings.push(reading.chars().collect());
                        read_so.push(Vec::new());
                        readings.len() - 1
                    });
                    read_so[number].push(letter);
                    number
                })
                .collect();
            of_letter.push(numbers);
        }
        let mut others: HashMap<char, Vec<usize>> = HashMap::new();
        for (reading, alike) in &index.sounds {
            for letter in alike.chars() {
                others
                    .entry(letter)
                    .or_default()
                    .push(known[reading.as_str()]);
            }
        }
        Alphabet {
            numbers: (0..)
                .zip(&letters)
                .map(|(number, letter)| (*letter, number))
                .collect(),
            letters,
            readings,
            of_letter,
            read_so,
            others,
        }
    }
}

/// What a unit of a query may stand for beside itself.
#[derive(Debug)]
pub(super) struct Stands {
    /// For each letter of the index, one more than the number of its ways; 0 where there are none.
    slots: Vec<u32>,
    ways: Vec<Vec<Way>>,
    /// The letters that have ways, and the unit itself.
    pub(super) letters: Vec<Letter>,
}

impl Stands {
    /// The ways in which a letter takes the query from here. A Chinese letter that sounds like the unit has none of them.
    pub(super) fn ways(&self, letter: Letter) -> Option<&[Way]> {
        let slot = self.slots[letter as usize].checked_sub(1)?;
        Some(&self.ways[slot as usize])
    }

    fn of(alphabet: &Alphabet, unit: char, number: Letter, word: &[char], at: usize) -> Self {
        let mut stands = Stands {
            slots: vec![0; alphabet.letters.len()],
            ways: Vec::new(),
            letters: Vec::new(),
        };
        if is_han(unit) {
            let own = match number {
                UNKNOWN => alphabet.others.get(&unit).map_or(&[][..], Vec::as_slice),
                number => &alphabet.of_letter[number as usize],
            };
            for reading in own {
                stands.take(&alphabet.read_so[*reading], &[]);
            }
        } else {
            let mut ways = Vec::new();
            for (reading, letters) in alphabet.readings.iter().zip(&alphabet.read_so) {
                ways.clear();
                read(word, at, reading, &mut ways);
                if !ways.is_empty() {
                    stands.take(letters, &ways);
                }
            }
        }
        if number != UNKNOWN && stands.slots[number as usize] == 0 {
            stands.letters.push(number);
        }
        stands
    }

    fn take(&mut self, letters: &[Letter], ways: &[Way]) {
        for letter in letters {
            let slot = &mut self.slots[*letter as usize];
            if *slot == 0 {
                self.ways.push(Vec::new());
                self.letters.push(*letter);
                *slot = u32::try_from(self.ways.len()).expect("there are fewer letters");
            }
            let own = &mut self.ways[*slot as usize - 1];
            for way in ways {
                add(own, way.length, way.value, way.how);
            }
        }
    }
}

/// A unit of a query.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) is_han: bool,
    /// Whether a word begins with it.
    pub(super) starts: bool,
    /// Its word: Latin letters up to the next blank or Chinese character, or the one Chinese character.
    pub(super) word: (usize, usize),
    /// What was typed together in one script.
    pub(super) stretch: (usize, usize),
    /// Its number in the index, or [`UNKNOWN`].
    pub(super) number: Letter,
    pub(super) stands: Stands,
    /// Whether the name of a provider may end in front of it.
    pub(super) cut: bool,
}

/// A query.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) letters: Vec<char>,
    pub(super) units: Vec<Typed>,
}

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    ///
    /// More than [`LONGEST`] characters.
    pub(super) fn read(words: &str, alphabet: &Alphabet) -> Result<Self, FindError> {
        if words.chars().nth(LONGEST).is_some() {
            return Err(FindError::TooLong);
        }
        let units = units(words);
        // Some characters are written out as many.
        if units.len() > LONGEST {
            return Err(FindError::TooLong);
        }
        let span = |at: usize, begins: &dyn Fn(usize) -> bool| {
            let begin = (0..=at).rev().find(|at| begins(*at)).unwrap_or(0);
            let end = (at + 1..units.len()).find(|at| begins(*at));
            (begin, end.unwrap_or(units.len()))
        };
        let letters: Vec<char> = units.iter().map(|unit| unit.letter).collect();
        let typed = units.iter().enumerate().map(|(at, unit)| {
            let word = span(at, &|at| units[at].starts);
            let number = alphabet
                .numbers
                .get(&unit.letter)
                .copied()
                .unwrap_or(UNKNOWN);
            let within = &letters[word.0..word.1];
            Typed {
                is_han: is_han(unit.letter),
                starts: unit.starts,
                word,
                stretch: span(at, &|at| units[at].apart),
                number,
                stands: Stands::of(alphabet, unit.letter, number, within, at - word.0),
                cut: false,
            }
        });
        Ok(Query {
            units: typed.collect(),
            letters,
        })
    }
}
