//! Every rule has a page, a case in which it fires and one in which it stays quiet: `tests/cases/rules/NAME/`.

use std::collections::BTreeSet;

use stepbook::pipeline;

use crate::harness::{Site, compare, folders, repository};

#[test]
fn every_rule_fires_and_stays_quiet_as_its_cases_say() {
    let mut faults = Vec::new();
    for rule in pipeline::rules() {
        for kind in ["fires", "quiet"] {
            let case = repository()
                .join("tests/cases/rules")
                .join(rule.name)
                .join(kind);
            if !case.is_dir() {
                faults.push(format!("{} has no case `{kind}`", rule.name));
                continue;
            }
            let site = Site::case(&case);
            let run = site.run(&[&["check"], site.check_flags()].concat());
            let named = run.stdout.contains(&format!("[{}]", rule.code));
            if named != (kind == "fires") {
                faults.push(format!("{} {kind}:\n{}", rule.name, run.stdout));
            }
            if let Err(error) = compare(&run.stdout, &case.join("expected.txt")) {
                faults.push(error);
            }
            let errors = run.stdout.lines().any(|line| line.starts_with("error["));
            if run.code != Some(i32::from(errors)) {
                faults.push(format!("{} {kind}: exit code {:?}", rule.name, run.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_case_is_without_a_rule() {
    let known: BTreeSet<&str> = pipeline::rules().iter().map(|rule| rule.name).collect();
    for folder in folders(&repository().join("tests/cases/rules")) {
        let name = folder
            .file_name()
            .expect("a folder has a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            known.contains(name.as_str()),
            "tests/cases/rules/{name} belongs to no rule"
        );
    }
}

#[test]
fn codes_and_names_are_given_once_and_every_page_has_its_three_parts() {
    let rules = pipeline::rules();
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!(codes.len(), rules.len(), "a code is given twice");
    assert_eq!(names.len(), rules.len(), "a name is given twice");
    for rule in rules {
        for part in ["## What it checks", "## Why it matters", "## Example"] {
            assert_eq!(
                rule.page.matches(part).count(),
                1,
                "`{part}` in the page of {}",
                rule.name
            );
        }
    }
}
