//! Texts one behind the other, each once, with the places of each letter: what a query is held against.

use std::collections::{BTreeMap, HashMap};

use super::text::units;

/// A letter by its number in the index.
pub(super) type Letter = u32;

/// Stands between texts.
pub(super) const BORDER: Letter = Letter::MAX;

/// Texts to search.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// The letters of all texts, a border behind each.
    pub(super) letters: Vec<Letter>,
    /// Whether a word begins there.
    pub(super) starts: Vec<bool>,
    /// The text that a letter belongs to.
    pub(super) owner: Vec<usize>,
    /// Where texts begin and end.
    pub(super) spans: Vec<(usize, usize)>,
    /// What letters weigh.
    pub(super) weights: Vec<i64>,
    /// Whether initials may leave words out.
    pub(super) gaps: bool,
    /// What a letter weighs at least with which a run begins inside a text.
    least: i64,
    /// The places of each letter where a word begins: runs begin nowhere else.
    pub(super) places: Vec<Vec<usize>>,
    /// Words of Latin letters only, which may be misspelt, with their places.
    pub(super) words: Vec<(String, Vec<usize>)>,
    known: HashMap<String, usize>,
}

impl Corpus {
    /// An empty one.
    pub(super) fn new(weights: &[i64], gaps: bool, least: i64) -> Self {
        Corpus {
            weights: weights.to_vec(),
            gaps,
            least,
            places: vec![Vec::new(); weights.len()],
            ..Corpus::default()
        }
    }

    /// The number of a text; it is added where it is new.
    pub(super) fn add(&mut self, text: &str, numbers: &HashMap<char, Letter>) -> usize {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = self.spans.len();
        self.known.insert(text.to_owned(), number);
        let begin = self.letters.len();
        for unit in units(text) {
            let letter = numbers[&unit.letter];
            let first = self.letters.len() == begin;
            if unit.starts && (first || self.weights[letter as usize] >= self.least) {
                self.places[letter as usize].push(self.letters.len());
            }
            self.push(letter, unit.starts, number);
        }
        self.spans.push((begin, self.letters.len()));
        self.push(BORDER, true, number);
        number
    }

    fn push(&mut self, letter: Letter, starts: bool, owner: usize) {
        self.letters.push(letter);
        self.starts.push(starts);
        self.owner.push(owner);
    }

    /// Lists the words that may be misspelt: those of three Latin letters and more.
    pub(super) fn list_words(&mut self, all: &[char]) {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (begin, end) in &self.spans {
            let mut at = *begin;
            while at < *end {
                let rest = (at + 1..*end).find(|next| self.starts[*next]);
                let upto = rest.unwrap_or(*end);
                let letters = self.letters[at..upto].iter();
                let word: String = letters.map(|letter| all[*letter as usize]).collect();
                if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    words.entry(word).or_default().push(at);
                }
                at = upto;
            }
        }
        self.words = words.into_iter().collect();
    }
}
