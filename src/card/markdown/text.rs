//! Plain text, addresses and sources -> Markdown that shows them as they are.

use std::borrow::Cow;

use crate::card::Source;
use crate::words::Words;

/// Plain text as one line of Markdown that reads the same: no sign in it marks anything up.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let signs = |c: char| c.is_control() || c.is_ascii_punctuation();
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if !text.contains(signs) {
        return Cow::Borrowed(text);
    }
    let list_mark = text.len() - numbered.len();
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map(|(_, after)| *after);
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '#' => true,
            '-' | '+' | '=' | '>' => at == 0,
            '.' | ')' => at == list_mark && at > 0,
            '_' => {
                !(before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric))
            }
            '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
        before = Some(c);
    }
    Cow::Owned(out)
}

/// A link with plain text.
pub(super) fn link(text: &str, url: &str) -> String {
    let text = escaped(text);
    let url = url.replace('&', "&amp;");
    if url.contains(['(', ')']) {
        format!("[{text}](<{url}>)")
    } else {
        format!("[{text}]({url})")
    }
}

/// Bold plain text. What follows it must begin with a blank.
pub(super) fn bold(text: &str) -> String {
    format!("**{}**", escaped(text.trim()))
}

/// A source with its days; with `label`, said to be one.
pub(super) fn source(words: &Words, source: &Source<'_>, label: bool) -> String {
    let mut out = String::new();
    if label {
        out.push_str(&escaped(words.get("source")));
    }
    out.push_str(&link(source.title, source.url));
    let days = [
        ("source_dated", source.dated.as_deref()),
        ("source_in_force", source.in_force.as_deref()),
        ("source_checked", Some(source.checked.as_str())),
    ];
    for (key, day) in days {
        if let Some(day) = day {
            out.push_str(&escaped(&words.fill(key, &[("date", day)])));
        }
    }
    out
}

/// A value that somebody may doubt: without a value or without a source it says that nobody has verified it.
pub(super) fn evidenced(words: &Words, value: Option<&str>, shown: Option<&Source<'_>>) -> String {
    match (value, shown) {
        (Some(value), Some(shown)) => {
            format!("{} {}", escaped(value), source(words, shown, true))
        }
        (Some(value), None) => format!(
            "{}{}{}{}",
            escaped(value),
            escaped(words.get("open")),
            escaped(words.get("unverified")),
            escaped(words.get("close"))
        ),
        (None, _) => escaped(words.get("unverified")).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    #[test]
    fn plain_text_reads_the_same_as_markdown() {
        for text in [
            "# no heading #",
            "- no item",
            "+ 1",
            "> said",
            "= x",
            "12. not a list, 12) nor this",
            "*not* **bold** _nor_ __this__ snake_case _x",
            "`code` ~~gone~~ \\ \\* a\\",
            "<script>alert(1)</script> <b>&amp;</b> &copy; &#35; a & b",
            "[text](https://a.example) ![picture](x) [ref]",
            "https://a.example/?a=1&copy=2",
            "| a | b |",
            "--- ",
            "「屏幕」上写着：1010-8989（总部）",
        ] {
            let all = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
            let heading = format!("### {}\n", escaped(text));
            let paragraph = format!("{}\n", escaped(text));
            let item = format!("- {}\n", escaped(text));
            for markdown in [heading, paragraph, item] {
                let mut read = String::new();
                for event in Parser::new_ext(&markdown, all) {
                    match event {
                        Event::Text(part) => read.push_str(&part),
                        Event::Start(_) | Event::End(_) => {}
                        other => panic!("{other:?} in {markdown}"),
                    }
                }
                assert_eq!(read.trim_end(), text.trim_end(), "{markdown}");
            }
        }
        assert_eq!(escaped("a\rb\u{7}"), "a b ", "no line ends in a line");
    }

    #[test]
    fn an_address_is_kept_as_it_is() {
        for url in ["https://a.example/?a=1&copy=2", "https://a.example/(b)/_c_"] {
            let markdown = link("a]b", url);
            let target = Parser::new(&markdown).find_map(|event| match event {
                Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => Some(dest_url),
                _ => None,
            });
            assert_eq!(target.as_deref(), Some(url), "{markdown}");
        }
    }
}
