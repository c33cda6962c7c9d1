//! What the differences page says of each provider, and that it says it in a page that a person reads.

use std::collections::BTreeMap;

use crate::harness::Site;

const SHARED: &str = "content/procedures/bicycle-return.yaml";
const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";
const VELO: &str = "content/providers/velo/bicycle-return.yaml";
const PAGE: &str = "public/differences/bicycle-return/index.html";

/// Builds, and gives back the first part of the page.
#[track_caller]
fn page(site: &Site) -> String {
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site.read(PAGE)
}

/// The base, where `velo` says more of its own; `pedal` says what it says there.
fn with_velo(lines: &str) -> Site {
    let site = Site::base();
    site.write(VELO, site.read(VELO) + lines);
    site
}

/// A text without its tags: those of blocks become spaces.
fn plain(html: &str) -> String {
    let pieces = html.split('<').map(|piece| match piece.split_once('>') {
        Some((tag, text)) if ["/p", "/dt"].contains(&tag) => format!(" {text}"),
        Some((_, text)) => text.to_owned(),
        None => piece.to_owned(),
    });
    pieces.collect::<String>().trim().to_owned()
}

/// What stands under a heading at an anchor: who says it -> what, the shared words first.
#[track_caller]
fn said(html: &str, anchor: &str, heading: &str) -> Vec<(String, String)> {
    let section = html.split(&format!("<h2 id=\"{anchor}\">")).nth(1);
    let section = section.unwrap_or_else(|| panic!("`{anchor}` stands on the page: {html}"));
    let section = section.split("</section>").next().unwrap_or("");
    let topic = section.split(&format!("<h3>{heading}</h3>")).nth(1);
    let topic = topic.unwrap_or_else(|| panic!("`{heading}` is said: {section}"));
    let topic = topic.split("<h3>").next().unwrap_or("");
    let rows = topic.split("<div").skip(1).map(|row| {
        let (who, what) = row.split_once("</dt>").expect("a row has a name");
        let what = what.split("</dd>").next().unwrap_or("");
        let who = who.split_once('>').map_or("", |(_, who)| who);
        (plain(who), plain(what))
    });
    rows.collect()
}

/// The same as owned pairs, to compare with.
fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(who, what)| ((*who).to_owned(), (*what).to_owned()))
        .collect()
}

#[test]
fn the_shared_words_come_first_then_who_says_something_else() {
    let html = page(&Site::base());
    assert!(html.contains("With something of their own: 1; with nothing: 1."));
    assert_eq!(
        said(&html, "lock-bicycle", "Action"),
        pairs(&[
            ("Shared providers: 1", "Lock the bicycle"),
            ("Pedal", "Lock the bicycle to the rail"),
        ])
    );
    assert_eq!(
        said(&html, "lock-bicycle", "On the screen"),
        pairs(&[("Shared providers: 1", "nothing"), ("Pedal", "Locked")])
    );
    assert_eq!(
        said(&html, "lock-bicycle", "Added behind it"),
        pairs(&[(
            "Pedal",
            "Take a photo of the lock You should see: The photo shows the number of the bicycle"
        )])
    );
    assert_eq!(
        said(&html, "dispute-fee", "Guidance"),
        pairs(&[
            ("Shared providers: 1", "the shared one"),
            ("Pedal", "one of its own"),
        ])
    );
    for step in ["lock-bicycle", "take-photo", "dispute-fee"] {
        let link = format!("href=\"../../pedal/bicycle-return/#{step}\"");
        assert!(html.contains(&link), "each opens the step: {link}");
    }
    let same = html.split("Nothing of their own").nth(1).expect("velo");
    assert!(same.contains("<a href=\"../../velo/bicycle-return/\">Velo</a>"));
}

