//! The files that speak of a site as a whole: links to all steps, site map, what robots and language models read.

use std::collections::BTreeSet;

use roxmltree::Document;
use serde::Deserialize;

use crate::harness::{Run, Site};

const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";
const VELO: &str = "content/providers/velo/bicycle-return.yaml";
const BASE_URL: &str = "https://bicycles.internal/";

/// Most bytes of one file of links.
const MOST_BYTES: usize = 1_000_000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Links {
    #[serde(rename = "$schema")]
    schema: String,
    links: Vec<Link>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    provider: String,
    procedure: String,
    step: String,
    number: usize,
    action: String,
    url: String,
    edition: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    #[serde(rename = "$schema")]
    schema: String,
    parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    url: String,
    first: String,
    last: String,
}

#[track_caller]
fn build(site: &Site, args: &[&str]) -> Run {
    let mut all = vec!["build"];
    all.extend(args);
    let run = site.run(&all);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run
}

#[track_caller]
fn links(site: &Site) -> Vec<Link> {
    let text = site.read("public/links.json");
    let links: Links =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(links.schema, "./schemas/links.json");
    validate(site, &text);
    links.links
}

/// Holds a file of links against the schema that the site publishes.
#[track_caller]
fn validate(site: &Site, text: &str) {
    let json = |text: &str| -> serde_json::Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    };
    let schema = json(&site.read("public/schemas/links.json"));
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    assert!(!validator.is_valid(&json("{\"links\": [{}]}")));
    let faults: Vec<String> = validator
        .iter_errors(&json(text))
        .map(|it| it.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

/// The file that answers at a full address.
#[track_caller]
fn built_at(site: &Site, url: &str) -> String {
    let path = url
        .strip_prefix(BASE_URL)
        .unwrap_or_else(|| panic!("{url} is of the site"));
    let index = if path.is_empty() || path.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    site.read(&format!("public/{path}{index}"))
}

/// The texts of all elements of a name in an XML file of the site.
#[track_caller]
fn texts(site: &Site, path: &str, element: &str) -> Vec<String> {
    let xml = site.read(path);
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{path}: {error}: {xml}"));
    let found = document.descendants().filter(|node| {
        node.tag_name().name() == element
            && node.tag_name().namespace() == Some("http://www.sitemaps.org/schemas/sitemap/0.9")
    });
    found
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

/// Adds `count` providers that do as Velo does.
fn with_many(site: &Site, count: usize) {
    let provider = site.read("content/providers/velo/provider.yaml");
    let procedure = site.read(VELO);
    for n in 0..count {
        let folder = format!("content/providers/many{n:04}");
        site.write(&format!("{folder}/provider.yaml"), &provider);
        site.write(&format!("{folder}/bicycle-return.yaml"), &procedure);
    }
}

#[test]
fn every_step_has_a_link_with_what_its_guide_says_of_it() {
    let site = Site::base();
    build(&site, &[]);
    let links = links(&site);
    for guide in ["pedal/bicycle-return/", "velo/bicycle-return/"] {
        let html = site.read(&format!("public/{guide}index.html"));
        let of_guide: Vec<&Link> = links
            .iter()
            .filter(|it| it.url.starts_with(&format!("{BASE_URL}{guide}#")))
            .collect();
        assert_eq!(of_guide.len(), html.matches("data-hash=").count());
        for (at, link) in of_guide.into_iter().enumerate() {
            assert_eq!(guide, format!("{}/{}/", link.provider, link.procedure));
            assert_eq!(link.url, format!("{BASE_URL}{guide}#{}", link.step));
            assert_eq!(link.number, at + 1);
            let hash = format!("id=\"{}\" data-hash=\"{}\"", link.step, link.edition);
            let (_, step) = html
                .split_once(&hash)
                .unwrap_or_else(|| panic!("{guide} has {hash}"));
            let step = step.split("data-hash=").next().unwrap_or_default();
            assert!(step.contains(&link.action), "{step} says {}", link.action);
        }
    }
    let keys: Vec<_> = links
        .iter()
        .map(|it| (&it.provider, &it.procedure, it.number))
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
}

#[test]
fn nobody_is_sent_to_a_draft_or_to_what_is_retired() {
    let site = Site::base();
    site.write(PEDAL, site.read(PEDAL) + "status: draft\n");
    site.write(VELO, site.read(VELO) + "status: retired\n");
    build(&site, &[]);
    assert!(links(&site).is_empty());
    assert_eq!(
        texts(&site, "public/sitemap.xml", "loc"),
        [
            "",
            "pedal/",
            "velo/",
            "coverage/bicycle-return/",
            "differences/bicycle-return/"
        ]
        .map(|it| format!("{BASE_URL}{it}"))
    );
    assert!(!site.read("public/llms.txt").contains("bicycle-return/"));
    build(&site, &["--drafts"]);
    assert!(links(&site).iter().all(|it| it.provider == "pedal"));
    assert!(!links(&site).is_empty());
}

#[test]
fn a_suspended_procedure_keeps_its_links_and_is_no_longer_offered_to_searches() {
    let site = Site::base();
    site.write(PEDAL, site.read(PEDAL) + "status: suspended\n");
    build(&site, &[]);
    assert!(links(&site).iter().any(|it| it.provider == "pedal"));
    let pages = texts(&site, "public/sitemap.xml", "loc");
    assert!(!pages.contains(&format!("{BASE_URL}pedal/bicycle-return/")));
    let llms = site.read("public/llms.txt");
    let line = llms.lines().find(|line| line.starts_with("- [Pedal"));
    assert!(
        line.is_some_and(|line| line.contains("Suspended")),
        "{llms}"
    );
}

#[test]
fn more_links_than_one_file_holds_are_in_parts_of_whole_providers() {
    let site = Site::base();
    with_many(&site, 1000);
    build(&site, &[]);
    let text = site.read("public/links.json");
    let list: Parts = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(list.schema, "./schemas/links.json");
    validate(&site, &text);
    assert!(list.parts.len() > 1);
    let mut providers: Vec<String> = Vec::new();
    for (at, part) in list.parts.iter().enumerate() {
        assert_eq!(part.url, format!("{BASE_URL}links/{}.json", at + 1));
        let text = built_at(&site, &part.url);
        assert!(text.len() <= MOST_BYTES, "{}", text.len());
        validate(&site, &text);
        let links: Links = serde_json::from_str(&text).expect("a part is of the same form");
        assert_eq!(links.schema, "../schemas/links.json");
        let mut own: Vec<String> = links.links.into_iter().map(|it| it.provider).collect();
        own.dedup();
        assert_eq!(own.first(), Some(&part.first));
        assert_eq!(own.last(), Some(&part.last));
        providers.extend(own);
    }
    let full = built_at(&site, &list.parts[0].url).len();
    assert!(full > MOST_BYTES * 9 / 10, "a part is filled: {full}");
    assert_eq!(providers.len(), 1002);
    assert!(providers.is_sorted_by(|a, b| a < b), "each is in one part");
}

#[test]
fn the_site_map_lists_each_page_for_searches_once() {
    let site = Site::base();
    build(&site, &[]);
    let pages = texts(&site, "public/sitemap.xml", "loc");
    let distinct: BTreeSet<&String> = pages.iter().collect();
    assert_eq!(distinct.len(), pages.len());
    assert!(pages.contains(&format!("{BASE_URL}velo/bicycle-return/")));
    assert!(!pages.iter().any(|page| page.contains("checklist")));
    for page in &pages {
        let html = built_at(&site, page);
        let canonical = format!("<link rel=\"canonical\" href=\"{page}\">");
        assert!(html.contains(&canonical), "{page}");
        assert!(!html.contains("noindex"), "{page}");
    }
}

#[test]
fn addresses_are_full_and_escaped_under_any_base_address() {
    let site = Site::base();
    let base = "https://bicycles.internal/a&b's";
    build(&site, &["--base-url", base]);
    let pages = texts(&site, "public/sitemap.xml", "loc");
    assert!(
        pages
            .iter()
            .all(|page| page.starts_with(&format!("{base}/")))
    );
    let robots = site.read("public/robots.txt");
    assert!(
        robots.contains(&format!("\nSitemap: {base}/sitemap.xml\n")),
        "{robots}"
    );
    assert!(links(&site).iter().all(|it| it.url.starts_with(base)));
    assert!(
        site.read("public/llms.txt")
            .contains(&format!("({base}/links.json)"))
    );
}

#[test]
fn a_file_of_the_sites_own_stands_in_the_place_of_one_that_is_made() {
    let site = Site::base();
    site.write("static/root/robots.txt", "User-agent: *\nDisallow: /\n");
    build(&site, &[]);
    let robots = site.read("public/robots.txt");
    assert_eq!(robots, "User-agent: *\nDisallow: /\n");
}

#[test]
fn llms_txt_has_the_form_that_is_proposed() {
    let site = Site::base();
    site.edit(
        "content/procedures/bicycle-return.yaml",
        "title: Return a rented bicycle\n",
        "title: Return a [bicycle](https://other.example/) *now*\n",
    );
    build(&site, &[]);
    let text = site.read("public/llms.txt");
    let mut lines = text.lines().filter(|line| !line.is_empty());
    assert_eq!(lines.next(), Some("# Bicycle return guide"));
    assert!(lines.next().is_some_and(|line| line.starts_with("> ")));
    let mut sections = 0;
    for line in lines {
        if line.starts_with("## ") {
            sections += 1;
        } else if sections > 0 {
            let link = line
                .strip_prefix("- [")
                .and_then(|it| it.split_once("](https://bicycles.internal/"));
            let link = link.and_then(|(_, rest)| rest.split_once("): "));
            let (path, note) = link.unwrap_or_else(|| panic!("{line} is a link with a note"));
            assert!(!note.is_empty(), "{line}");
            assert!(!built_at(&site, &format!("{BASE_URL}{path}")).is_empty());
        } else {
            assert!(line.starts_with("- "), "{line}");
        }
    }
    assert_eq!(sections, 2);
    assert!(text.contains(r"- [Velo: Return a \[bicycle\](https://other.example/) \*now\*](https"));
    let example = format!("{BASE_URL}pedal/bicycle-return/#");
    let example = &text[text.find(&example).expect("a link is shown")..];
    let example = example.split(". ").next().unwrap_or_default();
    assert!(links(&site).iter().any(|it| it.url == example), "{example}");
}

#[test]
fn llms_txt_stays_short_and_says_where_the_other_guides_are() {
    let site = Site::base();
    with_many(&site, 150);
    build(&site, &[]);
    let text = site.read("public/llms.txt");
    assert_eq!(text.matches("/bicycle-return/index.md): ").count(), 100);
    assert!(text.contains("52 more are in links.json"), "{text}");
}
