#![doc = include_str!("withdrawn_answer.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB115", "withdrawn-answer", Error, "withdrawn_answer.md");

/// Reports every `only` that takes away an answer which the standard promises.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let choices = &context.book.choices;
    for (provider, procedure) in context.book.procedures() {
        let Some(only) = &procedure.only else {
            continue;
        };
        let Some(offers) = context
            .book
            .standard_of(&procedure.body)
            .and_then(|it| it.offers.as_ref())
        else {
            continue;
        };
        for (number, offered) in choices.answers(offers).named() {
            let choice = choices.get(number);
            let lost = offered & !procedure.body.domain.options(number).unwrap_or(u64::MAX);
            for option in choice.picked(lost) {
                let named = only
                    .answers
                    .keys
                    .iter()
                    .find(|(id, _)| id.value == choice.id.value);
                let at = named.map_or(only.answers.at, |(id, _)| id.at);
                let message = format!("this takes away `{}: {}`", choice.id.value, option.id.value);
                diagnostics.push(
                    Diagnostic::new(RULE, at, message)
                        .help(format!("add `{}` to it, or remove it", option.id.value))
                        .because(Some("the standard promises this way to every reader"))
                        .also(offers.at, "promised here")
                        .subject(provider.subject(procedure)),
                );
            }
        }
    }
}
