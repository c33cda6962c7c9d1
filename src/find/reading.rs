//! How a reading of a Chinese character takes letters of a query: whole, begun, by its initial, or with one slip.

/// How much it counts that a character stands for another form of it, in hundredths.
pub(super) const EXACT: i64 = 100;
/// It is typed as it is read.
const READ: i64 = 90;
/// The end of the reading is not typed yet.
const BEGUN: i64 = 60;
/// Only its initial is typed.
const INITIAL: i64 = 50;
/// Another character is typed that is read like it.
pub(super) const SAME_SOUND: i64 = 60;
/// One of its letters is wrong.
const SLIPPED: i64 = 60;
/// A letter of a Latin word says less than a character.
pub(super) const LETTER: i64 = 50;
/// Words of fewer letters are not misspelt: too much is like them.
pub(super) const SLIPS_FROM: usize = 4;

/// What a run has of these, as bits.
pub(super) type How = u8;
/// A character taken by its initial.
pub(super) const BY_INITIAL: How = 1;
/// A slip: a letter that is wrong, or another character of the same sound.
pub(super) const BY_SLIP: How = 2;
/// Characters of the text that are left out.
pub(super) const WITH_GAP: How = 4;

/// A way to take letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// How many letters.
    pub(super) length: usize,
    /// How much it counts, in hundredths.
    pub(super) value: i64,
    /// How they are taken.
    pub(super) how: How,
}

/// Adds the ways in which `reading` takes letters of a word from `at`; `room` are the letters from there to its end.
pub(super) fn read(word: &[char], at: usize, reading: &[char], ways: &mut Vec<Way>) {
    let room = &word[at..];
    let same = room
        .iter()
        .zip(reading)
        .take_while(|(one, other)| one == other);
    let same = same.count();
    let initial = if reading.get(1) == Some(&'h') { 2 } else { 1 };
    if same == reading.len() {
        add(ways, same, READ, 0);
    } else if same == room.len() && same > initial {
        add(ways, same, BEGUN, 0);
    }
    if same >= 1 && reading.len() > 1 {
        add(ways, 1, INITIAL, BY_INITIAL);
    }
    if same >= 2 && initial == 2 {
        add(ways, 2, INITIAL, BY_INITIAL);
    }
    if word.len() < SLIPS_FROM || reading.len() < 2 || (same == 0 && reading.len() < 3) {
        return;
    }
    // One more letter behind a whole reading is a slip only at the end of a word: else another word begins with it.
    let whole = same == reading.len() && room.len() > same + 1;
    let most = if whole { same } else { reading.len() + 1 };
    for length in reading.len() - 1..=most.min(room.len()) {
        if is_slip(&room[..length], reading) {
            add(ways, length, SLIPPED, BY_SLIP);
        }
    }
}

/// Adds a way, unless it is there.
pub(super) fn add(ways: &mut Vec<Way>, length: usize, value: i64, how: How) {
    let known = |way: &Way| way.length == length && way.how == how;
    if !ways.iter().any(known) {
        ways.push(Way { length, value, how });
    }
}

/// Whether a word is another one with one slip: a letter that is wrong, missing, too many, or two that are swapped.
pub(super) fn is_slip(typed: &[char], meant: &[char]) -> bool {
    if typed.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let same = |pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let head = same(&mut typed.iter().zip(meant));
    let (typed, meant) = (&typed[head..], &meant[head..]);
    let tail = same(&mut typed.iter().rev().zip(meant.iter().rev()));
    match (&typed[..typed.len() - tail], &meant[..meant.len() - tail]) {
        ([], []) => false,
        ([] | [_], [] | [_]) => true,
        ([one, other], [first, second]) => one == second && other == first,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_slip_is_one_letter() {
        for typed in [
            "leshau", "leshu", "leshuaa", "lechua", "eshua", "elshua", "leshuab",
        ] {
            assert!(is_slip(&chars(typed), &chars("leshua")), "{typed}");
        }
        for typed in ["leshua", "lesh", "lishau", "lakala", "", "lehsau"] {
            assert!(!is_slip(&chars(typed), &chars("leshua")), "{typed}");
        }
    }

    #[test]
    fn a_reading_takes_itself_its_beginning_and_its_initial() {
        let ways = |word: &str, at, reading: &str| {
            let mut ways = Vec::new();
            read(&chars(word), at, &chars(reading), &mut ways);
            let ways = ways.iter();
            ways.map(|way| (way.length, way.how)).collect::<Vec<_>>()
        };
        assert_eq!(ways("tixian", 0, "ti")[..2], [(2, 0), (1, BY_INITIAL)]);
        assert_eq!(
            ways("sh", 0, "shua")[..2],
            [(1, BY_INITIAL), (2, BY_INITIAL)]
        );
        assert_eq!(
            ways("shu", 0, "shua")[0],
            (3, 0),
            "begun at the end of the word"
        );
        assert_eq!(
            ways("shut", 0, "shua")[..2],
            [(1, BY_INITIAL), (2, BY_INITIAL)]
        );
        assert!(ways("leshau", 2, "shua").contains(&(4, BY_SLIP)));
        assert!(ways("xq", 0, "ti").is_empty());
    }
}
