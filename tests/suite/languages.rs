//! A site in several languages: every page in each of them, what is not translated named, hashes the same in all.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Site, files_in, repository};

/// Three languages: the source's, one that is translated but for two texts of a provider, one that nothing is in.
fn site() -> Site {
    Site::case(&repository().join("tests/cases/languages"))
}

fn built() -> Site {
    let site = site();
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    site
}

/// The files of the output whose paths begin with `prefix`, without it.
fn below(site: &Site, prefix: &str) -> BTreeSet<String> {
    let all = files_in(&site.path("public")).into_iter();
    all.filter_map(|(path, _)| path.strip_prefix(prefix).map(str::to_owned))
        .collect()
}

/// The values of an attribute in a page, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_page_stands_in_every_language_and_what_is_of_the_whole_site_once() {
    let site = built();
    let source: BTreeSet<String> = below(&site, "")
        .into_iter()
        .filter(|path| !path.starts_with("zh-cn/") && !path.starts_with("de/"))
        .collect();
    let once = |path: &str| {
        ["assets/", "schemas/", ".stepbook"]
            .iter()
            .any(|start| path.starts_with(start))
            || [
                "404.html",
                "links.json",
                "llms.txt",
                "robots.txt",
                "sitemap.xml",
                "_redirects",
                "redirects.nginx.map",
            ]
            .contains(&path)
    };
    let pages: BTreeSet<String> = source.into_iter().filter(|path| !once(path)).collect();
    assert!(pages.len() > 15, "{pages:?}");
    assert_eq!(below(&site, "zh-cn/"), pages);
    assert_eq!(below(&site, "de/"), pages);
}

#[test]
fn a_page_names_itself_in_every_language() {
    let site = built();
    let page = site.read("public/zh-cn/pedal/bicycle-return/index.html");
    assert!(page.contains("<html lang=\"zh-CN\">"));
    let base = "https://bicycles.internal/";
    let link = |language: &str, folder: &str| {
        format!(
            "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{base}{folder}pedal/bicycle-return/\">"
        )
    };
    let own = site.read("public/pedal/bicycle-return/index.html");
    for page in [&page, &own] {
        for (language, folder) in [
            ("en", ""),
            ("x-default", ""),
            ("zh-CN", "zh-cn/"),
            ("de", "de/"),
        ] {
            assert!(page.contains(&link(language, folder)), "{language}");
        }
    }
    assert!(page.contains(&format!(
        "<link rel=\"canonical\" href=\"{base}zh-cn/pedal/bicycle-return/\">"
    )));
    let switch = "<a href=\"../../../pedal/bicycle-return/\" hreflang=\"en\" lang=\"en\" data-keep data-source>English</a>\
                  <a href=\"../../../de/pedal/bicycle-return/\" hreflang=\"de\" lang=\"de\" data-keep>de</a>";
    assert!(page.contains(switch), "{page}");
    // One page for addresses that nobody knows: it has no other languages.
    assert!(!site.read("public/404.html").contains("hreflang"));
}

#[test]
fn links_and_pictures_of_translated_pages_lead_to_files() {
    let site = built();
    let folder = site.path("public");
    for language in ["zh-cn", "de"] {
        for path in below(&site, &format!("{language}/")) {
            if Path::new(&path).extension().is_none_or(|end| end != "html") {
                continue;
            }
            let path = format!("{language}/{path}");
            let page = site.read(&format!("public/{path}"));
            let own = folder.join(&path);
            let own = own.parent().expect("a page lies in a folder");
            for target in values(&page, "href")
                .into_iter()
                .chain(values(&page, "src"))
            {
                let target = target.split(['#', '?']).next().unwrap_or("");
                if target.is_empty() || target.contains(':') {
                    continue;
                }
                let mut file = own.join(target);
                if target.ends_with('/') {
                    file.push("index.html");
                }
                assert!(file.is_file(), "{path} leads to {target}");
            }
        }
    }
}

