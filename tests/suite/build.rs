//! What a build writes, and what it leaves alone.

use std::fs;

use crate::harness::{Site, files_in};

#[test]
fn the_same_bytes_on_every_thread_count() {
    let site = Site::own();
    for (out, jobs) in [("one", "1"), ("two", "2"), ("eight", "8")] {
        let run = site.run(&["build", "--out", out, "--jobs", jobs]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    let one = files_in(&site.path("one"));
    assert!(one.len() > 40);
    assert_eq!(one, files_in(&site.path("two")));
    assert_eq!(one, files_in(&site.path("eight")));
}

#[test]
fn the_day_of_the_run_changes_no_byte() {
    let site = Site::own();
    assert_eq!(site.run(&["build", "--out", "one"]).code, Some(0));
    let mut later = site.command(&["build", "--out", "two"]);
    let args: Vec<_> = later.get_args().map(ToOwned::to_owned).collect();
    assert_eq!(args[args.len() - 2], "--today");
    later = std::process::Command::new(env!("CARGO_BIN_EXE_stepbook"));
    later
        .current_dir(site.path(""))
        .args(["build", "--out", "two", "--today", "2026-12-24"]);
    assert!(later.output().expect("the binary runs").status.success());
    assert_eq!(files_in(&site.path("one")), files_in(&site.path("two")));
}

#[test]
fn what_did_not_change_is_not_touched() {
    let site = Site::base();
    site.run(&["build"]);
    let stamp = |path: &str| {
        fs::metadata(site.path(path))
            .and_then(|data| data.modified())
            .expect("it is there")
    };
    let pages = [
        "public/index.html",
        "public/velo/bicycle-return/index.html",
        "public/pedal/index.html",
    ];
    let before: Vec<_> = pages.iter().map(|page| stamp(page)).collect();
    let run = site.run(&["build"]);
    assert!(run.stderr.contains(" 0 files written"), "{}", run.stderr);
    assert_eq!(
        before,
        pages.iter().map(|page| stamp(page)).collect::<Vec<_>>()
    );
    let procedure = "content/providers/pedal/bicycle-return.yaml";
    site.write(procedure, site.read(procedure) + "title: Another title\n");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(before[1], stamp(pages[1]), "the other provider's guide");
    assert_ne!(before[2], stamp(pages[2]), "its own page");
}

#[test]
fn a_provider_that_is_gone_takes_its_pages_along() {
    let site = Site::base();
    site.run(&["build"]);
    site.write("public/notes.txt", "mine");
    fs::remove_dir_all(site.path("content/providers/velo")).expect("it is there");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!site.path("public/velo").exists());
    assert_eq!(
        site.read("public/notes.txt"),
        "mine",
        "what stepbook did not write stays"
    );
}

#[test]
fn a_site_overrides_the_theme_file_by_file() {
    let site = Site::base();
    site.write(
        "templates/404.html",
        "{{ site_title }}: {{ words.not_found_title }} {{ page.base }}",
    );
    site.write("static/site.css", "body { color: red }");
    let run = site.run(&["build", "--base-url", "https://guides.example/help/"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let title = site
        .read("content/site.yaml")
        .lines()
        .next()
        .expect("a title")
        .replace("title: ", "");
    assert_eq!(
        site.read("public/404.html"),
        format!("{title}: Page not found /help/")
    );
    let assets: Vec<_> = files_in(&site.path("public/assets"));
    assert!(
        assets
            .iter()
            .any(|(name, bytes)| name.starts_with("site.") && bytes == b"body { color: red }")
    );
    assert!(
        site.read("public/index.html").contains("<main"),
        "the other templates are the theme's"
    );
}

#[test]
fn a_draft_is_checked_and_not_built() {
    let site = Site::base();
    let procedure = "content/providers/pedal/bicycle-return.yaml";
    site.write(procedure, site.read(procedure) + "status: draft\n");
    site.run(&["build"]);
    assert!(!site.path("public/pedal/bicycle-return").exists());
    assert!(
        !site
            .read("public/index.html")
            .contains("pedal/bicycle-return/")
    );
    site.run(&["build", "--drafts"]);
    assert!(site.path("public/pedal/bicycle-return/index.html").exists());
}

#[test]
fn a_suspended_procedure_keeps_its_address_and_anchors() {
    let site = Site::base();
    site.run(&["build"]);
    let guide = "public/pedal/bicycle-return/index.html";
    let anchors = |html: &str| html.matches("<li id=\"").count();
    let before = site.read(guide);
    let procedure = "content/providers/pedal/bicycle-return.yaml";
    site.write(procedure, site.read(procedure) + "status: suspended\n");
    site.run(&["build"]);
    let after = site.read(guide);
    assert_eq!(anchors(&before), anchors(&after));
    assert!(anchors(&before) > 3);
    assert_ne!(before, after, "a banner says that it is suspended");
}

#[test]
fn the_parts_of_a_build_are_the_whole() {
    let site = Site::base();
    site.run(&["build", "--out", "whole"]);
    let mut parts = Vec::new();
    for (out, shard) in [("a", "1/3"), ("b", "2/3"), ("c", "3/3")] {
        let run = site.run(&["build", "--out", out, "--shard", shard]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        parts.extend(files_in(&site.path(out)));
    }
    let pages = |files: Vec<(String, Vec<u8>)>| {
        let mut pages: Vec<_> = files
            .into_iter()
            .filter(|(name, _)| !name.starts_with(".stepbook"))
            .collect();
        pages.sort();
        pages
    };
    assert_eq!(pages(parts), pages(files_in(&site.path("whole"))));
}

#[test]
fn a_second_build_of_one_folder_is_refused_while_the_first_runs() {
    let site = Site::base();
    site.run(&["build"]);
    let changes = stepbook::write::ChangeSet::begin(&site.path("public")).expect("nobody builds");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("public"), "{}", run.stderr);
    drop(changes);
    assert_eq!(site.run(&["build"]).code, Some(0));
}

#[test]
fn every_link_of_the_own_site_leads_somewhere() {
    let site = Site::own();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let files = files_in(&site.path("public"));
    let mut links = 0;
    for (name, bytes) in files
        .iter()
        .filter(|(name, _)| name.ends_with(".html") && name != "404.html")
    {
        let html = String::from_utf8_lossy(bytes);
        for target in html
            .split(" href=\"")
            .chain(html.split(" src=\"").skip(1))
            .skip(1)
        {
            let target = target.split('"').next().unwrap_or("");
            if target.contains(':') {
                assert!(
                    ["https:", "http:", "tel:", "mailto:"]
                        .iter()
                        .any(|it| target.starts_with(it)),
                    "{name}: {target}"
                );
                continue;
            }
            links += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let page = resolve(name, path);
            let found = files.iter().find(|(name, _)| *name == page);
            let (_, bytes) =
                found.unwrap_or_else(|| panic!("{name} links to {target}, which is no file"));
            let anchored = anchor.is_empty()
                || String::from_utf8_lossy(bytes).contains(&format!("id=\"{anchor}\""));
            assert!(
                anchored,
                "{name} links to {target}, and {page} has no such anchor"
            );
        }
    }
    assert!(links > 500, "{links} links");
}

/// The file that a relative link on a page leads to.
fn resolve(page: &str, link: &str) -> String {
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(
                parts.pop().is_some(),
                "{page} links out of the site: {link}"
            ),
            part => parts.push(part),
        }
    }
    if link.ends_with('/') {
        parts.push("index.html");
    }
    parts.join("/")
}

#[test]
fn nothing_of_the_theme_asks_another_origin() {
    let site = Site::own();
    assert_eq!(site.run(&["build"]).code, Some(0));
    for (name, bytes) in files_in(&site.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        for word in [
            "src=\"http",
            "src=\"//",
            "@import",
            "url(http",
            "style=\"",
            "<style",
        ] {
            assert!(!text.contains(word), "{name} says {word}");
        }
        for script in text
            .split("<script")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap_or(""))
        {
            assert!(
                script.contains(" src=\"") || script.contains("type=\"application/ld+json\""),
                "{name} has a script of its own: {script}"
            );
        }
        for link in text
            .split("<link ")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap_or(""))
        {
            assert!(
                link.starts_with("rel=\"canonical\"")
                    || link.starts_with("rel=\"alternate\" hreflang=")
                    || !link.contains("http"),
                "{name}: {link}"
            );
        }
    }
}
