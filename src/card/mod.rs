//! The `Book` -> what machines read: a guide's data with a card for each step, and the same as Markdown.
//!
//! Nothing here makes a page. The renderer writes cards to files, and `mcp` answers with them. Each shape is declared
//! once: that declaration serves the JSON and its schema.

mod evidence;
pub(crate) mod guidance;
mod guide;
mod links;
mod make_guide;
mod make_step;
mod markdown;
pub(crate) mod say;
pub(crate) mod schema;
mod step;

pub use evidence::{Channel, Fact, Source, Time, Wait};
pub use guide::{
    Background, Choice, ChoiceOption, Guide, Material, Notice, Phase, Provider, Question, Retired,
    Review, StepThen, Stop,
};
pub use links::{LinkFile, LinkPart, LinkParts, Links, StepLink};
pub use schema::Schema;
pub use step::{AnswerBox, Condition, IfNot, Need, Record, Step, Variant};

use crate::model::{Address, Book};
use crate::words::Words;
use guidance::GuidanceMarkdown;

/// Makes the cards of one book.
pub struct Cards<'b> {
    book: &'b Book,
    words: Words,
    guidance: GuidanceMarkdown<'b>,
    base_url: String,
    drafts: bool,
}

impl<'b> Cards<'b> {
    /// Reads the guidance of a book. `words` are in its language, `base_url` is where the site will be served, without
    /// a slash at the end; with `drafts`, drafts are guides as well.
    pub fn new(book: &'b Book, words: Words, base_url: String, drafts: bool) -> Self {
        Cards {
            guidance: GuidanceMarkdown::of(book, &base_url),
            book,
            words,
            base_url,
            drafts,
        }
    }

    /// The theme's words in the language of the book.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The whole address of a page.
    pub fn url(&self, address: &Address) -> String {
        format!("{}/{}", self.base_url, self.book.place(address))
    }
}
