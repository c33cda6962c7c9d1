//! `stepbook show`: the effective procedure, with the origin of each field.

use std::fmt::Write as _;

use super::{Answer, CliError, Run};
use crate::diagnostic::{At, did_you_mean};
use crate::model::{Body, Procedure};
use crate::pipeline;
use crate::yaml::{Shape, Shown};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A procedure: `PROVIDER/PROCEDURE`
    id: String,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let found = loaded
        .book
        .procedures()
        .find(|(provider, procedure)| provider.subject(procedure) == args.id);
    let Some((_, procedure)) = found else {
        let ids: Vec<String> = loaded
            .book
            .procedures()
            .map(|(provider, own)| provider.subject(own))
            .collect();
        let help = did_you_mean(
            &args.id,
            ids.iter().map(String::as_str),
            "name one as `PROVIDER/PROCEDURE`",
        );
        super::message(&format!("there is no procedure `{}`: {help}\n", args.id));
        return Ok(Answer::No);
    };
    let mut text = String::new();
    let origin = |at| format!("  # {}", loaded.sources.line(at));
    write(&shown(procedure), 0, &origin, &mut text);
    super::print(&text)?;
    Ok(Answer::Fine)
}

fn shown(procedure: &Procedure) -> Shown {
    let body = procedure.body.as_ref();
    let mut fields = vec![
        ("extends".to_owned(), procedure.extends.show()),
        ("standard".to_owned(), body.standard.show()),
        ("title".to_owned(), body.title.show()),
        ("summary".to_owned(), body.summary.show()),
        ("ends".to_owned(), body.ends.show()),
        ("leaves".to_owned(), body.leaves.show()),
        ("outcome".to_owned(), body.outcome.show()),
        ("phases".to_owned(), Shown::List(phases(body))),
        ("notices".to_owned(), body.notices.show()),
        ("questions".to_owned(), body.questions.show()),
    ];
    let facts: Vec<(String, Shown)> = body
        .facts
        .iter()
        .map(|(id, fact)| (id.to_string(), fact.show()))
        .collect();
    if !facts.is_empty() {
        fields.push(("facts".to_owned(), Shown::Map(facts)));
    }
    fields.push(("drop".to_owned(), procedure.drops.show()));
    fields.push(("only".to_owned(), procedure.only.show()));
    fields.push(("reviewed".to_owned(), procedure.reviewed.show()));
    fields.push(("waives".to_owned(), procedure.waives.show()));
    fields.push(("retired".to_owned(), procedure.retired.show()));
    fields.push(("formerly".to_owned(), procedure.formerly.show()));
    Shown::Map(fields)
}

fn phases(body: &Body) -> Vec<Shown> {
    let phases = body.phases.iter().enumerate().map(|(at, phase)| {
        let steps = body
            .steps
            .iter()
            .filter(|step| step.phase == at)
            .map(|step| step.step.show());
        Shown::Map(vec![
            ("id".to_owned(), phase.id.show()),
            ("title".to_owned(), phase.title.show()),
            ("note".to_owned(), phase.note.show()),
            ("steps".to_owned(), Shown::List(steps.collect())),
        ])
    });
    phases.collect()
}

/// Writes a value as YAML, each scalar with its origin behind it. What is left out is not written.
pub(super) fn write(
    shown: &Shown,
    indent: usize,
    origin: &impl Fn(At) -> String,
    text: &mut String,
) {
    let pad = "  ".repeat(indent);
    match shown {
        Shown::List(items) => {
            for item in items.iter().filter(|item| **item != Shown::Nothing) {
                let start = text.len();
                write(item, indent + 1, origin, text);
                // The first line of the item begins with a dash in place of its own indentation.
                text.replace_range(start..start + pad.len() + 2, &format!("{pad}- "));
            }
        }
        Shown::Map(fields) => {
            for (key, value) in fields {
                match (value, line(value, origin)) {
                    (Shown::Nothing, _) => {}
                    (_, Some(line)) => {
                        let _ = writeln!(text, "{pad}{key}: {line}");
                    }
                    (_, None) => {
                        let _ = writeln!(text, "{pad}{key}:");
                        write(value, indent + 1, origin, text);
                    }
                }
            }
        }
        value => {
            let _ = writeln!(text, "{pad}{}", line(value, origin).unwrap_or_default());
        }
    }
}

/// A value that takes no line of its own, with its origin.
fn line(value: &Shown, origin: &impl Fn(At) -> String) -> Option<String> {
    match value {
        Shown::Scalar(value, at) => Some(quoted(value) + &origin(*at)),
        Shown::Empty(brackets, at) => Some((*brackets).to_owned() + &origin(*at)),
        Shown::Nothing | Shown::List(_) | Shown::Map(_) => None,
    }
}

/// A text as YAML reads it back: quoted where plain style would mean something else.
fn quoted(text: &str) -> String {
    let first = text.chars().next().unwrap_or(' ');
    let plain = !text.is_empty()
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !"-?:,[]{}#&*!|>'\"%@` ".contains(first)
        && !text.chars().any(char::is_control);
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
