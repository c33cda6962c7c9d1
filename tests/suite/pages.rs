//! What the home page, a provider's page and the coverage page tell their readers.

use crate::harness::Site;

const SHARED: &str = "content/procedures/bicycle-return.yaml";
const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";
const VELO: &str = "content/providers/velo/bicycle-return.yaml";

/// Builds, and gives back a page.
#[track_caller]
fn page(site: &Site, path: &str) -> String {
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site.read(&format!("public/{path}index.html"))
}

/// The base with each state in one cell or more: nobody reviewed `pedal`, which waives the card; `velo` has no companies
/// and nothing to rate.
fn with_every_state() -> Site {
    let site = Site::base();
    let rate = "      - id: rate-ride\n";
    site.edit(
        SHARED,
        rate,
        &format!("{rate}        when: {{route: at-shop}}\n"),
    );
    site.edit(
        PEDAL,
        "reviewed: {date: 2026-11-01, method: read-notice}\n",
        "",
    );
    let waiver = "waives:\n  - {requirement: show-card, because: No companies yet, until: 2026-12-31}\n  - {requirement: company-card, because: No companies yet, until: 2026-12-31}\n";
    let drop = "drop: [{step: show-card, because: No companies yet}]\n";
    site.write(PEDAL, site.read(PEDAL) + drop + waiver);
    let only = "only: {contract: [personal], because: For people only}\n";
    let drop = "drop: [{step: rate-ride, because: There are no stars}]\n";
    site.write(VELO, site.read(VELO) + only + drop);
    site
}

/// The cell of a requirement in a procedure, both by their place in the table.
fn cell(html: &str, requirement: &str, column: usize) -> String {
    let link = format!("<a href=\"#sb-{requirement}\">");
    let row = html.split(&link).nth(1).expect("the table has the row");
    let row = row.split("</tr>").next().expect("the row ends");
    let cell = row.split("<td").nth(column).expect("the row has the cell");
    cell.split("</td>")
        .next()
        .expect("the cell ends")
        .to_owned()
}

#[test]
fn every_state_of_a_cell_has_its_sign_its_words_and_its_step() {
    let site = with_every_state();
    let html = page(&site, "coverage/bicycle-return/");
    let holds = |requirement, column, sign: &str, words: &str, step: Option<&str>| {
        let cell = cell(&html, requirement, column);
        let sign = format!("href=\"#sb-sign-{sign}\"");
        assert!(cell.contains(&sign), "{cell}");
        assert!(
            cell.contains(&format!("<span class=\"say\">{words}</span>")),
            "{cell}"
        );
        let link = cell.split("<a href=\"").nth(1);
        let link = link.map(|rest| rest.split('"').next().unwrap_or(""));
        assert_eq!(link, step, "{cell}");
    };
    let lock = "../../velo/bicycle-return/#lock-bicycle";
    holds(
        "lock-bicycle",
        2,
        "covered",
        "Covered, step 2: Lock the bicycle",
        Some(lock),
    );
    let key = "../../pedal/bicycle-return/#hand-in-key";
    holds(
        "hand-in-key",
        1,
        "unverified",
        "Unverified, step 4: Put the key into the box",
        Some(key),
    );
    let rate = "../../pedal/bicycle-return/#rate-ride";
    let partly = "Partly covered, missing for: At a station, step 5: Rate the ride";
    holds("rate-ride", 1, "covered_for_some", partly, Some(rate));
    holds("rate-ride", 2, "missing", "Missing", None);
    holds("show-card", 1, "waived", "Waived until 2026-12-31", None);
    holds("show-card", 2, "not_required", "Not required", None);
}

#[test]
fn a_step_with_evidence_is_verified_though_nobody_reviewed_the_procedure() {
    let site = with_every_state();
    site.edit(
        PEDAL,
        "    ui_label: Locked\n",
        "    ui_label: Locked\n    evidence: notice\n",
    );
    let html = page(&site, "coverage/bicycle-return/");
    assert!(cell(&html, "lock-bicycle", 1).contains("#sb-sign-covered\""));
    assert!(cell(&html, "hand-in-key", 1).contains("#sb-sign-unverified\""));
    let table = site.run(&["coverage"]).stdout;
    let line = |id: &str| {
        table
            .lines()
            .find(|line| line.starts_with(id))
            .unwrap_or("")
            .to_owned()
    };
    assert!(line("lock-bicycle").ends_with("2 of 2"), "{table}");
    assert!(
        line("hand-in-key").ends_with("2 of 2   1 unverified"),
        "{table}"
    );
}

