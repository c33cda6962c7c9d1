//! A text -> its units: lower case, one form of every letter, without blanks and punctuation. Queries and what they
//! are held against are read the same way; `static/find.js` does the same.

use unicode_normalization::UnicodeNormalization;

/// A character that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// The character.
    pub(super) letter: char,
    /// Whether a word begins with it: every Chinese character is one.
    pub(super) starts: bool,
    /// Whether a gap or another script stands in front of it.
    pub(super) apart: bool,
}

/// What a character is, for the borders of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    Han,
    Letter,
}

/// Whether it is a Chinese character.
pub(super) fn is_han(letter: char) -> bool {
    matches!(letter,
        '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn class(letter: char) -> Class {
    if is_han(letter) {
        Class::Han
    } else if letter.is_alphanumeric() {
        Class::Letter
    } else {
        Class::Gap
    }
}

/// The units of a text.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let plain: String = text.nfkc().collect();
    let mut before = Class::Gap;
    let mut units = Vec::with_capacity(text.len() / 2);
    for letter in plain.to_lowercase().chars() {
        let class = class(letter);
        if class != Class::Gap {
            let apart = class != before;
            let starts = apart || class == Class::Han;
            units.push(Unit {
                letter,
                starts,
                apart,
            });
        }
        before = class;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words = String::new();
        for unit in units(text) {
            if unit.starts && !words.is_empty() {
                words.push(' ');
            }
            words.push(unit.letter);
        }
        words
    }

    #[test]
    fn words_part_at_blanks_punctuation_and_where_the_script_changes() {
        assert_eq!(words("Verify-Identity"), "verify identity");
        assert_eq!(words("乐刷App，le'shua"), "乐 刷 app le shua");
        assert_eq!(words("ＡＢＣ 路99"), "abc 路 99");
        assert_eq!(words("\u{202e}…\u{0}🙂"), "");
    }
}
