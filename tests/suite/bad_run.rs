//! A run that cannot go on: a clear error, exit code 2, and the old output stays as it was.

use std::fs;

use crate::harness::{Run, Site, built, files_in, refused};

#[test]
fn an_output_folder_among_the_sources() {
    for out in [
        "content/public",
        "content",
        ".",
        "templates/x",
        "content/../content/x",
    ] {
        let run = refused(|_| {}, &["--out", out], 2);
        assert!(
            run.stderr.contains("name another folder"),
            "{out}: {}",
            run.stderr
        );
    }
}

#[test]
fn an_output_folder_that_is_not_ours() {
    let site = Site::base();
    site.write("letters/love.txt", "keep me");
    let run = site.run(&["build", "--out", "letters"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(site.read("letters/love.txt"), "keep me");
    assert_eq!(files_in(&site.path("letters")).len(), 1);
}

#[test]
fn a_template_that_does_not_parse() {
    let run = refused(
        |site| site.write("templates/home.html", "<p>\n{% if %}"),
        &[],
        2,
    );
    assert!(run.stderr.contains("home.html"), "{}", run.stderr);
    assert!(
        run.stderr.contains(":2:"),
        "the line is named: {}",
        run.stderr
    );
}

#[test]
fn a_template_that_fails_on_one_page() {
    let spoil = |site: &Site| {
        site.write(
            "templates/provider.html",
            "{% if name == \"Velo Bicycles\" %}{{ nothing.here }}{% endif %}",
        );
        site.edit(
            "content/providers/velo/provider.yaml",
            &name_line(site, "velo"),
            "name: Velo Bicycles",
        );
    };
    let run = refused(spoil, &[], 2);
    assert!(
        run.stderr.contains("templates/provider.html"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`/velo/`"), "{}", run.stderr);
}

fn name_line(site: &Site, provider: &str) -> String {
    let text = site.read(&format!("content/providers/{provider}/provider.yaml"));
    text.lines()
        .find(|line| line.starts_with("name:"))
        .expect("a provider has a name")
        .to_owned()
}

#[test]
fn words_that_are_no_words() {
    let run = refused(
        |site| site.write("templates/words/en.yaml", "- a\n"),
        &[],
        2,
    );
    assert!(
        run.stderr.contains("templates/words/en.yaml"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files() {
    let site = built();
    let before = files_in(&site.path("public"));
    let command = site.command(&["build", "--base-url", "https://elsewhere.example"]);
    // `ulimit -f` counts blocks of 512 or 1024 bytes; no page is so small.
    let mut shell = std::process::Command::new("sh");
    shell
        .arg("-c")
        .arg("ulimit -f 1; exec \"$@\"")
        .arg("sh")
        .arg(command.get_program())
        .args(command.get_args());
    shell.current_dir(site.path("")).env("NO_COLOR", "1");
    let run = Run::of(shell.output().expect("sh runs"));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("too large"), "{}", run.stderr);
    assert_eq!(
        files_in(&site.path("public")),
        before,
        "the old output is as it was"
    );
}

#[test]
fn no_site_at_all() {
    let site = Site::base();
    fs::remove_file(site.path("content/site.yaml")).expect("it is there");
    let run = site.run(&["check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--root"), "{}", run.stderr);
}
