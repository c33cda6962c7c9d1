//! What the commands print, whole.

use std::path::Path;

use crate::harness::{Run, Site, compare, repository, without_times};

fn expected(name: &str) -> std::path::PathBuf {
    repository().join("tests/cases/command-line").join(name)
}

/// Compares what a command prints; a time is no part of it.
#[track_caller]
pub(crate) fn prints(site: &Site, args: &[&str], code: i32, name: &str) {
    let run = site.run(args);
    if let Err(error) = compare(&printed(&run), &expected(name)) {
        panic!("{error}");
    }
    assert_eq!(run.code, Some(code));
}

/// All that a command printed, but for times.
pub(crate) fn printed(run: &Run) -> String {
    format!(
        "{}--- messages\n{}--- exit code {}\n",
        run.stdout,
        without_times(&run.stderr),
        run.code.unwrap_or(-1)
    )
}

/// The base with three faults in it: an error, one that two providers inherit, and a warning.
pub(crate) fn faulty() -> Site {
    let site = Site::base();
    let procedure = "content/providers/pedal/bicycle-return.yaml";
    site.write(procedure, site.read(procedure) + "titel: Return\n");
    site.write("content/guidance/forgotten.md", "Nobody reads this.\n");
    site
}

#[test]
fn check_for_people() {
    prints(&Site::base(), &["check"], 0, "check-passes.txt");
    prints(&faulty(), &["check"], 1, "check-fails.txt");
}

#[test]
fn check_for_programs() {
    prints(
        &faulty(),
        &["check", "--format", "json"],
        1,
        "check-json.txt",
    );
}

#[test]
fn build_says_what_it_did() {
    let site = Site::base();
    prints(&site, &["build"], 0, "build-first.txt");
    prints(&site, &["build"], 0, "build-again.txt");
    prints(&faulty(), &["build"], 1, "build-refused.txt");
}

#[test]
fn explain() {
    let site = Site::base();
    prints(&site, &["explain", "sb101"], 0, "explain.txt");
    prints(
        &site,
        &["explain", "missing-required-stp"],
        1,
        "explain-unknown.txt",
    );
    prints(&site, &["explain"], 0, "explain-all.txt");
}

#[test]
fn coverage() {
    let site = Site::base();
    prints(&site, &["coverage"], 0, "coverage-table.txt");
    prints(
        &site,
        &["coverage", "--format", "csv"],
        0,
        "coverage-csv.txt",
    );
    prints(
        &site,
        &["coverage", "--format", "json"],
        0,
        "coverage-json.txt",
    );
    prints(
        &site,
        &["coverage", "bicycle-retrun"],
        1,
        "coverage-unknown.txt",
    );
}

#[test]
fn show_of_nothing() {
    prints(
        &Site::base(),
        &["show", "pedal/bicycle-retrun"],
        1,
        "show-unknown.txt",
    );
}

#[test]
fn schema() {
    let site = Site::base();
    prints(&site, &["schema"], 0, "schema-kinds.txt");
    prints(&site, &["schema", "materials"], 0, "schema.txt");
    prints(
        &site,
        &["schema", "materials", "--with-ids"],
        0,
        "schema-with-ids.txt",
    );
    prints(&site, &["schema", "procedrue"], 1, "schema-unknown.txt");
}

#[test]
fn init() {
    let site = Site::empty();
    prints(&site, &["init", "library"], 0, "init.txt");
    prints(&site, &["init", "library"], 2, "init-taken.txt");
}

#[test]
fn new() {
    let site = Site::base();
    let provider = ["new", "provider", "tandem"];
    prints(&site, &provider, 0, "new-provider.txt");
    prints(&site, &provider, 2, "new-provider-taken.txt");
    let wrong = ["new", "provider", "Tandem!"];
    prints(&site, &wrong, 2, "new-provider-wrong.txt");
    let path = "content/providers/tandem/provider.yaml";
    if let Err(error) = compare(&site.read(path), &expected("new-provider.yaml")) {
        panic!("{error}");
    }
    let procedure = ["new", "procedure", "tandem", "bicycle-return"];
    prints(&site, &procedure, 0, "new-procedure.txt");
    prints(&site, &procedure, 2, "new-procedure-taken.txt");
    let path = "content/providers/tandem/bicycle-return.yaml";
    if let Err(error) = compare(&site.read(path), &expected("new-procedure.yaml")) {
        panic!("{error}");
    }
    let nobody = ["new", "procedure", "tandme", "bicycle-return"];
    prints(&site, &nobody, 1, "new-procedure-unknown.txt");
    let alone = Site::base();
    alone.run(&provider);
    std::fs::remove_file(alone.path("content/procedures/bicycle-return.yaml"))
        .expect("it is there");
    alone.run(&procedure);
    if let Err(error) = compare(&alone.read(path), &expected("new-procedure-whole.yaml")) {
        panic!("{error}");
    }
}

