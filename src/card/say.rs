//! Conditions, times and states -> the theme's words, the same on pages and cards.

use super::Guide;
use crate::model::{Answers, Body, Book, TimeSpan};
use crate::words::Words;

/// Answers in the reader's words; absent where they leave nothing out in a procedure.
pub(crate) fn answers(
    book: &Book,
    words: &Words,
    body: &Body,
    answers: &Answers,
) -> Option<String> {
    let keys = answers.named().filter_map(|(number, options)| {
        let domain = body.domain.options(number).unwrap_or(u64::MAX);
        if domain & !options == 0 {
            return None;
        }
        let choice = book.choices.get(number);
        let labels = choice.picked(options & domain);
        let labels: Vec<&str> = labels.map(|option| &*option.label.value).collect();
        let (last, others) = labels.split_last()?;
        let others = others.join(words.get("list"));
        Some(if others.is_empty() {
            (*last).to_owned()
        } else {
            format!("{others}{}{last}", words.get("or"))
        })
    });
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then(|| keys.join(words.get("and")))
}

/// A time in words: `1–3 working days`.
pub(crate) fn time(words: &Words, span: &TimeSpan) -> Option<String> {
    let (unit, low, high) = span.amount()?;
    let key = if span.counts_working_days() {
        "time_working_days".to_owned()
    } else {
        format!("time_{unit}")
    };
    let amount = if low == high {
        low.to_string()
    } else {
        format!("{low}–{high}")
    };
    Some(words.fill(&key, &[("amount", &amount)]))
}

/// The title of a procedure with its provider's name.
pub(crate) fn heading(words: &Words, provider: &str, title: &str) -> String {
    format!("{provider}{}{title}", words.get("heading_joint"))
}

/// Why a guide must not be followed; absent where all is well.
pub(crate) fn warning(words: &Words, guide: &Guide<'_>) -> Option<String> {
    let banner = guide.banner()?;
    let mut text = words.get(&format!("banner_{banner}")).to_owned();
    if banner == "retired" {
        text.push_str(&words.fill("retired_ends", &[("ends", guide.ends)]));
    }
    Some(text)
}