#[test]
fn every_shared_step_has_its_anchor_and_those_on_which_all_agree_are_folded() {
    let site = Site::base();
    let html = page(&site);
    let shared = site.read(SHARED);
    let ids = shared
        .lines()
        .filter_map(|line| line.strip_prefix("      - id: "));
    for id in ids.clone() {
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert_eq!(ids.count(), 7);
    assert!(html.contains("<summary>Steps 3 to 5: the same with all</summary>"));
    assert!(html.contains("<li id=\"rate-ride\" value=\"5\">Rate the ride</li>"));
}

#[test]
fn what_is_dropped_moved_waived_and_set_aside_is_told_with_its_reason() {
    let site = with_velo(
        "steps:\n  - {id: rate-ride, place: {after: confirm-end}}\n  - {id: confirm-end, covers: []}\n  - {id: last-look, place: {after: rate-ride}, action: Look once more, expect: The rental has ended, covers: [confirm-end]}\n\
         drop: [{step: dispute-fee, because: There are no fees}, {step: show-card, because: No companies}]\n\
         waives: [{requirement: show-card, because: No companies yet, until: 2026-12-31}, {requirement: company-card, because: No cards yet, until: 2026-12-30}]\n",
    );
    site.write(PEDAL, site.read(PEDAL) + "status: suspended\n");
    let html = page(&site);
    assert_eq!(
        said(&html, "dispute-fee", "Left out, and why"),
        pairs(&[("Velo", "There are no fees")])
    );
    assert_eq!(
        said(&html, "dispute-fee", "Guidance"),
        pairs(&[
            ("Shared providers: 0", "the shared one"),
            ("Pedal", "one of its own"),
        ]),
        "who drops a step does not share its words"
    );
    assert_eq!(
        said(&html, "rate-ride", "Moved"),
        pairs(&[("Velo", "behind: Look at your account")])
    );
    assert_eq!(
        said(&html, "show-card", "Waived"),
        pairs(&[(
            "Velo",
            "Show the company card No companies yet until 2026-12-31"
        )])
    );
    assert_eq!(
        said(&html, "sb-whole", "Waived"),
        pairs(&[("Velo", "Company card No cards yet until 2026-12-30")]),
        "no step covers a material"
    );
    assert_eq!(
        said(&html, "sb-whole", "State"),
        pairs(&[("Pedal", "Suspended")])
    );
}

#[test]
fn steps_that_no_answer_reaches_any_more_are_left_out_for_that_reason() {
    let site = with_velo("only: {contract: [personal], because: For people only}\n");
    let html = page(&site);
    assert_eq!(
        said(&html, "show-card", "Left out, and why"),
        pairs(&[("Velo", "No answer leads here: For people only")])
    );
    assert_eq!(
        said(&html, "sb-whole", "Answers that exist"),
        pairs(&[(
            "Velo",
            "I did For people only (Not verified, please ask the provider)"
        )])
    );
}

#[test]
fn facts_notices_questions_and_texts_are_compared_too() {
    let site = with_velo(
        "title: Give it back\n\
         facts: {deposit: {value: 80 euros, evidence: terms}}\n\
         notices: [{id: late-fee, text: After ten a fee is due, before: hand-in-key}, {id: helmet, text: Bring the helmet}]\n\
         questions: [{id: how-long, question: When is the deposit back?, answer: Ask us}]\n",
    );
    let html = page(&site);
    assert_eq!(
        said(&html, "sb-whole", "Title"),
        pairs(&[
            ("Shared providers: 1", "Return a rented bicycle"),
            ("Velo", "Give it back"),
        ])
    );
    assert_eq!(
        said(&html, "sb-facts", "Deposit"),
        pairs(&[
            ("Shared providers: 1", "50 euros (Rules for bicycle rental)"),
            ("Velo", "80 euros (Terms of rental)"),
        ])
    );
    assert_eq!(
        said(&html, "sb-notices", "Notice")[1],
        (
            "Velo".to_owned(),
            "After ten a fee is due stands before: Put the key into the box".to_owned()
        )
    );
    assert_eq!(
        said(&html, "sb-notices", "Notices added"),
        pairs(&[("Velo", "Bring the helmet")])
    );
    assert_eq!(
        said(&html, "sb-questions", "When is the deposit back?"),
        pairs(&[
            ("Shared providers: 1", "Time of the refund"),
            ("Velo", "Ask us")
        ])
    );
}

#[test]
fn a_value_that_says_what_the_shared_one_says_is_no_difference() {
    let site = with_velo(
        "steps:\n  - {id: lock-bicycle, expect: The light of the lock is green}\n  - {id: rate-ride, via: [app, web]}\nfacts: {deposit: {value: 50 euros, evidence: rental-rules}}\n",
    );
    let html = page(&site);
    assert!(html.contains("With something of their own: 1; with nothing: 1."));
}

/// Adds providers that are like `velo` and have these lines of their own.
fn add(site: &Site, count: usize, lines: impl Fn(usize) -> String) {
    let provider = site.read("content/providers/velo/provider.yaml");
    for n in 0..count {
        let folder = format!("content/providers/many{n:04}");
        let name = format!("name: Many{n:04}");
        site.write(
            &format!("{folder}/provider.yaml"),
            provider.replace("name: Velo", &name),
        );
        site.write(
            &format!("{folder}/bicycle-return.yaml"),
            format!("extends: bicycle-return\n{}", lines(n)),
        );
    }
}

#[test]
fn twenty_providers_that_say_the_same_take_one_line() {
    let site = Site::base();
    let step = "steps:\n  - {id: rate-ride, action: Leave stars}\n";
    add(&site, 20, |_| step.to_owned());
    let html = page(&site);
    let rows = said(&html, "rate-ride", "Action");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0].0, "Shared providers: 2");
    assert!(rows[1].0.starts_with("Many0000, Many0001, "), "{rows:?}");
    assert_eq!(html.matches("#rate-ride\">Many").count(), 20);
    assert!(html.contains("<small>providers: 20</small>"), "{html}");
}

