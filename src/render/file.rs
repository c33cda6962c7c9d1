//! Files for machines, which no template makes.

use super::Renderer;
use crate::card::Schema;
use crate::find::Index;
use crate::model::{Address, Book, Procedure, Provider};

/// A file of the site that is no page.
#[derive(Debug, Clone, Copy)]
pub enum File<'b> {
    /// One procedure's guide as data, with a card for each step.
    GuideData(&'b Provider, &'b Procedure),
    /// One procedure's guide as Markdown.
    GuideText(&'b Provider, &'b Procedure),
    /// The schema of such a file.
    Schema(Schema),
    /// What the finder searches.
    FindIndex,
}

impl File<'_> {
    /// Where it is served.
    pub fn address(&self) -> Address {
        match self {
            File::GuideData(provider, procedure) => {
                Address::guide_data(&provider.id, &procedure.id)
            }
            File::GuideText(provider, procedure) => {
                Address::guide_text(&provider.id, &procedure.id)
            }
            File::Schema(schema) => schema.address(),
            File::FindIndex => Address::find_index(),
        }
    }
}

/// Every file for machines, in order.
pub fn files(book: &Book, drafts: bool) -> Vec<File<'_>> {
    let procedures = book.procedures();
    let built = procedures.filter(|(_, procedure)| procedure.is_built(drafts));
    let guides = built.flat_map(|(provider, procedure)| {
        [
            File::GuideData(provider, procedure),
            File::GuideText(provider, procedure),
        ]
    });
    let schemas = Schema::ALL.map(File::Schema);
    // The index takes the longest: it is begun first.
    let all = [File::FindIndex].into_iter().chain(guides).chain(schemas);
    all.collect()
}

impl<'b> Renderer<'b> {
    /// Makes one file.
    pub fn file(&self, file: &File<'b>) -> Vec<u8> {
        match file {
            File::GuideData(provider, procedure) => self.cards.guide(provider, procedure).to_json(),
            File::GuideText(provider, procedure) => self
                .cards
                .markdown(&self.cards.guide(provider, procedure))
                .into_bytes(),
            File::Schema(schema) => schema.json(),
            File::FindIndex => Index::of(self.book, self.options.drafts).to_json(),
        }
    }
}
