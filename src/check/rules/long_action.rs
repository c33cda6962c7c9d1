#![doc = include_str!("long_action.md")]

use crate::check::Context;
use crate::check::words::Length;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB507", "long-action", Warning, "long_action.md");

/// Characters of Chinese, and words of other languages, that an action may have.
const MOST: (usize, usize) = (20, 12);

/// Reports every action that does not fit on a line of the sheet.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context
        .texts
        .iter()
        .filter(|text| text.is_of_step("action"))
    {
        let Some(length) = Length::of(text.text).above(MOST.0, MOST.1) else {
            continue;
        };
        let message = format!("{} has {length} fit on the sheet", text.what());
        diagnostics.push(
            Diagnostic::new(RULE, text.at, message)
                .help("say the act alone, and leave how it is done to the guidance")
                .because(Some("a checklist reminds, it does not teach")),
        );
    }
}
