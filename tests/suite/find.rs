//! The finder: labelled queries find their step, and bad input is answered in words.

use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use stepbook::find::{FindError, Finder, Found, LONGEST};
use stepbook::pipeline;

use crate::harness::{Site, TODAY, repository};

/// A finder over the repository's own content.
static FINDER: LazyLock<Finder> = LazyLock::new(|| finder(&Site::own()));

fn finder(site: &Site) -> Finder {
    let today = TODAY.parse().expect("is a day");
    Finder::of(&pipeline::load(&site.path(""), today).book, false)
}

/// `provider/procedure#step`, or `provider/procedure` for a guide.
fn name(found: &Found<'_>) -> String {
    let guide = format!("{}/{}", found.provider, found.procedure);
    found
        .step
        .map_or(guide.clone(), |step| format!("{guide}#{}", step.id))
}

fn names(finder: &Finder, words: &str) -> Vec<String> {
    let found = finder.find(words, 5).expect("the words are few");
    found.iter().map(name).collect()
}

/// Every line of a labelled set: the right step is first for 92 in a hundred, among the first three for 98.
#[track_caller]
fn holds(set: &str) {
    let text = fs::read_to_string(repository().join("tests/find").join(set)).expect("it is there");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("# "))
        .collect();
    assert!(lines.len() >= 120, "{} queries", lines.len());
    let (mut first, mut in_three, mut misses) = (0, 0, String::new());
    for line in &lines {
        let (query, labels) = line.split_once('\t').expect("a query, a tab, its steps");
        let found = names(&FINDER, query);
        let right = |name: &String| labels.split('|').any(|label| label == name);
        let place = found.iter().position(right);
        first += usize::from(place == Some(0));
        in_three += usize::from(place.is_some_and(|place| place < 3));
        if place != Some(0) {
            writeln!(
                misses,
                "{query}: {labels} is not first of {}",
                found.join(" ")
            )
            .expect("a string takes all");
        }
    }
    let told = format!(
        "{set}: {first} of {} first, {in_three} among three\n{misses}",
        lines.len()
    );
    assert!(first * 100 >= lines.len() * 92, "{told}");
    assert!(in_three * 100 >= lines.len() * 98, "{told}");
}

#[test]
fn what_agents_type_finds_its_step() {
    holds("agents.tsv");
}

#[test]
fn what_merchants_say_finds_its_step() {
    holds("merchants.tsv");
}

#[test]
fn chinese_pinyin_initials_and_both_find_their_step_first() {
    for (query, step) in [
        ("ls yzsf", "leshua/deregistration#verify-identity"),
        ("乐刷 验证", "leshua/deregistration#verify-identity"),
        ("leshua shenfen", "leshua/deregistration#verify-identity"),
        ("lkl 余额", "lakala/deregistration#clear-balance"),
        ("嘉联 机器丢了", "jlpay/deregistration#report-lost-terminal"),
        // Without blanks, with blanks that an input method puts, in wide letters.
        ("乐刷验证身份", "leshua/deregistration#verify-identity"),
        ("leshuatuiji", "leshua/deregistration#return-terminal"),
        (
            "le'shua yan zheng shen fen",
            "leshua/deregistration#verify-identity",
        ),
        (
            "ＬＥＳＨＵＡ　ｖｅｒｉｆｙ",
            "leshua/deregistration#verify-identity",
        ),
        // The step first, and what nothing fits.
        ("余额 lkl", "lakala/deregistration#clear-balance"),
        ("zzzz lkl 🙂 tixian", "lakala/deregistration#clear-balance"),
        // As an address has it.
        (
            "lakala/deregistration#clear-balance",
            "lakala/deregistration#clear-balance",
        ),
        // The provider alone, and what all steps are about.
        ("乐刷 注销", "leshua/deregistration"),
        ("lakala", "lakala/deregistration"),
    ] {
        assert_eq!(
            names(&FINDER, query).first().map(String::as_str),
            Some(step),
            "{query}"
        );
    }
}

