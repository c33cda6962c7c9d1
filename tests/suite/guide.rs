//! What guides and sheets carry for readers, their scripts and machines; how they look is held in `tests/browser/`.

use crate::harness::Site;

const PROCEDURE: &str = "content/procedures/bicycle-return.yaml";
const GUIDE: &str = "public/velo/bicycle-return/index.html";
const SHEET: &str = "public/velo/bicycle-return/checklist/index.html";

/// The values of an attribute, in the order of the page.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or("").to_owned())
        .collect()
}

/// The edition of the guide, which the sheet must share, and the hashes of its steps.
fn editions(site: &Site) -> (String, Vec<String>) {
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let guide = site.read(GUIDE);
    let edition = attributes(&guide, "data-edition");
    assert_eq!(edition, attributes(&site.read(SHEET), "data-edition"));
    assert!(
        site.read(SHEET)
            .contains(&format!("Edition {}", edition[0]))
    );
    let steps = attributes(&guide, "data-hash");
    assert_eq!(steps.len(), 7);
    (edition[0].clone(), steps)
}

#[test]
fn a_changed_word_changes_the_edition_and_the_hash_of_its_step_alone() {
    let site = Site::base();
    let (before, steps) = editions(&site);
    site.edit(
        PROCEDURE,
        "The light of the lock is green",
        "The light of the lock is blue",
    );
    let (after, changed) = editions(&site);
    assert_ne!(before, after);
    let differing: Vec<usize> = (0..steps.len())
        .filter(|at| steps[*at] != changed[*at])
        .collect();
    assert_eq!(differing, [1]);
}

#[test]
fn what_a_step_shows_of_elsewhere_changes_its_hash_too() {
    let changes = [
        ("content/guidance/lock-bicycle.md", "", "\nOnce more.\n"),
        (
            "content/materials.yaml",
            "Key of the lock",
            "Key of the chain",
        ),
    ];
    for (file, from, to) in changes {
        let site = Site::base();
        let (before, steps) = editions(&site);
        if from.is_empty() {
            site.write(file, site.read(file) + to);
        } else {
            site.edit(file, from, to);
        }
        let (after, changed) = editions(&site);
        assert_ne!(before, after, "{file}");
        assert_eq!(
            steps.iter().zip(&changed).filter(|(a, b)| a != b).count(),
            1,
            "{file}"
        );
    }
}

#[test]
fn what_one_provider_says_of_a_shared_step_is_no_change_for_the_others() {
    let site = Site::base();
    let before = editions(&site);
    let velo = site.path("content/providers/velo");
    // Sorted before the others, so that its pages may well be made first.
    let first = "content/providers/alpha";
    for file in ["provider.yaml", "bicycle-return.yaml"] {
        let text = std::fs::read_to_string(velo.join(file)).expect("it can be read");
        site.write(&format!("{first}/{file}"), text);
    }
    site.write(&format!("{first}/guidance/lock-bicycle.md"), "Push hard.\n");
    assert_eq!(editions(&site), before);
}

#[test]
fn a_fresh_review_keeps_sheets_current() {
    let site = Site::base();
    let before = editions(&site);
    site.edit(
        "content/providers/velo/bicycle-return.yaml",
        "2026-11-01",
        "2026-11-20",
    );
    let sources = site.read("content/sources.yaml");
    site.write(
        "content/sources.yaml",
        sources.replace("checked: 2026-11-0", "checked: 2026-11-1"),
    );
    assert_ne!(sources, site.read("content/sources.yaml"));
    assert_eq!(before, editions(&site));
}

#[test]
fn the_way_a_text_is_stored_is_no_change() {
    let site = Site::base();
    site.edit(
        PROCEDURE,
        "The light of the lock is green",
        "The caf\u{e9} is open",
    );
    let guidance = "content/guidance/lock-bicycle.md";
    let before = editions(&site);
    site.edit(PROCEDURE, "caf\u{e9}", "cafe\u{301}");
    site.write(guidance, site.read(guidance).replace('\n', "\r\n"));
    assert_eq!(before, editions(&site));
}