#[test]
fn a_text_that_is_not_translated_falls_back_to_the_providers_own_and_says_its_language() {
    let site = built();
    let pedal = site.read("public/zh-cn/pedal/bicycle-return/index.html");
    assert!(pedal.contains(
        "<span data-slot=\"act\"><span lang=\"en\">Lock the bicycle to the rail</span></span>"
    ));
    assert!(!pedal.contains("锁上自行车"), "that is what Pedal replaced");
    assert!(
        pedal.contains("<div lang=\"en\">\n<p>Write to Pedal first."),
        "its guidance, too"
    );
    assert!(
        pedal.contains("箱子显示车号"),
        "what it inherits is translated"
    );
    let velo = site.read("public/zh-cn/velo/bicycle-return/index.html");
    assert!(velo.contains("<span data-slot=\"act\">锁上自行车</span>"));
    assert!(!velo.contains("<div lang="), "{velo}");
    // A legal name is in one language.
    let provider = site.read("public/zh-cn/velo/index.html");
    assert!(
        provider.contains("<span lang=\"en\">Velo Rental Ltd</span>"),
        "{provider}"
    );
    let german = site.read("public/de/velo/bicycle-return/index.html");
    assert!(
        german.contains("<title>Velo: Return a rented bicycle - Bicycle return guide</title>"),
        "no element can stand there"
    );
    // An option of a fact has the name that the standard's translation gives it.
    assert!(velo.contains("退回银行卡"), "{velo}");
}

#[test]
fn marks_of_fallbacks_stay_in_no_file() {
    let site = built();
    for path in below(&site, "") {
        let bytes = std::fs::read(site.path(&format!("public/{path}"))).expect("it can be read");
        let marked = bytes
            .windows(2)
            .any(|pair| matches!(pair, [0xc2, 0x91 | 0x92]));
        assert!(!marked, "{path}");
    }
}