#[test]
fn one_slip_is_forgiven_in_words_of_four_letters_and_more() {
    for query in ["lakla", "lakalaa", "lakela", "alkala", "拉卡啦", "lakala"] {
        assert_eq!(names(&FINDER, query)[0], "lakala/deregistration", "{query}");
    }
    assert_ne!(
        names(&FINDER, "lekele").first().map(String::as_str),
        Some("lakala/deregistration")
    );
}

#[test]
fn a_step_without_a_provider_is_found_with_several_providers_and_not_more_than_asked_for() {
    let found = FINDER.find("提现", 4).expect("the words are few");
    let steps: Vec<String> = found.iter().map(name).collect();
    assert_eq!(
        steps,
        ["99bill", "allinpay", "any", "chinaums"]
            .map(|it| format!("{it}/deregistration#clear-balance"))
    );
    assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    assert!(
        FINDER
            .find("提现", 0)
            .expect("the words are few")
            .is_empty()
    );
}

#[test]
fn bad_input_finds_nothing_or_is_refused() {
    for query in [
        "",
        " \t\n",
        "!?…，。",
        "🙂🏳️‍🌈",
        "\u{0}\u{1b}[31m",
        "\u{202e}\u{200f}",
        "שלום",
        "uvuv",
    ] {
        assert_eq!(FINDER.find(query, 5), Ok(Vec::new()), "{query:?}");
    }
    // Right-to-left marks and control characters are passed over.
    assert_eq!(
        names(&FINDER, "\u{202e}lkl\u{0} 余额")[0],
        "lakala/deregistration#clear-balance"
    );
    for query in ["余".repeat(LONGEST), "lakala ".repeat(14)] {
        assert!(FINDER.find(&query, 5).is_ok());
    }
    // The last one is a character that stands for eighteen.
    for query in [
        "x".repeat(LONGEST + 1),
        "余额".repeat(5000),
        "\u{fdfa}".repeat(20),
    ] {
        assert_eq!(FINDER.find(&query, 5), Err(FindError::TooLong));
    }
}

#[test]
fn drafts_are_not_found_and_of_retired_procedures_only_the_guide() {
    let site = Site::base();
    let guide = |status: &str| {
        let path = "content/providers/velo/bicycle-return.yaml";
        let site = Site::copy(&site.path(""));
        site.write(path, format!("{}status: {status}\n", site.read(path)));
        let found = finder(&site);
        let of_velo = |words| {
            names(&found, words)
                .into_iter()
                .filter(|it| it.starts_with("velo/"))
                .collect()
        };
        (of_velo("velo"), of_velo("velo lock"))
    };
    let (whole, step): (Vec<String>, Vec<String>) = guide("published");
    assert_eq!(whole[0], "velo/bicycle-return");
    assert!(step[0].starts_with("velo/bicycle-return#lock"), "{step:?}");
    assert_eq!(guide("suspended"), (whole, step));
    assert_eq!(guide("draft"), (Vec::new(), Vec::new()));
    let only = vec!["velo/bicycle-return".to_owned()];
    assert_eq!(guide("retired"), (only.clone(), only));
}

#[test]
fn old_ids_and_old_addresses_find_what_they_became() {
    let site = Site::base();
    let path = "content/providers/velo/bicycle-return.yaml";
    let steps = finder(&site).find("velo lock", 1).expect("few words")[0]
        .step
        .expect("a step")
        .id
        .to_owned();
    site.write(
        path,
        format!(
            "{}retired:\n  - {{step: chain-wheel, use: {steps}, date: 2026-01-01, because: it has a better name}}\nformerly: [quickbike/return/]\n",
            site.read(path)
        ),
    );
    let found = finder(&site);
    assert_eq!(
        names(&found, "velo chain-wheel")[0],
        format!("velo/bicycle-return#{steps}")
    );
    assert_eq!(names(&found, "quickbike")[0], "velo/bicycle-return");
}