#[test]
fn what_runs_out_is_told_by_the_day_and_the_next_comes_first() {
    let site = with_every_state();
    let html = page(&site, "coverage/bicycle-return/");
    let days = html
        .split("<h2>What runs out</h2>")
        .nth(1)
        .expect("the page says so");
    let days: Vec<_> = days
        .split("<time datetime=\"")
        .skip(1)
        .map(|day| &day[..10])
        .collect();
    // The waiver; then 180 days after the review of `velo` and the checks of sources on the same day.
    assert_eq!(days, ["2026-12-31", "2027-04-30"]);
    let waiver = "Show the company card (No companies yet)";
    assert!(html.contains(waiver), "{html}");
    let unreviewed = html
        .split("<h2>Never reviewed</h2>")
        .nth(1)
        .expect("one is not reviewed");
    let unreviewed = unreviewed.split("</p>").next().unwrap_or("");
    assert!(
        unreviewed.contains(">Pedal</a>") && !unreviewed.contains("Velo"),
        "{unreviewed}"
    );
}

#[test]
fn a_draft_stands_in_the_matrix_without_a_link() {
    let site = Site::base();
    site.write(PEDAL, site.read(PEDAL) + "status: draft\n");
    let html = page(&site, "coverage/bicycle-return/");
    assert!(!html.contains("pedal/bicycle-return/"), "it has no page");
    assert!(html.contains(">Draft</span>"));
    assert!(cell(&html, "lock-bicycle", 1).contains("#sb-sign-covered\""));
}

#[test]
fn many_procedures_are_shown_part_by_part() {
    let site = Site::base();
    let provider = site.read("content/providers/velo/provider.yaml");
    let procedure = site.read(VELO);
    for n in 0..60 {
        let folder = format!("content/providers/many{n:02}");
        site.write(&format!("{folder}/provider.yaml"), &provider);
        site.write(&format!("{folder}/bicycle-return.yaml"), &procedure);
    }
    let first = page(&site, "coverage/bicycle-return/");
    assert!(first.contains("<h2>What runs out</h2>"));
    let third = site.read("public/coverage/bicycle-return/3/index.html");
    assert!(third.contains("coverage/bicycle-return/3/\" aria-current=\"page\""));
    assert!(
        !third.contains("<h2>What runs out</h2>"),
        "that is told once"
    );
    let last = site.read("public/coverage/bicycle-return/4/index.html");
    assert_eq!(
        last.matches("#lock-bicycle\"").count(),
        2,
        "pedal and velo are the last"
    );
}

#[test]
fn home_says_what_state_each_procedure_is_in() {
    let site = Site::base();
    site.edit(
        PEDAL,
        "reviewed: {date: 2026-11-01, method: read-notice}\n",
        "",
    );
    site.write(VELO, site.read(VELO) + "status: suspended\n");
    let html = page(&site, "");
    let state = |link: &str| {
        let rest = html.split(link).nth(1).expect("home links to it");
        rest.split("</p>").next().unwrap_or("").to_owned()
    };
    let pedal = state("href=\"./pedal/bicycle-return/\"");
    assert!(pedal.contains("Never reviewed"), "{pedal}");
    assert!(!pedal.contains("class=\"mark\""), "{pedal}");
    let velo = state("href=\"./velo/bicycle-return/\"");
    assert!(
        velo.contains("<strong class=\"mark\">Suspended</strong>"),
        "{velo}"
    );
    assert!(velo.contains("Last reviewed 2026-11-01"), "{velo}");
}

#[test]
fn a_provider_is_found_by_aliases_that_are_not_printed() {
    let site = Site::base();
    let path = "content/providers/pedal/provider.yaml";
    site.edit(
        path,
        "name: Pedal\n",
        "name: Pedal\naliases: [Two Wheels]\n",
    );
    let html = page(&site, "");
    assert!(html.contains("data-find=\"Pedal|pedal|Two Wheels\""));
    assert_eq!(html.matches("Two Wheels").count(), 1);
}

#[test]
fn a_channel_on_evidence_shows_its_source_and_any_other_no_value() {
    let site = Site::base();
    let path = "content/providers/pedal/provider.yaml";
    let more = "  - {id: shop, kind: outlet, label: The shop}\n  - {id: data, kind: phone, label: Data desk, value: 555-0103, for: privacy, evidence: notice}\n";
    site.write(path, site.read(path) + more);
    let html = page(&site, "pedal/");
    assert!(html.contains("Channels: 4; verified: 3."), "{html}");
    let (verified, unverified) = html
        .split_once("<h3>Not verified</h3>")
        .expect("there are both");
    let hotline = verified
        .find("tel:5550102")
        .expect("the number can be called");
    assert!(verified[hotline..].contains("checked 2026-11-01"));
    let desk = verified
        .find("tel:5550103")
        .expect("the number can be called");
    assert!(hotline < desk, "channels for merchants come first");
    assert!(verified.contains("answers questions of privacy only"));
    assert!(unverified.contains("<b>The shop</b>"));
}

#[test]
fn a_procedure_that_is_not_to_be_followed_offers_no_checklist() {
    let site = Site::base();
    site.write(PEDAL, site.read(PEDAL) + "status: suspended\n");
    let html = page(&site, "pedal/");
    assert!(html.contains("Suspended:"));
    assert!(html.contains("pedal/bicycle-return/\""));
    assert!(!html.contains("pedal/bicycle-return/checklist/"));
}
