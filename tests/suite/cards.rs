//! What machines read of a procedure: its data with a card for each step, and its Markdown.

use std::fs;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use serde_json::Value;

use crate::harness::{Site, compare, files_in, repository};

const PROCEDURE: &str = "content/providers/velo/bicycle-return.yaml";

/// A site whose one procedure has all that a card can hold.
fn whole() -> Site {
    Site::case(&repository().join("tests/cases/cards/whole"))
}

#[track_caller]
fn build(site: &Site) {
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of a built site that names its schema, which lies beside it in the site.
fn with_schema(site: &Site) -> Vec<(String, Value, Value)> {
    let public = site.path("public");
    let files = files_in(&public).into_iter().filter_map(|(path, bytes)| {
        let file: Value = serde_json::from_slice(&bytes).ok()?;
        let schema = file.get("$schema")?.as_str()?.to_owned();
        if schema.starts_with("https://json-schema.org/") {
            return None;
        }
        let at = public.join(&path).with_file_name("").join(schema);
        let schema =
            fs::read_to_string(&at).unwrap_or_else(|_| panic!("{path} names {}", at.display()));
        let schema = serde_json::from_str(&schema).expect("a schema is JSON");
        Some((path, file, schema))
    });
    files.collect()
}

#[test]
fn every_file_for_machines_holds_to_the_schema_that_it_names() {
    let suspended = whole();
    suspended.write(PROCEDURE, suspended.read(PROCEDURE) + "status: suspended\n");
    let retired = whole();
    retired.write(PROCEDURE, retired.read(PROCEDURE) + "status: retired\n");
    for site in [Site::own(), whole(), suspended, retired] {
        build(&site);
        let files = with_schema(&site);
        assert!(files.len() > 1, "{} files name a schema", files.len());
        for (path, file, schema) in files {
            jsonschema::draft202012::meta::validate(&schema).expect("the schema is one");
            let own = schema.to_string().contains("\"format\"");
            assert!(!own, "{path}: formats are not those of Rust");
            let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
            if let Err(error) = validator.validate(&file) {
                panic!("{path}: {error} at {}", error.instance_path());
            }
            let mut broken = file.clone();
            let fields = broken.as_object_mut().expect("a file is an object");
            fields.retain(|name, _| name == "$schema");
            assert!(!validator.is_valid(&broken), "{path} without its fields");
        }
    }
}

#[test]
fn a_card_holds_all_that_a_step_says_and_the_markdown_says_the_same() {
    let site = whole();
    build(&site);
    let data = json(&site, "public/velo/bicycle-return/index.json");
    let data = serde_json::to_string_pretty(&data).expect("it was JSON") + "\n";
    let text = site.read("public/velo/bicycle-return/index.md");
    let cases = repository().join("tests/cases/cards/whole");
    let faults = [
        compare(&data, &cases.join("expected.json")),
        compare(&text, &cases.join("expected.md")),
    ];
    let faults: Vec<String> = faults.into_iter().filter_map(Result::err).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_markdown_of_every_guide_holds_each_step_in_order_and_no_html() {
    for site in [Site::own(), whole()] {
        build(&site);
        let files = files_in(&site.path("public"));
        let guides = files.iter().filter(|(path, _)| path.ends_with("/index.md"));
        let mut seen = 0;
        for (path, bytes) in guides {
            let text = std::str::from_utf8(bytes).expect("Markdown is UTF-8");
            let data = json(
                &site,
                &format!("public/{}json", path.trim_end_matches("md")),
            );
            let steps = data["steps"].as_array().expect("a guide has steps");
            let mut rest = text;
            for step in steps {
                let permalink = step["permalink"].as_str().expect("a step has a permalink");
                let heading = format!("\n### {} ", step["number"]);
                for part in [heading, format!("\n<{permalink}>\n")] {
                    let at = rest.find(&part);
                    let at = at.unwrap_or_else(|| panic!("{path}: {part} comes next"));
                    rest = &rest[at + part.len() - 1..];
                }
            }
            let mut level = HeadingLevel::H1;
            for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
                match event {
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{path}: {html}"),
                    Event::Start(Tag::Heading { level: next, .. }) => {
                        let skips = next as usize > level as usize + 1;
                        assert!(!skips, "{path}: a heading {next} stands below {level}");
                        level = next;
                    }
                    Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                        let whole = dest_url.starts_with("http");
                        assert!(whole, "{path}: {dest_url} leads there from anywhere");
                    }
                    _ => {}
                }
            }
            seen += 1;
        }
        assert!(seen >= 2, "{seen} guides");
    }
}

