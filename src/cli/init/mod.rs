//! `stepbook init`: a new site about closing a library card, which builds, passes and teaches by its comments.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use serde_json::{Map, json};

use super::{Answer, CliError, schema};
use crate::parse::Kind;
use crate::yaml::{Date, Names};

static SITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/site");
/// The day that stands for the day of the run in the files of [`SITE`]: so that no source is out of date at once.
const TODAY: &str = "2000-01-01";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the new site; it is made where it is not there
    dir: PathBuf,
}

pub(super) fn run(args: &Args, today: Date) -> Result<Answer, CliError> {
    let files = files(today);
    let taken: Vec<String> = files
        .iter()
        .filter(|(path, _)| is_taken(&args.dir, path))
        .map(|(path, _)| path.clone())
        .collect();
    if !taken.is_empty() {
        return Err(CliError::Taken {
            dir: args.dir.clone(),
            files: taken,
        });
    }
    for (path, text) in &files {
        let path = args.dir.join(path);
        write(&path, text).map_err(|source| CliError::Write { path, source })?;
    }
    let mut list: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !path.starts_with("schemas/") && !path.starts_with('.'))
        .collect();
    list.sort_unstable();
    super::print(&(list.join("\n") + "\n"))?;
    super::message(&format!(
        "wrote these, and for editors schemas and settings (`schemas/README.md` says how to use them)\n\
         next: `cd {}`, then `stepbook check` and `stepbook build`, and open `public/index.html`\n\
         then: read the comments in `content/`, from `site.yaml` on, and put your own subject in their place\n",
        args.dir.display(),
    ));
    Ok(Answer::Fine)
}

/// Every file of a new site, by path.
fn files(today: Date) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&SITE, &today.to_string(), &mut files);
    for kind in Kind::ALL {
        let path = format!("schemas/{}.json", kind.as_str());
        files.push((path, schema::text(kind, &Names::default())));
    }
    let schemas: Map<_, _> = Kind::ALL
        .iter()
        .map(|kind| {
            let path = format!("./schemas/{}.json", kind.as_str());
            (path, json!(kind.files()))
        })
        .collect();
    let editor = [
        ("settings", json!({"yaml.schemas": schemas})),
        (
            "extensions",
            json!({"recommendations": ["redhat.vscode-yaml"]}),
        ),
    ];
    for (name, json) in editor {
        files.push((format!(".vscode/{name}.json"), format!("{json:#}\n")));
    }
    files
}

fn collect(dir: &Dir<'static>, today: &str, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().expect("the site is text");
        // A file by its own name would be obeyed in stepbook's repository, too.
        let path = match path.as_str() {
            "gitignore" => ".gitignore".to_owned(),
            _ => path,
        };
        files.push((path, text.replace(TODAY, today)));
    }
    for dir in dir.dirs() {
        collect(dir, today, files);
    }
}

/// Whether a file cannot be made without losing another.
fn is_taken(dir: &Path, path: &str) -> bool {
    let file = dir.join(path);
    let above = file.ancestors().skip(1);
    let mut above = above.take(1 + path.matches('/').count());
    file.symlink_metadata().is_ok() || above.any(|folder| folder.exists() && !folder.is_dir())
}

/// Writes a new file, and the folders above it.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
