//! JSON Schemas of the YAML files, held to by a validator: they take all content, and refuse what the reader refuses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jsonschema::{Draft, Validator};
use serde_json::Value;
use stepbook::discover::discover;
use stepbook::parse::{self, Kind};
use stepbook::yaml::{Form, Id, Names};

use crate::harness::{Diagnostic, Site, repository};

/// The validators of all kinds, as `stepbook schema` prints them.
struct Schemas(BTreeMap<&'static str, Validator>);

impl Schemas {
    fn of(site: &Site, args: &[&str]) -> Self {
        let validators = Kind::ALL.map(|kind| {
            let run = site.run(&[&["schema", kind.as_str()], args].concat());
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let schema: Value = serde_json::from_str(&run.stdout).expect("a schema is JSON");
            jsonschema::draft7::meta::validate(&schema).expect("the schema is one");
            let validator = jsonschema::options()
                .with_draft(Draft::Draft7)
                .should_validate_formats(true)
                .build(&schema)
                .expect("the schema is one");
            (kind.as_str(), validator)
        });
        Schemas(BTreeMap::from(validators))
    }

    /// The places in a file that its schema refuses, as JSON pointers, each with why.
    fn refused(&self, root: &Path, path: &str) -> Vec<(String, String)> {
        let found = discover(root);
        let found = found.iter().find(|found| found.path == path);
        let found = found.unwrap_or_else(|| panic!("{path} is there"));
        let kind = Kind::of(&found.kind).unwrap_or_else(|| panic!("{path} has a schema"));
        let text = std::fs::read_to_string(&found.file).expect("it can be read");
        // As editors read it: YAML 1.2, in which `yes` is a text.
        let options = serde_yaml::options! { strict_booleans: true };
        let value: Value = serde_yaml::from_str_with_options(&text, options)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let errors = self.0[kind.as_str()].iter_errors(&value);
        errors
            .map(|error| (error.instance_path().to_string(), error.to_string()))
            .collect()
    }
}

/// The YAML files of a site that have a schema.
fn files(root: &Path) -> Vec<String> {
    let found = discover(root).into_iter();
    found
        .filter(|found| Kind::of(&found.kind).is_some())
        .map(|found| found.path)
        .collect()
}

/// `steps[2].expect` as a JSON pointer.
fn pointer(field: &str) -> String {
    let parts = field.split(['.', '[']).filter(|part| !part.is_empty());
    parts.fold(String::new(), |pointer, part| {
        pointer + "/" + part.trim_end_matches(']')
    })
}

#[track_caller]
pub(crate) fn takes_all(site: &Site, least: usize) {
    for args in [&[][..], &["--with-ids"]] {
        let schemas = Schemas::of(site, args);
        let files = files(&site.path(""));
        assert!(files.len() >= least, "{files:?}");
        for path in files {
            let refused = schemas.refused(&site.path(""), &path);
            assert!(refused.is_empty(), "{path} {args:?}: {refused:#?}");
        }
    }
}

#[test]
fn schemas_take_all_content() {
    takes_all(&Site::own_released(), 30);
    takes_all(&Site::base(), 9);
}

/// What the reader refuses for more than the form of one value: no schema can say it.
const BEYOND_FORMS: [&str; 8] = [
    "a place names more than one of `after`, `before` and `phase`",
    "`size` cannot be an id: links use this key for themselves",
    "`agent` cannot be an id: the site uses this address for itself",
    "`pack` cannot be an id: the site uses this address for itself",
    "`zh-cn` cannot be an id: the site uses this address for itself",
    // A file that extends another need not say what it inherits.
    "a step needs `expect`",
    "a question needs `answer` or `fact`",
    "a phase needs `title`",
];

#[test]
fn schemas_refuse_what_the_reader_refuses() {
    let rules = [
        "unknown-field",
        "wrong-type",
        "missing-field",
        "invalid-id",
        "invalid-date",
    ];
    for rule in rules {
        let case = |kind| repository().join("tests/cases/rules").join(rule).join(kind);
        takes_all(&Site::case(&case("quiet")), 9);
        let site = Site::case(&case("fires"));
        let schemas = Schemas::of(&site, &[]);
        let faults = site.check().diagnostics.into_iter();
        let mut files: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for fault in faults.filter(|fault| fault.name == rule) {
            files.entry(fault.path.clone()).or_default().push(fault);
        }
        assert!(!files.is_empty(), "{rule} fires");
        for (path, faults) in files {
            let refused = schemas.refused(&site.path(""), &path);
            for fault in faults {
                let at = pointer(fault.field.as_deref().unwrap_or(""));
                let around = at.rsplit_once('/').map_or("", |(around, _)| around);
                let known = refused.iter().any(|(it, _)| *it == at || *it == around);
                let beyond = BEYOND_FORMS.contains(&fault.message.as_str());
                assert!(known != beyond, "{path}: {fault:#?}\n{refused:#?}");
            }
        }
    }
}

#[test]
fn schemas_with_ids_refuse_ids_that_nothing_has() {
    let rules = [
        "unknown-choice",
        "unknown-fact",
        "unknown-guidance",
        "unknown-material",
        "unknown-option",
        "unknown-phase",
        "unknown-requirement",
        "unknown-source",
        "unknown-standard",
        "unknown-step",
    ];
    for rule in rules {
        let site = Site::case(
            &repository()
                .join("tests/cases/rules")
                .join(rule)
                .join("fires"),
        );
        let schemas = Schemas::of(&site, &["--with-ids"]);
        let refused: BTreeSet<String> = files(&site.path(""))
            .into_iter()
            .filter(|path| !schemas.refused(&site.path(""), path).is_empty())
            .collect();
        let faults = site.check().diagnostics.into_iter();
        let faulty: BTreeSet<String> = faults
            .filter(|fault| fault.name == rule && fault.path.ends_with(".yaml"))
            .map(|fault| fault.path)
            .collect();
        assert!(!faulty.is_empty(), "{rule} fires");
        assert!(faulty.is_subset(&refused), "{rule}: {faulty:?} {refused:?}");
    }
}

/// What a procedure needs is decided after merging, and said again in its schema: for each field, both say the same.
#[test]
fn the_schema_of_a_procedure_asks_for_what_the_reader_asks_for() {
    let site = Site::base();
    let schemas = Schemas::of(&site, &[]);
    let path = "content/procedures/bicycle-return.yaml";
    let whole = site.read(path);
    let mut needed = BTreeSet::new();
    let lines = whole.lines().enumerate().filter(|(_, line)| {
        let field = line.trim_start().trim_start_matches("- ");
        [
            "standard", "title", "summary", "ends", "leaves", "mode", "note", "action", "expect",
            "via",
        ]
        .iter()
        .any(|name| field.starts_with(&format!("{name}: ")))
    });
    for (number, line) in lines {
        let without = whole.lines().enumerate().filter(|(at, _)| *at != number);
        let text: Vec<&str> = without.map(|(_, line)| line).collect();
        site.write(path, text.join("\n"));
        let report = site.check();
        let missing = report.diagnostics.iter().any(|fault| fault.code == "SB004");
        let refused = !schemas.refused(&site.path(""), path).is_empty();
        assert_eq!(missing, refused, "without `{line}`");
        if missing {
            let name = line.trim_start().split(':').next().unwrap_or("");
            needed.insert(name.to_owned());
        }
    }
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let all = [
        "action", "ends", "expect", "leaves", "standard", "summary", "title",
    ];
    assert_eq!(needed, all);
}

#[test]
fn an_id_is_for_a_schema_what_it_is_for_the_reader() {
    let run = Site::base().run(&["schema", "materials"]);
    let schema: Value = serde_json::from_str(&run.stdout).expect("a schema is JSON");
    let id = &schema["items"]["properties"]["id"];
    let validator = jsonschema::draft7::new(id).expect("the schema is one");
    let long = "a".repeat(65);
    let words = [
        "leshua",
        "99bill",
        "a-1",
        "",
        "-",
        "a-",
        "-a",
        "a--b",
        "A",
        "a_b",
        "a/b",
        "../a",
        "乐刷",
        "a b",
        "a.b",
        "on",
        "off",
        "yes",
        "no",
        "true",
        "false",
        "null",
        "2026",
        "007",
        "sb-top",
        "sb",
        "sbx",
        "once",
        "nothing",
        &long,
        &long[1..],
    ];
    for word in words {
        assert_eq!(
            validator.is_valid(&Value::from(word)),
            word.parse::<Id>().is_ok(),
            "{word}"
        );
    }
}

/// Every field is described, and what its ids refer to is collected from documents.
#[test]
fn every_field_has_a_description_and_refers_to_what_is_known() {
    fn walk(form: &Form, names: &Names, seen: &mut usize) {
        if let Form::Mapping { doc, .. } = form {
            assert!(!doc.is_empty(), "{form:?}");
        }
        for field in form.fields() {
            *seen += 1;
            assert!(field.doc.ends_with('.'), "{}: {}", field.name, field.doc);
            if let Some(refers) = field.refers {
                assert!(names.0.contains_key(refers), "{}: {refers}", field.name);
            }
            walk(&field.form, names, seen);
        }
        match form {
            Form::List(of) => walk(of, names, seen),
            Form::Entries { value, .. } => walk(value, names, seen),
            Form::Either(forms) => forms.iter().for_each(|form| walk(form, names, seen)),
            Form::Picks { of, .. } => assert!(names.0.contains_key(of), "{of}"),
            _ => {}
        }
    }
    let site = Site::base();
    let documents = parse::parse(&discover(&site.path(""))).documents;
    let names = documents.names();
    let mut seen = 0;
    for kind in Kind::ALL {
        walk(&kind.form(), &names, &mut seen);
    }
    assert!(seen > 150, "{seen} fields");
}

#[test]
fn schemas_are_written_into_a_folder_and_nothing_else_is_overwritten() {
    let site = Site::base();
    let write = ["schema", "--out", "schemas"];
    assert_eq!(site.run(&write).code, Some(0));
    assert_eq!(site.run(&write).code, Some(0), "older ones are replaced");
    let one = site.run(&["schema", "site"]).stdout;
    assert_eq!(site.read("schemas/site.json"), one);
    site.write("schemas/site.json", "{}");
    let run = site.run(&write);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(site.read("schemas/site.json"), "{}");
}
