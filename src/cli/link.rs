//! `stepbook link`: words -> the address of the step that fits.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Answer, CliError, Run};
use crate::find::{Finder, Found};
use crate::model::{Address, Book};
use crate::pipeline;
use crate::qr::QrCode;
use crate::render::Theme;
use crate::yaml::Url;

/// A step whose score comes to so many hundredths of the best one may be meant as well. Over the labelled queries in
/// `tests/find`, this asks back in two of three where the first step is wrong, and in one of sixteen where it is right.
const NEARLY: i64 = 97;
/// What scores less is a chance likeness: the labelled queries come to 70 and more.
const FAINT: i64 = 40;
/// At most so many candidates are named.
const CANDIDATES: usize = 6;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Provider and step, in any words: names, pinyin, initials, ids
    #[arg(required = true)]
    words: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Where the site is served, instead of what `site.yaml` says
    #[arg(long, value_name = "URL", value_parser = super::build::url)]
    base_url: Option<Url>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The address
    Text,
    /// A link in Markdown
    Markdown,
    /// All that fits, best first, for programs
    Json,
    /// The message of `site.yaml` to a customer
    Message,
    /// A QR code for this terminal
    Qr,
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    query: &'a str,
    results: Vec<Entry<'a>>,
}

/// A step that fits; of a guide as a whole, `step`, `number` and `action` are null.
#[derive(Serialize)]
struct Entry<'a> {
    provider: &'a str,
    procedure: &'a str,
    step: Option<&'a str>,
    number: Option<usize>,
    action: Option<&'a str>,
    url: String,
    score: i64,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let book = &loaded.book;
    let errors = loaded.counts().errors;
    if errors > 0 {
        super::message(&format!(
            "errors in the content: {errors}. `stepbook check` shows them; what could not be read is not found\n"
        ));
    }
    let query = args.words.join(" ");
    let finder = Finder::of(book, false);
    let found = match finder.find(&query, CANDIDATES) {
        Ok(mut found) => {
            found.retain(|found| found.score >= FAINT);
            found
        }
        Err(error) => {
            super::message(&format!("{error}\n"));
            return Ok(Answer::No);
        }
    };
    let base_url = base_url(book, args);
    if args.format == Format::Json {
        super::print(&json(&query, &found, &base_url))?;
    }
    let Some((first, others)) = found.split_first() else {
        super::message(&format!(
            "nothing fits `{query}`: name the provider and a word of the step, such as `{}`\n",
            example(book)
        ));
        return Ok(Answer::No);
    };
    let near = others
        .iter()
        .filter(|other| other.score * 100 >= first.score * NEARLY);
    let near: Vec<&Found<'_>> = [first].into_iter().chain(near).collect();
    if near.len() > 1 {
        super::message(&candidates(&query, &near, &base_url));
        return Ok(Answer::No);
    }
    if let Some(status) = book.set_aside(first.provider, first.procedure) {
        super::message(&format!(
            "the procedure is {status}: its page says so, and nobody should follow it now\n"
        ));
    }
    let url = url(first, &base_url);
    let text = match args.format {
        Format::Text => format!("{url}\n"),
        Format::Markdown => format!("[{}]({url})\n", escaped(name(first))),
        Format::Json => return Ok(Answer::Fine),
        Format::Message => message(run, book, first, &url)?,
        Format::Qr => {
            let Some(code) = QrCode::of(&url) else {
                super::message(&format!("the address is too long for a QR code: {url}\n"));
                return Ok(Answer::No);
            };
            // Black on white, whatever the terminal's own colours are.
            coloured(&code.half_blocks()) + &url + "\n"
        }
    };
    super::print(&text)?;
    Ok(Answer::Fine)
}

/// Where the site is served, without a slash at the end.
fn base_url(book: &Book, args: &Args) -> String {
    let site = book.site.as_ref().map(|site| &site.base_url.value);
    let url = args.base_url.as_ref().or(site).map_or("", Url::as_str);
    url.trim_end_matches('/').to_owned()
}

fn url(found: &Found<'_>, base_url: &str) -> String {
    let guide = Address::guide(found.provider, found.procedure);
    match found.step {
        Some(step) => format!("{base_url}/{guide}#{}", step.id),
        None => format!("{base_url}/{guide}"),
    }
}

/// What is to be done: the action of a step, the title of a guide.
fn name<'f>(found: &Found<'f>) -> &'f str {
    found.step.map_or(found.title, |step| step.action)
}

/// A provider and a step id of this site, as one would type them.
fn example(book: &Book) -> String {
    let procedures = book.procedures();
    let step = procedures.filter_map(|(provider, procedure)| {
        let step = procedure.body.steps.first()?;
        Some(format!(
            "stepbook link {} {}",
            provider.id, step.step.id.value
        ))
    });
    let mut step = step;
    step.next()
        .unwrap_or_else(|| "stepbook link PROVIDER STEP".to_owned())
}

fn json(query: &str, found: &[Found<'_>], base_url: &str) -> String {
    let results = found.iter().map(|found| Entry {
        provider: found.provider.as_str(),
        procedure: found.procedure.as_str(),
        step: found.step.map(|step| step.id),
        number: found.step.map(|step| step.number),
        action: found.step.map(|step| step.action),
        url: url(found, base_url),
        score: found.score,
    });
    let report = Report {
        query,
        results: results.collect(),
    };
    serde_json::to_string_pretty(&report).expect("strings and numbers are JSON") + "\n"
}

/// What may be meant, and how to say it exactly.
fn candidates(query: &str, near: &[&Found<'_>], base_url: &str) -> String {
    let mut text = format!("`{query}` fits {} alike:\n", near.len());
    for found in near {
        let line = format!(
            "  {}  {}: {}\n",
            url(found, base_url),
            found.name,
            name(found)
        );
        text.push_str(&line);
    }
    let first = near[0];
    let step = first.step.map_or("", |step| step.id);
    let exact = format!("{} {} {step}", first.provider, first.procedure);
    writeln!(
        text,
        "say which with more words, or by ids: `stepbook link {}`",
        exact.trim_end()
    )
    .expect("a string takes all");
    text
}

/// The message of `site.yaml`, or the theme's.
fn message(run: &Run, book: &Book, found: &Found<'_>, url: &str) -> Result<String, CliError> {
    let theme = Theme::load(&run.root).map_err(|source| CliError::Theme { source })?;
    let mut words = theme.words(book.site.as_ref().map_or("en", |site| site.language()));
    let own = book
        .site
        .as_ref()
        .and_then(|site| site.agent_message.as_ref());
    if let Some(own) = own {
        words
            .0
            .insert("agent_message".to_owned(), own.value.to_string());
    }
    let values = [
        ("provider", found.name),
        ("action", name(found)),
        ("url", url),
    ];
    Ok(words.fill("agent_message", &values) + "\n")
}

/// A text inside the brackets of a Markdown link.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Black on white, line by line; where nothing shows colours, they are left out.
fn coloured(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("\u{1b}[30;107m{line}\u{1b}[0m\n"));
    lines.collect()
}
