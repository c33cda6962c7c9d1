//! Nothing that the repository's own standard requires can be taken out unnoticed. The table is the standard itself.

use stepbook::model::{ChannelLevel, Standard};
use stepbook::pipeline;

use crate::harness::{Report, Site, TODAY};

const STANDARD: &str = "content/standards/deregistration.yaml";
const SHARED: &str = "content/procedures/deregistration.yaml";

/// One requirement: what to take out, and what must be reported where.
struct Case {
    /// What the message quotes.
    what: String,
    take_out: Box<dyn Fn(&Site)>,
    code: &'static str,
    path: String,
    line: usize,
}

#[test]
fn taking_out_what_covers_a_requirement_is_an_error_at_its_place() {
    let site = Site::own();
    let loaded = pipeline::load(&site.path(""), TODAY.parse().expect("is a date"));
    let standards = &loaded.book.standards;
    let standard = standards
        .get("deregistration")
        .and_then(Option::as_ref)
        .expect("the standard is there");
    let cases = cases(&site, standard);
    assert!(
        cases.len() > 60,
        "the standard has many requirements: {}",
        cases.len()
    );
    let mut faults = Vec::new();
    for case in cases {
        let site = Site::own();
        (case.take_out)(&site);
        let report = site.check();
        if !reports(&report, &case) {
            faults.push(format!(
                "{}: {} at {}:{} is not in {:#?}",
                case.what,
                case.code,
                case.path,
                case.line,
                report.errors()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn reports(report: &Report, case: &Case) -> bool {
    report.errors().iter().any(|error| {
        error.code == case.code
            && error.path == case.path
            && error.line == case.line
            && error.message.contains(&format!("`{}`", case.what))
    })
}

fn cases(site: &Site, standard: &Standard) -> Vec<Case> {
    let mut cases = Vec::new();
    let section = |name: &str| site.line_of(SHARED, &format!("{name}:"));
    let mut add = |what: String, code, path: &str, line, take_out: Box<dyn Fn(&Site)>| {
        cases.push(Case {
            what,
            take_out,
            code,
            path: path.to_owned(),
            line,
        });
    };
    for requirement in standard
        .steps
        .iter()
        .filter(|requirement| requirement.is_required())
    {
        let id = requirement.id.to_string();
        let take_out = move |site: &Site| remove_item(site, SHARED, &id);
        add(
            requirement.id.value.to_string(),
            "SB101",
            SHARED,
            section("phases"),
            Box::new(take_out),
        );
    }
    for material in &standard.materials {
        let id = material.to_string();
        let take_out = move |site: &Site| remove_need(site, &id);
        add(
            material.value.to_string(),
            "SB104",
            SHARED,
            section("phases"),
            Box::new(take_out),
        );
    }
    for notice in standard
        .notices
        .iter()
        .filter(|notice| notice.is_required())
    {
        let id = notice.id.to_string();
        let take_out = move |site: &Site| remove_item_of(site, SHARED, "notices:", &id);
        add(
            notice.id.value.to_string(),
            "SB105",
            SHARED,
            section("notices"),
            Box::new(take_out),
        );
    }
    for question in standard
        .questions
        .iter()
        .filter(|question| question.is_required())
    {
        let id = question.id.to_string();
        let take_out = move |site: &Site| remove_item_of(site, SHARED, "questions:", &id);
        add(
            question.id.value.to_string(),
            "SB106",
            SHARED,
            section("questions"),
            Box::new(take_out),
        );
    }
    for fact in &standard.facts {
        let id = fact.id.to_string();
        let take_out = move |site: &Site| {
            remove_lines(site, SHARED, |line| {
                line.trim_start().starts_with(&format!("{id}:"))
            })
        };
        add(
            fact.id.value.to_string(),
            "SB107",
            SHARED,
            section("facts"),
            Box::new(take_out),
        );
    }
    for guidance in &standard.guidance {
        let id = guidance.to_string();
        let line = site.line_of(STANDARD, &id);
        let take_out = move |site: &Site| {
            std::fs::remove_file(site.path(&format!("content/guidance/{id}.md")))
                .expect("the file is there");
        };
        add(
            guidance.value.to_string(),
            "SB108",
            STANDARD,
            line,
            Box::new(take_out),
        );
    }
    let provider = "content/providers/leshua/provider.yaml";
    for channel in standard
        .channels
        .iter()
        .filter(|it| it.level.value == ChannelLevel::Required)
    {
        let kind = channel.kind.value.as_str();
        let name = channel
            .id
            .as_ref()
            .map_or(kind, |id| id.as_str())
            .to_owned();
        let what = name.clone();
        let by_id = channel.id.is_some();
        let take_out = move |site: &Site| {
            let mark = if by_id {
                format!("id: {name},")
            } else {
                format!("kind: {name},")
            };
            remove_lines(site, provider, |line| line.contains(&mark));
        };
        let line = site.line_of(provider, "channels:");
        add(what, "SB109", provider, line, Box::new(take_out));
    }
    let provider = "content/providers/leshua/deregistration.yaml";
    for (choice, options) in &standard
        .offers
        .as_ref()
        .expect("the standard offers a way")
        .keys
    {
        for option in &options.0 {
            let others = loaded_options(site, choice.as_str(), option.as_str());
            let only = format!(
                "only: {{{}: [{}], because: 试一试}}\n",
                choice.value,
                others.join(", ")
            );
            let line = site.read(provider).lines().count() + 1;
            let take_out = move |site: &Site| {
                let text = site.read(provider);
                site.write(provider, text + &only);
            };
            add(
                format!("{}: {}", choice.value, option.value),
                "SB115",
                provider,
                line,
                Box::new(take_out),
            );
        }
    }
    cases
}

fn loaded_options(site: &Site, choice: &str, without: &str) -> Vec<String> {
    let loaded = pipeline::load(&site.path(""), TODAY.parse().expect("is a date"));
    let (_, choice) = loaded
        .book
        .choices
        .find(choice)
        .expect("the choice is there");
    let ids = choice.options.iter().map(|option| option.id.to_string());
    ids.filter(|id| id != without).collect()
}

/// Takes out the list item with this id, wherever it stands.
fn remove_item(site: &Site, path: &str, id: &str) {
    remove_item_of(site, path, "", id);
}

/// Takes out the list item with this id, behind the line `section`.
fn remove_item_of(site: &Site, path: &str, section: &str, id: &str) {
    let text = site.read(path);
    let mut kept = Vec::new();
    let (mut reached, mut removed, mut inside) = (section.is_empty(), 0, None);
    for line in text.lines() {
        reached |= line == section;
        let indent = line.len() - line.trim_start().len();
        if inside.is_some_and(|item| indent <= item) {
            inside = None;
        }
        if reached && removed == 0 && line.trim_start() == format!("- id: {id}") {
            inside = Some(indent);
            removed += 1;
        }
        if inside.is_none() {
            kept.push(line);
        }
    }
    assert_eq!(removed, 1, "`{id}` stands in {path}");
    site.write(path, kept.join("\n") + "\n");
}

fn remove_lines(site: &Site, path: &str, doomed: impl Fn(&str) -> bool) {
    let text = site.read(path);
    let kept: Vec<&str> = text.lines().filter(|line| !doomed(line)).collect();
    assert!(
        kept.len() < text.lines().count(),
        "there is something to take out of {path}"
    );
    site.write(path, kept.join("\n") + "\n");
}

/// Takes a material out of every `needs`.
fn remove_need(site: &Site, id: &str) {
    let text = site.read(SHARED);
    let mut kept = Vec::new();
    for line in text.lines() {
        if line.trim() == format!("- {id}") {
            continue;
        }
        match line.split_once("needs: [") {
            Some((before, list)) => {
                let needs = list
                    .trim_end_matches(']')
                    .split(", ")
                    .filter(|need| *need != id);
                kept.push(format!(
                    "{before}needs: [{}]",
                    needs.collect::<Vec<_>>().join(", ")
                ));
            }
            None => kept.push(line.to_owned()),
        }
    }
    site.write(SHARED, kept.join("\n") + "\n");
}
