//! The command line: flags in, exit code out. Only here is anything printed or the environment read.

mod asked;
mod baseline;
mod build;
mod check;
mod completions;
mod coverage;
mod diff;
mod explain;
mod external;
mod fix;
mod format;
mod init;
mod link;
mod mcp;
mod new;
mod release;
mod schema;
mod serve;
mod show;
mod summary;
mod translate;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::mcp::McpError;
use crate::pipeline::BuildError;
use crate::render::ThemeError;
use crate::serve::ServeError;
use crate::yaml::Date;

/// Turns providers' procedures into step guides and printable checklists.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    /// The folder that holds `content/` [default: the nearest one above that has `content/site.yaml`]
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    /// The day of the run [default: today, or `SOURCE_DATE_EPOCH`]
    #[arg(long, value_name = "DATE", global = true)]
    today: Option<Date>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks the content and writes the site
    Build(build::Args),
    /// Says what is wrong in the content
    Check(check::Args),
    /// Says what changed for readers since a release, or since another state of the site
    Diff(diff::Args),
    /// Explains a rule
    Explain(explain::Args),
    /// Records an edition of every procedure that changed, so that sheets and links stay good
    Release,
    /// Prints the address of the step that fits
    Link(link::Args),
    /// Shows which provider covers which requirement
    Coverage(coverage::Args),
    /// Serves the content to language models, over the Model Context Protocol
    Mcp,
    /// Serves the site to a browser on this machine, and follows every save
    Serve(serve::Args),
    /// Shows the effective procedure, with the origin of each field
    Show(show::Args),
    /// Says what is not translated, or records that a translation is up to date
    Translate(translate::Args),
    /// Makes a new site that builds and passes
    Init(init::Args),
    /// Writes the file of a new provider or procedure, with all that is required still to be written
    New(new::Args),
    /// Prints the JSON Schema of a kind of YAML file, for editors
    Schema(schema::Args),
    /// Prints a script that completes commands and options in a shell
    Completions(completions::Args),
    /// Prints the manual page of a command
    Man(completions::ManArgs),
}

/// How a command ended; an error is the third way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Exit code 0.
    Fine,
    /// Exit code 1: the content has errors, or the thing asked for is not there.
    No,
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
    /// No content folder.
    #[error("there is no `content/site.yaml` in `{}` or above it: go to your site's folder, or name it with `--root`", .dir.display())]
    NoRoot {
        /// Where the search began.
        dir: PathBuf,
    },
    /// `--root` names a folder without content.
    #[error("`{}` holds no `content/site.yaml`", .dir.display())]
    NotARoot {
        /// The folder.
        dir: PathBuf,
    },
    /// `SOURCE_DATE_EPOCH` is no number of seconds.
    #[error("`SOURCE_DATE_EPOCH` is `{value}`, which is no number of seconds since 1970")]
    Epoch {
        /// Its value.
        value: String,
    },
    /// The site could not be built.
    #[error("the site is not built, and the output is as it was")]
    Build {
        /// Why.
        source: Box<BuildError>,
    },
    /// A release cannot be written.
    #[error("cannot write the release `{path}`")]
    Release {
        /// Its file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The baseline cannot be written.
    #[error(
        "cannot write `{}`: see that the site's folder can be written to",
        crate::discover::BASELINE
    )]
    Baseline {
        /// Why.
        source: io::Error,
    },
    /// Edits could not be tried.
    #[error(
        "no temporary files can be written, and edits are tried there first: nothing was mended"
    )]
    Try {
        /// Why.
        source: io::Error,
    },
    /// A file could not be mended.
    #[error("cannot write `{path}`, which is as it was")]
    Fix {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The theme cannot be read.
    #[error("the theme cannot be used")]
    Theme {
        /// Why.
        source: ThemeError,
    },
    /// The site could not be served.
    #[error("the site cannot be served")]
    Serve {
        /// Why.
        source: ServeError,
    },
    /// The content could not be served.
    #[error("the content cannot be served")]
    Mcp {
        /// Why.
        source: McpError,
    },
    /// The output would be written where the sources lie.
    #[error("`{}` lies in `{folder}/` or around it, which stepbook reads: name another folder with `--out`", .out.display())]
    OutputAmongSources {
        /// The output folder.
        out: PathBuf,
        /// The folder of sources.
        folder: &'static str,
    },
    /// A path of the command line does not exist.
    #[error("there is no file or folder `{}`: {help}", .path.display())]
    NoSuchPath {
        /// The path as it was given.
        path: PathBuf,
        /// What to do.
        help: String,
    },
    /// A path of the command line lies in another folder than the site's.
    #[error("`{}` does not lie in the site `{}`: name a file or a folder in its `content/`, or another site with `--root`", .path.display(), .root.display())]
    OutsideOfSite {
        /// The path as it was given.
        path: PathBuf,
        /// The site's folder.
        root: PathBuf,
    },
    /// A path of the command line that is no content.
    #[error("nothing in `{}` is checked: name a file of the content, or a folder that holds one", .path.display())]
    NotChecked {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A folder cannot be looked at.
    #[error("cannot look at `{}`", .path.display())]
    Place {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What is known of links cannot be kept.
    #[error("cannot keep what links answered in `{}`", crate::external::RECORDS)]
    Records {
        /// Why.
        source: io::Error,
    },
    /// The signal of a file size limit cannot be caught.
    #[error("cannot prepare for a file size limit")]
    Signal {
        /// Why.
        source: io::Error,
    },
    /// The file is there already.
    #[error("`{path}` is there already, and stays as it is: edit it, or move it away")]
    Exists {
        /// The file, relative to the root.
        path: String,
    },
    /// A new site would stand where something else is.
    #[error("`{}` has {} already: nothing is written, so that nothing is lost. Name another folder, or move them away", .dir.display(), listed(files))]
    Taken {
        /// The folder.
        dir: PathBuf,
        /// What is there, relative to it.
        files: Vec<String>,
    },
    /// A file cannot be written.
    #[error("cannot write `{}`", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output is gone.
    #[error("cannot print")]
    Print {
        /// Why.
        source: io::Error,
    },
    /// The current folder is gone.
    #[error("cannot tell the current folder")]
    CurrentDir {
        /// Why.
        source: io::Error,
    },
}

/// What every command is given: where and when.
struct Run {
    root: PathBuf,
    today: Date,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match execute(cli) {
        Ok(Answer::Fine) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        // Whoever reads no further has seen enough.
        Err(CliError::Print { source }) if source.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let mut text = format!("error: {error}\n");
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                let _ = writeln!(text, "  because: {error}");
                cause = error.source();
            }
            // There is nowhere left to report that this cannot be printed.
            let _ = anstream::stderr().write_all(text.as_bytes());
            ExitCode::from(2)
        }
    }
}

