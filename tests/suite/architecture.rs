//! The order of the stages, as data; and what every source file owes its reader.

use std::fs;
use std::path::{Path, PathBuf};

use stepbook::render::Theme;

use crate::harness::repository;

/// A module may use those before it, and itself.
const ORDER: [&str; 22] = [
    "diagnostic",
    "yaml",
    "model",
    "find",
    "words",
    "card",
    "discover",
    "parse",
    "translate",
    "resolve",
    "check",
    "suppress",
    "release",
    "qr",
    "mcp",
    "render",
    "write",
    "external",
    "pipeline",
    "fix",
    "serve",
    "cli",
];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            let below = sources(&path);
            found.extend(below);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_stage_uses_only_the_stages_before_it() {
    let src = repository().join("src");
    let mut faults = Vec::new();
    for file in sources(&src) {
        let relative = file
            .strip_prefix(&src)
            .expect("it lies in src")
            .to_string_lossy()
            .replace('\\', "/");
        let module = relative.split(['/', '.']).next().unwrap_or("");
        let Some(place) = ORDER.iter().position(|name| *name == module) else {
            assert!(
                ["lib", "main", "embed"].contains(&module),
                "{relative} is in no stage"
            );
            continue;
        };
        let text = fs::read_to_string(&file).expect("it can be read");
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for used in line.split("crate::").skip(1) {
                let used = used
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap_or("");
                if ORDER
                    .iter()
                    .position(|name| *name == used)
                    .is_some_and(|used| used > place)
                {
                    faults.push(format!(
                        "{relative}:{} uses the later stage `{used}`",
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_commands_print_or_read_the_environment() {
    let src = repository().join("src");
    for file in sources(&src) {
        let relative = file
            .strip_prefix(&src)
            .expect("it lies in src")
            .to_string_lossy()
            .into_owned();
        if relative.starts_with("cli") || relative == "embed.rs" || relative.contains("tests") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("it can be read");
        for word in [
            "std::env",
            "env::var",
            "println!",
            "anstream",
            "process::exit",
            "Zoned::now",
            "SystemTime::now",
        ] {
            assert!(!text.contains(word), "{relative} says `{word}`");
        }
    }
}

#[test]
fn every_source_file_says_what_it_is() {
    for file in sources(&repository().join("src")) {
        let text = fs::read_to_string(&file).expect("it can be read");
        let first = text.lines().next().unwrap_or("");
        assert!(
            first.starts_with("//!") || first.starts_with("#![doc = include_str!"),
            "{}",
            file.display()
        );
    }
}

#[test]
fn the_theme_has_the_same_words_in_every_language() {
    let theme = Theme::load(&repository()).expect("the theme can be read");
    let languages: Vec<_> = theme.languages().collect();
    let tags: Vec<&str> = languages.iter().map(|(tag, _)| *tag).collect();
    assert_eq!(tags, ["en", "zh-CN"]);
    let keys = |at: usize| languages[at].1.0.keys().collect::<Vec<_>>();
    assert_eq!(keys(0), keys(1));
    assert!(keys(0).len() > 40, "{} words", keys(0).len());
}
