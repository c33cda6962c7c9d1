//! `init` and `new`: what they write builds, passes, or is named piece by piece until it does.

use std::fs;
use std::path::Path;

use crate::harness::{Run, Site, files_in, repository};

/// A folder with a new site in `site/`, made and checked on a day.
fn new_site(today: &str) -> Site {
    let site = Site::empty();
    let run = site.run_on(today, &["init", "site"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    Site::copy(&site.path("site"))
}

#[test]
fn a_new_site_passes_and_builds_on_any_day() {
    for today in ["2026-11-23", "2031-05-05"] {
        let site = new_site(today);
        let notes = site.run_on(today, &["check", "--notes"]);
        assert_eq!(notes.code, Some(0), "{}", notes.stdout);
        let found: Vec<&str> = notes
            .stdout
            .lines()
            .filter(|line| {
                ["error[", "warning[", "note["]
                    .iter()
                    .any(|it| line.starts_with(it))
            })
            .collect();
        let expected = "note[SB406]: `library-cards.example` is a name for examples: printed codes and links lead nowhere";
        assert_eq!(found, [expected]);
        let build = site.run_on(today, &["build"]);
        assert_eq!(build.code, Some(0), "{}", build.stderr);
        assert!(
            site.path("public/harbour/card-closing/index.html")
                .is_file()
        );
    }
}

#[test]
fn a_new_site_takes_every_kind_of_file_that_its_schemas_describe() {
    super::schema::takes_all(&new_site("2026-11-23"), 9);
}

#[test]
fn a_new_site_teaches_by_comments() {
    let folder = repository().join("src/cli/init/site");
    for (path, bytes) in files_in(&folder.join("content")) {
        let text = String::from_utf8(bytes).expect("it is text");
        let is_yaml = path.ends_with(".yaml");
        assert!(
            !is_yaml || text.contains("# "),
            "{path} says nothing about itself"
        );
    }
}

#[test]
fn init_writes_nothing_where_it_would_lose_something() {
    for taken in ["content/site.yaml", ".gitignore", "schemas", "content"] {
        let site = Site::empty();
        site.write(taken, "mine");
        let before = files_in(&site.path(""));
        let run = site.run(&["init", "."]);
        assert_eq!(run.code, Some(2), "{taken}");
        assert!(run.stderr.contains("already"), "{}", run.stderr);
        assert_eq!(files_in(&site.path("")), before, "{taken}");
    }
    let site = Site::empty();
    site.write("notes.txt", "mine");
    site.write("content/guidance/mine.md", "mine");
    assert_eq!(
        site.run(&["init", "."]).code,
        Some(0),
        "these are in nobody's way"
    );
    assert_eq!(site.read("notes.txt"), "mine");
    site.write("file", "mine");
    assert_eq!(site.run(&["init", "file"]).code, Some(2));
    assert_eq!(site.read("file"), "mine");
}

#[test]
fn new_never_overwrites() {
    let site = Site::base();
    let before = files_in(&site.path(""));
    for args in [
        &["new", "provider", "velo"][..],
        &["new", "procedure", "velo", "bicycle-return"],
        &["new", "provider", "agent"],
        &["new", "provider", "Velo"],
    ] {
        assert_eq!(site.run(args).code, Some(2), "{args:?}");
    }
    for args in [
        &["new", "procedure", "vello", "bicycle-return"][..],
        &["new", "procedure", "velo", "bicycle-retrun"],
    ] {
        let run = site.run(args);
        assert_eq!(run.code, Some(1), "{args:?}");
        assert!(run.stderr.contains("did you mean"), "{}", run.stderr);
    }
    assert_eq!(files_in(&site.path("")), before);
}

#[test]
fn what_cannot_be_read_is_said_before_something_is_made_of_it() {
    for (path, what) in [
        ("content/standards/bicycle-return.yaml", "the standard"),
        (
            "content/procedures/bicycle-return.yaml",
            "the shared procedure",
        ),
    ] {
        let site = Site::base();
        let file = "content/providers/velo/bicycle-return.yaml";
        fs::remove_file(site.path(file)).expect("it is there");
        site.write(path, "title: [");
        let run = site.run(&["new", "procedure", "velo", "bicycle-return"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(what), "{}", run.stderr);
        assert!(!site.path(file).exists());
        let schema = site.run(&["schema", "site", "--with-ids"]);
        assert!(
            schema.stderr.contains("not all files could be read"),
            "{}",
            schema.stderr
        );
    }
}

/// What a new provider still lacks is named; nothing of it can be published before.
#[test]
fn a_new_provider_is_not_published_before_it_is_written() {
    let site = Site::base();
    site.run(&["new", "provider", "tandem"]);
    site.run(&["new", "procedure", "tandem", "bicycle-return"]);
    assert_eq!(site.run(&["build"]).code, Some(1));
    assert!(!site.path("public").exists());
    let open = |site: &Site| {
        let report = site.check();
        report
            .errors()
            .iter()
            .map(|it| format!("{} {}", it.code, it.path))
            .collect::<Vec<_>>()
    };
    let path = "content/providers/tandem/provider.yaml";
    let todo = format!("SB111 {path}");
    let way = "SB206 content/procedures/bicycle-return.yaml";
    assert_eq!(open(&site), [way, way, &todo, &todo]);
    site.edit(path, "\nname: TODO", "\nname: Tandem");
    assert_eq!(open(&site), [way, way, &todo]);
    site.edit(path, "\n    label: TODO", "\n    label: Hotline");
    assert_eq!(open(&site), [way, way], "two steps go through a page");
    site.edit(
        path,
        "\nchannels:\n",
        "\nchannels:\n  - {id: page, kind: web, label: Web site}\n",
    );
    assert_eq!(open(&site), [""; 0]);
    assert_eq!(site.run(&["build"]).code, Some(0));
}

/// Everything that a new procedure inherits can be taken as it is written there.
#[test]
fn what_a_new_procedure_inherits_may_be_taken_line_by_line() {
    let site = Site::base();
    fs::remove_file(site.path("content/providers/velo/bicycle-return.yaml")).expect("it is there");
    let run = site.run(&["new", "procedure", "velo", "bicycle-return"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let path = "content/providers/velo/bicycle-return.yaml";
    let text = site.read(path);
    let inherited = text
        .split("# A new step says")
        .next()
        .expect("there is a first part");
    let taken: Vec<&str> = inherited.lines().map(taken).collect();
    site.write(path, taken.join("\n") + "\n");
    let report = site.check();
    assert!(report.errors().is_empty(), "{:#?}", report.errors());
    let show = site.run(&["show", "velo/bicycle-return"]).stdout;
    let own = show
        .lines()
        .filter(|line| line.contains(&format!("# {path}")));
    assert!(own.count() > 40, "{show}");
}

/// A line of a scaffold, taken: YAML stands right behind its `#`, words behind `# `.
fn taken(line: &str) -> &str {
    match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest,
        _ => line,
    }
}

/// A whole procedure, with nothing to extend: each thing that is written makes `check` name one thing less, and it names
/// every thing that the standard requires.
#[test]
fn a_whole_procedure_is_written_by_following_the_messages() {
    let site = Site::base();
    for path in [
        "content/procedures/bicycle-return.yaml",
        "content/providers/velo/bicycle-return.yaml",
        "content/providers/pedal/bicycle-return.yaml",
        "content/providers/pedal/guidance/dispute-fee.md",
        "content/guidance/dispute-fee.md",
    ] {
        fs::remove_file(site.path(path)).expect("it is there");
    }
    let run = site.run(&["new", "procedure", "velo", "bicycle-return"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let path = "content/providers/velo/bicycle-return.yaml";
    let mut messages = Vec::new();
    for round in 0.. {
        let report = site.check();
        let errors = report.errors();
        let Some(error) = errors.first() else { break };
        assert!(round < 60, "no end: {errors:#?}");
        messages.push(error.message.clone());
        let text = site.read(path);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        match error.code.as_str() {
            "SB111" => {
                assert_eq!(error.path, path);
                let line = &mut lines[error.line - 1];
                let word = ["Apple", "Bread", "Chair", "Drum", "Egg"][round % 5];
                let words = match line.trim_start().split(':').next() {
                    Some("action") => format!("Press the button {word} {round}"),
                    Some("expect") => format!("The lamp {word} {round} is green"),
                    Some("refund-time") => {
                        "{value: {days: [1, 3]}, evidence: rental-rules}".to_owned()
                    }
                    Some("refund-way") => "{value: card, evidence: rental-rules}".to_owned(),
                    Some("deposit") => "{value: 50 euros, evidence: rental-rules}".to_owned(),
                    _ => format!("{word} {round}"),
                };
                let whole = line.contains('{');
                let to = if whole { "{value: TODO}" } else { "TODO" };
                *line = line.replace(to, &words);
            }
            "SB104" => {
                let material = error
                    .message
                    .split('`')
                    .nth(1)
                    .expect("a material is named");
                let step = if material == "key" {
                    "hand-in-key"
                } else {
                    "show-card"
                };
                let at = lines
                    .iter()
                    .position(|line| line.ends_with(&format!("id: {step}")));
                let needs = lines[at.expect("the step is there")..]
                    .iter()
                    .position(|line| line.contains("#needs: "));
                let at = at.unwrap_or(0) + needs.expect("it may need something");
                lines[at] =
                    lines[at].replace("#needs: [MATERIAL]", &format!("needs: [{material}]"));
            }
            _ => panic!("{error:#?}"),
        }
        site.write(path, lines.join("\n") + "\n");
        let left = site.check().summary.errors;
        assert!(left < report.summary.errors, "{error:#?}");
    }
    for id in [
        "lock-bicycle",
        "show-card",
        "hand-in-key",
        "confirm-end",
        "late-fee",
        "how-long",
        "refund-time",
        "company-card",
        "key",
    ] {
        let quoted = format!("`{id}`");
        assert!(
            messages.iter().any(|it| it.contains(&quoted)),
            "{id}: {messages:#?}"
        );
    }
    assert_eq!(site.run(&["build"]).code, Some(0));
}

/// Shells take the scripts; nobody needs a site for them.
#[test]
fn completions_and_manual_need_no_site() {
    let run = |args: &[&str]| -> Run {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_stepbook"));
        command.current_dir(std::env::temp_dir()).args(args);
        Run::of(command.output().expect("the binary runs"))
    };
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]);
        assert_eq!(script.code, Some(0), "{}", script.stderr);
        assert!(
            script.stdout.contains("completions"),
            "{shell} knows the commands"
        );
    }
    let bash = run(&["completions", "bash"]).stdout;
    if Path::new("/bin/bash").exists() {
        let script = format!(
            "{bash}\nCOMP_WORDS=(stepbook ex); COMP_CWORD=1\n_stepbook stepbook ex stepbook\necho \"${{COMPREPLY[@]}}\""
        );
        let output = std::process::Command::new("/bin/bash")
            .args(["-c", &script])
            .output();
        let said = Run::of(output.expect("bash runs"));
        assert_eq!(said.stdout.trim(), "explain", "{}", said.stderr);
    }
    let page = run(&["man"]).stdout;
    assert!(
        page.contains(".TH stepbook 1") && page.contains("SUBCOMMANDS"),
        "{page}"
    );
    let page = run(&["man", "build"]).stdout;
    assert!(
        page.contains(".TH stepbook-build 1") && page.contains("base\\-url"),
        "{page}"
    );
    assert_eq!(run(&["schema", "site"]).code, Some(0));
}
