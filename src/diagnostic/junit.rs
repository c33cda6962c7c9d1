//! Diagnostics as a `JUnit` report, which CI servers show as tests: a suite a file, a case a broken rule.
//!
//! The names of suites and cases hold no line and no count, so that a server can say since when a case fails.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Diagnostic, Sources, human};

/// Writes a report over these files, by their index in [`Sources`]. A case fails where `fails` says so of its rule's
/// diagnostics, and otherwise passes with what was found as its output. A file without diagnostics has one case that passes.
///
/// # Panics
///
/// Never: there is always room in memory for a text.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    files: impl Iterator<Item = u32>,
    fails: impl Fn(&Diagnostic) -> bool,
) -> String {
    let mut broken: BTreeMap<u32, BTreeMap<&str, Vec<&Diagnostic>>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let rules = broken.entry(diagnostic.at.file).or_default();
        let of_rule = rules.entry(diagnostic.rule.code).or_default();
        of_rule.push(diagnostic);
    }
    let mut report = Report::new("stepbook check");
    for file in files {
        let path = sources.0[file as usize].path.as_str();
        let mut suite = TestSuite::new(path);
        match broken.get(&file) {
            None => {
                let passed = TestCase::new("breaks no rule", TestCaseStatus::success());
                suite.add_test_case(of_file(passed, path));
            }
            Some(rules) => {
                let cases = rules.values().map(|found| case(found, sources, &fails));
                suite.add_test_cases(cases.map(|case| of_file(case, path)));
            }
        }
        report.add_test_suite(suite);
    }
    report.to_string().expect("a text can be written to memory")
}

/// The case of one rule's diagnostics in one file.
fn case(found: &[&Diagnostic], sources: &Sources, fails: impl Fn(&Diagnostic) -> bool) -> TestCase {
    let first = found[0];
    let text: Vec<String> = found
        .iter()
        .map(|diagnostic| human::render(diagnostic, sources, false))
        .collect();
    let text = text.join("\n\n");
    if !fails(first) {
        let mut case = TestCase::new(first.rule.title(), TestCaseStatus::success());
        case.set_system_out(text);
        return case;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let message = match found.len() {
        1 => first.full_message(),
        count => format!("{}, and {} more", first.full_message(), count - 1),
    };
    status
        .set_type(first.rule.severity.as_str())
        .set_message(message)
        .set_description(text);
    TestCase::new(first.rule.title(), status)
}

fn of_file(mut case: TestCase, path: &str) -> TestCase {
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    case
}
