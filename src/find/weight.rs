//! How much a character says: the rarer, the more. Computed once, in whole numbers, so that the browser has the same.

use std::collections::{BTreeMap, BTreeSet};

/// What a character weighs that all things have.
const COMMON: u32 = 8;
/// What it weighs more each time that half as many things have it.
const DOUBLING: u32 = 8;
/// What a character weighs that half of all things have.
pub(super) const BORNE_BY_HALF: i64 = (COMMON + DOUBLING) as i64;
/// A character that all kinds of sentences have, and that so says nothing of what one is about.
const EMPTY: &str = "的了吗呢吧啊么着过在是有不没就也都还又再我你他它这那个哪什怎要想能会可以和与或从到把被给让向对为";

/// For each character, in how many of the things it occurs.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    things: u32,
    holding: BTreeMap<char, u32>,
}

impl Rarity {
    /// Counts a thing by all of its characters.
    pub(super) fn count(&mut self, letters: &BTreeSet<char>) {
        self.things += 1;
        for letter in letters {
            *self.holding.entry(*letter).or_default() += 1;
        }
    }

    /// What a character weighs. Function words weigh the least, but in names: there each character counts.
    pub(super) fn weight(&self, letter: char, in_names: bool) -> i64 {
        let holding = self.holding.get(&letter).copied().unwrap_or(0);
        if holding == 0 {
            return 0;
        }
        if !in_names && EMPTY.contains(letter) {
            return i64::from(COMMON);
        }
        i64::from(COMMON + doublings(DOUBLING, self.things, holding))
    }
}

/// `scale` times the binary logarithm of `all / some`, with straight lines between the powers of two.
fn doublings(scale: u32, all: u32, some: u32) -> u32 {
    let log = |number: u32| {
        let whole = number.ilog2();
        let part = (u64::from(number - (1 << whole)) * u64::from(scale)) >> whole;
        whole * scale + u32::try_from(part).expect("a part is less than the scale")
    };
    log(all).saturating_sub(log(some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarer_a_character_the_more_it_weighs() {
        let mut rarity = Rarity::default();
        for text in [
            "核验身份",
            "核对车锁",
            "核实车锁",
            "的核",
            "租号",
            "归还",
            "车",
            "轮",
        ] {
            rarity.count(&text.chars().collect());
        }
        let weight = |letter| rarity.weight(letter, false);
        assert_eq!(
            weight('身'),
            i64::from(COMMON + 3 * DOUBLING),
            "one of eight"
        );
        assert_eq!(weight('核'), i64::from(COMMON + DOUBLING), "four of eight");
        assert!(weight('核') < weight('车') && weight('车') < weight('身'));
        assert_eq!(weight('的'), i64::from(COMMON));
        assert_eq!(rarity.weight('的', true), i64::from(COMMON + 3 * DOUBLING));
        assert_eq!(weight('无'), 0, "it is nowhere");
    }
}
