//! How long a text is to a reader: sentences, characters of Chinese, words of other languages.

use std::ops::RangeInclusive;

/// How long a text is to a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Length {
    /// Characters that are written without blanks between words: Chinese, Japanese.
    pub(super) characters: usize,
    /// Words and numbers of other scripts.
    pub(super) words: usize,
}

impl Length {
    /// Counts a text. Punctuation does not count.
    pub(super) fn of(text: &str) -> Self {
        let mut length = Length::default();
        let mut in_word = false;
        for c in text.chars() {
            if is_ideograph(c) {
                length.characters += 1;
                in_word = false;
            } else if c.is_alphanumeric() {
                length.words += usize::from(!in_word);
                in_word = true;
            } else if !"'’.-/@:_%,".contains(c) {
                in_word = false;
            }
        }
        length
    }

    /// The length in words of a message, if it is above the limit of its script: in a text with Chinese in it every
    /// foreign word counts as one character.
    pub(super) fn above(self, characters: usize, words: usize) -> Option<String> {
        if self.characters > 0 {
            let all = self.characters + self.words;
            (all > characters).then(|| format!("{all} characters, and at most {characters}"))
        } else {
            (self.words > words).then(|| format!("{} words, and at most {words}", self.words))
        }
    }
}

/// Whether a character is a word or a syllable by itself.
pub(super) fn is_ideograph(c: char) -> bool {
    const IDEOGRAPHS: [RangeInclusive<char>; 5] = [
        '\u{3005}'..='\u{3007}',
        '\u{3041}'..='\u{30ff}',
        '\u{3400}'..='\u{9fff}',
        '\u{f900}'..='\u{faff}',
        '\u{20000}'..='\u{3ffff}',
    ];
    IDEOGRAPHS.iter().any(|range| range.contains(&c))
}

/// The sentences of a text, each with its offset. A full stop of a Latin script ends one only before a blank, so that
/// `0.00` and `host.example` are no ends.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    split(text, |c, behind| match c {
        '。' | '！' | '？' | '；' => true,
        '.' | '!' | '?' => behind.is_none_or(char::is_whitespace),
        _ => false,
    })
}

/// The clauses of a text, each with its offset: what stands between commas and ends of sentences.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    split(text, |c, behind| match c {
        '。' | '！' | '？' | '；' | '，' | '：' => true,
        '.' | '!' | '?' | ',' | ';' | ':' => behind.is_none_or(char::is_whitespace),
        _ => false,
    })
}

/// Splits a text behind the characters that end a part, the character behind each known; closing quotation marks and
/// brackets belong to what they close. Blanks around a part are no part of it.
fn split(
    text: &str,
    ends: impl Fn(char, Option<char>) -> bool,
) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        let start = from + (rest.len() - rest.trim_start().len());
        let chars = text[start..].char_indices();
        let mut end = text.len();
        for (at, c) in chars {
            let mut behind = start + at + c.len_utf8();
            let closing = text[behind..]
                .chars()
                .take_while(|c| "”’」』）》)\"".contains(*c));
            behind += closing.map(char::len_utf8).sum::<usize>();
            if ends(c, text[behind..].chars().next()) {
                end = behind;
                break;
            }
        }
        from = end;
        let part = text[start..end].trim_end();
        (!part.is_empty()).then_some((start, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let parts = |text| sentences(text).map(|(_, part)| part).collect::<Vec<_>>();
        assert_eq!(
            parts("金额 0.00 元。看 a.example 吗？“看。”好；行"),
            [
                "金额 0.00 元。",
                "看 a.example 吗？",
                "“看。”",
                "好；",
                "行"
            ]
        );
        assert_eq!(
            parts("Pay 1.50 now. \"Really?\" Yes!"),
            ["Pay 1.50 now.", "\"Really?\"", "Yes!"]
        );
        assert_eq!(parts(" 。 a"), ["。", "a"]);
        assert_eq!(parts("  "), [] as [&str; 0]);
        let offsets: Vec<usize> = sentences("一。 二。").map(|(at, _)| at).collect();
        assert_eq!(offsets, [0, 7]);
    }

    #[test]
    fn clauses_end_at_commas_too() {
        let parts: Vec<&str> = clauses("有人说，a, b: 1,000。")
            .map(|(_, part)| part)
            .collect();
        assert_eq!(parts, ["有人说，", "a,", "b:", "1,000。"]);
    }

    #[test]
    fn characters_and_words_are_counted_and_punctuation_is_not() {
        let length = |text| {
            let Length { characters, words } = Length::of(text);
            (characters, words)
        };
        assert_eq!(length("金额 0.00 元，到 App 里看。"), (6, 2));
        assert_eq!(length("Don't step-by-step it at a.example"), (0, 5));
        assert_eq!(length("—— ，"), (0, 0));
        assert_eq!(Length::of(&"一".repeat(20)).above(20, 12), None);
        assert!(Length::of(&"一".repeat(21)).above(20, 12).is_some());
        assert!(Length::of(&"a ".repeat(13)).above(20, 12).is_some());
    }
}
