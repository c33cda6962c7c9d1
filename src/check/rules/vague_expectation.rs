#![doc = include_str!("vague_expectation.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB506", "vague-expectation", Error, "vague_expectation.md");

/// Words that only say that something was done. A text of nothing else says nothing; the longer ones come first.
const DONE: [&str; 26] = [
    "已经", "步骤", "操作", "动作", "检查", "确认", "核对", "核实", "完成", "完毕", "处理", "搞定",
    "成功", "结束", "已", "都", "全部", "全", "此", "本", "步", "办", "做", "完", "好", "了",
];

/// The same in English, with the words around them.
const DONE_WORDS: [&str; 20] = [
    "done",
    "ok",
    "okay",
    "set",
    "checked",
    "confirmed",
    "completed",
    "complete",
    "finished",
    "ready",
    "yes",
    "it",
    "is",
    "was",
    "has",
    "been",
    "all",
    "everything",
    "step",
    "successfully",
];

/// Reports every `expect` that comes down to "done".
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context
        .texts
        .iter()
        .filter(|text| text.is_of_step("expect"))
    {
        if !says_only_done(text.text) {
            continue;
        }
        let message = format!("{} only says `{}`", text.what(), text.text);
        diagnostics.push(
            Diagnostic::new(RULE, text.at, message)
                .help("say what is seen: a word on the screen, a number, a thing in the hand")
                .because(Some(
                    "what can be answered without looking is answered without looking",
                )),
        );
    }
}

/// Whether a text is made of words that only say that something was done.
fn says_only_done(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut words = words.peekable();
    words.peek().is_some() && words.all(|word| DONE_WORDS.contains(&word) || is_made_of_done(word))
}

/// Whether a run of Chinese splits into words of the list.
fn is_made_of_done(mut word: &str) -> bool {
    while !word.is_empty() {
        let rest = DONE.iter().find_map(|part| word.strip_prefix(part));
        match rest {
            Some(rest) => word = rest,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn done_in_many_words_is_still_only_done() {
        for vague in [
            "完成",
            "已完成。",
            "全部办完了",
            "已检查、已确认",
            "好了",
            "OK",
            "It is done.",
            "All checked!",
            "已 OK",
        ] {
            assert!(says_only_done(vague), "{vague}");
        }
        for good in [
            "页面显示“已完成”的回执",
            "核验通过",
            "金额 0.00 元",
            "The light is green",
            "手里有收条",
            "",
        ] {
            assert!(!says_only_done(good), "{good}");
        }
    }
}
