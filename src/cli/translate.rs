//! `stepbook translate`: what is not translated, what was translated from older texts; and that it is up to date again.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Serialize;

use super::{Answer, CliError, Run};
use crate::diagnostic::{At, Severity, Sources, human};
use crate::pipeline::{self, Loaded};
use crate::translate::{FileState, Made, accepted};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Record that these translations, or all in these folders, say what their sources say now
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "format")]
    accept: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    languages: Vec<Language<'a>>,
}

#[derive(Serialize)]
struct Language<'a> {
    #[serde(rename = "language")]
    tag: &'a str,
    /// Texts that readers would miss, and those of them without a translation.
    texts: usize,
    missing: usize,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    /// Null where the source has no texts.
    source: Option<&'a str>,
    translation: Option<&'a str>,
    /// `none`, `current`, `stale`, or `unsaid` where it does not say what it was made from.
    state: &'static str,
    texts: usize,
    missing: Vec<&'a str>,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    if loaded.translations.is_empty() {
        super::message(
            "the site has one language: list others behind it, under `languages` in `content/site.yaml`\n",
        );
        return Ok(Answer::No);
    }
    if !args.accept.is_empty() {
        return accept(run, args, &loaded);
    }
    match args.format {
        Format::Human => super::print(&list(&loaded))?,
        Format::Json => super::print(&json(&loaded))?,
    }
    Ok(Answer::Fine)
}

fn list(loaded: &Loaded) -> String {
    let mut text = String::new();
    for translation in &loaded.translations {
        let (texts, missing) = totals(&translation.files);
        let language = translation.book.language();
        let _ = writeln!(
            text,
            "{language}: {} of {texts} texts are translated",
            texts - missing
        );
        for state in &translation.files {
            let path = loaded
                .sources
                .path(state.translation.unwrap_or(state.place));
            for line in lines(state) {
                let _ = writeln!(text, "  {path}: {line}");
            }
        }
    }
    text
}

/// What is to be done about a file, a line each.
fn lines(state: &FileState) -> Vec<String> {
    let mut lines = Vec::new();
    let names: Vec<&str> = state
        .missing
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    match (state.translation, names.len()) {
        (None, missing) if missing > 0 => lines.push(format!("no translation, texts: {missing}")),
        (_, missing) if missing > 0 => lines.push(format!(
            "not translated: {missing} of {}: {}",
            state.texts,
            names.join(", ")
        )),
        _ => {}
    }
    match state.made() {
        Made::Stale => lines.push("the source has changed since".to_owned()),
        Made::Unsaid => lines.push("does not say which texts it was made from".to_owned()),
        Made::Current | Made::Nothing => {}
    }
    lines
}

fn totals(files: &[FileState]) -> (usize, usize) {
    let texts = files.iter().map(|state| state.texts).sum();
    let missing = files.iter().map(|state| state.missing.len()).sum();
    (texts, missing)
}

fn json(loaded: &Loaded) -> String {
    let languages = loaded.translations.iter().map(|translation| {
        let (texts, missing) = totals(&translation.files);
        let files = translation.files.iter();
        Language {
            tag: translation.book.language(),
            texts,
            missing,
            files: files.map(|state| entry(state, &loaded.sources)).collect(),
        }
    });
    let report = Report {
        languages: languages.collect(),
    };
    let json = serde_json::to_string_pretty(&report).expect("strings and numbers are JSON");
    json + "\n"
}

fn entry<'a>(state: &'a FileState, sources: &'a Sources) -> Entry<'a> {
    Entry {
        source: state.source.map(|at| sources.path(at)),
        translation: state.translation.map(|at| sources.path(at)),
        state: match state.made() {
            Made::Nothing => "none",
            Made::Current => "current",
            Made::Stale => "stale",
            Made::Unsaid => "unsaid",
        },
        texts: state.texts,
        missing: state
            .missing
            .iter()
            .map(|(name, _)| name.as_str())
            .collect(),
    }
}

fn accept(run: &Run, args: &Args, loaded: &Loaded) -> Result<Answer, CliError> {
    let mut chosen: Vec<(At, &FileState)> = Vec::new();
    for given in &args.accept {
        let meant = translations_in(run, given, loaded)?;
        if meant.is_empty() {
            super::message(&format!(
                "not accepted: `{}` is no translation and holds none; name a file such as `content/site.{}.yaml`\n",
                given.display(),
                loaded.translations[0].book.language()
            ));
            return Ok(Answer::No);
        }
        for own in meant {
            if !chosen.iter().any(|(at, _)| *at == own.0) {
                chosen.push(own);
            }
        }
    }
    let is_wrong = |at: &At| {
        let mut diagnostics = loaded.diagnostics.iter();
        diagnostics.any(|it| it.rule.severity == Severity::Error && it.at.file == at.file)
    };
    let wrong: Vec<At> = chosen.iter().map(|(at, _)| *at).filter(is_wrong).collect();
    if !wrong.is_empty() {
        let faults = loaded.diagnostics.iter().filter(|it| {
            it.rule.severity == Severity::Error && wrong.iter().any(|at| at.file == it.at.file)
        });
        let faults = faults.map(|it| human::render(it, &loaded.sources, true) + "\n\n");
        super::message(&faults.collect::<String>());
        super::message("not accepted: mend these first; no file was changed\n");
        return Ok(Answer::No);
    }
    let mut said = String::new();
    for (at, state) in chosen {
        let source = loaded.sources.source(at);
        let path = &source.path;
        if state.made() == Made::Current {
            let _ = writeln!(said, "{path}: is of the texts as they are");
            continue;
        }
        let text = match accepted(source, state.of.as_ref(), state.edition) {
            Ok(text) => text,
            Err(error) => {
                super::print(&said)?;
                super::message(&format!("{path}: not accepted: {error}\n"));
                return Ok(Answer::No);
            }
        };
        write(&run.root.join(path), &text).map_err(|source| CliError::Write {
            path: PathBuf::from(path),
            source,
        })?;
        let _ = writeln!(said, "{path}: accepted, of {}", state.edition);
    }
    super::print(&said)?;
    Ok(Answer::Fine)
}

/// The translations that a path means: a file, or all in a folder.
fn translations_in<'l>(
    run: &Run,
    given: &Path,
    loaded: &'l Loaded,
) -> Result<Vec<(At, &'l FileState)>, CliError> {
    let place = |source| CliError::Place {
        path: given.to_owned(),
        source,
    };
    // From where one stands, as shells complete it; else from the site's folder, as messages name it.
    let there = if given.exists() {
        given.to_owned()
    } else {
        run.root.join(given)
    };
    if !there.exists() {
        return Ok(Vec::new());
    }
    let there = fs::canonicalize(there).map_err(place)?;
    let root = fs::canonicalize(&run.root).map_err(place)?;
    let states = loaded.translations.iter().flat_map(|it| &it.files);
    let states = states.filter_map(|state| Some((state.translation?, state)));
    let meant = states.filter(|(at, _)| root.join(loaded.sources.path(*at)).starts_with(&there));
    Ok(meant.collect())
}

/// Writes a file whole or not at all, with the rights that it has.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let rights = fs::metadata(path)?.permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    // Names that begin with a dot are passed over when content is read.
    let mut file = tempfile::Builder::new()
        .prefix(".translation")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(rights)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
