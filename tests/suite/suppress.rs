//! What is left out of reports: `allow` with its reach, and the baseline.

use std::fs;

use crate::command_line::prints;
use crate::harness::Site;

const SHARED: &str = "content/procedures/bicycle-return.yaml";
const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";
const BASELINE: &str = "baseline.yaml";

/// An action that is too long for the sheet: a warning, SB507.
const LONG: &str =
    "Look at the bicycle from all sides and take the bags and the cups out of the basket";

/// The base with a long action in the shared procedure and one in a provider's.
fn long_actions() -> Site {
    let site = Site::base();
    site.edit(
        SHARED,
        "action: Rate the ride\n",
        &format!("action: {LONG}\n"),
    );
    site.edit(
        PEDAL,
        "action: Take a photo of the lock\n",
        &format!("action: {LONG}\n"),
    );
    site
}

fn allow(site: &Site, path: &str, rule: &str) {
    let allow = format!("allow: [{{rule: {rule}, because: The bags are forgotten otherwise}}]\n");
    site.write(path, site.read(path) + &allow);
}

/// The paths in which something is reported, notes included.
fn reported(site: &Site) -> Vec<String> {
    site.check()
        .diagnostics
        .into_iter()
        .map(|it| it.path)
        .collect()
}

#[test]
fn allow_reaches_what_its_file_is_about() {
    for (path, left) in [
        ("content/site.yaml", &[][..]),
        (SHARED, &[PEDAL]),
        (PEDAL, &[SHARED]),
        ("content/providers/pedal/provider.yaml", &[SHARED]),
    ] {
        let site = long_actions();
        assert_eq!(reported(&site), [SHARED, PEDAL]);
        allow(&site, path, "long-action");
        assert_eq!(reported(&site), left, "{path}");
    }
    let site = long_actions();
    allow(&site, "content/providers/velo/bicycle-return.yaml", "SB507");
    let of_another = [SHARED, PEDAL, "content/providers/velo/bicycle-return.yaml"];
    assert_eq!(
        reported(&site),
        of_another,
        "an `allow` of another is of no use"
    );
}

/// A fault that stands in the shared procedure is about those that inherit it.
#[test]
fn a_provider_allows_what_is_about_it_wherever_it_stands() {
    let note = |site: &Site| {
        let report = site.check();
        let message = |it: crate::harness::Diagnostic| it.message;
        report
            .diagnostics
            .into_iter()
            .map(message)
            .collect::<Vec<_>>()
    };
    let site = Site::base();
    let text = site.read(SHARED);
    let (before, after) = text
        .split_once("      - id: rate-ride")
        .expect("it is there");
    let (_, after) = after
        .split_once("      - id: dispute-fee")
        .expect("it is there");
    site.write(SHARED, format!("{before}      - id: dispute-fee{after}"));
    let both = note(&site);
    assert!(
        both[0].ends_with("(in `pedal/bicycle-return` and `velo/bicycle-return`)"),
        "{both:?}"
    );
    allow(&site, PEDAL, "missing-recommendation");
    let one = note(&site);
    assert_eq!(one.len(), 1);
    assert!(one[0].ends_with("(in `velo/bicycle-return`)"), "{one:?}");
    allow(
        &site,
        "content/providers/velo/provider.yaml",
        "missing-recommendation",
    );
    assert_eq!(note(&site), [""; 0]);
}

#[test]
fn what_is_allowed_is_counted_and_readers_see_no_change() {
    let site = long_actions();
    assert_eq!(site.run(&["release"]).code, Some(0));
    allow(&site, "content/site.yaml", "SB507");
    allow(&site, SHARED, "SB507");
    prints(&site, &["check", "--notes"], 0, "check-allowed.txt");
    let diff = site.run(&["diff"]);
    assert_eq!(diff.stdout, "nothing changed for readers\n");
}

#[test]
fn an_allow_is_not_called_unused_while_the_content_has_errors() {
    let site = long_actions();
    allow(&site, PEDAL, "long-action");
    site.edit(PEDAL, "action: Look", "actoin: Look");
    let codes: Vec<String> = site
        .check()
        .diagnostics
        .into_iter()
        .map(|it| it.code)
        .collect();
    assert!(codes.contains(&"SB003".to_owned()), "{codes:?}");
    assert!(!codes.contains(&"SB705".to_owned()), "{codes:?}");
}

#[test]
fn an_error_is_reported_whatever_is_allowed_or_known() {
    let site = Site::base();
    site.edit(PEDAL, "extends: bicycle-return", "extends: bicycle-retrun");
    allow(&site, "content/site.yaml", "unknown-procedure");
    site.write(
        BASELINE,
        format!("- {{rule: SB209, file: {PEDAL}, field: extends}}\n"),
    );
    let report = site.check();
    let codes: Vec<&str> = report.errors().iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["SB209", "SB702"]);
    assert_eq!(site.run(&["build"]).code, Some(1));
}

#[test]
fn a_baseline_is_written_held_and_pruned() {
    let site = long_actions();
    prints(
        &site,
        &["check", "--write-baseline"],
        0,
        "baseline-written.txt",
    );
    prints(
        &site,
        &["check", "--deny", "warnings"],
        0,
        "baseline-held.txt",
    );
    let written = site.read(BASELINE);
    assert_eq!(written.matches("- rule:").count(), 2, "{written}");
    assert!(
        written.contains("field: \"phases[settle].steps[rate-ride].action\""),
        "{written}"
    );

    // Other lines and positions are the same faults.
    site.edit(SHARED, "      - id: rate-ride\n", "      - id: look-back\n        action: Look back\n        expect: Nothing is left\n        covers: []\n      - id: rate-ride\n");
    assert_eq!(reported(&site), [""; 0]);
    assert_eq!(site.read(BASELINE), written);

    // One is mended, and one of its kind is new.
    site.edit(PEDAL, LONG, "Take a photo of the lock");
    site.edit(SHARED, "action: Look back\n", &format!("action: {LONG}\n"));
    prints(&site, &["check"], 0, "baseline-pruned.txt");
    assert_eq!(site.read(BASELINE).matches("- rule:").count(), 1);
    site.write(SHARED, site.read(SHARED).replace(LONG, "Look back"));
    let last = site.run(&["check"]);
    assert!(
        last.stderr.contains("`baseline.yaml` is deleted"),
        "{}",
        last.stderr
    );
    assert!(!site.path(BASELINE).exists());
}

