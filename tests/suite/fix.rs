//! `check --fix` and `--diff`: `tests/cases/fix/NAME/` has the content before, what is otherwise after, and what is said.

use std::collections::BTreeMap;
use std::fs;

use crate::harness::{Run, Site, compare, files_in, folders, repository, without_times};

fn content(site: &Site) -> BTreeMap<String, Vec<u8>> {
    files_in(&site.path("content")).into_iter().collect()
}

fn said(run: &Run) -> String {
    format!(
        "{}--- messages\n{}--- exit code {}\n",
        run.stdout,
        without_times(&run.stderr),
        run.code.unwrap_or(-1)
    )
}

#[test]
fn every_case_is_mended_as_it_says_and_nothing_else_changes() {
    let mut faults = Vec::new();
    for case in folders(&repository().join("tests/cases/fix")) {
        let site = Site::case(&case.join("before"));
        let before = content(&site);

        let diff = site.run(&["check", "--diff"]);
        faults.extend(compare(&said(&diff), &case.join("diff.txt")).err());
        assert_eq!(
            content(&site),
            before,
            "{}: --diff writes nothing",
            case.display()
        );

        let fixed = site.run(&["check", "--fix"]);
        faults.extend(compare(&said(&fixed), &case.join("fixed.txt")).err());
        let after = content(&site);
        let mut expected: Vec<String> = fs::read_dir(case.join("after"))
            .map(|_| files_in(&case.join("after/content")))
            .unwrap_or_default()
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        for (path, bytes) in &after {
            if before.get(path) == Some(bytes) {
                continue;
            }
            expected.retain(|other| other != path);
            let text = String::from_utf8(bytes.clone()).expect("it stays UTF-8");
            faults.extend(compare(&text, &case.join("after/content").join(path)).err());
        }
        assert!(
            expected.is_empty(),
            "{}: {expected:?} did not change",
            case.display()
        );

        let again = site.run(&["check", "--fix"]);
        assert_eq!(content(&site), after, "{}: fixed twice", case.display());
        assert_eq!(again.stdout, fixed.stdout, "{}", case.display());
        assert!(
            again.stderr.contains("0 faults mended in 0 files"),
            "{}",
            again.stderr
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_diff_is_what_the_fix_writes() {
    if std::process::Command::new("git")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    for case in folders(&repository().join("tests/cases/fix")) {
        let (site, other) = (
            Site::case(&case.join("before")),
            Site::case(&case.join("before")),
        );
        let diff = site.run(&["check", "--diff"]).stdout;
        other.run(&["check", "--fix"]);
        if !diff.is_empty() {
            site.write("fix.diff", diff);
            let applied = std::process::Command::new("git")
                .args(["apply", "--whitespace=nowarn", "fix.diff"])
                .current_dir(site.path(""))
                .output()
                .expect("git runs");
            assert!(applied.status.success(), "{}: {applied:?}", case.display());
        }
        assert_eq!(content(&site), content(&other), "{}", case.display());
    }
}

#[test]
fn line_ends_and_the_end_of_the_file_stay_as_they_are() {
    let path = "content/providers/pedal/bicycle-return.yaml";
    let good = Site::base().read(path);
    for text in [good.replace('\n', "\r\n"), good.trim_end().to_owned()] {
        let site = Site::base();
        site.write(path, text.replace("ui_label", "ui_lable"));
        assert_eq!(site.run(&["check", "--fix"]).code, Some(0));
        assert_eq!(site.read(path), text);
    }
}

#[test]
fn a_moved_step_keeps_line_ends_and_a_missing_last_one() {
    let path = "content/procedures/bicycle-return.yaml";
    let good = Site::base().read(path);
    let start = good.find("      - id: lock-bicycle").expect("it is there");
    let middle = good.find("      - id: hand-in-key").expect("it is there");
    let end = good.find("  - id: settle").expect("it is there");
    let swapped =
        good[..start].to_owned() + &good[middle..end] + &good[start..middle] + &good[end..];
    let site = Site::base();
    site.write(path, swapped.replace('\n', "\r\n"));
    let run = site.run(&["check", "--fix"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert_eq!(site.read(path), good.replace('\n', "\r\n"));
}

#[test]
fn fix_and_diff_together_are_a_wrong_command_line() {
    let site = Site::base();
    for args in [
        &["check", "--fix", "--diff"][..],
        &["check", "--diff", "--format", "json"],
    ] {
        let run = site.run(args);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("cannot be used with"), "{}", run.stderr);
    }
}

#[test]
fn what_is_left_is_printed_for_programs_too() {
    let site = Site::base();
    let path = "content/providers/pedal/bicycle-return.yaml";
    site.edit(path, "ui_label", "ui_lable");
    site.edit(path, "evidence: notice", "evidence: elsewhere");
    let run = site.run(&["check", "--fix", "--format", "json"]);
    assert!(
        run.stderr.contains("1 fault mended in 1 file"),
        "{}",
        run.stderr
    );
    let report: crate::harness::Report = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(report.only("SB211").path, path);
    assert_eq!(report.summary.errors, 1);
}

#[test]
fn a_release_is_never_edited() {
    let site = Site::base();
    assert_eq!(site.run(&["release"]).code, Some(0));
    let path = "content/releases/2026-11-23.yaml";
    let text = site.read(path).replace("date:", "dat:");
    let body = text.rsplit_once("seal:").expect("it is sealed").0;
    let sealed = [body, "seal: "].concat();
    site.write(path, &sealed);
    let before = content(&site);
    site.run(&["check", "--fix"]);
    assert_eq!(content(&site), before);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_only_be_read_is_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = Site::base();
    let path = "content/providers/pedal/bicycle-return.yaml";
    site.edit(path, "ui_label", "ui_lable");
    let before = content(&site);
    fs::set_permissions(site.path(path), fs::Permissions::from_mode(0o444)).expect("it is ours");
    let run = site.run(&["check", "--fix"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("may only be read"), "{}", run.stderr);
    assert_eq!(content(&site), before);
}
