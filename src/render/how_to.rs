//! A procedure -> schema.org's `HowTo` as JSON-LD, for search engines.

use serde::Serialize;

use super::view::text;
use crate::model::{Address, Procedure, Provider};

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
    position: usize,
    name: &'a str,
    text: &'a str,
    url: String,
}

/// The whole as JSON without `<`, so that nothing in it ends the element that holds it.
pub(super) fn json(
    name: &str,
    description: &str,
    base_url: &str,
    provider: &Provider,
    procedure: &Procedure,
) -> String {
    let guide = Address::guide(&provider.id, &procedure.id);
    let steps = (1..).zip(&procedure.body.steps);
    let how_to = HowTo {
        context: "https://schema.org",
        kind: "HowTo",
        name,
        description,
        step: steps
            .map(|(position, step)| HowToStep {
                kind: "HowToStep",
                position,
                name: text(step.step.action.as_ref()).unwrap_or_default(),
                text: text(step.step.expect.as_ref()).unwrap_or_default(),
                url: format!("{base_url}/{guide}#{}", step.step.id.value),
            })
            .collect(),
    };
    let json = serde_json::to_string(&how_to).expect("strings and numbers are JSON");
    json.replace('<', "\\u003c")
}
