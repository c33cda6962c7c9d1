//! The `Book` -> the links to all steps: `links.json` and, where one file would be too long, its parts.
//!
//! A part holds whole providers, as many as fit: a program that wants all links asks for as few files as can be, and the
//! list of parts says which one has a provider. Sizes are counted before anything is kept, so that only the part in work
//! is ever in memory.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{Address, Book, Edition, Editions, Procedure, Provider, Status};

/// Most bytes of one file: about what a phone fetches in a second or two.
pub const MAX_BYTES: usize = 1_000_000;

/// A file of links: `links.json` of a short site, or a part of a long one's.
#[derive(Debug, Serialize)]
pub struct Links<'a> {
    /// The address of the JSON Schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// A link for each step, sorted by provider and procedure, in the order of the steps.
    pub links: Vec<StepLink<'a>>,
}

/// `links.json` of a site that has too many links for one file.
#[derive(Debug, Serialize)]
pub struct LinkParts<'a> {
    /// The address of the JSON Schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The files with the links, sorted by provider.
    pub parts: Vec<LinkPart<'a>>,
}

/// One of the files with links.
#[derive(Debug, Serialize)]
pub struct LinkPart<'a> {
    /// Its full address.
    pub url: String,
    /// The first provider in it.
    pub first: &'a str,
    /// The last provider in it.
    pub last: &'a str,
}

/// The link to a step.
#[derive(Debug, Serialize)]
pub struct StepLink<'a> {
    /// The provider's id.
    pub provider: &'a str,
    /// The procedure's id.
    pub procedure: &'a str,
    /// The step's id.
    pub step: &'a str,
    /// The step's number, from 1: the same on every page.
    pub number: usize,
    /// What is to be done.
    pub action: &'a str,
    /// The full address of the step.
    pub url: String,
    /// The hash of what readers see of the step: it changes with that.
    pub edition: Edition,
}

/// What the files of links are made from.
#[derive(Debug)]
pub struct LinkBook<'b> {
    book: &'b Book,
    base_url: String,
    drafts: bool,
    /// The providers of each part; at least one part.
    parts: Vec<Range<usize>>,
}

impl<'b> LinkBook<'b> {
    /// Decides which links go into which part. `base_url` ends in no slash; `drafts` have links where they have pages.
    pub fn of(book: &'b Book, editions: &Editions, base_url: &str, drafts: bool) -> Self {
        let mut links = LinkBook {
            book,
            base_url: base_url.to_owned(),
            drafts,
            parts: Vec::new(),
        };
        let sizes = book.providers.par_iter();
        let sizes: Vec<usize> = sizes.map(|it| links.size(it, editions)).collect();
        links.parts = parts(&sizes);
        links
    }

    /// How many parts there are. Where there is one, `links.json` is that.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The list of parts.
    pub fn list(&self) -> LinkParts<'b> {
        let parts = self.parts.iter().enumerate().map(|(at, part)| {
            let providers = &self.book.providers[part.clone()];
            LinkPart {
                url: Address::links_part(at + 1).under(&self.base_url),
                first: providers.first().map_or("", |it| it.id.as_str()),
                last: providers.last().map_or("", |it| it.id.as_str()),
            }
        });
        LinkParts {
            schema: self.schema(),
            parts: parts.collect(),
        }
    }

    /// A part, from 1.
    pub fn part(&self, part: usize, editions: &Editions) -> Links<'b> {
        let providers = &self.book.providers[self.parts[part - 1].clone()];
        let links = providers.iter().flat_map(|it| self.links(it, editions));
        Links {
            schema: self.schema(),
            links: links.collect(),
        }
    }

    fn schema(&self) -> String {
        Address::schema("links").under(&self.base_url)
    }

    /// The links to a provider's steps. A procedure that is retired has none to send anybody to.
    fn links<'l>(
        &'l self,
        provider: &'b Provider,
        editions: &'l Editions,
    ) -> impl Iterator<Item = StepLink<'b>> + 'l {
        let procedures = provider.procedures.iter();
        procedures
            .filter(|procedure| match procedure.status {
                Status::Draft => self.drafts,
                Status::Retired => false,
                Status::Published | Status::Suspended => true,
            })
            .flat_map(move |procedure| self.links_of(provider, procedure, editions))
    }

    fn links_of<'l>(
        &'l self,
        provider: &'b Provider,
        procedure: &'b Procedure,
        editions: &'l Editions,
    ) -> impl Iterator<Item = StepLink<'b>> + 'l {
        let guide = Address::guide(&provider.id, &procedure.id).under(&self.base_url);
        let editions = &editions.get(provider, procedure).steps;
        let steps = procedure.body.steps.iter().zip(editions);
        (1..).zip(steps).map(move |(number, (step, edition))| {
            let id = step.step.id.as_str();
            StepLink {
                provider: provider.id.as_str(),
                procedure: procedure.id.as_str(),
                step: id,
                number,
                action: step.step.action.as_ref().map_or("", |text| &text.value),
                url: format!("{guide}#{id}"),
                edition: *edition,
            }
        })
    }

    /// How many bytes a provider's links take.
    fn size(&self, provider: &'b Provider, editions: &Editions) -> usize {
        let mut bytes = Count(0);
        for link in self.links(provider, editions) {
            serde_json::to_writer(&mut bytes, &link).expect("texts and numbers are JSON");
            bytes.0 += ",".len();
        }
        bytes.0
    }
}

/// Puts neighbours together as long as they fit into one file with its frame.
fn parts(sizes: &[usize]) -> Vec<Range<usize>> {
    let room = MAX_BYTES - 4096;
    let (mut parts, mut start, mut size) = (Vec::new(), 0, 0);
    for (at, own) in sizes.iter().enumerate() {
        if size + own > room && size > 0 {
            parts.push(start..at);
            (start, size) = (at, 0);
        }
        size += own;
    }
    parts.push(start..sizes.len());
    parts
}

/// Counts bytes and keeps none.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_part_as_long_as_they_fit() {
        let half = MAX_BYTES / 2;
        let of = |sizes: &[usize]| -> Vec<_> {
            let parts = parts(sizes).into_iter();
            parts.map(|part| (part.start, part.end)).collect()
        };
        assert_eq!(of(&[]), [(0, 0)]);
        assert_eq!(of(&[1, 1]), [(0, 2)]);
        assert_eq!(of(&[half, 1, half, half]), [(0, 2), (2, 3), (3, 4)]);
        assert_eq!(of(&[0, MAX_BYTES * 2, 1]), [(0, 2), (2, 3)]);
    }
}
