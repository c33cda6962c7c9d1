//! Old addresses of procedures: each leads on, under any base address and on any host.

use std::collections::BTreeMap;

use crate::harness::{Site, repository};

const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";

/// What leads on in the case: from each file to where it must lead.
const MOVES: [(&str, &str); 9] = [
    ("help/return.html", "velo/bicycle-return/"),
    ("rental/bicycle-return/index.html", "velo/bicycle-return/"),
    (
        "rental/bicycle-return/checklist/index.html",
        "velo/bicycle-return/checklist/",
    ),
    ("rental/index.html", "velo/"),
    ("rental/pack/index.html", "velo/pack/"),
    ("returning/index.html", "velo/bicycle-return/"),
    (
        "returning/checklist/index.html",
        "velo/bicycle-return/checklist/",
    ),
    ("velo/return/index.html", "velo/bicycle-return/"),
    (
        "velo/return/checklist/index.html",
        "velo/bicycle-return/checklist/",
    ),
];

fn moved() -> Site {
    Site::case(&repository().join("tests/cases/moved"))
}

#[track_caller]
fn build(site: &Site, args: &[&str]) {
    let mut all = vec!["build"];
    all.extend(args);
    let run = site.run(&all);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

/// What stands between two texts.
#[track_caller]
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split(before).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("`{before}` is in {text}"));
    rest.split(after).next().unwrap_or_default()
}

