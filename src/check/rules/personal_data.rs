#![doc = include_str!("personal_data.md")]

use std::ops::Range;

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};

rule!("SB503", "personal-data", Error, "personal_data.md");

/// Reports every number that belongs to one person, in all that a reader sees.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in &context.texts {
        diagnostics.extend(found(text.text).map(|it| diagnostic(text.at, it, text.text)));
    }
    for prose in &context.guidance {
        for (at, description) in &prose.pictures {
            diagnostics.extend(found(description).map(|it| diagnostic(*at, it, description)));
        }
        for block in &prose.blocks {
            let text = &block.text;
            diagnostics.extend(
                found(text)
                    .map(|(kind, range)| diagnostic(block.at(range.start), (kind, range), text)),
            );
        }
    }
}

/// The message masks the number: it ends up in logs.
fn diagnostic(at: At, (kind, range): (Kind, Range<usize>), text: &str) -> Diagnostic {
    let digits: Vec<char> = text[range].chars().filter(|c| !is_joint(*c)).collect();
    let last: String = digits[digits.len() - 4..].iter().collect();
    let (what, help) = match kind {
        Kind::ResidentId => (
            "the number of an identity card",
            "take it out; an example shows no number",
        ),
        Kind::Card => (
            "the number of a bank card",
            "take it out; an example shows no number",
        ),
        Kind::Mobile => (
            "somebody's mobile number",
            "take it out; name a channel of the provider, with evidence",
        ),
    };
    Diagnostic::new(RULE, at, format!("`…{last}` is {what}"))
        .help(help)
        .because(Some(
            "whoever it belongs to cannot take it back from printed sheets and copies",
        ))
}

/// Whether a text holds a number that belongs to one person.
pub(super) fn is_in(text: &str) -> bool {
    found(text).next().is_some()
}

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ResidentId,
    Card,
    Mobile,
}

/// Every number of a person in a text, with its place.
fn found(text: &str) -> impl Iterator<Item = (Kind, Range<usize>)> + '_ {
    runs(text).into_iter().flat_map(|groups| of_run(&groups))
}

/// Digits that stand together; the last character of an identity card's number may be `X`.
#[derive(Debug, Clone)]
struct Group {
    digits: Vec<u8>,
    range: Range<usize>,
}

/// The value of the sign `X` among digits.
const X: u8 = 10;

fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{2010}' | '\u{2011}' | '\u{3000}')
}

/// A digit, full-width ones too.
fn digit(c: char) -> Option<u8> {
    let number = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => return None,
    };
    u8::try_from(number).ok()
}

/// The runs of digits that stand alone, in groups between which one blank or hyphen stands. What is part of a word or of
/// an address of the web is none.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    if !text.contains(|c| digit(c).is_some()) {
        return runs;
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let is = |at: Option<usize>, test: fn(char) -> bool| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|(_, c)| test(*c))
    };
    // The position behind the last group, if another may follow it.
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < chars.len() {
        if let Some(behind) = address(&chars, at) {
            (at, open) = (behind, None);
            continue;
        }
        if digit(chars[at].1).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = Vec::new();
        while let Some(value) = chars.get(at).and_then(|(_, c)| digit(*c)) {
            digits.push(value);
            at += 1;
        }
        if matches!(chars.get(at), Some((_, 'x' | 'X'))) && !is(Some(at + 1), is_of_word) {
            digits.push(X);
            at += 1;
        }
        let is_digit = |c: char| c.is_ascii_digit();
        let before = start.checked_sub(1);
        let in_word = is(before, is_of_word) || is(Some(at), is_of_word);
        let has_point = |point: Option<usize>, beyond: Option<usize>| {
            is(point, |c| c == '.') && is(beyond, is_digit)
        };
        let in_decimal =
            has_point(before, start.checked_sub(2)) || has_point(Some(at), Some(at + 1));
        let alone = !in_word && !in_decimal;
        let group = Group {
            digits,
            range: chars[start].0..end(at),
        };
        let joined = open.is_some_and(|open| open + 1 == start && is_joint(chars[open].1));
        match runs.last_mut() {
            Some(run) if joined && alone => run.push(group),
            _ if alone => runs.push(vec![group]),
            _ => {}
        }
        open = alone.then_some(at);
    }
    runs
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '…' || c == '*'
}

/// Where an address of the web that begins here ends.
fn address(chars: &[(usize, char)], at: usize) -> Option<usize> {
    let begins = |sign: &str| {
        let mut rest = chars[at..].iter().map(|(_, c)| c.to_ascii_lowercase());
        sign.chars().all(|c| rest.next() == Some(c))
    };
    if !begins("://") && !begins("www.") {
        return None;
    }
    let rest = chars[at..].iter();
    Some(at + rest.take_while(|(_, c)| c.is_ascii_graphic()).count())
}

