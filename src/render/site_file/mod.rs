//! The files that speak of a site as a whole, for programs: links, site map, what language models and robots ask for, and
//! where pages went that moved. A file of the site's own in `static/root/` stands in the place of one of them.

mod llms;
mod moved;
mod sitemap;

use serde::Serialize;
use tera::{Context, TeraResult};

pub(super) use moved::{title as moved_title, view as moved_view};

use super::{Form, Renderer};
use crate::model::Address;

/// A file that speaks of the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteFile {
    /// The links to all steps, or the list of their parts.
    Links,
    /// A part of the links, from 1.
    LinksPart(usize),
    /// What language models read first.
    Llms,
    /// The addresses of all pages, or the list of their parts.
    Sitemap,
    /// A part of the addresses, from 1.
    SitemapPart(usize),
    /// What robots may read.
    Robots,
    /// Where pages went, for hosts such as Cloudflare Pages and Netlify.
    Redirects,
    /// The same for nginx.
    NginxMap,
}

impl SiteFile {
    /// Every such file of a site.
    pub(super) fn all(renderer: &Renderer<'_>) -> Vec<Self> {
        let mut files = vec![
            SiteFile::Links,
            SiteFile::Llms,
            SiteFile::Sitemap,
            SiteFile::Robots,
            SiteFile::Redirects,
            SiteFile::NginxMap,
        ];
        let parts = |count: usize| 1..=if count > 1 { count } else { 0 };
        files.extend(parts(renderer.links.parts()).map(SiteFile::LinksPart));
        files.extend(parts(sitemap::parts(renderer)).map(SiteFile::SitemapPart));
        files
    }

    /// Where it is served.
    pub fn address(self) -> Address {
        match self {
            SiteFile::Links => Address::file("links.json"),
            SiteFile::LinksPart(part) => Address::links_part(part),
            SiteFile::Llms => Address::file("llms.txt"),
            SiteFile::Sitemap => Address::file("sitemap.xml"),
            SiteFile::SitemapPart(part) => Address::sitemap_part(part),
            SiteFile::Robots => Address::file("robots.txt"),
            SiteFile::Redirects => Address::file("_redirects"),
            SiteFile::NginxMap => Address::file("redirects.nginx.map"),
        }
    }

    pub(super) fn form(self) -> Form {
        match self {
            SiteFile::Links => Form::Links(None),
            SiteFile::LinksPart(part) => Form::Links(Some(part)),
            SiteFile::Llms => Form::Template("llms.txt"),
            SiteFile::Sitemap | SiteFile::SitemapPart(_) => Form::Template("sitemap.xml"),
            SiteFile::Robots => Form::Template("robots.txt"),
            SiteFile::Redirects => Form::Template("redirects.txt"),
            SiteFile::NginxMap => Form::Template("redirects-nginx.txt"),
        }
    }
}

/// What the template of a file sees.
pub(super) fn view(renderer: &Renderer<'_>, file: SiteFile) -> TeraResult<Context> {
    match file {
        SiteFile::Llms => Context::from_serialize(&llms::view(renderer)),
        SiteFile::Sitemap => Context::from_serialize(&sitemap::view(renderer, None)),
        SiteFile::SitemapPart(part) => {
            Context::from_serialize(&sitemap::view(renderer, Some(part)))
        }
        SiteFile::Redirects | SiteFile::NginxMap => {
            Context::from_serialize(&moved::redirects(renderer))
        }
        SiteFile::Robots | SiteFile::Links | SiteFile::LinksPart(_) => Ok(Context::new()),
    }
}

/// The links to all steps, or the list of their parts, or one of these.
pub(super) fn links(renderer: &Renderer<'_>, part: Option<usize>) -> Vec<u8> {
    let links = &renderer.links;
    match part {
        None if links.parts() > 1 => json(&links.list()),
        part => json(&links.part(part.unwrap_or(1), &renderer.editions)),
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("texts, numbers and lists are JSON");
    bytes.push(b'\n');
    bytes
}