#[test]
fn addresses_of_a_guide_follow_the_base_address() {
    let site = whole();
    let run = site.run(&["build", "--base-url", "http://localhost:8080/a/"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let text = site.read("public/velo/bicycle-return/index.md");
    let data = site.read("public/velo/bicycle-return/index.json");
    let step = "http://localhost:8080/a/velo/bicycle-return/#confirm-end";
    let other = "http://localhost:8080/a/pedal/bicycle-return/#take-photo";
    for of in [&text, &data] {
        assert!(of.contains(step) && of.contains(other), "{of}");
        assert!(!of.contains("bicycles.internal"), "{of}");
    }
    let picture = text.split("![The bolt](http://localhost:8080/a/").nth(1);
    let picture = picture.and_then(|rest| rest.split(')').next());
    let picture = picture.expect("the picture has a whole address");
    assert!(site.path(&format!("public/{picture}")).is_file());
}

#[test]
fn a_procedure_that_must_not_be_followed_says_so_first() {
    for (status, banner) in [("suspended", "Suspended:"), ("retired", "Retired:")] {
        let site = whole();
        site.write(
            PROCEDURE,
            site.read(PROCEDURE) + &format!("status: {status}\n"),
        );
        build(&site);
        let text = site.read("public/velo/bicycle-return/index.md");
        let (before, _) = text.split_once(banner).expect("it says so");
        assert!(before.lines().count() < 8, "{before}");
        let data = json(&site, "public/velo/bicycle-return/index.json");
        assert_eq!(data["status"], status);
        let steps = data["steps"].as_array().map(Vec::len);
        let retired = status == "retired";
        assert_eq!(steps, Some(if retired { 0 } else { 7 }));
        assert_eq!(
            data["steps_then"].as_array().map(Vec::len),
            retired.then_some(7)
        );
        assert_eq!(text.contains("### 1 "), !retired);
        assert!(text.contains("`sign-form` Gone since 2026-10-01"), "{text}");
    }
}

#[test]
fn a_draft_has_no_files_for_machines_unless_it_is_built() {
    let site = whole();
    site.write(PROCEDURE, site.read(PROCEDURE) + "status: draft\n");
    build(&site);
    assert!(!site.path("public/velo/bicycle-return").exists());
    let run = site.run(&["build", "--drafts"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let data = json(&site, "public/velo/bicycle-return/index.json");
    assert_eq!(data["status"], "draft");
}

#[test]
fn a_guide_leads_to_its_data_and_its_markdown() {
    let site = Site::base();
    build(&site);
    let guide = site.read("public/velo/bicycle-return/index.html");
    for (kind, file) in [
        ("application/json", "index.json"),
        ("text/markdown", "index.md"),
    ] {
        let link = format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{file}\">");
        assert_eq!(guide.matches(&link).count(), 1, "{link}");
        assert!(
            site.path(&format!("public/velo/bicycle-return/{file}"))
                .is_file()
        );
    }
    let sheet = site.read("public/velo/bicycle-return/checklist/index.html");
    assert!(!sheet.contains("rel=\"alternate\""));
}

#[test]
fn hostile_guidance_is_text_in_markdown() {
    let site = whole();
    let hostile = "<script>alert(1)</script>\n\n<div>\nhidden\n</div>\n\na <b>b</b> &lt;i&gt; \u{e000}\n\n[x](#confirm-end)\n";
    site.write(
        "content/providers/velo/guidance/lock-with-chain.md",
        hostile,
    );
    build(&site);
    let text = site.read("public/velo/bicycle-return/index.md");
    let mut read = String::new();
    for event in Parser::new(&text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Text(part) => read.push_str(&part),
            _ => {}
        }
    }
    for part in [
        "<script>alert(1)</script>",
        "<div>",
        "hidden",
        "<b>b</b> <i> \u{e000}",
    ] {
        assert!(read.contains(part), "{part} in {text}");
    }
    assert!(text.contains("[x](https://bicycles.internal/velo/bicycle-return/#confirm-end)"));
}
