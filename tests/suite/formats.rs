//! What `check` prints for programs: SARIF, GitHub's commands, `JUnit`; and what of it is asked for.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::command_line::{faulty, prints};
use crate::harness::{Run, Site, folders, repository};

fn sarif(site: &Site, args: &[&str]) -> Value {
    let mut all = vec!["check", "--format", "sarif"];
    all.extend(site.check_flags());
    all.extend(args);
    let run = site.run(&all);
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

fn schema() -> jsonschema::Validator {
    let path = repository().join("tests/schemas/sarif-2.1.0.json");
    let text = fs::read_to_string(path).expect("the schema is there");
    // A bracket that closes nothing means itself in JavaScript; this validator wants it escaped.
    let text = text.replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is one")
}

#[test]
fn sarif_holds_to_its_schema_whatever_is_wrong() {
    let schema = schema();
    let mut faults = Vec::new();
    let mut related = 0;
    for rule in folders(&repository().join("tests/cases/rules")) {
        let site = Site::case(&rule.join("fires"));
        let log = sarif(&site, &[]);
        for error in schema.iter_errors(&log) {
            faults.push(format!("{}: {error}", rule.display()));
        }
        let results = log["runs"][0]["results"].as_array().expect("a list");
        assert!(!results.is_empty(), "{}", rule.display());
        let rules = log["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .expect("a list");
        let mut fingerprints = BTreeSet::new();
        for result in results {
            related += usize::from(result.get("relatedLocations").is_some());
            let index = result["ruleIndex"].as_u64().expect("a number");
            assert_eq!(
                rules[usize::try_from(index).expect("it is small")]["id"],
                result["ruleId"]
            );
            let fingerprint = result["partialFingerprints"]["stepbook/v1"].to_string();
            assert!(fingerprints.insert(fingerprint.clone()), "{fingerprint}");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(related > 5, "{related} results have a second place");
    let nothing = sarif(&Site::base(), &[]);
    assert!(schema.is_valid(&nothing), "{nothing:#}");
}

/// The shared procedure of the base with an action that is too long for the sheet: a warning.
const LONG: &str =
    "Lock the bicycle with the chain at the stand that is nearest to the door of the shop";

fn long_action(site: &Site) {
    let path = "content/procedures/bicycle-return.yaml";
    site.edit(
        path,
        "action: Lock the bicycle\n",
        &format!("action: {LONG}\n"),
    );
}

#[test]
fn a_fingerprint_stays_when_lines_and_positions_move() {
    let fingerprint = |site: &Site| {
        let log = sarif(site, &["content/procedures"]);
        let result = log["runs"][0]["results"][0].clone();
        (
            result["partialFingerprints"].to_string(),
            result["locations"][0]["physicalLocation"]["region"]["startLine"].to_string(),
        )
    };
    let site = Site::base();
    long_action(&site);
    let (before, line) = fingerprint(&site);
    assert!(
        before.contains("phases[give-back].steps[lock-bicycle].action"),
        "{before}"
    );
    site.edit(
        "content/procedures/bicycle-return.yaml",
        "      - id: lock-bicycle\n",
        "      - id: look-around\n        action: Look around\n        expect: Nobody is in the way\n        covers: []\n      - id: lock-bicycle\n",
    );
    let (after, moved) = fingerprint(&site);
    assert_eq!(before, after);
    assert_ne!(line, moved);
}

#[test]
fn sarif_for_code_scanning() {
    prints(
        &faulty(),
        &["check", "--format", "sarif"],
        1,
        "check-sarif.txt",
    );
}

#[test]
fn a_region_of_sarif_holds_the_value() {
    let site = Site::base();
    let path = "content/providers/pedal/bicycle-return.yaml";
    site.edit(path, "Lock the bicycle to the rail", "退还 🚲 TODO");
    let log = sarif(&site, &[path]);
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    let number =
        |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("small");
    assert_eq!(number("startLine"), number("endLine"));
    let text = site.read(path);
    let line = text
        .lines()
        .nth(number("startLine") - 1)
        .expect("the line is there");
    let quoted: String = line
        .chars()
        .skip(number("startColumn") - 1)
        .take(number("endColumn") - number("startColumn"))
        .collect();
    assert_eq!(quoted, "退还 🚲 TODO");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn addresses_begin_at_the_current_folder_and_are_escaped() {
    let site = Site::base();
    site.write("content/notes, 100% öd.txt", "x");
    let whole = site.path("");
    let folder = whole
        .file_name()
        .expect("the folder has a name")
        .to_string_lossy();
    let run = |format: &str| {
        let root = format!("--root={folder}");
        let mut command = site.command(&["check", "--format", format, &root]);
        command.current_dir(whole.parent().expect("it lies in a folder"));
        Run::of(command.output().expect("the binary runs")).stdout
    };
    let log = run("sarif");
    let uri = format!("\"{folder}/content/notes%2C%20100%25%20%C3%B6d.txt\"");
    assert!(log.contains(&uri), "{uri}: {log}");
    let commands = run("github");
    let file = format!("::error file={folder}/content/notes%2C 100%25 öd.txt,line=1,");
    assert!(commands.contains(&file), "{file}: {commands}");
}

#[test]
fn commands_for_github() {
    prints(
        &faulty(),
        &["check", "--format", "github"],
        1,
        "check-github.txt",
    );
}

#[test]
fn a_report_for_ci_servers() {
    prints(
        &faulty(),
        &["check", "--format", "junit"],
        1,
        "check-junit.txt",
    );
}

#[test]
fn junit_fails_where_the_answer_is_no_and_counts_every_file() {
    let site = Site::base();
    long_action(&site);
    site.write("content/strange\u{7}.txt", "x");
    let report = |args: &[&str]| {
        let mut all = vec!["check", "--format", "junit"];
        all.extend(args);
        let run = site.run(&all);
        let document = roxmltree::Document::parse(&run.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", run.stdout));
        let named = |name: &str| {
            document
                .descendants()
                .filter(|it| it.has_tag_name(name))
                .count()
        };
        (named("testsuite"), named("failure"), named("system-out"))
    };
    assert_eq!(
        report(&[]),
        (14, 1, 1),
        "a warning is told and fails nothing"
    );
    assert_eq!(report(&["--deny", "warnings"]), (14, 2, 0));
    assert_eq!(report(&["content/procedures"]), (1, 0, 1));
}

#[test]
fn denied_warnings_make_the_answer_no() {
    let site = Site::base();
    let denied = &["check", "--deny", "warnings"][..];
    assert_eq!(site.run(denied).code, Some(0), "there are none");
    long_action(&site);
    assert_eq!(site.run(&["check"]).code, Some(0));
    prints(&site, denied, 1, "check-denied.txt");
    let elsewhere = ["check", "--deny", "warnings", "content/providers"];
    assert_eq!(site.run(&elsewhere).code, Some(0), "none stands there");
}

#[test]
fn paths_are_reported_on_and_the_whole_content_is_checked() {
    let site = faulty();
    prints(&site, &["check", "content/guidance"], 0, "check-path.txt");
    let pedal = "content/providers/pedal/bicycle-return.yaml";
    assert_eq!(site.run(&["check", pedal]).code, Some(1));
    let absolute = site.path(pedal);
    let absolute = absolute.to_str().expect("it is UTF-8");
    let whole = |args: &[&str]| site.run(args).stdout;
    assert_eq!(whole(&["check", absolute]), whole(&["check", pedal]));
    for all in [
        &["check", "."][..],
        &["check", "content"],
        &["check", "content/guidance", "content/providers/"],
    ] {
        assert_eq!(whole(all), whole(&["check"]), "{all:?}");
    }
    let mut below = site.command(&["check", "../pedal", "--format", "json"]);
    below.current_dir(site.path("content/providers/velo"));
    let run = Run::of(below.output().expect("the binary runs"));
    assert!(run.stdout.contains("titel"), "{}", run.stderr);
    assert!(run.stdout.contains("\"files\": 3"), "{}", run.stdout);
}

#[test]
fn a_path_that_is_no_content_is_said_so() {
    let site = faulty();
    site.write("README.md", "x");
    fs::create_dir(site.path("content/empty")).expect("folders can be made");
    prints(
        &site,
        &["check", "content/guidance/forgoten.md"],
        2,
        "check-path-unknown.txt",
    );
    for (path, words) in [
        ("README.md", "nothing in `README.md` is checked"),
        ("content/empty", "nothing in `content/empty` is checked"),
        ("/", "does not lie in the site"),
        ("content/site.yaml/x", "there is no file or folder"),
    ] {
        let run = site.run(&["check", path]);
        assert_eq!(run.code, Some(2), "{path}");
        assert!(run.stderr.contains(words), "{path}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{path}");
    }
}