/// The numbers of persons in a run: neighbouring groups as people write them.
fn of_run(groups: &[Group]) -> Vec<(Kind, Range<usize>)> {
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut from = 0;
    while from < groups.len() {
        // The longest first, so that a part of a number is not taken for another.
        let longest = (from + 1..=groups.len().min(from + 5)).rev();
        let hit = longest.into_iter().find_map(|to| {
            let part = &groups[from..to];
            Some((kind(part)?, to))
        });
        match hit {
            Some((kind, to)) => {
                found.push((kind, groups[from].range.start..groups[to - 1].range.end));
                from = to;
            }
            None => from += 1,
        }
    }
    found
}

fn kind(groups: &[Group]) -> Option<Kind> {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let digits: Vec<u8> = groups
        .iter()
        .flat_map(|group| group.digits.iter().copied())
        .collect();
    match *lengths {
        [18] | [6, 8, 4] if is_resident_id(&digits) => Some(Kind::ResidentId),
        [11] | [3, 4, 4] | [3, 8] | [7, 4] if is_mobile(&digits) => Some(Kind::Mobile),
        [13..=19] | [4, 4, 4, 1..=4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4..=5] | [6, 10..=13]
            if is_card(&digits) =>
        {
            Some(Kind::Card)
        }
        // A mobile number behind the number of its country.
        [13] if digits.starts_with(&[8, 6]) && is_mobile(&digits[2..]) => Some(Kind::Mobile),
        _ => None,
    }
}

/// GB 11643: six digits of a place, a day of birth, three digits, and a check character over all.
fn is_resident_id(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let [number @ .., check] = digits else {
        return false;
    };
    if number.len() != WEIGHTS.len() || number.contains(&X) {
        return false;
    }
    let two = |at: usize| number[at] * 10 + number[at + 1];
    let born = matches!(two(6), 18..=20) && matches!(two(10), 1..=12) && matches!(two(12), 1..=31);
    let sum: u32 = number
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(*digit) * weight)
        .sum();
    born && (12 - sum % 11) % 11 == u32::from(*check)
}

/// Eleven digits, of which the first two are 13 to 19.
fn is_mobile(digits: &[u8]) -> bool {
    matches!(digits, [1, 3..=9, rest @ ..] if rest.len() == 9 && !rest.contains(&X))
}

/// Thirteen to nineteen digits that pass the check of Luhn, as those of bank cards do.
fn is_card(digits: &[u8]) -> bool {
    if !(13..=19).contains(&digits.len()) || digits[0] == 0 || digits.contains(&X) {
        return false;
    }
    let doubled = |(place, digit): (usize, &u8)| match (place % 2, *digit) {
        (0, digit) => u32::from(digit),
        (_, digit) => u32::from(digit * 2 / 10 + digit * 2 % 10),
    };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        found(text).map(|(kind, _)| kind).collect()
    }

    // No number here belongs to anybody: places and days that do not exist, and the numbers that networks give out for
    // tests.

    #[test]
    fn a_resident_id_is_told_by_its_check_character() {
        assert_eq!(kinds("证号 11010519491231002X。"), [Kind::ResidentId]);
        assert_eq!(kinds("证号110105 19491231 002x"), [Kind::ResidentId]);
        assert_eq!(kinds("110105194912310021"), []);
        assert_eq!(kinds("A11010519491231002X"), []);
    }

    #[test]
    fn a_bank_card_is_told_by_luhn() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111.",
            "3782 822463 10005",
            "４１１１１１１１１１１１１１１１",
        ] {
            assert_eq!(kinds(text), [Kind::Card], "{text}");
        }
        for text in [
            "4111111111111112",
            "0000000000000000",
            "41111111111111110000",
            "4111 1111 1111 111a",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_mobile_number_stands_alone() {
        for text in [
            "13800000000",
            "加微信13800000000吧",
            "138 0000 0000",
            "+86 138-0000-0000",
            "8613800000000",
        ] {
            assert_eq!(kinds(text), [Kind::Mobile], "{text}");
        }
        for text in [
            "https://a.example/13800000000/b?13800000000",
            "www.a.example/13800000000",
            "SN13800000000",
            "0.13800000000",
            "12800000000",
            "138****0000",
            "021-61871299",
            "1010-8989",
            "2026-11-23",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn behind_an_address_the_text_goes_on() {
        assert_eq!(
            kinds("看 https://a.example/1，打13800000000"),
            [Kind::Mobile]
        );
    }
}