#[test]
fn completions_and_manual() {
    let site = Site::empty();
    prints(
        &site,
        &["completions", "tcsh"],
        2,
        "completions-unknown.txt",
    );
    prints(&site, &["man", "explain"], 0, "man.txt");
    prints(&site, &["man", "explian"], 1, "man-unknown.txt");
}

#[test]
fn help() {
    prints(&Site::base(), &["--help"], 0, "help.txt");
    prints(&Site::base(), &["build", "--help"], 0, "help-build.txt");
    prints(&Site::base(), &["check", "--help"], 0, "help-check.txt");
    prints(&Site::base(), &["serve", "--help"], 0, "help-serve.txt");
    for command in ["completions", "init", "man", "new", "schema"] {
        let name = format!("help-{command}.txt");
        prints(&Site::empty(), &[command, "--help"], 0, &name);
    }
    for what in ["provider", "procedure"] {
        let name = format!("help-new-{what}.txt");
        prints(&Site::empty(), &["new", what, "--help"], 0, &name);
    }
}

/// A site with translations, one of which is of older texts.
fn translated() -> Site {
    let site = Site::case(&repository().join("tests/cases/rules/missing-translation/fires"));
    site.edit("content/sources.yaml", "Rules for", "The rules for");
    site
}

#[test]
fn translate() {
    let site = translated();
    prints(&site, &["translate", "--help"], 0, "help-translate.txt");
    prints(&site, &["translate"], 0, "translate.txt");
    let json = ["translate", "--format", "json"];
    prints(&site, &json, 0, "translate-json.txt");
    prints(
        &Site::base(),
        &["translate"],
        1,
        "translate-one-language.txt",
    );
}

#[test]
fn translations_are_accepted_or_refused() {
    let site = translated();
    let path = "content/sources.zh-CN.yaml";
    let accept = [
        "translate",
        "--accept",
        path,
        "content/materials.zh-CN.yaml",
    ];
    prints(&site, &accept, 0, "translate-accepted.txt");
    let source = ["translate", "--accept", "content/sources.yaml"];
    prints(&site, &source, 1, "translate-unknown.txt");
    let site = Site::case(&repository().join("tests/cases/rules/key-without-source/fires"));
    let before = site.read("content/materials.zh-CN.yaml");
    prints(
        &site,
        &["translate", "--accept", "content"],
        1,
        "translate-refused.txt",
    );
    assert_eq!(site.read("content/materials.zh-CN.yaml"), before);
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    for args in [
        &["chekc"][..],
        &["check", "--format", "xml"],
        &["build", "--shard", "4/3"],
        &["build", "--base-url", "ftp://x"],
    ] {
        assert_eq!(Site::base().run(args).code, Some(2), "{args:?}");
    }
}

#[test]
fn notes_are_counted_and_shown_when_asked_for() {
    let site = Site::own();
    let quiet = site.run(&["check"]);
    assert_eq!(quiet.stdout, "");
    assert!(quiet.stderr.contains("--notes"), "{}", quiet.stderr);
    assert!(
        site.run(&["check", "--notes"])
            .stdout
            .contains("note[SB301]")
    );
}

#[test]
fn the_root_is_found_from_below() {
    let site = Site::base();
    let run = |dir: &Path| {
        let mut command = site.command(&["check"]);
        command.current_dir(dir);
        command.output().expect("the binary runs").status.code()
    };
    assert_eq!(run(&site.path("content/providers/pedal")), Some(0));
    assert_eq!(run(&std::env::temp_dir()), Some(2));
}

#[test]
fn the_day_comes_from_the_environment_when_it_is_not_given() {
    let site = Site::base();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_stepbook"));
    command
        .current_dir(site.path(""))
        .arg("check")
        .env("NO_COLOR", "1");
    let late = command
        .env("SOURCE_DATE_EPOCH", "1893456000")
        .output()
        .expect("the binary runs");
    assert_eq!(
        late.status.code(),
        Some(1),
        "in 2030 every check has expired"
    );
    let wrong = command
        .env("SOURCE_DATE_EPOCH", "soon")
        .output()
        .expect("the binary runs");
    assert_eq!(wrong.status.code(), Some(2));
}

/// The sample in the README is what the binary prints.
#[test]
fn the_message_in_the_readme_is_real() {
    let site = Site::own();
    let path = "content/procedures/deregistration.yaml";
    site.edit(
        path,
        "guidance: clear-balance\n",
        "guidance: clear-balanse\n",
    );
    let printed = site.run(&["check"]).stdout;
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("it is there");
    let (_, sample) = readme
        .split_once("$ cargo run --release -- check\n")
        .expect("the sample is there");
    let sample = sample.split("```").next().unwrap_or("").trim_end();
    assert!(printed.contains(sample), "{printed}");
}
