//! A procedure -> schema.org's `HowTo` as JSON-LD, for search engines.

use serde::Serialize;

use super::view::StepLine;

#[derive(Serialize)]
struct HowTo<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    step: Vec<HowToStep<'a>>,
}

#[derive(Serialize)]
struct HowToStep<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    text: &'a str,
    url: String,
}

/// The guide at `url` as JSON without `<`, so that nothing in it ends the element that holds it.
pub(super) fn json<'a>(
    name: &str,
    description: &str,
    url: &str,
    steps: impl Iterator<Item = &'a StepLine<'a>>,
) -> String {
    let how_to = HowTo {
        context: "https://schema.org",
        kind: "HowTo",
        name,
        description,
        step: steps
            .map(|step| HowToStep {
                kind: "HowToStep",
                name: step.action,
                text: step.expect,
                url: format!("{url}#{}", step.id),
            })
            .collect(),
    };
    let json = serde_json::to_string(&how_to).expect("strings and numbers are JSON");
    json.replace('<', "\\u003c")
}
