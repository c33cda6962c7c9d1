//! The files that speak of a site as a whole, for programs: the site map, what language models and robots ask for, and
//! where pages went that moved. A file of the site's own in `static/root/` stands in the place of one of them.

mod feed;
mod llms;
mod moved;
mod sitemap;

use tera::{Context, TeraResult};

pub(super) use moved::{title as moved_title, view as moved_view};

use super::Renderer;
use crate::model::Address;

/// A file that speaks of the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteFile {
    /// What language models read first.
    Llms,
    /// The addresses of all pages, or the list of their parts.
    Sitemap,
    /// A part of the addresses, from 1.
    SitemapPart(usize),
    /// What changed with each release. A site without a release has none: a feed must say when it was new.
    Feed,
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
            SiteFile::Llms,
            SiteFile::Sitemap,
            SiteFile::Robots,
            SiteFile::Redirects,
            SiteFile::NginxMap,
        ];
        if !renderer.book.releases.is_empty() {
            files.push(SiteFile::Feed);
        }
        let parts = match sitemap::parts(renderer) {
            1 => 0,
            parts => parts,
        };
        files.extend((1..=parts).map(SiteFile::SitemapPart));
        files
    }

    /// Where it is served.
    pub fn address(self) -> Address {
        match self {
            SiteFile::Llms => Address::file("llms.txt"),
            SiteFile::Sitemap => Address::file("sitemap.xml"),
            SiteFile::SitemapPart(part) => Address::sitemap_part(part),
            SiteFile::Feed => Address::feed(),
            SiteFile::Robots => Address::file("robots.txt"),
            SiteFile::Redirects => Address::file("_redirects"),
            SiteFile::NginxMap => Address::file("redirects.nginx.map"),
        }
    }

    pub(super) fn template(self) -> &'static str {
        match self {
            SiteFile::Llms => "llms.txt",
            SiteFile::Sitemap | SiteFile::SitemapPart(_) => "sitemap.xml",
            SiteFile::Feed => "feed.xml",
            SiteFile::Robots => "robots.txt",
            SiteFile::Redirects => "redirects.txt",
            SiteFile::NginxMap => "redirects-nginx.txt",
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
        SiteFile::Feed => Context::from_serialize(&feed::view(renderer)),
        SiteFile::Redirects | SiteFile::NginxMap => {
            Context::from_serialize(&moved::redirects(renderer))
        }
        SiteFile::Robots => Ok(Context::new()),
    }
}
