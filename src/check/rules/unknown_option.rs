#![doc = include_str!("unknown_option.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};

rule!("SB205", "unknown-option", Error, "unknown_option.md");

/// Reports every condition on an option that its choice does not have.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.book.choices_whole {
        return;
    }
    for (id, options) in walk::conditions(context)
        .into_iter()
        .flat_map(|condition| &condition.keys)
    {
        let Some((_, choice)) = context.book.choices.find(id.as_str()) else {
            continue;
        };
        for option in options
            .0
            .iter()
            .filter(|option| choice.position(option.as_str()).is_none())
        {
            let known = choice.options.iter().map(|option| option.id.as_str());
            let message = format!(
                "the choice `{}` has no option `{}`",
                choice.id.value, option.value
            );
            diagnostics.push(Diagnostic::new(RULE, option.at, message).did_you_mean(
                option.as_str(),
                known,
                "name an option that exists",
            ));
        }
    }
}
