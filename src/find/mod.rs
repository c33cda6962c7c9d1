//! Words -> steps: by name, alias, old id, pinyin and initials, past a slip of one letter. One [`Index`] of a book is
//! searched here and, written to `find.json`, by `static/find.js` in the same way, in whole numbers, to the same scores.
//!
//! A query is parted into the name of a provider and words of a step; names and words are held against the index apart
//! and joined. A *run* is a part of the query that characters of one text take, one behind the other; what nothing takes
//! costs nothing, unless it stands in a Latin word of which a part is taken.

mod corpus;
mod cover;
mod index;
mod lists;
mod query;
mod rank;
mod reading;
mod runs;
mod sound;
mod steps;
mod text;
mod weight;

pub use index::Index;

use corpus::Corpus;
use query::{Alphabet, Query};
use steps::About;
use weight::BORNE_BY_HALF;

use crate::model::Book;
use crate::yaml::Id;

/// A query has at most this many characters.
pub const LONGEST: usize = 100;

/// How much it says that words stand in the id of a step or guide, in hundredths; in an action; in a title, which
/// is what words mean that many steps have.
const ID: i64 = 85;
const ACTION: i64 = 100;
const TITLE: i64 = 115;

/// Why words cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// There are too many.
    #[error(
        "the words have more than {LONGEST} characters: name the provider and say in a few words what it is about"
    )]
    TooLong,
}

/// A step that fits, or a whole guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'f> {
    /// The provider's id.
    pub provider: &'f Id,
    /// Its name.
    pub name: &'f str,
    /// The procedure's id.
    pub procedure: &'f Id,
    /// Its title.
    pub title: &'f str,
    /// The step; none where the guide itself is the answer.
    pub step: Option<FoundStep<'f>>,
    /// How well it fits. Scores of one query can be compared.
    pub score: i64,
}

/// A step that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundStep<'f> {
    /// Its id.
    pub id: &'f str,
    /// Its number in the procedure, from 1.
    pub number: usize,
    /// What to do.
    pub action: &'f str,
}

/// Searches an index.
#[derive(Debug)]
pub struct Finder {
    index: Index,
    alphabet: Alphabet,
    names: Corpus,
    /// The providers that have a name, with how much it says.
    bearers: Vec<Vec<(usize, i64)>>,
    steps: Corpus,
    /// What is said about steps beside id and action: texts of `steps`, with how much they say.
    abouts: Vec<Vec<(i64, usize)>>,
    /// Guides, then steps.
    targets: Vec<Target>,
    lists: Vec<Vec<usize>>,
}

/// A guide or a step: its own texts, and what is said about it.
#[derive(Debug)]
struct Target {
    own: [(i64, usize); 2],
    about: Option<usize>,
}

impl Finder {
    /// A finder over the procedures of a book that are built.
    pub fn of(book: &Book, drafts: bool) -> Self {
        Finder::new(Index::of(book, drafts))
    }

    /// A finder over an index.
    pub fn new(index: Index) -> Self {
        let alphabet = Alphabet::of(&index);
        let numbers = &alphabet.numbers;
        // What most names have in common, such as the ends of legal names, says nothing of whose they are.
        let mut names = Corpus::new(&index.name_weights, false, BORNE_BY_HALF);
        let mut bearers: Vec<Vec<(usize, i64)>> = Vec::new();
        for (number, provider) in index.providers.iter().enumerate() {
            let own = [(100, provider.id.as_str()), (100, &provider.name)];
            let others = provider
                .others
                .iter()
                .map(|(field, name)| (*field, name.as_str()));
            for (field, name) in own.into_iter().chain(others) {
                let text = names.add(name, numbers);
                bearers.resize(bearers.len().max(text + 1), Vec::new());
                bearers[text].push((number, field));
            }
        }
        let mut steps = Corpus::new(&index.step_weights, true, 0);
        let texts: Vec<usize> = index
            .texts
            .iter()
            .map(|text| steps.add(text, numbers))
            .collect();
        let titles: Vec<[(i64, usize); 2]> = index
            .procedures
            .iter()
            .map(|procedure| {
                let id = steps.add(procedure.id.as_str(), numbers);
                [(ID, id), (TITLE, steps.add(&procedure.title, numbers))]
            })
            .collect();
        // Words for the whole procedure fit each of its steps.
        let fields = |About(procedure, fields): &About| {
            let said = fields.iter().map(|(field, text)| (*field, texts[*text]));
            titles[*procedure].into_iter().chain(said).collect()
        };
        let abouts = index.abouts.iter().map(fields).collect();
        let guides = titles.iter().map(|own| Target {
            own: *own,
            about: None,
        });
        let of_steps = index.steps.iter().map(|[id, action, about]| Target {
            own: [(ID, texts[*id]), (ACTION, texts[*action])],
            about: Some(*about),
        });
        let targets = guides.chain(of_steps).collect();
        names.list_words(&alphabet.letters);
        steps.list_words(&alphabet.letters);
        Finder {
            lists: lists::expand(&index.lists),
            index,
            alphabet,
            names,
            bearers,
            steps,
            abouts,
            targets,
        }
    }

    /// The steps and guides that fit the words, best first, at most `limit`. Words that fit nothing find nothing.
    ///
    /// # Errors
    ///
    /// More than [`LONGEST`] characters.
    pub fn find(&self, words: &str, limit: usize) -> Result<Vec<Found<'_>>, FindError> {
        let mut query = Query::read(words, &self.alphabet)?;
        let hits = rank::best(self, &mut query, limit);
        Ok(hits.into_iter().map(|hit| self.found(hit)).collect())
    }

    fn found(&self, hit: rank::Hit) -> Found<'_> {
        let provider = &self.index.providers[hit.provider];
        let (procedure, list) = provider.procedures[hit.procedure];
        let procedure = &self.index.procedures[procedure];
        let step = hit.number.checked_sub(1).map(|at| {
            let [id, action, _] = self.index.steps[self.lists[list][at]];
            FoundStep {
                id: &self.index.texts[id],
                number: hit.number,
                action: &self.index.texts[action],
            }
        });
        Found {
            provider: &provider.id,
            name: &provider.name,
            procedure: &procedure.id,
            title: &procedure.title,
            step,
            score: hit.score,
        }
    }
}
