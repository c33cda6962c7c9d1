//! The `Book` -> the links to all steps: `links.json` and, where one file would be too long, its parts.
//!
//! A part holds whole providers, as many as fit: a program that wants all links asks for as few files as can be, and the
//! list of parts says which one has a provider. Sizes are counted before anything is kept, so that only the part in work
//! is ever in memory.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cards, Schema};
use crate::model::{Address, Edition, Procedure, Provider, Status};

/// Most bytes of one file: about what a phone fetches in a second or two.
const MAX_BYTES: usize = 1_000_000;

/// Bytes that a file has besides its links.
const FRAME_BYTES: usize = 100;

/// `links.json`: the links to all steps or, of a site that has too many for one file, the list of its parts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "Links")]
pub enum LinkFile<'a> {
    /// All links, or those of a part.
    Links(Links<'a>),
    /// Where the parts are.
    Parts(LinkParts<'a>),
}

/// Links to steps.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Links<'a> {
    /// Where the schema of this file lies.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// A link for each step, sorted by provider and procedure, in the order of the steps.
    pub links: Vec<StepLink<'a>>,
}

/// The files that hold the links.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkParts<'a> {
    /// Where the schema of this file lies.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The files, sorted by provider.
    pub parts: Vec<LinkPart<'a>>,
}

/// A file with all links of some providers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkPart<'a> {
    /// Its address.
    pub url: String,
    /// The id of the first provider in it.
    pub first: &'a str,
    /// The id of the last provider in it.
    pub last: &'a str,
}

/// The link to a step.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepLink<'a> {
    /// The provider's id.
    pub provider: &'a str,
    /// The procedure's id.
    pub procedure: &'a str,
    /// The step's id; it never changes its meaning.
    pub step: &'a str,
    /// The step's number, from 1: the same on every page.
    pub number: usize,
    /// What to do.
    pub action: &'a str,
    /// The address of the step, to send to a reader.
    pub url: String,
    /// Changes with what readers see of the step.
    #[schemars(with = "String")]
    pub edition: Edition,
}

impl LinkFile<'_> {
    /// The file as JSON on one line.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("strings, numbers and lists are JSON");
        json.push(b'\n');
        json
    }
}

impl<'b> Cards<'b> {
    /// Which providers' links each part holds, by their places in the book. One part at least: if it is the only one,
    /// `links.json` is that.
    pub fn link_parts(&self) -> Vec<Range<usize>> {
        let providers = self.book.providers.par_iter();
        let sizes: Vec<usize> = providers.map(|it| self.links_size(it)).collect();
        parts(&sizes)
    }

    /// `links.json` of a site with these parts.
    pub fn links(&self, parts: &[Range<usize>]) -> LinkFile<'b> {
        if let [all] = parts {
            return self.links_part(all.clone(), &Address::links());
        }
        let parts = parts.iter().enumerate().map(|(at, part)| {
            let providers = &self.book.providers[part.clone()];
            LinkPart {
                url: self.url(&Address::links_part(at + 1)),
                first: providers.first().map_or("", |it| it.id.as_str()),
                last: providers.last().map_or("", |it| it.id.as_str()),
            }
        });
        LinkFile::Parts(LinkParts {
            schema: schema(&Address::links()),
            parts: parts.collect(),
        })
    }

    /// The links of some providers, as the file at an address.
    pub fn links_part(&self, providers: Range<usize>, address: &Address) -> LinkFile<'b> {
        let providers = self.book.providers[providers].iter();
        LinkFile::Links(Links {
            schema: schema(address),
            links: providers.flat_map(|it| self.links_of(it)).collect(),
        })
    }

    /// The links to a provider's steps. A procedure that is retired has none to send anybody to.
    fn links_of<'s>(
        &'s self,
        provider: &'b Provider,
    ) -> impl Iterator<Item = StepLink<'b>> + use<'s, 'b> {
        let procedures = provider.procedures.iter();
        procedures
            .filter(|it| it.is_built(self.drafts) && it.status != Status::Retired)
            .flat_map(move |procedure| self.links_to(provider, procedure))
    }

    fn links_to<'s>(
        &'s self,
        provider: &'b Provider,
        procedure: &'b Procedure,
    ) -> impl Iterator<Item = StepLink<'b>> + use<'s, 'b> {
        let guide = self.url(&Address::guide(&provider.id, &procedure.id));
        let editions = &self.book.edition_of(provider, procedure).steps;
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
    fn links_size(&self, provider: &'b Provider) -> usize {
        let mut bytes = Count(0);
        for link in self.links_of(provider) {
            serde_json::to_writer(&mut bytes, &link).expect("strings and numbers are JSON");
            bytes.0 += ",".len();
        }
        bytes.0
    }
}

fn schema(address: &Address) -> String {
    format!("{}{}", address.to_base(), Schema::Links.address())
}

/// Puts neighbours together as long as they fit into one file.
fn parts(sizes: &[usize]) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut size) = (Vec::new(), 0, FRAME_BYTES);
    for (at, own) in sizes.iter().enumerate() {
        if size + own > MAX_BYTES && size > FRAME_BYTES {
            parts.push(start..at);
            (start, size) = (at, FRAME_BYTES);
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
