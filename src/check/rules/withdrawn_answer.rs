#![doc = include_str!("withdrawn_answer.md")]

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Choice, Condition, Only, Procedure};

rule!("SB115", "withdrawn-answer", Error, "withdrawn_answer.md");

/// Reports every `only` that takes away an answer which the standard promises.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (provider, procedure) in context.procedures() {
        let Some(only) = &procedure.only else {
            continue;
        };
        let offers = context
            .book
            .standard_of(&procedure.body)
            .and_then(|it| it.offers.as_ref());
        let lost = offers
            .into_iter()
            .flat_map(|offers| lost(context, procedure, only, offers));
        let faults = lost.chain(dead_ends(context, procedure, only));
        diagnostics.extend(faults.map(|fault| fault.subject(provider.subject(procedure))));
    }
}

/// Answers that the standard promises and that are not here.
fn lost<'a>(
    context: &'a Context<'_>,
    procedure: &'a Procedure,
    only: &'a Only,
    offers: &'a Condition,
) -> Vec<Diagnostic> {
    let choices = &context.book.choices;
    let mut faults = Vec::new();
    for (number, offered) in choices.answers(offers).named() {
        let choice = choices.get(number);
        let lost = offered & !procedure.body.domain.options(number).unwrap_or(u64::MAX);
        for option in choice.picked(lost) {
            let message = format!("this takes away `{}: {}`", choice.id.value, option.id.value);
            faults.push(
                Diagnostic::new(RULE, place(only, choice), message)
                    .help(format!("add `{}` to it, or remove it", option.id.value))
                    .because(Some("the standard promises this way to every reader"))
                    .also(offers.at, "promised here"),
            );
        }
    }
    faults
}

/// Choices of which only answers that end the guide are left.
fn dead_ends<'a>(
    context: &'a Context<'_>,
    procedure: &'a Procedure,
    only: &'a Only,
) -> Vec<Diagnostic> {
    let choices = &context.book.choices;
    let mut faults = Vec::new();
    for (number, options) in choices.answers(&only.answers).named() {
        let choice = choices.get(number);
        let left = options & procedure.body.domain.options(number).unwrap_or(u64::MAX);
        if left != 0 && choice.picked(left).all(|option| option.stop.is_some()) {
            let message = format!(
                "every answer of `{}` that is left ends the guide",
                choice.id.value
            );
            faults.push(
                Diagnostic::new(RULE, place(only, choice), message)
                    .help("keep an answer that goes on, or say `outcome: not-possible`")
                    .because(Some("nobody gets through the procedure")),
            );
        }
    }
    faults
}

/// Where `only` names a choice.
fn place(only: &Only, choice: &Choice) -> At {
    let named = only
        .answers
        .keys
        .iter()
        .find(|(id, _)| id.value == choice.id.value);
    named.map_or(only.answers.at, |(id, _)| id.at)
}
