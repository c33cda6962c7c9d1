//! The feed of what changed with each release, and the days that the site map has from them.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use crate::harness::Site;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SHARED: &str = "content/procedures/bicycle-return.yaml";
const PEDAL: &str = "content/providers/pedal/bicycle-return.yaml";
const VELO: &str = "content/providers/velo/bicycle-return.yaml";

/// An entry of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    id: String,
    title: String,
    updated: String,
    url: String,
    changes: Vec<String>,
    guides: Vec<String>,
}

#[track_caller]
fn succeeds(site: &Site, args: &[&str]) {
    let run = site.run(args);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

/// Releases what there is, and builds.
#[track_caller]
fn release(site: &Site) {
    succeeds(site, &["release"]);
    succeeds(site, &["build"]);
}

fn child<'d>(node: Node<'d, 'd>, name: &str) -> Node<'d, 'd> {
    let mut found = node
        .children()
        .filter(|it| it.has_tag_name((ATOM, name)))
        .collect::<Vec<_>>();
    assert_eq!(found.len(), 1, "one `{name}`");
    found.remove(0)
}

fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|it| it.text()).collect()
}

fn link(node: Node<'_, '_>, rel: &str) -> String {
    let mut links = node
        .children()
        .filter(|it| it.has_tag_name((ATOM, "link")) && it.attribute("rel") == Some(rel));
    let href = links.next().and_then(|it| it.attribute("href"));
    assert_eq!(links.next(), None, "one link `{rel}`");
    href.unwrap_or_else(|| panic!("a link `{rel}`")).to_owned()
}

/// The entries of the feed, held against what RFC 4287 asks of every feed.
#[track_caller]
fn entries(site: &Site) -> Vec<Entry> {
    let xml = site.read("public/feed.xml");
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    assert!(!text(child(feed, "title")).is_empty());
    assert!(!text(child(child(feed, "author"), "name")).is_empty());
    assert!(link(feed, "self").ends_with("/feed.xml"));
    let entries: Vec<Entry> = feed
        .children()
        .filter(|it| it.has_tag_name((ATOM, "entry")))
        .map(|entry| {
            let content = child(entry, "content");
            assert_eq!(content.attribute("type"), Some("xhtml"));
            let texts = |name: &str| -> Vec<String> {
                let found = content
                    .descendants()
                    .filter(|it| it.has_tag_name(("http://www.w3.org/1999/xhtml", name)));
                found.map(text).collect()
            };
            Entry {
                id: text(child(entry, "id")),
                title: text(child(entry, "title")),
                updated: text(child(entry, "updated")),
                url: link(entry, "alternate"),
                changes: texts("li"),
                guides: texts("a"),
            }
        })
        .collect();
    let ids: BTreeSet<&String> = entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), entries.len(), "{entries:#?}");
    assert_eq!(text(child(feed, "updated")), entries[0].updated);
    entries
}

/// The days of the site map's guides.
fn days(site: &Site) -> Vec<Option<String>> {
    let xml = site.read("public/sitemap.xml");
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let urls = document.descendants().filter(|it| {
        let url = it.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "url"));
        let guide = |text: &str| {
            let other = ["/coverage/", "/differences/"];
            text.contains("/bicycle-return/") && !other.iter().any(|it| text.contains(it))
        };
        url && guide(&text(*it))
    });
    urls.map(|url| {
        let day = url.children().find(|it| it.tag_name().name() == "lastmod");
        day.map(text)
    })
    .collect()
}

#[test]
fn a_site_without_a_release_has_no_feed_and_no_days() {
    let site = Site::base();
    succeeds(&site, &["build"]);
    assert!(!site.path("public/feed.xml").exists());
    assert!(!site.read("public/index.html").contains("feed.xml"));
    assert!(!site.read("public/llms.txt").contains("feed.xml"));
    assert_eq!(days(&site), [None, None]);
}