#[test]
fn of_very_many_providers_each_is_on_one_part() {
    let site = Site::base();
    // Two thirds say something: half of them the same, half each its own; the last third says nothing.
    add(&site, 1_500, |n| match n % 3 {
        0 => "steps:\n  - {id: rate-ride, action: Leave stars}\n".to_owned(),
        1 => format!("steps:\n  - {{id: rate-ride, action: Leave {n} stars}}\n"),
        _ => String::new(),
    });
    let first = page(&site);
    assert!(first.len() < 40_000, "{} bytes", first.len());
    assert!(first.contains("With something of their own: 1001; with nothing: 501."));
    assert!(first.contains("Other wordings: 491, of providers: 491"));
    let mut links: BTreeMap<String, usize> = BTreeMap::new();
    let mut parts = 1;
    let mut html = first.clone();
    loop {
        for link in html.split("<a href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or("");
            if let Some((_, guide)) = link.split_once("../many") {
                *links.entry(guide.to_owned()).or_default() += 1;
            }
        }
        parts += 1;
        let next = format!("public/differences/bicycle-return/{parts}/index.html");
        if !site.path(&next).exists() {
            break;
        }
        html = site.read(&next);
        assert!(html.len() < 120_000, "{} bytes", html.len());
    }
    assert_eq!(parts, 5, "three more parts of 500 each");
    assert_eq!(links.len(), 1_500);
    assert!(links.values().all(|count| *count == 1), "{links:?}");
    let rest = "differences/bicycle-return/2/#rate-ride\">, and 460 more</a>";
    assert!(first.contains(rest), "{first}");
    let map = site.read("public/sitemap.xml");
    assert!(map.contains("/differences/bicycle-return/4/</loc>"));
}

#[test]
fn who_builds_on_nothing_is_named_and_not_compared() {
    let site = Site::base();
    let shared = site.read(SHARED);
    site.write(VELO, shared);
    let html = page(&site);
    let apart = html.split("Written apart from it").nth(1).expect("velo is");
    assert!(apart.contains("<a href=\"../../velo/bicycle-return/\">Velo</a>"));
    assert!(html.contains("Providers with this shared procedure: 1."));
}

#[test]
fn a_shared_procedure_that_extends_another_has_its_own_page_and_is_linked() {
    let site = with_velo("");
    site.edit(VELO, "extends: bicycle-return", "extends: night-return");
    site.write(
        "content/procedures/night-return.yaml",
        "extends: bicycle-return\ntitle: Return at night\n",
    );
    let html = page(&site);
    assert!(html.contains("../../differences/night-return/\">Return at night: differences"));
    assert!(!html.contains("../../velo/"), "it extends the other one");
    let other = site.read("public/differences/night-return/index.html");
    assert!(other.contains("With something of their own: 0; with nothing: 1."));
    assert!(other.contains("<summary>Steps 1 to 7: the same with all</summary>"));
}

#[test]
fn home_and_coverage_lead_to_the_page() {
    let site = Site::base();
    page(&site);
    let home = site.read("public/index.html");
    assert!(home.contains("<a href=\"./differences/bicycle-return/\">Return a rented bicycle</a>"));
    let coverage = site.read("public/coverage/bicycle-return/index.html");
    assert!(coverage.contains("../../differences/bicycle-return/\""));
}

#[test]
fn a_site_in_which_nothing_is_shared_has_no_such_page() {
    let site = Site::base();
    let shared = site.read(SHARED);
    for path in [VELO, PEDAL] {
        site.write(path, &shared);
    }
    std::fs::remove_file(site.path(SHARED)).expect("it is there");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!site.path("public/differences").exists());
    assert!(!site.read("public/index.html").contains("differences/"));
}
