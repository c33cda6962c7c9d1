#![doc = include_str!("unknown_gap.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Text;

rule!("SB222", "unknown-gap", Error, "unknown_gap.md");

/// What can be filled into the message with a link.
const MESSAGE: [&str; 3] = ["provider", "action", "url"];
/// What to do where no known name is like the one that stands there.
const HELP: &str = "write a name that has a value, or leave the braces out";
/// What can be filled into the feedback link.
const FEEDBACK: [&str; 2] = ["step", "edition"];

/// Reports every `{name}` of `site.yaml` that nothing is filled into.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(site) = &context.book.site else {
        return;
    };
    let mut report = |text: Option<&Text>, field: &str, known: &[&str]| {
        let gaps = text
            .into_iter()
            .flat_map(|text| gaps(text).map(move |gap| (text.at, gap)));
        for (at, gap) in gaps.filter(|(_, gap)| !known.contains(gap)) {
            let message = format!("`{field}` has no value for `{{{gap}}}`");
            diagnostics.push(
                Diagnostic::new(RULE, at, message)
                    .did_you_mean_part(("{", gap, "}"), known.iter().copied(), HELP)
                    .because(Some("readers would see the braces")),
            );
        }
    };
    report(site.agent_message.as_ref(), "agent_message", &MESSAGE);
    report(site.feedback.as_ref(), "feedback", &FEEDBACK);
}

/// What stands between braces.
fn gaps(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}
