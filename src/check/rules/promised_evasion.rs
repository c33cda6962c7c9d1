#![doc = include_str!("promised_evasion.md")]

use crate::check::Context;
use crate::check::words::{clauses, sentences};
use crate::diagnostic::{At, Diagnostic, rule};

rule!("SB504", "promised-evasion", Error, "promised_evasion.md");

/// Words by which shady services are sold, and what they are a part of when they are harmless. The page of this rule
/// lists them for authors.
const WORDS: [(&str, &[&str]); 14] = [
    ("代办包过", &[]),
    ("包过", &[]),
    ("秒注销", &[]),
    ("强制注销", &[]),
    ("解除风控", &[]),
    ("绕过风控", &[]),
    ("养卡", &[]),
    ("套现", &[]),
    ("0.38%", &[]),
    ("招商", &["招商银行", "招商局", "招商证券"]),
    ("加微信", &[]),
    ("guaranteed approval", &[]),
    ("bypass the check", &[]),
    ("instant unfreeze", &[]),
];

/// Words that refuse or condemn.
const REFUSALS: [&str; 30] = [
    "不要", "不得", "不可", "不能", "不许", "不帮", "不做", "不信", "不会", "勿", "别信", "别找",
    "禁止", "严禁", "拒绝", "谨防", "警惕", "当心", "小心", "违法", "非法", "犯罪", "骗", "诈",
    "举报", "never", "do not", "don't", "illegal", "fraud",
];

/// Reports every text that offers a way around a check.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in &context.texts {
        diagnostics.extend(offers(text.text).map(|(_, word)| diagnostic(text.at, word)));
    }
    for prose in &context.guidance {
        for (at, description) in &prose.pictures {
            diagnostics.extend(offers(description).map(|(_, word)| diagnostic(*at, word)));
        }
        for block in &prose.blocks {
            let offers = offers(&block.text);
            diagnostics.extend(offers.map(|(offset, word)| diagnostic(block.at(offset), word)));
        }
    }
}

fn diagnostic(at: At, word: &str) -> Diagnostic {
    Diagnostic::new(RULE, at, format!("`{word}` is what ways around a check are sold with"))
        .help("take it out; a warning refuses it in the same clause, or quotes it and refuses it in the same sentence")
        .because(Some("this is how fraud is advertised, and readers cannot tell a guide from an offer"))
}

/// The words of a text that are offered and not refused, each with its offset.
fn offers(text: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    sentences(text).flat_map(|(start, sentence)| {
        clauses(sentence).flat_map(move |(offset, clause)| {
            let mut found = Vec::new();
            for (at, word) in named(clause) {
                let quoted = is_quoted(sentence, offset + at);
                if !(refuses(clause) || quoted && refuses(sentence)) {
                    found.push((start + offset + at, word));
                }
            }
            found
        })
    })
}

/// The words that a clause names, none of them twice and none within another.
fn named(clause: &str) -> Vec<(usize, &'static str)> {
    let lower = clause.to_ascii_lowercase();
    let mut named: Vec<(usize, &'static str)> = Vec::new();
    for (word, parts_of) in &WORDS {
        let harmless = |at: usize| parts_of.iter().any(|whole| lower[at..].starts_with(whole));
        let within = |at: usize| {
            named
                .iter()
                .any(|(start, other)| (*start..start + other.len()).contains(&at))
        };
        let found = lower
            .match_indices(word)
            .map(|(at, _)| at)
            .find(|at| !harmless(*at) && !within(*at) && stands_alone(&lower, *at, word));
        named.extend(found.map(|at| (at, *word)));
    }
    named
}

/// Whether a word of Latin letters or digits is no part of a longer one.
fn stands_alone(text: &str, at: usize, word: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, behind) = (
        text[..at].chars().next_back(),
        text[at + word.len()..].chars().next(),
    );
    let goes_back = latin(word.chars().next()) && (latin(before) || before == Some('.'));
    let goes_on = latin(word.chars().next_back()) && latin(behind);
    !goes_back && !goes_on
}

fn refuses(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    REFUSALS.iter().any(|refusal| lower.contains(refusal))
}

/// Whether a place stands in quotation marks.
fn is_quoted(text: &str, at: usize) -> bool {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’')];
    PAIRS.iter().any(|(open, close)| {
        let before = &text[..at];
        let opened = before.rfind(*open);
        opened.is_some() && opened > before.rfind(*close) && text[at..].contains(*close)
    }) || text[..at].matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&'static str> {
        offers(text).map(|(_, word)| word).collect()
    }

    #[test]
    fn an_offer_is_found_and_a_warning_is_not() {
        assert_eq!(words("秒注销，加微信。"), ["秒注销", "加微信"]);
        assert_eq!(words("代办包过"), ["代办包过"]);
        assert_eq!(words("费率 0.38% 起"), ["0.38%"]);
        assert_eq!(
            words("Guaranteed approval, call now"),
            ["guaranteed approval"]
        );
        for good in [
            "不要套现、养卡。",
            "套现是违法的。",
            "有人说可以“秒注销”，不要信。",
            "对方说 \"guaranteed approval\", do not pay.",
            "结算卡是招商银行的。",
            "费率 10.38%",
        ] {
            assert_eq!(words(good), [] as [&str; 0], "{good}");
        }
    }

    #[test]
    fn a_refusal_elsewhere_does_not_excuse_an_offer() {
        assert_eq!(words("不要等。秒注销！"), ["秒注销"]);
        assert_eq!(words("不要排队，秒注销"), ["秒注销"]);
    }
}
