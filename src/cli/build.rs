//! `stepbook build`: the site, written to a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{fs, io};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Answer, CliError, Run};
use crate::diagnostic::human;
use crate::pipeline::{self, Shard};
use crate::render::Options;
use crate::yaml::Url;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to write, in the site's folder unless it is absolute
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    /// Where the site will be served, if not at the `base_url` of `site.yaml`: codes on paper lead there
    #[arg(long, value_name = "URL", value_parser = url)]
    base_url: Option<Url>,
    /// How many threads to use [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Build procedures that are drafts, too
    #[arg(long)]
    drafts: bool,
    /// Build only the I-th of N parts of the site
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
}

pub(super) fn url(text: &str) -> Result<Url, String> {
    if text.contains(['?', '#']) {
        return Err("pages are put below it: leave out `?` and `#` and what follows".to_owned());
    }
    text.parse()
        .map_err(|()| "an address begins with `https://` or `http://` and a host".to_owned())
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let start = Instant::now();
    if let Some(jobs) = args.jobs {
        // Fails only where a pool exists already, and this is the first use in the process.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build_global();
    }
    survive_file_size_limit()?;
    let out = run.root.join(&args.out);
    outside_of_sources(&run.root, &out)?;
    let loaded = pipeline::load(&run.root, run.today);
    let counts = loaded.counts();
    super::message(&super::check::describe(&loaded, false));
    if counts.errors > 0 {
        let summary = human::summary(counts, loaded.sources.0.len());
        super::message(&format!(
            "not built: {summary}, {} ms; `{}` is as it was\n",
            start.elapsed().as_millis(),
            args.out.display()
        ));
        return Ok(Answer::No);
    }
    let left_out = super::summary::left_out(&loaded, |_| true);
    let left_out = left_out.map_or_else(String::new, |words| format!("; {words}"));
    let options = Options {
        base_url: args.base_url.clone(),
        drafts: args.drafts,
        today: run.today,
    };
    let bar = progress();
    let report = pipeline::build(
        &loaded,
        &run.root,
        &out,
        &options,
        args.shard,
        |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        },
    );
    bar.finish_and_clear();
    let report = report.map_err(|source| CliError::Build {
        source: Box::new(source),
    })?;
    super::message(&format!(
        "built {} pages in `{}`: {} files written, {} unchanged, {} deleted; {} warnings, {} notes{}; {} ms\n",
        report.pages,
        args.out.display(),
        report.files.written,
        report.files.unchanged,
        report.files.deleted,
        counts.warnings,
        counts.notes,
        left_out,
        start.elapsed().as_millis()
    ));
    Ok(Answer::Fine)
}

/// A bar on a terminal, nothing elsewhere.
fn progress() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} pages");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Refuses to write where the content or the theme is read.
fn outside_of_sources(root: &Path, out: &Path) -> Result<(), CliError> {
    let resolved = |path: &Path| -> io::Result<PathBuf> {
        // The folder itself need not be there yet: its nearest ancestor that is decides.
        let there = path
            .ancestors()
            .find(|path| path.exists())
            .unwrap_or(Path::new("."));
        let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
        Ok(fs::canonicalize(if there.as_os_str().is_empty() {
            Path::new(".")
        } else {
            there
        })?
        .join(rest))
    };
    let place = |path: &Path| {
        resolved(path).map_err(|source| CliError::Place {
            path: path.to_owned(),
            source,
        })
    };
    let target = place(out)?;
    let inside_itself = out
        .components()
        .any(|part| part == std::path::Component::ParentDir)
        && !out.exists();
    for folder in ["content", "templates", "static"] {
        let source = place(&root.join(folder))?;
        if target.starts_with(&source) || source.starts_with(&target) || inside_itself {
            return Err(CliError::OutputAmongSources {
                out: out.to_owned(),
                folder,
            });
        }
    }
    Ok(())
}

/// A file size limit must come back as an error, not end the process in the middle: its signal is caught and left.
#[cfg(unix)]
fn survive_file_size_limit() -> Result<(), CliError> {
    let seen = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen)
        .map(|_| ())
        .map_err(|source| CliError::Signal { source })
}

#[cfg(not(unix))]
fn survive_file_size_limit() -> Result<(), CliError> {
    Ok(())
}