#[test]
fn a_baseline_counts_and_never_hides_one_more() {
    let site = Site::base();
    let stray = "content/guidance/lock-bicycle.md";
    let before = site.read(stray);
    let html = |times: usize| {
        site.write(
            stray,
            before.clone() + &"\nSee <b>here</b>.\n".repeat(times),
        );
    };
    html(2);
    let faults = reported(&site).len();
    assert!(faults > 1);
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    assert!(site.read(BASELINE).contains(&format!("count: {faults}\n")));
    assert_eq!(reported(&site), [""; 0]);
    html(3);
    assert!(
        reported(&site).len() > faults,
        "nobody can tell which is new"
    );
    html(1);
    assert_eq!(reported(&site), [""; 0]);
    assert!(!site.read(BASELINE).contains(&format!("count: {faults}\n")));
}

#[test]
fn only_a_whole_run_without_errors_prunes() {
    let site = long_actions();
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    let written = site.read(BASELINE);
    let mended = site.read(PEDAL).replace(LONG, "Take a photo");
    site.write(PEDAL, mended.clone() + "titel: x\n");
    assert_eq!(site.run(&["check"]).code, Some(1));
    site.write(PEDAL, mended);
    assert_eq!(site.run(&["check", "content/providers"]).code, Some(0));
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert_eq!(site.read(BASELINE), written);
    assert_eq!(site.run(&["check"]).code, Some(0));
    assert_ne!(site.read(BASELINE), written);
}

#[test]
fn build_and_check_leave_out_the_same() {
    let site = long_actions();
    assert!(site.run(&["build"]).stderr.contains("2 warnings"));
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    let built = site.run(&["build"]).stderr;
    assert!(
        built.contains("0 warnings, 0 notes; not shown: 2 known to `baseline.yaml`"),
        "{built}"
    );
}

#[test]
fn an_entry_holds_until_its_last_day() {
    let site = long_actions();
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    let text = site.read(BASELINE);
    let first = text.find("- rule").expect("there is one");
    let entry = text[first..].find("\n- rule").expect("there are two") + first;
    let dated = format!("{}\n  until: 2026-11-23{}", &text[..entry], &text[entry..]);
    site.write(BASELINE, &dated);
    assert_eq!(reported(&site), [""; 0]);
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    assert_eq!(site.read(BASELINE), dated, "a last day is kept");
    let late = site.run_on("2026-11-24", &["check"]);
    assert!(late.stdout.contains("warning[SB507]"), "{}", late.stdout);
    assert!(
        !site.read(BASELINE).contains("until: 2026"),
        "it holds no more"
    );
}

#[test]
fn notes_are_written_down_when_they_are_asked_for() {
    let site = Site::base();
    site.edit(
        "content/providers/pedal/provider.yaml",
        ", evidence: rental-rules}]",
        "}]",
    );
    let notes = reported(&site).len();
    assert!(notes > 0);
    let none = site.run(&["check", "--write-baseline"]);
    assert!(
        none.stderr.contains("nothing to leave out"),
        "{}",
        none.stderr
    );
    assert!(!site.path(BASELINE).exists());
    assert_eq!(
        site.run(&["check", "--write-baseline", "--notes"]).code,
        Some(0)
    );
    assert_eq!(reported(&site), [""; 0]);
    // Whoever writes it again without them takes none of them out.
    assert_eq!(site.run(&["check", "--write-baseline"]).code, Some(0));
    assert_eq!(reported(&site), [""; 0]);
}

#[test]
fn a_baseline_with_errors_is_not_written_and_a_broken_one_is_said_in_words() {
    let site = long_actions();
    site.write(PEDAL, site.read(PEDAL) + "titel: x\n");
    prints(
        &site,
        &["check", "--write-baseline"],
        1,
        "baseline-refused.txt",
    );
    assert!(!site.path(BASELINE).exists());
    let site = long_actions();
    site.write(BASELINE, "- rule: SB507\n  fiel: content/procedures\n");
    prints(&site, &["check"], 1, "baseline-broken.txt");
    assert_eq!(site.run(&["build"]).code, Some(1));
    for text in ["", "[", "<<<<<<< HEAD\n[]\n=======\n[]\n>>>>>>> b\n"] {
        site.write(BASELINE, text);
        let run = site.run(&["check"]);
        assert_eq!(run.code, Some(1), "{text:?}: {}", run.stdout);
        assert!(
            run.stdout.contains("--> baseline.yaml"),
            "{text:?}: {}",
            run.stdout
        );
    }
    site.write(BASELINE, "[]\n");
    assert_eq!(site.run(&["check"]).code, Some(0));
}

#[test]
fn a_folder_in_the_place_of_the_baseline_is_said_in_words() {
    let site = long_actions();
    fs::create_dir(site.path(BASELINE)).expect("folders can be made");
    let run = site.run(&["check", "--write-baseline"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.contains("error[SB001]"), "{}", run.stdout);
}
