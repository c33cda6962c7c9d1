//! Words -> steps: by name, alias, old id, pinyin and initials, past a slip of one letter. One [`Index`] of a book is
//! searched here and, written to `find.json`, by `static/find.js` in the same way.

mod index;
mod lists;
mod sound;
mod steps;
mod text;
mod weight;

pub use index::Index;