#[test]
fn steps_and_guides_have_one_hash_in_all_languages() {
    let site = built();
    let hashes = |folder: &str| {
        let page = site.read(&format!("public/{folder}pedal/bicycle-return/index.html"));
        let all = [values(&page, "data-hash"), values(&page, "data-edition")].concat();
        all.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let source = hashes("");
    assert!(source.len() > 8, "{source:?}");
    assert_eq!(hashes("zh-cn/"), source);
    assert_eq!(hashes("de/"), source);
    // A site without translations has the same: they are of the source's words.
    let alone = Site::base();
    assert_eq!(alone.run(&["build"]).code, Some(0));
    let page = alone.read("public/pedal/bicycle-return/index.html");
    assert_eq!(
        values(&page, "data-edition"),
        [source.last().expect("there are some")]
    );
    assert!(!page.contains("hreflang") && !page.contains("languages"));
}

#[test]
fn a_sheet_leads_back_to_the_guide_in_its_language() {
    let site = built();
    let sheet = site.read("public/zh-cn/velo/bicycle-return/checklist/index.html");
    assert!(sheet.contains("bicycles.internal/zh-cn/velo/bicycle-return/"));
    assert!(!sheet.contains("bicycles.internal/velo/bicycle-return/</span>"));
}

#[test]
fn the_finder_and_cards_speak_the_language_of_their_folder() {
    let site = built();
    let json = |path: &str| -> Value {
        serde_json::from_str(&site.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let index = site.read("public/zh-cn/find.json");
    assert!(index.contains("锁上自行车") && index.contains("工卡"));
    assert!(
        index.contains("Lock the bicycle to the rail"),
        "what is not translated is found all the same"
    );
    assert!(
        json("public/zh-cn/find.json")["readings"]
            .as_str()
            .is_some_and(|it| it.contains("suo"))
    );
    assert!(!site.read("public/find.json").contains("锁上自行车"));
    let card = json("public/zh-cn/pedal/bicycle-return/index.json");
    assert_eq!(card["language"], "zh-CN");
    assert_eq!(
        card["permalink"],
        "https://bicycles.internal/zh-cn/pedal/bicycle-return/"
    );
    assert_eq!(card["$schema"], "../../../schemas/guide.json");
    assert_eq!(
        card["edition"],
        json("public/pedal/bicycle-return/index.json")["edition"]
    );
    let text = site.read("public/zh-cn/pedal/bicycle-return/index.md");
    assert!(
        text.contains("给车锁拍照")
            && text.contains("https://bicycles.internal/zh-cn/pedal/bicycle-return/")
    );
}

#[test]
fn the_site_map_has_every_page_in_every_language() {
    let site = built();
    let map = site.read("public/sitemap.xml");
    let count = |start: &str| {
        map.matches(&format!("<loc>https://bicycles.internal/{start}"))
            .count()
    };
    let all = count("");
    assert_eq!(count("zh-cn/") * 3, all, "{map}");
    assert_eq!(count("de/"), count("zh-cn/"));
}

#[test]
fn a_translation_is_checked_as_its_source_is() {
    let site = site();
    let path = "content/guidance/lock-bicycle.zh-CN.md";
    site.write(
        path,
        site.read(path) + "\n[看这里](javascript:alert) 和 [那里](#no-such-step)\n",
    );
    let faults = site
        .check()
        .diagnostics
        .into_iter()
        .filter(|it| it.path == path);
    let codes: BTreeSet<String> = faults.map(|it| it.code).collect();
    assert!(
        codes.contains("SB502") && codes.contains("SB214"),
        "{codes:?}"
    );
}

#[test]
fn a_shard_has_its_part_of_all_languages() {
    let whole = built();
    let mut parts = BTreeSet::new();
    for part in ["1/2", "2/2"] {
        let site = site();
        let run = site.run(&["build", "--shard", part]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        parts.extend(below(&site, ""));
    }
    assert_eq!(parts, below(&whole, ""));
}

#[test]
fn a_translation_is_accepted_and_nothing_else_of_its_file_changes() {
    let site = site();
    let path = "content/materials.zh-CN.yaml";
    let before = site.read(path);
    site.edit("content/materials.yaml", "Key of the lock", "Key");
    let stale = |site: &Site| {
        let faults = site.check().diagnostics.into_iter();
        faults
            .filter(|it| it.name == "stale-translation")
            .map(|it| it.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(stale(&site), [path]);
    let run = site.run(&["translate", "--accept", path]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(stale(&site).is_empty());
    let after = site.read(path);
    let others = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("of:"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&after), others(&before));
    assert_ne!(after, before);
    site.run(&["translate", "--accept", "content"]);
    assert_eq!(site.read(path), after, "what is accepted stays");
}

#[test]
fn a_language_tag_that_is_none_or_stands_twice_is_an_error() {
    for (languages, message) in [
        ("[en, english]", "`english` is no language tag"),
        ("[en, de, DE]", "the language `DE` is listed twice"),
        ("[]", "expected at least one language, found an empty list"),
    ] {
        let site = Site::base();
        site.edit("content/site.yaml", "[en]", languages);
        let report = site.check();
        let messages: Vec<&str> = report
            .diagnostics
            .iter()
            .map(|it| it.message.as_str())
            .collect();
        assert!(messages.contains(&message), "{messages:?}");
    }
}

#[test]
fn a_provider_may_not_stand_where_a_language_does() {
    let site = Site::base();
    site.edit("content/site.yaml", "[en]", "[en, yue]");
    site.write(
        "content/providers/yue/provider.yaml",
        site.read("content/providers/velo/provider.yaml"),
    );
    let faults = site.check().diagnostics.into_iter();
    let names: Vec<String> = faults
        .filter(|it| it.severity == "error")
        .map(|it| it.name)
        .collect();
    assert_eq!(names, ["address-taken-twice"]);
}

/// Not every disk can hold two files whose names differ in capital letters alone.
#[test]
#[cfg(target_os = "linux")]
fn of_two_translations_into_one_language_one_is_refused() {
    let site = site();
    let path = "content/materials.zh-CN.yaml";
    site.write("content/materials.zh-cn.yaml", site.read(path));
    let report = site.check();
    let fault = report.only("SB011");
    assert_eq!(fault.path, "content/materials.zh-cn.yaml");
    assert!(fault.message.contains("another one"), "{}", fault.message);
}
