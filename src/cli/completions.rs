//! `stepbook completions` and `stepbook man`: what a shell and a manual need to know of the command line.

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Answer, Cli, CliError};
use crate::diagnostic::did_you_mean;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// A command; without it, the page of stepbook itself
    command: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Answer, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "stepbook", &mut script);
    super::print(&String::from_utf8_lossy(&script))?;
    Ok(Answer::Fine)
}

pub(super) fn man(args: &ManArgs) -> Result<Answer, CliError> {
    let mut all = Cli::command();
    // Subcommands know the options of all commands, and their full names, only then.
    all.build();
    let Some(name) = &args.command else {
        return page(all.disable_help_subcommand(true));
    };
    let Some(command) = all.find_subcommand(name) else {
        let names = all.get_subcommands().map(Command::get_name);
        let help = did_you_mean(name, names, "`stepbook --help` lists all commands");
        super::message(&format!("there is no command `{name}`: {help}\n"));
        return Ok(Answer::No);
    };
    page(command.clone())
}

/// Prints the page of a command; it is named as `man` finds it.
fn page(command: Command) -> Result<Answer, CliError> {
    let name = command.get_bin_name().unwrap_or("stepbook");
    let name = name.replace(' ', "-");
    let mut text = Vec::new();
    Man::new(command)
        .title(name)
        .source("stepbook")
        .manual("stepbook")
        .render(&mut text)
        .map_err(|source| CliError::Print { source })?;
    super::print(&String::from_utf8_lossy(&text))?;
    Ok(Answer::Fine)
}
