//! Where every page is served. The only place that makes an address.

use std::fmt;

use crate::yaml::{Id, SitePath};

/// The address of a page or asset: its path below the site's base, without a leading slash. A page's ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The page on which a reader finds a provider.
    pub fn home() -> Self {
        Address(String::new())
    }

    /// A provider's page.
    pub fn provider(provider: &Id) -> Self {
        Address(format!("{provider}/"))
    }

    /// A procedure's guide; `#step-id` on it is a step.
    pub fn guide(provider: &Id, procedure: &Id) -> Self {
        Address(format!("{provider}/{procedure}/"))
    }

    /// A procedure's editions that are too old for its guide.
    pub fn old_editions(provider: &Id, procedure: &Id) -> Self {
        Address(format!("{provider}/{procedure}/editions.json"))
    }

    /// A procedure's checklist.
    pub fn checklist(provider: &Id, procedure: &Id) -> Self {
        Address(format!("{provider}/{procedure}/checklist/"))
    }

    /// All sheets of a provider in one document.
    pub fn pack(provider: &Id) -> Self {
        Address(format!("{provider}/pack/"))
    }

    /// A part of a standard's coverage page, from 1.
    pub fn coverage(standard: &Id, part: usize) -> Self {
        match part {
            1 => Address(format!("coverage/{standard}/")),
            part => Address(format!("coverage/{standard}/{part}/")),
        }
    }

    /// A part of the page that says what differs between the providers of a shared procedure, from 1.
    pub fn differences(procedure: &Id, part: usize) -> Self {
        match part {
            1 => Address(format!("differences/{procedure}/")),
            part => Address(format!("differences/{procedure}/{part}/")),
        }
    }

    /// The agent's desk.
    pub fn desk() -> Self {
        Address("agent/".to_owned())
    }

    /// The page for an address that does not exist.
    pub fn not_found() -> Self {
        Address("404.html".to_owned())
    }

    /// What the finder searches.
    pub fn find_index() -> Self {
        Address("find.json".to_owned())
    }

    /// An asset; the hash of its content stands in it: `css/site.css` -> `assets/site.0123abcd.css`.
    pub fn asset(name: &str, bytes: &[u8]) -> Self {
        let hash = blake3::hash(bytes).to_hex();
        let file = name.rsplit('/').next().unwrap_or(name);
        Address(match file.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &hash[..8]),
            None => format!("assets/{file}.{}", &hash[..8]),
        })
    }

    /// A guide as data, with a card for each step.
    pub fn guide_data(provider: &Id, procedure: &Id) -> Self {
        Address(format!("{provider}/{procedure}/index.json"))
    }

    /// A guide as Markdown.
    pub fn guide_text(provider: &Id, procedure: &Id) -> Self {
        Address(format!("{provider}/{procedure}/index.md"))
    }

    /// The JSON Schema of a file for machines.
    pub fn schema(name: &str) -> Self {
        Address(format!("schemas/{name}.json"))
    }

    /// A file that must have this very name, such as `robots.txt`.
    pub fn file(name: &str) -> Self {
        Address(name.to_owned())
    }

    /// What changed with each release.
    pub fn feed() -> Self {
        Address("feed.xml".to_owned())
    }

    /// The links to all steps.
    pub fn links() -> Self {
        Address("links.json".to_owned())
    }

    /// A part of the links to all steps, from 1.
    pub fn links_part(part: usize) -> Self {
        Address(format!("links/{part}.json"))
    }

    /// A part of the site map, from 1. It must stand at the base: a site map speaks only of what is beside or below it.
    pub fn sitemap_part(part: usize) -> Self {
        Address(format!("sitemap-{part}.xml"))
    }

    /// An address that the site had before. What names no HTML file is a folder, whose page every host serves as HTML.
    pub fn former(path: &SitePath) -> Self {
        let path = path.as_str();
        let page = [".html", ".htm", "/"].iter().any(|end| path.ends_with(end));
        Address(format!("{path}{}", if page { "" } else { "/" }))
    }

    /// The checklist of the guide at an address that the site had before, if that was a folder.
    pub fn former_checklist(path: &SitePath) -> Option<Self> {
        let guide = Address::former(path);
        guide
            .0
            .ends_with('/')
            .then(|| Address(format!("{guide}checklist/")))
    }

    /// The same page in another language than the source's: below the language's tag, in small letters because not
    /// every host and disk tells them from others.
    #[must_use]
    pub fn in_language(&self, tag: &str) -> Self {
        Address(format!("{}/{self}", tag.to_ascii_lowercase()))
    }

    /// The path below the base.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output folder that answers at this address.
    pub fn output(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.clone()
        }
    }

    /// What tells it from other addresses on every disk and host: its output, in small letters.
    pub fn key(&self) -> String {
        self.output().to_ascii_lowercase()
    }

    /// What leads from a page at this address to the site's base, so that a site works under any path.
    pub fn to_base(&self) -> String {
        let depth = self.0.matches('/').count();
        if depth == 0 {
            "./".to_owned()
        } else {
            "../".repeat(depth)
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names that the site itself uses in addresses, each for one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// At the base stand the site's own files and pages, whether or not this build has them all.
    Base,
    /// Beside providers stand the site's own pages.
    Provider,
    /// Beside procedures stands the provider's pack.
    Procedure,
    /// Beside choices stand the query's own keys.
    Choice,
}

impl Reserved {
    /// Whether a name of this kind is taken.
    pub fn takes(self, id: &str) -> bool {
        match self {
            Reserved::Base => {
                let file = matches!(
                    id,
                    "404.html"
                        | "_redirects"
                        | "feed.xml"
                        | "find.json"
                        | "index.html"
                        | "links.json"
                        | "llms.txt"
                        | "redirects.nginx.map"
                        | "robots.txt"
                        | "sitemap.xml"
                );
                // The writer keeps its records in the output folder, under such names.
                let record = id.starts_with(".stepbook-");
                file || record || is_sitemap_part(id) || Reserved::Provider.takes(id)
            }
            Reserved::Provider => {
                let page = matches!(
                    id,
                    "agent" | "assets" | "coverage" | "differences" | "links" | "schemas"
                );
                page || is_language_tag(id)
            }
            Reserved::Procedure => id == "pack",
            Reserved::Choice => matches!(id, "done" | "edition" | "size"),
        }
    }
}

/// Whether a name is that of a part of the site map: `sitemap-1.xml`.
fn is_sitemap_part(name: &str) -> bool {
    let part = name.strip_prefix("sitemap-");
    let part = part.and_then(|it| it.strip_suffix(".xml"));
    part.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether an id has the form of a language tag that a site would be translated under: `en`, `zh-cn`, `zh-hant-tw`.
fn is_language_tag(id: &str) -> bool {
    let mut parts = id.split('-');
    let language = parts.next().unwrap_or("");
    let known = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    known
        && parts
            .all(|part| matches!(part.len(), 2 | 4) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_knows_its_file_and_the_way_to_the_base() {
        let id = |text: &str| text.parse::<Id>().expect("is an id");
        let guide = Address::guide(&id("leshua"), &id("deregistration"));
        assert_eq!(guide.output(), "leshua/deregistration/index.html");
        assert_eq!(guide.to_base(), "../../");
        assert_eq!(Address::home().output(), "index.html");
        assert_eq!(Address::home().to_base(), "./");
    }

    #[test]
    fn language_tags_and_pages_are_no_providers() {
        for taken in ["en", "zh-cn", "zh-hant-tw", "assets", "agent"] {
            assert!(Reserved::Provider.takes(taken), "{taken}");
        }
        for free in ["leshua", "any", "99bill", "in-store"] {
            assert!(!Reserved::Provider.takes(free), "{free}");
        }
    }
}
