//! Diagnostics for a person at a terminal: the line quoted, why it matters, what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{At, Counts, Diagnostic, Severity, Sources};

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
    if range.is_empty() {
        let origin = Origin::path(&source.path);
        return group.element(
            origin
                .line(mark.line as usize)
                .char_column(mark.column as usize),
        );
    }
    // Only the line itself is handed over: quoting must not cost more for a longer file.
    let start = source.text[..range.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let end = source.text[range.end..]
        .find('\n')
        .map_or(source.text.len(), |at| range.end + at);
    let line = source.text[start..end].trim_end_matches('\r');
    let shifted = range.start - start..(range.end - start).min(line.len());
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

/// The last line: how many of each, in words.
pub fn summary(counts: Counts, files: usize) -> String {
    let number =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!(
        "{}, {}, {} in {}",
        number(counts.errors, "error"),
        number(counts.warnings, "warning"),
        number(counts.notes, "note"),
        number(files, "file")
    )
}
