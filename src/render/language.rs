//! A page and its translations: where each is, and what of a page is in another language than the page.

use serde::Serialize;

use super::Renderer;
use crate::model::{Address, Book};

/// The same page in one of the site's languages.
#[derive(Debug, Serialize)]
pub(super) struct LanguageView<'a> {
    tag: &'a str,
    /// What it is called by those who speak it.
    name: &'a str,
    /// From the page.
    href: String,
    /// The full address.
    url: String,
    /// Whether the page is in it.
    current: bool,
    /// Whether authors write in it: what readers keep on their devices is kept under the address of its page.
    source: bool,
}

/// A language of a site, with its name.
pub(super) struct Language {
    tag: String,
    name: String,
}

/// The languages of a site, the source's first; none where there is but one.
pub(super) fn all(book: &Book, name: impl Fn(&str) -> String) -> Vec<Language> {
    let site = book.site.iter();
    let tags = site.flat_map(|site| site.languages.iter().map(|tag| &*tag.value));
    let languages: Vec<Language> = tags
        .map(|tag| Language {
            tag: tag.to_owned(),
            name: name(tag),
        })
        .collect();
    if languages.len() > 1 {
        languages
    } else {
        Vec::new()
    }
}

impl Renderer<'_> {
    /// A page in every language of the site.
    pub(super) fn languages_of(&self, address: &Address) -> Vec<LanguageView<'_>> {
        let languages = self.languages.iter().enumerate();
        let to_site = format!("{}{}", address.to_base(), self.book.to_site());
        languages
            .map(|(at, language)| {
                let there = self.in_language(at, address);
                LanguageView {
                    tag: &language.tag,
                    name: &language.name,
                    href: format!("{to_site}{there}"),
                    url: format!("{}/{there}", self.base_url),
                    current: language.tag == self.book.language(),
                    source: at == 0,
                }
            })
            .collect()
    }

    /// The addresses of a page in all languages.
    pub(super) fn in_languages(&self, address: &Address) -> Vec<Address> {
        let languages = 0..self.languages.len().max(1);
        languages.map(|at| self.in_language(at, address)).collect()
    }

    fn in_language(&self, at: usize, address: &Address) -> Address {
        match (at, self.languages.get(at)) {
            (0, _) | (_, None) => address.clone(),
            (_, Some(language)) => address.in_language(&language.tag),
        }
    }
}

/// Elements that hold no others: what is marked in them cannot be named.
const PLAIN: [&[u8]; 5] = [b"title", b"script", b"style", b"textarea", b"option"];

/// Puts texts that stand between marks into elements that name their language, and takes marks off where no element can
/// stand: in tags and in elements that hold only text.
pub(super) fn name_fallbacks(html: Vec<u8>, language: &str) -> Vec<u8> {
    const MARK: u8 = 0xc2;
    let is_mark = |pair: &[u8]| matches!(pair, [MARK, 0x91 | 0x92]);
    if !html.windows(2).any(is_mark) {
        return html;
    }
    let open = format!("<span lang=\"{language}\">");
    let mut named = Vec::with_capacity(html.len() + html.len() / 4);
    let mut at = 0;
    // The element of `PLAIN` that is open; the quotation mark that an attribute's value ends with; whether in a tag.
    let mut plain: Option<&[u8]> = None;
    let mut quote = None;
    let mut in_tag = false;
    while let Some(&byte) = html.get(at) {
        let rest = &html[at..];
        if rest.get(..2).is_some_and(is_mark) {
            if !in_tag && plain.is_none() {
                named.extend(if rest[1] == 0x91 {
                    open.as_bytes()
                } else {
                    b"</span>"
                });
            }
            at += 2;
            continue;
        }
        match (in_tag, quote, byte) {
            (false, _, b'<') => match plain {
                Some(name) if !is_tag(&rest[1..], b"/", name) => {}
                _ => {
                    let opened = PLAIN.iter().find(|name| is_tag(&rest[1..], b"", name));
                    plain = opened.copied();
                    in_tag = true;
                }
            },
            (true, None, b'"' | b'\'') => quote = Some(byte),
            (true, Some(open), _) if open == byte => quote = None,
            (true, None, b'>') => in_tag = false,
            _ => {}
        }
        named.push(byte);
        at += 1;
    }
    named
}

/// Whether what follows a `<` is this tag.
fn is_tag(rest: &[u8], slash: &[u8], name: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(slash) else {
        return false;
    };
    let own = rest.get(..name.len());
    let end = rest.get(name.len());
    own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        && end.is_none_or(|end| !end.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fallback;

    fn named(html: &str) -> String {
        let text = fallback("一");
        let html = html.replace("TEXT", &text);
        let named = name_fallbacks(html.into_bytes(), "zh-CN");
        String::from_utf8(named).expect("is UTF-8")
    }

    #[test]
    fn a_text_in_another_language_is_named_where_an_element_can_stand() {
        let span = r#"<span lang="zh-CN">一</span>"#;
        for (html, expected) in [
            ("<p>TEXT: a</p>", format!("<p>{span}: a</p>")),
            (
                "<title>TEXT</title><b>TEXT</b>",
                format!("<title>一</title><b>{span}</b>"),
            ),
            (
                r#"<a title="a > TEXT" href='TEXT'>TEXT</a>"#,
                format!(r#"<a title="a > 一" href='一'>{span}</a>"#),
            ),
            (
                "<script>if (a<b) x('</p>TEXT')</script>TEXT",
                format!("<script>if (a<b) x('</p>一')</script>{span}"),
            ),
            ("<titles>TEXT</titles>", format!("<titles>{span}</titles>")),
            ("<p>é</p>", "<p>é</p>".to_owned()),
        ] {
            assert_eq!(named(html), expected);
        }
    }
}
