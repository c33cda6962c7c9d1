//! `stepbook explain`: the page of a rule.

use super::{Answer, CliError};
use crate::diagnostic::{did_you_mean, find_rule};
use crate::pipeline;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The code of a rule, such as `SB101`, or its name; without it, all rules are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Answer, CliError> {
    let rules = pipeline::rules();
    let Some(code) = &args.code else {
        let list = rules
            .iter()
            .map(|rule| format!("{} {:7} {}\n", rule.code, rule.severity.as_str(), rule.name));
        super::print(&list.collect::<String>())?;
        return Ok(Answer::Fine);
    };
    let Some(rule) = find_rule(&rules, code) else {
        let names = rules.iter().flat_map(|rule| [rule.code, rule.name]);
        let help = did_you_mean(code, names, "`stepbook explain` lists all rules");
        super::message(&format!("there is no rule `{code}`: {help}\n"));
        return Ok(Answer::No);
    };
    super::print(&format!(
        "{} {} ({})\n\n{}",
        rule.code,
        rule.name,
        rule.severity.as_str(),
        rule.page
    ))?;
    Ok(Answer::Fine)
}
