//! Releases: what they write, what they refuse, and that nothing promised is lost whatever is done to them.

use std::fs;

use stepbook::pipeline;

use crate::harness::{Site, files_in, repository};

const SHARED: &str = "content/procedures/bicycle-return.yaml";
const FIRST: &str = "content/releases/2026-11-23.yaml";
const SECOND: &str = "content/releases/2026-11-23-2.yaml";

/// The base with its first release.
fn released() -> Site {
    let site = Site::base();
    let run = site.run(&["release"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site
}

fn releases(site: &Site) -> Vec<(String, Vec<u8>)> {
    files_in(&site.path("content/releases"))
}

#[test]
fn a_release_says_what_changed_and_twice_changes_nothing() {
    let site = Site::base();
    let first = site.run(&["release"]);
    assert_eq!(
        first.stdout,
        format!(
            "new       procedure (all 2 procedures)\nreleased: commit `{FIRST}` with the content\n"
        )
    );
    let before = releases(&site);
    let again = site.run(&["release"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(
        again.stdout,
        "nothing to release: readers see what the release of 2026-11-23 says\n"
    );
    assert_eq!(releases(&site), before);

    // Neither does what readers do not see.
    site.edit(
        SHARED,
        "standard: bicycle-return",
        "# A comment\nstandard: bicycle-return",
    );
    site.edit(
        "content/providers/velo/bicycle-return.yaml",
        "date: 2026-11-01",
        "date: 2026-11-20",
    );
    assert_eq!(site.run(&["release"]).stdout, again.stdout);
    assert_eq!(releases(&site), before);
}

#[test]
fn only_what_changed_is_released_and_what_is_alike_once() {
    let site = released();
    let first = site.read(FIRST);
    for step in ["hand-in-key", "show-card"] {
        assert_eq!(
            first.matches(&format!("step: {step},")).count(),
            1,
            "{first}"
        );
    }
    site.edit(
        SHARED,
        "action: Show the company card",
        "action: Show the card of the company",
    );
    site.edit(
        "content/providers/pedal/bicycle-return.yaml",
        "action: Take a photo of the lock",
        "action: Take a picture of the lock",
    );
    let expected = "\
reworded  show-card Show the card of the company (all 2 procedures)
reworded  take-photo Take a picture of the lock (pedal/bicycle-return)
";
    assert_eq!(site.run(&["diff"]).stdout, expected);
    assert!(site.run(&["release"]).stdout.starts_with(expected));
    assert_eq!(site.read(FIRST), first, "a release is never written again");
    let second = site.read(SECOND);
    assert!(
        second.contains("# reworded  show-card Show the card"),
        "{second}"
    );
    assert!(second.contains("\nafter:\n  - 2026-11-23 "), "{second}");
    assert_eq!(second.matches("step: ").count(), 2, "{second}");
    assert!(!second.contains("orders:"), "{second}");
    assert_eq!(site.run(&["diff"]).stdout, "nothing changed for readers\n");
    assert_eq!(site.run(&["diff", "2026-11-23"]).stdout, expected);
}

#[test]
fn a_difference_to_a_folder_says_each_field() {
    let (old, new) = (Site::base(), Site::base());
    new.edit(
        SHARED,
        "action: Rate the ride",
        "action: Give stars to the ride",
    );
    new.edit(SHARED, "summary: Ends a rental", "summary: Ends any rental");
    new.write(
        "content/providers/velo/guidance/lock-bicycle.md",
        "Push the bolt.\n",
    );
    let folder = old.path("");
    let run = new.run(&["diff", folder.to_str().expect("is UTF-8")]);
    assert_eq!(
        run.stdout,
        "\
reworded  lock-bicycle Lock the bicycle (velo/bicycle-return)
          guidance
reworded  rate-ride Give stars to the ride (all 2 procedures)
          action: Rate the ride -> Give stars to the ride
changed   beside the steps (all 2 procedures)
          summary: Ends a rental, at a station or in the shop -> Ends any rental, at a station or in the shop
"
    );
    let same = new.run(&["diff", "."]);
    assert_eq!(same.stdout, "nothing changed for readers\n");
    let unknown = new.run(&["diff", "2026-01-01"]);
    assert_eq!(unknown.code, Some(1));
    assert!(
        unknown.stderr.contains("neither a release nor a folder"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn content_with_errors_and_days_gone_by_are_not_released() {
    let site = released();
    let before = releases(&site);
    site.edit(SHARED, "action: Rate the ride", "acton: Rate the ride");
    let refused = site.run(&["release"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("error[SB003]"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("not released: "),
        "{}",
        refused.stderr
    );
    site.edit(SHARED, "acton: Rate the ride", "action: Rate your ride");
    let early = site.run_on("2026-11-22", &["release"]);
    assert_eq!(early.code, Some(1));
    assert!(
        early
            .stderr
            .contains("the last release is of 2026-11-23, and today is 2026-11-22"),
        "{}",
        early.stderr
    );
    assert_eq!(releases(&site), before);
}

#[test]
fn a_release_that_was_touched_is_told_and_nothing_is_released_over_it() {
    let good = released().read(FIRST);
    let mut spoiled: Vec<String> = (0..good.len())
        .step_by(97)
        .filter(|at| good.is_char_boundary(*at))
        .map(|at| good[..at].to_owned())
        .collect();
    spoiled.push(good.replace("step: rate-ride", "step: rate-rides"));
    spoiled.push(good.replace("seal: \"", "seal: \"0"));
    spoiled.push(format!("{good}\n# One more line\n"));
    spoiled.push(format!(
        "<<<<<<< HEAD\n{good}=======\n{good}>>>>>>> other\n"
    ));
    spoiled.push("seal".to_owned());
    for text in spoiled {
        let site = Site::base();
        site.write(FIRST, &text);
        let before = releases(&site);
        let report = site.check();
        let codes: Vec<&str> = report.errors().iter().map(|it| it.code.as_str()).collect();
        assert!(
            codes == ["SB407"] || codes == ["SB014"],
            "{codes:?} for {text}"
        );
        assert_eq!(site.run(&["release"]).code, Some(1), "{text}");
        assert_eq!(site.run(&["build"]).code, Some(1), "{text}");
        assert_eq!(releases(&site), before, "nothing is lost");
    }
    // Line ends are the version control's to choose.
    let site = Site::base();
    site.write(FIRST, good.replace('\n', "\r\n"));
    assert_eq!(
        site.check().errors(),
        Vec::<&crate::harness::Diagnostic>::new()
    );
    assert_eq!(site.run(&["diff"]).stdout, "nothing changed for readers\n");
}

#[test]
fn a_folder_in_the_place_of_a_release_is_an_error_of_the_run() {
    let site = Site::base();
    fs::create_dir_all(site.path(FIRST)).expect("a folder can be made");
    let run = site.run(&["release"]);
    assert_eq!(run.code, Some(2), "{}{}", run.stdout, run.stderr);
    assert!(
        run.stderr
            .contains(&format!("cannot write the release `{FIRST}`")),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_dir(site.path("content/releases"))
            .expect("it is there")
            .count(),
        1,
        "nothing is left behind"
    );
}

#[test]
fn a_renamed_provider_keeps_the_promises_of_its_old_name() {
    let site = released();
    let folder = |name: &str| site.path(&format!("content/providers/{name}"));
    fs::rename(folder("velo"), folder("velo-north")).expect("it can be renamed");
    let report = site.check();
    let gone = report.only("SB402");
    assert!(
        gone.message
            .contains("`/velo/bicycle-return/` is gone, which edition `"),
        "{}",
        gone.message
    );
    assert_eq!(gone.path, FIRST);
    let own = "content/providers/velo-north/bicycle-return.yaml";
    site.write(own, site.read(own) + "formerly: [velo/bicycle-return/]\n");
    assert_eq!(
        site.check().errors(),
        Vec::<&crate::harness::Diagnostic>::new()
    );

    // Its steps are still promised, under the new name.
    site.write(
        own,
        site.read(own) + "drop: [{step: rate-ride, because: No stars here}]\n",
    );
    let report = site.check();
    let gone = report.only("SB401");
    assert!(gone.message.contains("`rate-ride`"), "{}", gone.message);
    assert_eq!(gone.path, own, "the drop is what took it away");
}

#[test]
fn a_draft_is_not_released_and_what_was_released_is_no_draft() {
    let site = released();
    let own = "content/providers/velo/bicycle-return.yaml";
    let text = site.read(own);
    for (status, errors) in [("draft", 1), ("suspended", 0), ("retired", 0)] {
        site.write(own, format!("{text}status: {status}\n"));
        assert_eq!(site.check().errors().len(), errors, "{status}");
    }
    site.write(own, format!("{text}status: draft\n"));
    assert!(
        site.check()
            .only("SB402")
            .help
            .as_deref()
            .is_some_and(|help| help.contains("instead of `draft`"))
    );
}

/// What the releases come to, fold by fold, is what readers see: step by step, not only as a whole.
#[track_caller]
fn assert_folded(site: &Site) {
    let today = "2026-12-31".parse().expect("is a date");
    let loaded = pipeline::load(&site.path(""), today);
    for (provider, procedure) in loaded.book.procedures() {
        let name = provider.name_of(procedure);
        let now = loaded.book.edition_of(provider, procedure);
        let settled = loaded.book.settled(&name, None).expect("it is released");
        assert_eq!(settled.whole, now.whole, "{name}");
        assert_eq!(settled.steps, now.state(procedure), "{name}");
    }
}

#[test]
fn branches_that_each_released_something_are_merged_without_a_lost_change() {
    let reword = |site: &Site, from: &str, to: &str| {
        site.edit(
            SHARED,
            &format!("action: {from}\n"),
            &format!("action: {to}\n"),
        );
    };
    let edition = |site: &Site| {
        let loaded = pipeline::load(&site.path(""), "2026-12-31".parse().expect("is a date"));
        let (provider, procedure) = loaded.book.procedures().last().expect("there is one");
        loaded
            .book
            .edition_of(provider, procedure)
            .whole
            .to_string()
    };
    let (ours, theirs) = (released(), released());
    reword(&ours, "Rate the ride", "Give stars");
    assert_eq!(ours.run_on("2026-11-24", &["release"]).code, Some(0));
    reword(&ours, "Give stars", "Give many stars");
    assert_eq!(ours.run_on("2026-11-24", &["release"]).code, Some(0));
    reword(&theirs, "Show the company card", "Show the card");
    assert_eq!(theirs.run_on("2026-11-24", &["release"]).code, Some(0));
    let held = edition(&theirs);

    // Both sides are kept: theirs under the first free name.
    let their_release = theirs.read("content/releases/2026-11-24.yaml");
    ours.write("content/releases/2026-11-24-3.yaml", their_release);
    reword(&ours, "Show the company card", "Show the card");
    let check = ours.check();
    assert_eq!(check.errors(), Vec::<&crate::harness::Diagnostic>::new());
    assert!(
        check.diagnostics.iter().any(|it| it.code == "SB405"
            && it
                .message
                .contains("releases that were merged say different things")),
        "{:#?}",
        check.diagnostics
    );
    let run = ours.run_on("2026-11-25", &["release"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let merged = ours.read("content/releases/2026-11-25.yaml");
    for follows in ["- 2026-11-24-2 ", "- 2026-11-24-3 "] {
        assert!(merged.contains(follows), "{merged}");
    }
    assert_folded(&ours);
    assert_eq!(
        ours.run_on("2026-11-25", &["diff"]).stdout,
        "nothing changed for readers\n"
    );

    // Whoever holds a sheet of theirs hears what ours changed, and nothing else.
    assert_eq!(ours.run_on("2026-11-25", &["build"]).code, Some(0));
    let guide = ours.read("public/velo/bicycle-return/index.html");
    let of_sheet = format!("{held} 2026-11-24 rate-ride:");
    assert!(guide.contains(&of_sheet), "{of_sheet}");
    let line = guide
        .split(&held)
        .nth(1)
        .and_then(|rest| rest.split(['|', '"']).next());
    assert!(
        line.is_some_and(|line| !line.contains("show-card")),
        "{line:?}"
    );
}

#[test]
fn a_procedure_with_a_banner_knows_the_sheet_in_hand_and_old_names_are_no_loss() {
    let site = released();
    let own = "content/providers/velo/bicycle-return.yaml";
    site.write(own, site.read(own) + "outcome: not-possible\n");
    assert_eq!(site.run(&["build"]).code, Some(0));
    let guide = site.read("public/velo/bicycle-return/index.html");
    assert!(guide.contains("data-editions=\"") && guide.contains("data-current=\""));

    let site = released();
    fs::rename(
        site.path("content/providers/velo"),
        site.path("content/providers/velo-north"),
    )
    .expect("it can be renamed");
    let own = "content/providers/velo-north/bicycle-return.yaml";
    site.write(own, site.read(own) + "formerly: [velo/bicycle-return/]\n");
    let moved = "moved     procedure, which had another name (velo-north/bicycle-return)\n";
    assert_eq!(site.run(&["diff"]).stdout, moved);
    assert!(site.run(&["release"]).stdout.starts_with(moved));
    assert_eq!(site.run(&["diff"]).stdout, "nothing changed for readers\n");
}

/// Random edits, released one after the other: the fold of all releases is always what readers see.
#[test]
fn the_history_of_many_releases_is_what_readers_saw() {
    let mut seed = 0x2026_u32;
    let mut random = move |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    let site = Site::base();
    for provider in ["rail", "ferry", "tram"] {
        let folder = site.path(&format!("content/providers/{provider}"));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let from = repository().join("tests/base/content/providers/velo");
        for file in ["provider.yaml", "bicycle-return.yaml"] {
            fs::copy(from.join(file), folder.join(file)).expect("it can be copied");
        }
    }
    let providers = ["ferry", "rail", "tram", "velo"];
    let mut wordings = [
        "Rate the ride".to_owned(),
        "Show the company card".to_owned(),
    ];
    let mut own_steps = [0_u32; 4];
    let mut states: Vec<String> = Vec::new();
    for round in 0..24 {
        let day = format!("2026-12-{:02}", 1 + round / 2);
        match random(3) {
            0 => {
                let at = random(2) as usize;
                let new = format!("Wording {round}");
                site.edit(
                    SHARED,
                    &format!("action: {}\n", wordings[at]),
                    &format!("action: {new}\n"),
                );
                wordings[at] = new;
            }
            kind => {
                let at = random(4) as usize;
                own_steps[at] += 1;
                let own = format!("content/providers/{}/bicycle-return.yaml", providers[at]);
                let place = ["hand-in-key", "rate-ride", "lock-bicycle"][random(3) as usize];
                let action = if kind == 1 { "Wave" } else { "Ring the bell" };
                let mut text = "extends: bicycle-return\nreviewed: {date: 2026-11-01, method: did-it}\nsteps:\n".to_owned();
                let steps = (1..=own_steps[at]).map(|step| {
                    let place = format!("place: {{after: {place}}}");
                    format!(
                        "  - {{id: own-{step}, {place}, action: {action}, expect: A bell rings}}\n"
                    )
                });
                text.extend(steps);
                site.write(&own, text);
            }
        }
        let told = site.run_on(&day, &["diff"]).stdout;
        let run = site.run_on(&day, &["release"]);
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        assert!(run.stdout.starts_with(&told) || told == "nothing changed for readers\n");
        assert_eq!(
            site.run_on(&day, &["diff"]).stdout,
            "nothing changed for readers\n"
        );
        let check = site.run_on(&day, &["check", "--notes"]);
        assert!(
            !check.stdout.contains("SB405"),
            "round {round}: {}",
            check.stdout
        );
        assert_eq!(check.code, Some(0), "{}", check.stdout);
        states.push(told);
        assert_folded(&site);
    }
    assert!(
        states.iter().any(|told| told.contains("moved ")),
        "{states:?}"
    );
    assert!(
        states.iter().any(|told| told.contains("added ")),
        "{states:?}"
    );
    assert!(releases(&site).len() > 15);
}