fn execute(cli: Cli) -> Result<Answer, CliError> {
    // Not every command needs a site: some make one.
    let root = || root(cli.root.clone());
    let run = || -> Result<Run, CliError> {
        Ok(Run {
            root: root()?,
            today: today(cli.today)?,
        })
    };
    match cli.command {
        Command::Build(args) => build::run(&run()?, &args),
        Command::Check(args) => check::run(&run()?, &args),
        Command::Diff(args) => diff::run(&run()?, &args),
        Command::Explain(args) => explain::run(&args),
        Command::Release => release::run(&run()?),
        Command::Coverage(args) => coverage::run(&run()?, &args),
        Command::Link(args) => link::run(&run()?, &args),
        Command::Mcp => mcp::run(&run()?),
        Command::Serve(args) => serve::run(&run()?, &args),
        Command::Show(args) => show::run(&run()?, &args),
        Command::Translate(args) => translate::run(&run()?, &args),
        Command::Init(args) => init::run(&args, today(cli.today)?),
        Command::New(args) => new::run(&run()?, &args),
        Command::Schema(args) => schema::run(&args, root),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => completions::man(&args),
    }
}

fn root(given: Option<PathBuf>) -> Result<PathBuf, CliError> {
    let is_root = |dir: &std::path::Path| dir.join("content/site.yaml").symlink_metadata().is_ok();
    if let Some(dir) = given {
        return if is_root(&dir) {
            Ok(dir)
        } else {
            Err(CliError::NotARoot { dir })
        };
    }
    let dir = std::env::current_dir().map_err(|source| CliError::CurrentDir { source })?;
    let found = dir
        .ancestors()
        .find(|dir| is_root(dir))
        .map(std::path::Path::to_path_buf);
    found.ok_or(CliError::NoRoot { dir })
}

fn today(given: Option<Date>) -> Result<Date, CliError> {
    if let Some(date) = given {
        return Ok(date);
    }
    let Ok(value) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(Zoned::now().date());
    };
    let seconds = value
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    let timestamp = seconds.ok_or(CliError::Epoch { value })?;
    Ok(timestamp.to_zoned(TimeZone::UTC).date())
}

/// The first few names of a list.
fn listed(names: &[String]) -> String {
    const MOST: usize = 3;
    let shown = names[..names.len().min(MOST)].join("`, `");
    match names.len().saturating_sub(MOST) {
        0 => format!("`{shown}`"),
        more => format!("`{shown}` and {more} more"),
    }
}

/// Prints a result.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|source| CliError::Print { source })
}

/// Prints a message beside the result. A message that cannot be printed is not worth failing for.
fn message(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
