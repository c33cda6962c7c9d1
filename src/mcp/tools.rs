//! The tools that a model may call: arguments in, a bounded answer or words on what is wrong out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::{tool, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Server;
use super::answer::{
    ProcedureAnswer, ProcedureLine, ProviderLine, ProvidersAnswer, ProvidersLeft, StepLine,
    StepsAnswer,
};
use crate::card::schema;
use crate::model::{Address, Provider};

/// So many providers are listed at once.
const PROVIDERS: usize = 50;

/// So many steps are found at once unless fewer or more are asked for.
const FOUND: usize = 5;
/// So many are found at most.
const MOST_FOUND: usize = 20;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FindStep {
    /// The provider's name and what the person wants to do, in a few of their own words: at most 100 characters. Chinese,
    /// pinyin and initials are understood.
    words: String,
    /// How many to give at most, up to 20; 5 unless given.
    #[schemars(range(min = 1, max = 20))]
    limit: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListProviders {
    /// List the providers after the one with this id: `left_off.after` of the answer before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GetProcedure {
    /// The provider's id.
    provider: String,
    /// The procedure's id.
    procedure: String,
    /// What is known of the person, by the ids of `choices` and their options, such as {"route": "assisted"}.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// The number of the first step to answer with: `left_off.from` of the answer before.
    from: Option<usize>,
}

#[tool_router(vis = "pub(super)")]
impl Server {
    /// Finds the step that someone means, over all providers, and gives its permalink. Name the provider in the words where
    /// it is known. An empty list, or a low score,
    /// means that nothing fits: try other words, or `list_providers`.
    #[tool(
        annotations(title = "Find a step", read_only_hint = true, open_world_hint = false),
        output_schema = Arc::new(schema::object::<StepsAnswer<'static>>())
    )]
    fn find_step(&self, Parameters(ask): Parameters<FindStep>) -> CallToolResult {
        let limit = ask.limit.unwrap_or(FOUND);
        if !(1..=MOST_FOUND).contains(&limit) {
            return refused(format!("`limit` is a number from 1 to {MOST_FOUND}"));
        }
        answered(self.steps_for(&ask.words, limit))
    }

    /// Lists providers and the procedures that each has, fifty at a time, by id. To find one among many by its name or by
    /// what someone wants to do, use `find_step`.
    #[tool(
        annotations(title = "List providers", read_only_hint = true, open_world_hint = false),
        output_schema = Arc::new(schema::object::<ProvidersAnswer<'static>>())
    )]
    fn list_providers(&self, Parameters(ask): Parameters<ListProviders>) -> CallToolResult {
        answered(self.providers_after(ask.after.as_deref()))
    }

    /// Gives the steps of a provider's procedure that apply to a person, in order, each with what to do, what to see, what
    /// to do if it is not seen, what it needs, how to reach the provider, whether that is verified, and a permalink. Without
    /// answers, all steps, with their conditions. Long procedures come in parts: `left_off` says how to ask for the rest.
    #[tool(
        annotations(title = "Get a procedure", read_only_hint = true, open_world_hint = false),
        output_schema = Arc::new(schema::object::<ProcedureAnswer<'static>>())
    )]
    fn get_procedure(&self, Parameters(ask): Parameters<GetProcedure>) -> CallToolResult {
        let found = self.procedure(&ask.provider, &ask.procedure);
        let given = found.and_then(|(provider, procedure)| {
            let given = self.given(procedure, &ask.answers)?;
            let narrowed = self.book.narrowed(provider, procedure, &given.answers);
            Ok((provider, narrowed, given))
        });
        let (provider, narrowed, given) = match given {
            Ok(given) => given,
            Err(message) => return refused(message),
        };
        let guide = self.applicable(provider, &narrowed, &given);
        let from = ask.from.unwrap_or(1);
        if let Some(last) = guide.steps.last()
            && from > last.number
        {
            return refused(format!(
                "the last step that applies has the number {}",
                last.number
            ));
        }
        answered(Ok(self.answer(guide, &given, from)))
    }
}

impl Server {
    fn steps_for(&self, words: &str, limit: usize) -> Result<StepsAnswer<'_>, String> {
        let found = self.finder.find(words, limit + 1);
        let found = found.map_err(|error| error.to_string())?;
        let lines = found.iter().take(limit).map(|found| {
            let guide = self
                .cards
                .url(&Address::guide(found.provider, found.procedure));
            StepLine {
                provider: found.provider.as_str(),
                provider_name: found.name,
                procedure: found.procedure.as_str(),
                title: found.title,
                step: found.step.map(|step| step.id),
                number: found.step.map(|step| step.number),
                action: found.step.map(|step| step.action),
                status: self.book.set_aside(found.provider, found.procedure),
                permalink: match found.step {
                    Some(step) => format!("{guide}#{}", step.id),
                    None => guide,
                },
                score: found.score,
            }
        });
        Ok(StepsAnswer {
            results: lines.collect(),
            more: found.len() > limit,
        })
    }

    fn providers_after(&self, after: Option<&str>) -> Result<ProvidersAnswer<'static>, String> {
        let all = &self.book.providers;
        let first = match after {
            Some(after) => {
                let after = self.provider(after)?;
                all.partition_point(|provider| provider.id <= after.id)
            }
            None => 0,
        };
        let listed = &all[first..all.len().min(first + PROVIDERS)];
        let left = all.len() - first - listed.len();
        Ok(ProvidersAnswer {
            providers: listed.iter().map(|it| self.line(it)).collect(),
            left_off: listed
                .last()
                .filter(|_| left > 0)
                .map(|last| ProvidersLeft {
                    providers: left,
                    after: last.id.as_str(),
                }),
        })
    }

    fn line(&self, provider: &'static Provider) -> ProviderLine<'static> {
        let document = provider.document.as_ref();
        let procedures = provider.procedures.iter().filter(|own| own.is_built(false));
        ProviderLine {
            id: provider.id.as_str(),
            name: document.map_or(provider.id.as_str(), |document| &document.name),
            procedures: procedures
                .map(|own| ProcedureLine {
                    id: own.id.as_str(),
                    title: own.body.title.as_ref().map_or("", |title| title),
                    status: own.status.as_str(),
                    permalink: self.cards.url(&Address::guide(&provider.id, &own.id)),
                })
                .collect(),
        }
    }
}

/// An answer as data, or as words on what is wrong with the question: a model reads both, and can ask again.
fn answered(answer: Result<impl Serialize, String>) -> CallToolResult {
    match answer {
        Ok(answer) => {
            // The text keeps the order of the fields: what comes first is to be read first.
            let text = serde_json::to_string(&answer).expect("strings and numbers are JSON");
            let data = serde_json::to_value(&answer).expect("strings and numbers are JSON");
            let mut result = CallToolResult::structured(data);
            result.content = vec![ContentBlock::text(text)];
            result
        }
        Err(message) => refused(message),
    }
}

fn refused(message: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(message)])
}
