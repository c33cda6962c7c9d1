//! Nothing that the repository's own standard requires can be taken out unnoticed. The table is the standard itself.

use stepbook::model::{ChannelLevel, Standard};
use stepbook::pipeline;

use crate::harness::{Report, Site, TODAY};

const STANDARD: &str = "content/standards/deregistration.yaml";
const SHARED: &str = "content/procedures/deregistration.yaml";

const PROVIDER: &str = "content/providers/leshua/provider.yaml";
const PROCEDURE: &str = "content/providers/leshua/deregistration.yaml";

/// One requirement: what to take out, and what must be reported where.
struct Case {
    /// What the message quotes.
    what: String,
    code: &'static str,
    path: &'static str,
    line: usize,
    take_out: Box<dyn Fn(&Site)>,
}

impl Case {
    fn new(
        what: &dyn std::fmt::Display,
        code: &'static str,
        path: &'static str,
        line: usize,
        take_out: impl Fn(&Site, &str) + 'static,
    ) -> Self {
        let what = what.to_string();
        let id = what.clone();
        Case {
            what,
            code,
            path,
            line,
            take_out: Box::new(move |site| take_out(site, &id)),
        }
    }
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
    let mut cases = of_shared_procedure(site, standard);
    cases.extend(of_guidance_and_provider(site, standard));
    cases
}

fn of_shared_procedure(site: &Site, standard: &Standard) -> Vec<Case> {
    let line = |section: &str| site.line_of(SHARED, section);
    let (phases, notices, questions, facts) = (
        line("phases:"),
        line("notices:"),
        line("questions:"),
        line("facts:"),
    );
    let mut cases = Vec::new();
    for step in standard.steps.iter().filter(|step| step.is_required()) {
        let take_out = |site: &Site, id: &str| remove_item(site, SHARED, "phases:", id);
        cases.push(Case::new(&step.id.value, "SB101", SHARED, phases, take_out));
    }
    for material in &standard.materials {
        cases.push(Case::new(
            &material.value,
            "SB104",
            SHARED,
            phases,
            remove_need,
        ));
    }
    for notice in standard
        .notices
        .iter()
        .filter(|notice| notice.is_required())
    {
        let take_out = |site: &Site, id: &str| remove_item(site, SHARED, "notices:", id);
        cases.push(Case::new(
            &notice.id.value,
            "SB105",
            SHARED,
            notices,
            take_out,
        ));
    }
    for question in standard
        .questions
        .iter()
        .filter(|question| question.is_required())
    {
        let take_out = |site: &Site, id: &str| remove_item(site, SHARED, "questions:", id);
        cases.push(Case::new(
            &question.id.value,
            "SB106",
            SHARED,
            questions,
            take_out,
        ));
    }
    for fact in &standard.facts {
        let take_out = |site: &Site, id: &str| remove_lines(site, SHARED, &format!("  {id}: "));
        cases.push(Case::new(&fact.id.value, "SB107", SHARED, facts, take_out));
    }
    cases
}

fn of_guidance_and_provider(site: &Site, standard: &Standard) -> Vec<Case> {
    let mut cases = Vec::new();
    for guidance in &standard.guidance {
        let line = site.line_of(STANDARD, guidance.as_str());
        let take_out = |site: &Site, id: &str| {
            let file = site.path(&format!("content/guidance/{id}.md"));
            std::fs::remove_file(file).expect("the file is there");
        };
        cases.push(Case::new(
            &guidance.value,
            "SB108",
            STANDARD,
            line,
            take_out,
        ));
    }
    let line = site.line_of(PROVIDER, "channels:");
    for channel in standard
        .channels
        .iter()
        .filter(|it| it.level.value == ChannelLevel::Required)
    {
        cases.push(match &channel.id {
            Some(id) => Case::new(&id.value, "SB109", PROVIDER, line, |site, id| {
                remove_lines(site, PROVIDER, &format!("id: {id},"));
            }),
            None => Case::new(
                &channel.kind.as_str(),
                "SB109",
                PROVIDER,
                line,
                |site, kind| {
                    remove_lines(site, PROVIDER, &format!("kind: {kind},"));
                },
            ),
        });
    }
    let line = site.read(PROCEDURE).lines().count() + 1;
    let offers = standard.offers.as_ref().expect("the standard offers a way");
    for (choice, options) in &offers.keys {
        for option in &options.0 {
            let others = options_without(site, choice.as_str(), option.as_str()).join(", ");
            let only = format!("only: {{{}: [{others}], because: 试一试}}\n", choice.value);
            let what = format!("{}: {}", choice.value, option.value);
            cases.push(Case::new(
                &what,
                "SB115",
                PROCEDURE,
                line,
                move |site, _| {
                    site.write(PROCEDURE, site.read(PROCEDURE) + &only);
                },
            ));
        }
    }
    cases
}

fn options_without(site: &Site, choice: &str, option: &str) -> Vec<String> {
    let loaded = pipeline::load(&site.path(""), TODAY.parse().expect("is a date"));
    let (_, choice) = loaded
        .book
        .choices
        .find(choice)
        .expect("the choice is there");
    let ids = choice.options.iter().map(|option| option.id.to_string());
    ids.filter(|id| id != option).collect()
}

/// Takes out the list item with this id, behind the line `section`.
fn remove_item(site: &Site, path: &str, section: &str, id: &str) {
    let text = site.read(path);
    let mut kept = Vec::new();
    let (mut reached, mut removed, mut inside) = (false, 0, None);
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

/// Takes out every line that holds `mark`.
fn remove_lines(site: &Site, path: &str, mark: &str) {
    let text = site.read(path);
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains(mark)).collect();
    assert!(
        kept.len() < text.lines().count(),
        "`{mark}` stands in {path}"
    );
    site.write(path, kept.join("\n") + "\n");
}

/// Takes a material out of every `needs`.
fn remove_need(site: &Site, id: &str) {
    let text = site.read(SHARED);
    let mut kept = Vec::new();
    for line in text.lines().filter(|line| line.trim() != format!("- {id}")) {
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
