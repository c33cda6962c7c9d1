//! Files for machines, which no template makes.

use std::ops::Range;

use super::Renderer;
use super::past::Past;
use crate::card::Schema;
use crate::find::Index;
use crate::model::{Address, Procedure, Provider, without_marks};

/// A file of the site that is no page.
#[derive(Debug, Clone, Copy)]
pub enum File<'b> {
    /// One procedure's guide as data, with a card for each step.
    GuideData(&'b Provider, &'b Procedure),
    /// One procedure's guide as Markdown.
    GuideText(&'b Provider, &'b Procedure),
    /// One procedure's editions that are too old for its guide.
    OldEditions(&'b Provider, &'b Procedure),
    /// The links to all steps, or the list of their parts.
    Links,
    /// A part of the links, from 1.
    LinksPart(usize),
    /// The schema of such a file.
    Schema(Schema),
    /// What the finder searches.
    FindIndex,
}

impl File<'_> {
    /// Where it is served, in the language of the source.
    pub(super) fn address(&self) -> Address {
        match self {
            File::GuideData(provider, procedure) => {
                Address::guide_data(&provider.id, &procedure.id)
            }
            File::GuideText(provider, procedure) => {
                Address::guide_text(&provider.id, &procedure.id)
            }
            File::OldEditions(provider, procedure) => {
                Address::old_editions(&provider.id, &procedure.id)
            }
            File::Links => Address::links(),
            File::LinksPart(part) => Address::links_part(*part),
            File::Schema(schema) => schema.address(),
            File::FindIndex => Address::find_index(),
        }
    }
}

impl<'b> Renderer<'b> {
    /// Every file for machines in the language of the book, in order.
    pub fn files(&self) -> Vec<File<'b>> {
        let providers = self.book.providers.iter();
        let guides = providers.flat_map(|provider| self.files_of(provider));
        // The index takes the longest: it is begun first.
        [File::FindIndex]
            .into_iter()
            .chain(guides)
            .chain(self.files_of_site())
            .collect()
    }

    /// The file for machines at an address, without a list of all.
    pub fn file_at(&self, address: &str) -> Option<File<'b>> {
        let own = self.below(address)?;
        // Every page's address is asked for here, too: the parts of the links are not counted for that.
        if !own.ends_with(".json") && !own.ends_with(".md") {
            return None;
        }
        let is_there = |file: &File<'b>| file.address().as_str() == own;
        let provider = self.book.provider(own.split('/').next()?);
        let mut own = provider.into_iter().flat_map(|own| self.files_of(own));
        own.find(is_there)
            .or_else(|| Some(File::FindIndex).filter(is_there))
            .or_else(|| self.files_of_site().into_iter().find(is_there))
    }

    fn files_of(&self, provider: &'b Provider) -> impl Iterator<Item = File<'b>> {
        let built = provider.procedures.iter();
        let built = built.filter(|procedure| procedure.is_built(self.options.drafts));
        let files = built.flat_map(move |procedure| {
            let older = Past::may_have_older(self.book, provider, procedure)
                && Past::of(self.book, provider, procedure).has_older();
            [
                Some(File::GuideData(provider, procedure)),
                Some(File::GuideText(provider, procedure)),
                older.then_some(File::OldEditions(provider, procedure)),
            ]
        });
        files.flatten()
    }

    /// The files that there is one of, whatever languages the site is in.
    fn files_of_site(&self) -> Vec<File<'b>> {
        if self.book.translation.is_some() {
            return Vec::new();
        }
        let parts = match self.link_parts().len() {
            1 => 0,
            parts => parts,
        };
        [File::Links]
            .into_iter()
            .chain((1..=parts).map(File::LinksPart))
            .chain(Schema::ALL.map(File::Schema))
            .collect()
    }

    /// The parts of the links. They are counted in parallel, so [`Renderer::files`] asks for them before files are made in
    /// parallel: who waits for a count must not be who counts.
    fn link_parts(&self) -> &[Range<usize>] {
        self.link_parts.get_or_init(|| self.cards.link_parts())
    }

    /// Where a file is served.
    pub fn address_of_file(&self, file: &File<'b>) -> Address {
        self.book.place(&file.address())
    }

    /// Makes one file.
    pub fn file(&self, file: &File<'b>) -> Vec<u8> {
        let bytes = match file {
            File::GuideData(provider, procedure) => self.cards.guide(provider, procedure).to_json(),
            File::GuideText(provider, procedure) => self
                .cards
                .markdown(&self.cards.guide(provider, procedure))
                .into_bytes(),
            File::OldEditions(provider, procedure) => {
                let older = Past::of(self.book, provider, procedure).older();
                older.to_string().into_bytes()
            }
            File::Links => self.cards.links(self.link_parts()).to_json(),
            File::LinksPart(part) => {
                let providers = self.link_parts()[part - 1].clone();
                self.cards.links_part(providers, &file.address()).to_json()
            }
            File::Schema(schema) => schema.json(),
            File::FindIndex => Index::of(self.book, self.options.drafts).to_json(),
        };
        without_marks(bytes)
    }
}
