//! Diagnostics for a person at a terminal: the line quoted, why it matters, what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{At, Counts, Diagnostic, Severity, Sources};

/// Lines of more bytes are not quoted: nobody finds the place in them.
const MOST_QUOTED: usize = 1000;

/// Writes one diagnostic, with colours where `styled`.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(diagnostic.full_message())
        .id(diagnostic.rule.code);
    let mut group = quoted(Group::with_title(title), diagnostic.at, sources, None);
    if let Some((at, label)) = &diagnostic.also {
        group = quoted(group, *at, sources, Some(label));
    }
    if let Some(because) = &diagnostic.because {
        group = group.element(Level::NOTE.with_name("why").message(because));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    if let Some(offer) = diagnostic.offer(sources) {
        group = group.element(Level::HELP.message(offer));
    }
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// Adds the line of a place, or the file's name where there is no line to show.
fn quoted<'a>(
    group: Group<'a>,
    at: At,
    sources: &'a Sources,
    label: Option<&'a String>,
) -> Group<'a> {
    let source = sources.source(at);
    let (range, mark) = (first_line(at, sources), sources.mark(at));
    let Some(line) = line(&source.text, &range).filter(|_| !range.is_empty()) else {
        let origin = Origin::path(&source.path).line(mark.line as usize);
        return group.element(origin.char_column(mark.column as usize));
    };
    // Only the line itself is handed over: quoting must not cost more for a longer file.
    let shifted = range.start - line.start..range.end - line.start;
    let line = &source.text[line];
    let kind = if label.is_some() {
        AnnotationKind::Context
    } else {
        AnnotationKind::Primary
    };
    let annotation = kind.span(shifted);
    let annotation = match label {
        Some(label) => annotation.label(label.as_str()),
        None => annotation,
    };
    group.element(
        Snippet::source(line)
            .line_start(mark.line as usize)
            .path(&source.path)
            .annotation(annotation),
    )
}

/// The line around a range; `None` where it is too long to be quoted.
fn line(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let before = &text.as_bytes()[range.start.saturating_sub(MOST_QUOTED)..range.start];
    let start = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(at) => range.start - before.len() + at + 1,
        None if before.len() == range.start => 0,
        None => return None,
    };
    let behind = &text.as_bytes()[range.end..(range.end + MOST_QUOTED).min(text.len())];
    let end = match behind.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) => range.end + at,
        None if range.end + behind.len() == text.len() => text.len(),
        None => return None,
    };
    (end - start <= MOST_QUOTED).then_some(start..end)
}

/// The part of a marked value that lies on its first line.
fn first_line(at: At, sources: &Sources) -> Range<usize> {
    let mark = sources.mark(at);
    let text = &sources.source(at).text;
    let (start, end) = (mark.start as usize, (mark.end as usize).min(text.len()));
    if start >= end {
        return start..start;
    }
    let value = text[start..end].lines().next().unwrap_or("").trim_end();
    start..start + value.len()
}

/// How many of each, in words.
pub fn counts(counts: Counts) -> String {
    let [errors, warnings, notes] = [
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.notes, "note"),
    ]
    .map(|(count, word)| number(count, word));
    format!("{errors}, {warnings}, {notes}")
}

/// The last line: how many of each in how many files, in words.
pub fn summary(counts: Counts, files: usize) -> String {
    format!("{} in {}", self::counts(counts), number(files, "file"))
}

fn number(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
