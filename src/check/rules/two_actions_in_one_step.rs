#![doc = include_str!("two_actions_in_one_step.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB505",
    "two-actions-in-one-step",
    Warning,
    "two_actions_in_one_step.md"
);

/// Words that join two actions wherever they stand. `再` and `并` alone also mean "again" and stand in other words, so
/// they join behind a comma only.
const JOINERS: [&str; 9] = [
    "然后",
    "并且",
    "，并",
    "，再",
    "；",
    "; ",
    "and then ",
    ", then ",
    " then ",
];

/// Reports every action that says to do a second thing.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let actions = context
        .texts
        .iter()
        .filter(|text| text.is_of_step("action"));
    for text in actions {
        let Some(joiner) = joiner(text.text) else {
            continue;
        };
        let message = format!("{} joins two actions with `{joiner}`", text.what());
        diagnostics.push(
            Diagnostic::new(RULE, text.at, message)
                .help("make a step of each, or leave the second to the guidance")
                .because(Some("whoever is interrupted between them ticks both")),
        );
    }
}

/// What joins two actions in a text.
fn joiner(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let first = JOINERS
        .iter()
        .filter_map(|joiner| Some((lower.find(joiner)?, *joiner)))
        .min_by_key(|(at, joiner)| (*at, std::cmp::Reverse(joiner.len())))
        .map(|(_, joiner)| joiner.trim());
    first.or_else(|| {
        let behind = &lower[lower.find('先')?..];
        let again = behind.find('再')?;
        (!behind[..again].ends_with('不')).then_some("先…再")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_are_told_from_nouns_and_from_again() {
        for (text, found) in [
            ("填好表然后交给柜台", "然后"),
            ("填好表，并交给柜台", "，并"),
            ("先填表再交给柜台", "先…再"),
            ("填表；交表", "；"),
            ("Lock it and then take the key", "and then"),
            ("Lock it; take the key", ";"),
            ("Lock it, then take the key", ", then"),
        ] {
            assert_eq!(joiner(text), Some(found), "{text}");
        }
        for text in [
            "再看一次金额",
            "确认以后不再需要",
            "撤下 车牌和收款码",
            "合并两个账户",
            "先确认不再需要",
            "Lock the bicycle and the helmet",
            "Strengthen the knot",
        ] {
            assert_eq!(joiner(text), None, "{text}");
        }
    }
}