#[test]
fn every_step_says_where_to_report_that_it_is_wrong() {
    let site = Site::base();
    let (edition, _) = editions(&site);
    assert!(!site.read(GUIDE).contains("class=\"wrong\""));
    let feedback = "feedback: https://bicycles.internal/wrong?step={step}&edition={edition}\n";
    site.write(
        "content/site.yaml",
        site.read("content/site.yaml") + feedback,
    );
    site.run(&["build"]);
    let guide = site.read(GUIDE);
    assert_eq!(guide.matches("class=\"wrong\"").count(), 7);
    let address = format!("wrong?step=velo/bicycle-return/lock-bicycle&amp;edition={edition}\"");
    assert!(guide.contains(&address), "{guide}");
}

#[test]
fn a_retired_step_keeps_its_anchor() {
    let site = Site::base();
    let file = "content/providers/velo/bicycle-return.yaml";
    let retired = "retired: [{step: ring-bell, use: lock-bicycle, date: 2026-11-02, because: Bells are gone}]\n";
    site.write(file, site.read(file) + retired);
    site.run(&["build"]);
    let guide = site.read(GUIDE);
    let (_, tombstone) = guide
        .split_once("<li class=\"retired\" id=\"ring-bell\">")
        .expect("it is there");
    let tombstone = tombstone.split("</li>").next().unwrap_or("");
    for word in ["2026-11-02", "Bells are gone", "href=\"#lock-bicycle\""] {
        assert!(tombstone.contains(word), "{tombstone}");
    }
}

#[test]
fn the_how_to_for_search_engines_is_json_that_no_text_ends() {
    let site = Site::base();
    site.edit(
        PROCEDURE,
        "action: Lock the bicycle",
        "action: 'Lock </script> the \"bicycle\"'",
    );
    site.run(&["build"]);
    let guide = site.read(GUIDE);
    let (_, rest) = guide
        .split_once("<script type=\"application/ld+json\">")
        .expect("it is there");
    let json = rest.split("</script>").next().unwrap_or("");
    let how_to: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    assert_eq!(how_to["@type"], "HowTo");
    let steps = how_to["step"].as_array().expect("it has steps");
    assert_eq!(steps.len(), 7);
    assert_eq!(steps[1]["name"], "Lock </script> the \"bicycle\"");
    assert_eq!(
        steps[1]["url"],
        "https://bicycles.internal/velo/bicycle-return/#lock-bicycle"
    );
}

#[test]
fn a_sheet_is_to_be_used_before_the_oldest_thing_it_rests_on_is_due() {
    let site = Site::base();
    editions(&site);
    let day = |site: &Site| {
        let sheet = site.read(SHEET);
        let (_, rest) = sheet.split_once("Use before ").expect("it says so");
        rest[..10].to_owned()
    };
    // Reviewed on 2026-11-01, and again after 180 days.
    assert_eq!(day(&site), "2027-04-30");
    site.edit(
        "content/providers/velo/bicycle-return.yaml",
        "2026-11-01",
        "2026-10-01",
    );
    site.run(&["build"]);
    assert_eq!(day(&site), "2027-03-30");
}

#[test]
fn an_answer_that_ends_the_guide_leads_to_the_one_that_goes_on() {
    let site = Site::base();
    site.edit(
        "content/choices.yaml",
        "stop: {text: The rental office goes on from here}",
        "stop: {text: Report it first, use: theft-report}",
    );
    let text = site.read(PROCEDURE);
    site.write(
        "content/procedures/theft-report.yaml",
        text.replace("title: Return a rented bicycle", "title: Report a theft"),
    );
    for provider in ["velo", "pedal"] {
        let file = format!("content/providers/{provider}/theft-report.yaml");
        site.write(&file, "extends: theft-report\n");
    }
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(
        site.read(GUIDE)
            .contains("href=\"../../velo/theft-report/\"")
    );
}

#[test]
fn a_pack_holds_every_sheet_of_a_provider() {
    let site = Site::base();
    let procedure = site.read("content/procedures/bicycle-return.yaml");
    site.write("content/providers/velo/second.yaml", procedure);
    site.run(&["build"]);
    let pack = site.read("public/velo/pack/index.html");
    assert_eq!(pack.matches("<article").count(), 2);
    assert_eq!(pack.matches("<svg").count(), 2);
    assert!(site.read("public/velo/index.html").contains("velo/pack/"));
    assert!(
        !site.read("public/pedal/index.html").contains("pedal/pack/"),
        "one sheet is no pack"
    );
}
