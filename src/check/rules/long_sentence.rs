#![doc = include_str!("long_sentence.md")]

use crate::check::Context;
use crate::check::words::{Length, sentences};
use crate::diagnostic::{At, Diagnostic, rule};

rule!("SB512", "long-sentence", Warning, "long_sentence.md");

/// Characters of Chinese, and words of other languages, that a sentence may have.
const MOST: (usize, usize) = (40, 25);

/// Reports every long sentence of procedures and guidance.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context.texts.iter().filter(|text| text.in_procedure) {
        diagnostics.extend(long(text.text).map(|(_, it)| diagnostic(text.at, &it)));
    }
    for prose in &context.guidance {
        for block in &prose.blocks {
            let long = long(&block.text);
            diagnostics.extend(long.map(|(offset, it)| diagnostic(block.at(offset), &it)));
        }
    }
}

fn diagnostic(at: At, Long { begin, length }: &Long) -> Diagnostic {
    Diagnostic::new(
        RULE,
        at,
        format!("the sentence `{begin}…` has {length} are read with ease"),
    )
    .help("make two sentences of it, or a list")
    .because(Some("what does not fit into the head at once is skipped"))
}

/// A long sentence: how it begins, and its length in words.
struct Long {
    begin: String,
    length: String,
}

/// The long sentences of a text, each with its offset.
fn long(text: &str) -> impl Iterator<Item = (usize, Long)> + '_ {
    sentences(text).filter_map(|(offset, sentence)| {
        let length = Length::of(&without_references(sentence)).above(MOST.0, MOST.1)?;
        let begin = sentence.chars().take(12).collect();
        Some((offset, Long { begin, length }))
    })
}

/// A sentence without the brackets that name an article of a law: they are looked up and not read.
fn without_references(sentence: &str) -> String {
    let mut rest = sentence;
    let mut kept = String::with_capacity(sentence.len());
    while let Some(open) = rest.find(['（', '(']) {
        let Some(close) = rest[open..].find(['）', ')']) else {
            break;
        };
        let behind = &rest[open + close..];
        let behind = &behind[behind.chars().next().map_or(0, char::len_utf8)..];
        kept.push_str(&rest[..open]);
        if !is_reference(&rest[open..open + close]) {
            kept.push_str(&rest[open..rest.len() - behind.len()]);
        }
        rest = behind;
    }
    kept + rest
}

/// Whether what stands in brackets names an article: 第三十四条, "article 34", "section 5", "§ 5".
fn is_reference(text: &str) -> bool {
    let chinese = text.find('第').is_some_and(|at| {
        let number = text[at + '第'.len_utf8()..].trim_start_matches(|c: char| {
            c.is_numeric() || "一二三四五六七八九十百千零〇 ".contains(c)
        });
        number.starts_with(['条', '款', '章', '项'])
    });
    let lower = text.to_lowercase();
    let words = ["article ", "art. ", "section ", "§"];
    chinese
        || words.iter().any(|word| {
            lower.split_once(word).is_some_and(|(_, behind)| {
                behind
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit())
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_laws_do_not_count() {
        for (text, kept) in [
            ("依法保存（反洗钱法第三十四条）。", "依法保存。"),
            ("要核实（某条例第 21 条第二款），再办", "要核实，再办"),
            ("Keep it (Privacy Act, section 5).", "Keep it ."),
            ("带证件（原件）。", "带证件（原件）。"),
            ("第一（甲）第二（乙第一条）尾（丙", "第一（甲）第二尾（丙"),
        ] {
            assert_eq!(without_references(text), kept);
        }
    }

    #[test]
    fn each_sentence_is_measured_by_itself() {
        let text = format!("{}。{}。", "一".repeat(40), "二".repeat(41));
        let found: Vec<usize> = long(&text).map(|(offset, _)| offset).collect();
        assert_eq!(found, [123]);
        assert_eq!(long(&"a ".repeat(25)).count(), 0);
        assert_eq!(long(&"a ".repeat(26)).count(), 1);
    }
}
