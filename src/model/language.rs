//! The languages of a site, and texts that a translated book has only in the language of the source.
//!
//! Such a text stands between two characters for private use that no author can write: `yaml::Text` refuses them. The
//! writer of pages turns them into an element that names the language, and all other outputs leave them out.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Address, Book, Site};

/// Before a text in the language of the source.
pub(crate) const FALLBACK: char = '\u{91}';
/// After it.
pub(crate) const FALLBACK_END: char = '\u{92}';

/// A text in the language of the source, marked.
pub fn fallback(text: &str) -> Arc<str> {
    if text.is_empty() {
        return text.into();
    }
    let mut marked = String::with_capacity(text.len() + 4);
    marked.push(FALLBACK);
    marked.push_str(text);
    marked.push(FALLBACK_END);
    marked.into()
}

/// The same bytes of UTF-8 without marks.
pub fn without_marks(bytes: Vec<u8>) -> Vec<u8> {
    let is_mark = |pair: &[u8]| matches!(pair, [0xc2, 0x91 | 0x92]);
    if !bytes.windows(2).any(is_mark) {
        return bytes;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes.get(at..at + 2).is_some_and(is_mark) {
            at += 2;
        } else {
            kept.push(bytes[at]);
            at += 1;
        }
    }
    kept
}

/// The same text without marks.
pub fn without_marks_in(text: &str) -> Cow<'_, str> {
    if text.contains([FALLBACK, FALLBACK_END]) {
        Cow::Owned(text.replace([FALLBACK, FALLBACK_END], ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// What makes a book one of another language than its source.
#[derive(Debug, Clone)]
pub struct Translation {
    /// Its tag, as `site.yaml` writes it.
    pub language: Arc<str>,
    /// The book of the source: editions and releases are of its words.
    pub original: Arc<Book>,
}

impl Site {
    /// The language that authors write in.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", |language| language)
    }

    /// The tags of the languages that it is translated into.
    pub fn translations(&self) -> impl Iterator<Item = &Arc<str>> + Clone {
        self.languages.iter().skip(1).map(|tag| &tag.value)
    }
}

impl Book {
    /// Makes it one in another language than its original.
    pub fn translates(&mut self, language: &Arc<str>, original: &Arc<Book>) {
        self.translation = Some(Translation {
            language: Arc::clone(language),
            original: Arc::clone(original),
        });
    }

    /// The tag of the language that its pages are in.
    pub fn language(&self) -> &str {
        match &self.translation {
            Some(translation) => &translation.language,
            None => self.source_language(),
        }
    }

    /// The tag of the language that authors write in.
    pub fn source_language(&self) -> &str {
        self.site.as_ref().map_or("en", Site::language)
    }

    /// The book in the language of the source: this one, or the one that it is translated from.
    pub fn original(&self) -> &Book {
        match &self.translation {
            Some(translation) => &translation.original,
            None => self,
        }
    }

    /// Where a page of this book is served: below the language's own folder, if it is a translation.
    pub fn place(&self, address: &Address) -> Address {
        match &self.translation {
            Some(translation) => address.in_language(&translation.language),
            None => address.clone(),
        }
    }

    /// What leads from the base of this book's pages to that of the site, where shared files are; empty or `../`.
    pub fn to_site(&self) -> &'static str {
        if self.translation.is_some() {
            "../"
        } else {
            ""
        }
    }
}

/// Whether a text has the form of a language tag: `en`, `zh-Hant`, `pt-BR`.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let known = matches!(language.len(), 2 | 3) && letters(language);
    known
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_nothing_else() {
        let text = format!("a{}é\u{90}", fallback("一"));
        assert_eq!(without_marks_in(&text), "a一é\u{90}");
        assert_eq!(without_marks(text.into_bytes()), "a一é\u{90}".as_bytes());
    }

    #[test]
    fn a_language_tag_is_told_from_other_words() {
        for tag in ["en", "zh-CN", "zh-Hant", "yue", "pt-BR", "zh-Hant-TW"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for other in ["", "e", "english", "en_US", "en-", "简体", "old2", "../en"] {
            assert!(!is_language_tag(other), "{other}");
        }
    }
}
