//! `stepbook schema`: the JSON Schema of a kind of YAML file, for editors that complete and check while one types.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Answer, CliError};
use crate::diagnostic::did_you_mean;
use crate::discover;
use crate::parse::{self, Kind};
use crate::yaml::Names;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A kind of file, such as `procedure`; without it, all kinds are listed
    kind: Option<String>,
    /// List the site's own ids where a field refers to one
    #[arg(long)]
    with_ids: bool,
    /// Write `KIND.json` into this folder; without KIND, one for each kind
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(
    args: &Args,
    root: impl FnOnce() -> Result<PathBuf, CliError>,
) -> Result<Answer, CliError> {
    let kinds = match &args.kind {
        None if args.out.is_none() => {
            super::print(&list())?;
            return Ok(Answer::Fine);
        }
        None => Kind::ALL.to_vec(),
        Some(name) => {
            let named = |kind: &Kind| kind.as_str() == name;
            let Some(kind) = Kind::ALL.into_iter().find(named) else {
                let names = Kind::ALL.iter().map(|kind| kind.as_str());
                let help = did_you_mean(name, names, "`stepbook schema` lists all kinds");
                super::message(&format!("there is no kind `{name}`: {help}\n"));
                return Ok(Answer::No);
            };
            vec![kind]
        }
    };
    let names = if args.with_ids {
        let parsed = parse::parse(&discover::discover(&root()?));
        if parsed.diagnostics().next().is_some() {
            super::message(
                "not all files could be read, and the ids in those are missing: `stepbook check` says why\n",
            );
        }
        parsed.documents.names()
    } else {
        Names::default()
    };
    let Some(out) = &args.out else {
        for kind in kinds {
            super::print(&text(kind, &names))?;
        }
        return Ok(Answer::Fine);
    };
    for kind in kinds {
        let path = out.join(format!("{}.json", kind.as_str()));
        write(&path, &text(kind, &names)).map_err(|source| CliError::Write {
            path: path.clone(),
            source,
        })?;
        super::message(&format!("wrote `{}`\n", path.display()));
    }
    Ok(Answer::Fine)
}

fn list() -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        let files: Vec<&str> = kind
            .files()
            .iter()
            .copied()
            .filter(|pattern| !pattern.starts_with('!'))
            .collect();
        let _ = writeln!(text, "{:<21} {}", kind.as_str(), files.join(", "));
    }
    text
}

/// The schema of a kind as text.
pub(super) fn text(kind: Kind, names: &Names) -> String {
    let json = serde_json::to_string_pretty(&kind.schema(names)).expect("a schema is JSON");
    json + "\n"
}

/// Writes a schema in place of an older one, and of nothing else.
fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(path) {
        Ok(old) if !old.contains(crate::yaml::SCHEMA_COMMENT) => {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "a file of another kind is there: move it, or name another folder with `--out`",
            ));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    fs::write(path, text)
}