#[test]
fn procedures_that_changed_alike_are_one_entry_and_the_newest_comes_first() {
    let site = Site::base();
    release(&site);
    let first = entries(&site);
    assert_eq!(
        first,
        [Entry {
            id: "tag:bicycles.internal,2026-11-23:2026-11-23/pedal/bicycle-return".to_owned(),
            title: "Pedal: Return a rented bicycle and 1 more: New guide".to_owned(),
            updated: "2026-11-23T00:00:00Z".to_owned(),
            url: "https://bicycles.internal/".to_owned(),
            changes: vec!["New guide".to_owned()],
            guides: vec![
                "Pedal: Return a rented bicycle".to_owned(),
                "Velo: Return a rented bicycle".to_owned()
            ],
        }]
    );
    assert_eq!(
        days(&site),
        [Some("2026-11-23".to_owned()), Some("2026-11-23".to_owned())]
    );
    let home = site.read("public/index.html");
    assert!(
        home.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"./feed.xml\"")
    );
    site.edit(
        SHARED,
        "action: Rate the ride",
        "action: Rate the <b>ride</b> & go",
    );
    release(&site);
    let second = entries(&site);
    assert_eq!(second.len(), 2, "{second:#?}");
    assert_eq!(
        second[0].guides,
        [
            "Pedal: Return a rented bicycle",
            "Velo: Return a rented bicycle"
        ]
    );
    assert_eq!(
        second[0].changes,
        ["Steps reworded: Rate the <b>ride</b> & go"]
    );
    assert!(second[0].title.ends_with(": Steps reworded 1"));
    assert_eq!(second[1].id, first[0].id);
}

#[test]
fn each_kind_of_change_has_its_words() {
    let site = Site::base();
    release(&site);
    let retired = "retired: [{step: rate-ride, date: 2026-11-23, because: There are no stars}]\n";
    let add = "  - {id: ring-bell, place: {after: hand-in-key}, action: Ring the bell, expect: Somebody comes}\n";
    let drop = "drop: [{step: rate-ride, because: There are no stars}]\n";
    let only = "steps:\n";
    site.write(VELO, site.read(VELO) + only + add + drop + retired);
    release(&site);
    let entries = entries(&site);
    assert_eq!(
        entries[0].url,
        "https://bicycles.internal/velo/bicycle-return/"
    );
    assert_eq!(
        entries[0].changes,
        [
            "Steps added: Ring the bell",
            "Steps that are gone: Rate the ride"
        ]
    );
    assert!(
        entries[0]
            .title
            .ends_with("bicycle: Steps added 1, Steps that are gone 1"),
        "{entries:#?}"
    );
}

#[test]
fn a_guide_under_a_new_address_is_no_new_guide_and_its_old_entries_lead_to_it() {
    let site = Site::base();
    release(&site);
    let (from, to) = (
        site.path("content/providers/velo"),
        site.path("content/providers/velo-north"),
    );
    std::fs::rename(from, to).expect("folders can be renamed");
    let moved = "content/providers/velo-north/bicycle-return.yaml";
    site.write(
        moved,
        site.read(moved) + "formerly: velo/bicycle-return/\ntitle: Bring it back\n",
    );
    release(&site);
    let entries = entries(&site);
    assert_eq!(entries.len(), 2, "{entries:#?}");
    assert_eq!(entries[0].changes, ["Changed beside the steps"]);
    assert_eq!(
        entries[0].url,
        "https://bicycles.internal/velo-north/bicycle-return/"
    );
    assert_eq!(
        entries[1].guides,
        ["Pedal: Return a rented bicycle", "Velo: Bring it back"]
    );
    assert!(days(&site).iter().all(Option::is_some));
}

#[test]
fn entries_keep_their_ids_wherever_the_site_is_built_for() {
    let site = Site::base();
    release(&site);
    let before = entries(&site);
    succeeds(
        &site,
        &["build", "--base-url", "https://preview.internal/a&b/"],
    );
    let after = entries(&site);
    assert_eq!(after[0].id, before[0].id);
    assert_eq!(after[0].url, "https://preview.internal/a&b/");
}

#[test]
fn the_last_fifty_entries_are_in_the_feed() {
    let site = Site::base();
    let (pedal, velo) = (site.read(PEDAL), site.read(VELO));
    for n in 0..26 {
        site.write(PEDAL, format!("{pedal}title: Return {n}\n"));
        let step = format!("steps:\n  - {{id: hand-in-key, action: Hand in key {n}}}\n");
        site.write(VELO, velo.clone() + &step);
        succeeds(&site, &["release"]);
    }
    succeeds(&site, &["build"]);
    let entries = entries(&site);
    assert_eq!(entries.len(), 50);
    assert!(
        entries[0].id.contains(":2026-11-23-26/"),
        "{}",
        entries[0].id
    );
    assert!(
        entries[49].id.contains(":2026-11-23-2/"),
        "{}",
        entries[49].id
    );
}
