//! One table says which steps and variants are shown for which answers: `tests/cases/conditions/table.json`. Here the
//! binary's side is held against it, in `tests/browser/` the page's script.

use std::collections::BTreeMap;

use serde::Deserialize;
use stepbook::model::{Answers, Choices};
use stepbook::pipeline;

use crate::harness::{Site, TODAY, repository};

#[derive(Deserialize)]
struct Case {
    query: String,
    hidden: Vec<String>,
    /// The variant whose words stand in a step, from 0.
    chosen: BTreeMap<String, usize>,
}

/// One option a key; unknown keys and options say nothing; of several answers the last counts.
fn answers(choices: &Choices, query: &str) -> Answers {
    let mut answers = Answers::ALL;
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let Some((number, choice)) = choices.find(key) else {
            continue;
        };
        if let Some(option) = choice.position(value) {
            answers.set(number, 1 << option);
        }
    }
    answers
}

#[test]
fn steps_and_variants_are_shown_as_the_table_says() {
    let case = repository().join("tests/cases/conditions");
    let table = std::fs::read_to_string(case.join("table.json")).expect("the table is there");
    let table: Vec<Case> = serde_json::from_str(&table).expect("the table can be read");
    let site = Site::case(&case);
    let loaded = pipeline::load(&site.path(""), TODAY.parse().expect("a date"));
    assert_eq!(loaded.counts().errors, 0, "{:#?}", loaded.diagnostics);
    let book = &loaded.book;
    let body = &book.provider("velo").expect("it is there").procedures[0].body;
    for case in table {
        let given = answers(&book.choices, &case.query);
        let hidden: Vec<&str> = body
            .steps
            .iter()
            .filter(|step| step.shown.is_disjoint(&given))
            .map(|step| step.step.id.as_str())
            .collect();
        assert_eq!(hidden, case.hidden, "{}", case.query);
        let mut chosen = BTreeMap::new();
        for step in &body.steps {
            let variants = step.step.variants.iter().flat_map(|it| &it.value);
            // The first that may hold decides: its words stand only where it holds for sure.
            let first = variants.enumerate().find_map(|(number, variant)| {
                let when = book.choices.answers(&variant.when);
                let sure = given.is_within(&when, &body.domain);
                (!when.is_disjoint(&given)).then_some((number, sure))
            });
            if let Some((number, true)) = first
                && !step.shown.is_disjoint(&given)
            {
                chosen.insert(step.step.id.to_string(), number);
            }
        }
        assert_eq!(chosen, case.chosen, "{}", case.query);
    }
}

#[test]
fn a_variant_that_always_holds_stands_in_its_step() {
    let site = Site::base();
    let procedure = "content/providers/velo/bicycle-return.yaml";
    let only = "only: {route: at-shop, because: There are no stations}\n";
    site.write(procedure, site.read(procedure) + only);
    site.run(&["build"]);
    let guide = site.read("public/velo/bicycle-return/index.html");
    assert!(guide.contains("<span data-slot=\"act\">Give the key to the clerk</span>"));
    assert!(guide.contains("<span data-slot=\"see\">The clerk gives you a receipt</span>"));
    assert!(!guide.contains("class=\"variant\""));
    assert!(!guide.contains("Put the key into the box</span>"));
}
