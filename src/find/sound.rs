//! A Chinese character -> how it is read, as people type it: letters without tones.

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;

/// A character has at most this many readings that are alive; further ones are of old books and only disturb.
const READINGS: usize = 2;

/// The readings of a character, the most common one first. Where a keyboard has no `ü`, people type `v` or `u`.
pub(super) fn readings(letter: char) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    let known = letter.to_pinyin_multi().into_iter().flatten();
    let mut alive: Vec<&str> = Vec::new();
    for reading in known.map(pinyin::Pinyin::plain) {
        if alive.len() < READINGS && !alive.contains(&reading) {
            alive.push(reading);
        }
    }
    for reading in alive {
        let typed = if reading.contains('ü') {
            vec![reading.replace('ü', "v"), reading.replace('ü', "u")]
        } else {
            vec![reading.to_owned()]
        };
        for reading in typed {
            let plain = reading.bytes().all(|byte| byte.is_ascii_lowercase());
            if plain && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    readings
}

/// The characters that people type: the 6,763 of GB/T 2312, in the order of Unicode.
pub(super) fn common() -> impl Iterator<Item = char> {
    ('\u{4e00}'..='\u{9fff}').filter(|letter| {
        let mut text = [0; 4];
        let (bytes, _, unknown) = GBK.encode(letter.encode_utf8(&mut text));
        !unknown && matches!(*bytes, [0xb0..=0xf7, 0xa1..=0xfe])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_all_of_its_readings() {
        assert_eq!(readings('刷'), ["shua"]);
        assert!(readings('行').iter().any(|it| it == "hang"));
        assert!(readings('行').iter().any(|it| it == "xing"));
        assert_eq!(readings('绿')[..2], ["lv", "lu"]);
        assert!(readings('x').is_empty());
    }

    #[test]
    fn the_characters_that_people_type_are_those_of_the_national_standard() {
        assert_eq!(common().count(), 6763);
    }
}
