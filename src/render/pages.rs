//! A book -> the list of its pages, or the one at an address.

use super::{Page, Renderer, SiteFile, coverage};
use crate::model::{Address, Provider};

impl<'b> Renderer<'b> {
    /// Every page in the language of the book, in order. Pages and files that speak of the whole site are the source's.
    pub fn pages(&self) -> Vec<Page<'b>> {
        let mut pages = self.pages_in_every_language();
        pages.extend(self.pages_of_site());
        pages
    }

    /// A page of each kind that readers see.
    pub fn one_of_each(&self) -> impl Iterator<Item = Page<'b>> {
        let first = self.book.providers.first();
        let own = first.into_iter().flat_map(|own| self.pages_of(own));
        [Page::Home, Page::Desk].into_iter().chain(own.take(4))
    }

    /// The page at an address, without a list of all.
    pub fn page_at(&self, address: &str) -> Option<Page<'b>> {
        let own = self.below(address)?;
        let is_there = |page: &Page<'b>| page.address().as_str() == own;
        let provider = self.book.provider(own.split('/').next()?);
        let mut pages = provider.into_iter().flat_map(|own| self.pages_of(own));
        pages
            .find(is_there)
            .or_else(|| Some(Page::Home).filter(is_there))
            .or_else(|| self.pages_of_all().into_iter().find(is_there))
            .or_else(|| self.pages_of_site().into_iter().find(is_there))
    }

    /// Where a page is served.
    pub fn address(&self, page: &Page<'b>) -> Address {
        self.book.place(&page.address())
    }

    /// What is left of an address behind the folder of the book's language.
    pub(super) fn below<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(self.book.place(&Address::home()).as_str())
    }

    /// All but those of the whole site.
    pub(super) fn pages_in_every_language(&self) -> Vec<Page<'b>> {
        let providers = self.book.providers.iter();
        let mut pages = vec![Page::Home];
        pages.extend(providers.flat_map(|provider| self.pages_of(provider)));
        pages.extend(self.pages_of_all());
        pages
    }

    /// The pages of a provider.
    fn pages_of(&self, provider: &'b Provider) -> impl Iterator<Item = Page<'b>> {
        let built = provider.procedures.iter();
        let built = built.filter(|procedure| procedure.is_built(self.options.drafts));
        let guides = built.flat_map(move |procedure| {
            [
                Page::Guide(provider, procedure),
                Page::Checklist(provider, procedure),
            ]
        });
        [Page::Provider(provider), Page::Pack(provider)]
            .into_iter()
            .chain(guides)
    }

    /// The pages that show what all providers have.
    fn pages_of_all(&self) -> Vec<Page<'b>> {
        let standards = self.book.standards.iter();
        let known = standards.filter(|(_, standard)| standard.is_some());
        let coverage = known.flat_map(|(id, _)| {
            let parts = 1..=coverage::parts(self.book, id);
            parts.map(move |part| Page::Coverage(id, part))
        });
        let differences = self.differences_parts().into_iter();
        let differences = differences.map(|(shared, part)| Page::Differences(shared, part));
        coverage.chain(differences).chain([Page::Desk]).collect()
    }

    /// Pages and files that there is one of, whatever languages the site is in.
    fn pages_of_site(&self) -> Vec<Page<'b>> {
        if self.book.translation.is_some() {
            return Vec::new();
        }
        let moved = self.moved.iter().cloned().map(Page::Moved);
        let files = SiteFile::all(self).into_iter().map(Page::SiteFile);
        [Page::NotFound]
            .into_iter()
            .chain(moved)
            .chain(files)
            .collect()
    }
}