#[test]
fn a_page_at_each_old_address_leads_on_with_and_without_script() {
    let site = moved();
    build(&site, &[]);
    for (file, to) in MOVES {
        let html = site.read(&format!("public/{file}"));
        let relative = format!("{}{to}", "../".repeat(file.matches('/').count()));
        let (head, body) = html.split_once("<body").expect("a page has a body");
        let refresh = between(head, "<noscript>", "</noscript>");
        let expected = format!("<meta http-equiv=\"refresh\" content=\"0; url={relative}\">");
        assert_eq!(refresh, expected, "{file}");
        assert_eq!(between(head, "data-to=\"", "\""), relative, "{file}");
        assert_eq!(
            between(body, "class=\"tap\" href=\"", "\""),
            relative,
            "{file}"
        );
        let canonical = between(head, "<link rel=\"canonical\" href=\"", "\"");
        assert_eq!(canonical, format!("https://bicycles.internal/{to}"));
        assert!(head.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(site.path(&format!("public/{to}index.html")).exists());
    }
}

#[test]
fn hosts_are_told_the_same_moves_from_the_root_of_the_host() {
    let site = moved();
    build(&site, &["--base-url", "https://guides.internal/bicycles/"]);
    let expected: BTreeMap<String, String> = MOVES
        .map(|(file, to)| {
            let from = file.strip_suffix("index.html").unwrap_or(file);
            (format!("/bicycles/{from}"), format!("/bicycles/{to}"))
        })
        .into();
    let lines = site.read("public/_redirects");
    let lines = lines.lines().map(|line| {
        let mut parts = line.split(' ').map(ToOwned::to_owned);
        let pair = (parts.next().expect("from"), parts.next().expect("to"));
        assert_eq!(parts.collect::<Vec<_>>(), ["301"], "{line}");
        pair
    });
    assert_eq!(lines.collect::<BTreeMap<_, _>>(), expected);
    let map = site.read("public/redirects.nginx.map");
    let lines = map.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.map(|line| {
        let parts: Vec<&str> = line.split('"').collect();
        assert_eq!([parts[0], parts[2], parts[4]], ["", " ", ";"], "{line}");
        (parts[1].to_owned(), parts[3].to_owned())
    });
    assert_eq!(lines.collect::<BTreeMap<_, _>>(), expected);
    let page = site.read("public/returning/index.html");
    assert!(page.contains("data-to=\"../velo/bicycle-return/\""));
}

#[test]
fn a_provider_who_is_gone_has_an_heir_only_if_one_alone_took_all_its_procedures() {
    let site = moved();
    build(&site, &[]);
    assert!(site.path("public/rental/index.html").exists());
    site.write(
        "content/providers/pedal/lending.yaml",
        "extends: bicycle-return\nformerly: rental/lending/\n",
    );
    build(&site, &[]);
    assert!(site.path("public/rental/lending/index.html").exists());
    assert!(!site.path("public/rental/index.html").exists());
    assert!(!site.path("public/rental/pack/index.html").exists());
}

#[test]
fn a_draft_leads_nowhere_and_a_site_where_nothing_moved_has_no_redirects() {
    let site = moved();
    let velo = "content/providers/velo/bicycle-return.yaml";
    site.write(velo, site.read(velo) + "status: draft\n");
    build(&site, &[]);
    assert!(!site.path("public/returning").exists());
    let site = Site::base();
    build(&site, &[]);
    assert_eq!(site.read("public/_redirects"), "");
}

#[test]
fn an_old_address_that_no_disk_can_hold_is_refused_in_words() {
    let site = Site::base();
    site.write(PEDAL, site.read(PEDAL) + "formerly: [old./path/]\n");
    let report = site.check();
    assert_eq!(report.only("SB005").path, PEDAL);
}

/// Whether `check` takes old addresses of velo's procedure. It takes nothing that `build` then cannot write.
#[track_caller]
fn accepts(site: &Site, formerly: &str) -> bool {
    let own = "content/providers/velo/bicycle-return.yaml";
    let before = site.read(own);
    site.write(own, format!("{before}formerly: [{formerly}]\n"));
    let accepted = site.check().errors().is_empty();
    if accepted {
        build(site, &[]);
        build(site, &["--drafts"]);
    }
    site.write(own, before);
    accepted
}

#[test]
fn what_check_takes_as_an_old_address_build_can_write() {
    let site = Site::base();
    let draft = "extends: bicycle-return\nstatus: draft\n";
    site.write("content/providers/pedal/lending.yaml", draft);
    for good in [
        "old.html",
        "old/path/",
        "velo/old-return/",
        "velo/old-return/index.json",
        "velo/packs/",
        "velo.html",
        "help/index.html",
        "help/feed.xml",
        "sitemap-old.xml",
        "a, a/checklist/, a/b.html, a/b/",
        "a/, A/checklist/index.html",
        "rental/bicycle-return/, Rental/index.html, rental/pack/index.html",
    ] {
        assert!(accepts(&site, good), "{good}");
    }
    for bad in [
        ".stepbook-manifest",
        ".Stepbook-Work/old/",
        "sitemap-1.xml",
        "velo/",
        "velo/index.html",
        "velo/index.html/old/",
        "velo/pack/index.html",
        "velo/pack/old/",
        "velo/bicycle-return/index.html",
        "velo/bicycle-return/index.json",
        "velo/bicycle-return/index.md",
        "velo/bicycle-return/editions.json",
        "velo/bicycle-return/checklist/index.html",
        "Velo/Bicycle-Return/",
        "Pedal/Bicycle-Return/",
        "pedal/lending/",
        "coverage/bicycle-return/",
        "differences/bicycle-return/",
        "old.html, OLD.html/x",
        "old/x.html, old/x.html/y.html",
        "old/, old/index.html",
        "old/, old/checklist/index.html/",
        "rental/bicycle-return/, rental/index.html/",
        "rental/bicycle-return/, Rental/pack/index.html/old/",
    ] {
        assert!(!accepts(&site, bad), "{bad}");
    }
}

#[test]
fn no_old_address_is_a_name_that_a_built_site_has_at_its_base() {
    let site = Site::base();
    assert_eq!(site.run(&["release"]).code, Some(0));
    build(&site, &[]);
    let names = std::fs::read_dir(site.path("public")).expect("it is built");
    let names = names.map(|it| it.expect("it can be read").file_name());
    let names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|it| it == "feed.xml"), "{names:?}");
    for name in names {
        assert!(!accepts(&site, &name), "{name}");
        assert!(!accepts(&site, &name.to_uppercase()), "{name}");
    }
}
