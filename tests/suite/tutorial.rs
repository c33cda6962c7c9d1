//! The tutorial in the README, done by the binary: every command is run, every file written, every output compared.

use std::fs;
use std::process::Command;

use snapbox::{Assert, Data};

use crate::harness::{Run, Site, repository, without_times};

const HEADING: &str = "## A site of your own, step by step\n";
/// 2026-11-23: the day on which all tests run.
const DAY: &str = "1795392000";

/// What a reader does next.
enum Act {
    /// Runs a command, and sees this.
    Run(String, String),
    /// Writes a file.
    Write(String, String),
}

/// The blocks of the tutorial, in order.
fn acts(readme: &str) -> Vec<Act> {
    let (_, text) = readme
        .split_once(HEADING)
        .expect("the README has a tutorial");
    let text = text.split("\n## ").next().unwrap_or(text);
    let mut acts = Vec::new();
    for block in text.split("\n```").skip(1).step_by(2) {
        let (kind, body) = block.split_once('\n').expect("a block has lines");
        let body = body.to_owned() + "\n";
        match kind {
            "console" => {
                for command in body.split("$ ").skip(1) {
                    let (line, output) = command.split_once('\n').expect("a command is a line");
                    acts.push(Act::Run(line.to_owned(), output.to_owned()));
                }
            }
            "yaml" => {
                let path = body.lines().next().and_then(|line| line.strip_prefix("# "));
                let path = path.expect("a file begins with its path").to_owned();
                acts.push(Act::Write(path, body));
            }
            kind => panic!("a block of `{kind}` in the tutorial"),
        }
    }
    acts
}

#[test]
fn the_tutorial_in_the_readme_is_what_happens() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("it is there");
    let site = Site::empty();
    let mut dir = site.path("");
    let (mut commands, mut files) = (0, 0);
    for act in acts(&readme) {
        match act {
            Act::Write(path, text) => {
                files += 1;
                assert!(
                    dir.join(&path).is_file(),
                    "{path}: the file is there before it is filled in"
                );
                fs::write(dir.join(path), text).expect("files can be written");
            }
            Act::Run(line, expected) => {
                let words: Vec<&str> = line.split(' ').collect();
                if let ["cd", folder] = words[..] {
                    dir = dir.join(folder);
                    continue;
                }
                commands += 1;
                assert_eq!(words[0], "stepbook", "{line}");
                let mut command = Command::new(env!("CARGO_BIN_EXE_stepbook"));
                command.current_dir(&dir).args(&words[1..]);
                command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", DAY);
                let run = Run::of(command.output().expect("the binary runs"));
                let printed = without_times(&(run.stdout + &run.stderr));
                let expected = Data::text(without_times(&expected));
                if let Err(error) = Assert::new().try_eq(Some(&line), printed.into(), expected) {
                    panic!("{error}");
                }
            }
        }
    }
    assert!(
        commands > 8 && files > 3,
        "{commands} commands, {files} files"
    );
    assert!(dir.join("public/central/card-closing/index.html").is_file());
}
