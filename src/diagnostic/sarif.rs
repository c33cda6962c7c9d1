//! Diagnostics as SARIF 2.1.0, for code scanning.
//!
//! A result is known by its [`Identity`] rather than its line, so that a server follows it while a file is edited.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{At, Diagnostic, Identity, Rule, Sources};

/// Where the schema of the format lies.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What stands for the folder that all addresses begin at.
const BASE: &str = "%SRCROOT%";
/// What is escaped in the path of an address: all but the unreserved characters of RFC 3986, and the slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    column_kind: &'static str,
    results: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule. There is no address of its page, because the page is in the binary: `help` has all of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

/// A result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Fix; 1]>,
    properties: Properties<'a>,
}

/// What `check --fix` can write.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: Vec<Replaced>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replaced {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// What SARIF has no place for.
#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    subjects: &'a [String],
}

/// Writes a log with one run and a final line break. `folder` is what stands before every path: the way from the
/// repository to the site, empty or with `/` at its end.
///
/// # Panics
///
/// Never: strings and numbers are always JSON.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let mut rules: Vec<&'static Rule> = diagnostics.iter().map(|it| it.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let mut seen: BTreeMap<Identity, usize> = BTreeMap::new();
    let results = diagnostics.iter().map(|diagnostic| {
        let index = rules.binary_search_by_key(&diagnostic.rule.code, |rule| rule.code);
        let identity = Identity::of(diagnostic, sources);
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        let also = diagnostic.also.iter();
        Item {
            rule_id: diagnostic.rule.code,
            rule_index: index.expect("every rule of a diagnostic is in the list"),
            level: diagnostic.rule.severity.as_str(),
            message: text(diagnostic.whole_text(sources)),
            locations: [location(diagnostic.at, sources, folder, None)],
            related_locations: also
                .map(|(at, label)| location(*at, sources, folder, Some(label)))
                .collect(),
            partial_fingerprints: BTreeMap::from([("stepbook/v1", fingerprint(identity, *count))]),
            fixes: fix(diagnostic, sources, folder).map(|fix| [fix]),
            properties: Properties {
                because: diagnostic.because.as_deref(),
                field: sources.field(diagnostic.at),
                help: diagnostic.help.as_deref(),
                subjects: &diagnostic.subjects,
            },
        }
    });
    let results = results.collect();
    let description = text("the folder that `stepbook check` ran in, or the site's");
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "stepbook",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: rules.into_iter().map(descriptor).collect(),
            },
        },
        original_uri_base_ids: BTreeMap::from([(BASE, Base { description })]),
        column_kind: "unicodeCodePoints",
        results,
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    };
    serde_json::to_string_pretty(&log).expect("strings and numbers are JSON") + "\n"
}

fn text(text: impl Into<String>) -> Text {
    Text { text: text.into() }
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    Descriptor {
        id: rule.code,
        name: rule.name,
        short_description: text(rule.name.replace('-', " ")),
        full_description: text(rule.what_it_checks()),
        help: Help {
            text: rule.page,
            markdown: rule.page,
        },
        default_configuration: Configuration {
            level: rule.severity.as_str(),
        },
    }
}

fn location(at: At, sources: &Sources, folder: &str, message: Option<&str>) -> Location {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: artifact(sources.path(at), folder),
            region: region(sources.region(at)),
        },
        message: message.map(text),
    }
}

fn artifact(path: &str, folder: &str) -> Artifact {
    let path = format!("{folder}{path}");
    Artifact {
        uri: utf8_percent_encode(&path, ESCAPED).to_string(),
        uri_base_id: BASE,
    }
}

fn region(region: super::Region) -> Region {
    Region {
        start_line: region.line,
        start_column: region.column,
        end_line: region.end_line,
        end_column: region.end_column,
    }
}

fn fix(diagnostic: &Diagnostic, sources: &Sources, folder: &str) -> Option<Fix> {
    let edit = diagnostic.edit.as_ref()?;
    let replacements = edit.replacements(sources)?;
    let source = &sources.0[replacements.first()?.file as usize];
    let replaced = replacements.into_iter().map(|it| Replaced {
        deleted_region: region(source.region(it.range)),
        inserted_content: text(it.text),
    });
    Some(Fix {
        description: text(edit.does()),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&source.path, folder),
            replacements: replaced.collect(),
        }],
    })
}

/// The identity as text; the second of two that are alike in all says so.
fn fingerprint(identity: Identity, count: usize) -> String {
    let parts = [
        Some(identity.rule),
        Some(identity.file),
        identity.field,
        identity.about,
        (count > 1).then(|| count.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
