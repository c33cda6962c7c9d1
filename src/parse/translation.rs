//! A file beside its source -> the texts of it in another language; and which of them a site has a place for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::markdown;
use super::rules::unknown_file;
use crate::diagnostic::{At, Diagnostic};
use crate::discover::{FileKind, Found, source_of};
use crate::model::{Edition, GuidanceTexts, Overlay, Site};
use crate::yaml::rules::wrong_type;
use crate::yaml::{Node, Placed, Reader, Shape};

/// A translation of one file.
#[derive(Debug)]
pub struct Translation {
    /// The whole file.
    pub at: At,
    /// The word for its language in its name.
    pub language: String,
    /// What its source is.
    pub of: FileKind,
    /// What it says; `None` where nothing could be read.
    pub overlay: Option<Overlay>,
}

impl Translation {
    /// Whether it is into a language. Names of files are no place for capital letters to count.
    pub fn is_into(&self, tag: &str) -> bool {
        self.language.eq_ignore_ascii_case(tag)
    }
}

/// Reads the translation of a YAML file.
pub(super) fn texts(of: &FileKind, root: &Node<'_>, reader: &mut Reader) -> Option<Overlay> {
    match of {
        FileKind::Site => Shape::read(root, reader).map(Overlay::Site),
        FileKind::Choices => Shape::read(root, reader).map(Overlay::Choices),
        FileKind::Materials => Shape::read(root, reader).map(Overlay::Materials),
        FileKind::EvidenceSources => Shape::read(root, reader).map(Overlay::Sources),
        FileKind::Standard(_) => Shape::read(root, reader).map(Overlay::Standard),
        FileKind::Provider(_) => Shape::read(root, reader).map(Overlay::Provider),
        FileKind::SharedProcedure(_) | FileKind::Procedure(..) => Shape::read(root, reader)
            .map(Box::new)
            .map(Overlay::Procedure),
        _ => None,
    }
}

/// Begins the first line of guidance that says what it was made from.
const OF: &str = "<!-- of:";

/// Reads the translation of guidance. The line that says what it was made from is no part of the Markdown, and keeps its
/// place in it as blanks.
pub(super) fn guidance(text: &Arc<str>, reader: &mut Reader) -> Overlay {
    let mut own = Arc::clone(text);
    let mut of = None;
    if text.starts_with(OF) {
        let line = text.lines().next().unwrap_or_default();
        let at = markdown::mark(reader, text, 0..line.len());
        let hash = line[OF.len()..].trim_end().strip_suffix("-->");
        of = hash
            .and_then(|hash| hash.trim().parse::<Edition>().ok())
            .map(|value| Placed { value, at });
        if of.is_none() {
            let message = "this line does not say which text the translation was made from";
            let help = "remove it, and run `stepbook translate --accept` with this file";
            wrong_type::report_value(reader, at, message, help);
        }
        let blanks = " ".repeat(line.len());
        own = format!("{blanks}{}", &text[line.len()..]).into();
    }
    let (links, lines) = markdown::places(&own, reader);
    Overlay::Guidance(GuidanceTexts {
        of,
        text: own,
        links,
        lines,
    })
}

/// Reports translations into languages that the site does not have, and those that have no source.
pub(super) fn check<'t>(
    site: &Site,
    translations: impl Iterator<Item = &'t Arc<Translation>>,
    found: &[Found],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let paths: BTreeSet<&str> = found.iter().map(|found| found.path.as_str()).collect();
    let mut taken: BTreeMap<(String, &FileKind), At> = BTreeMap::new();
    for translation in translations {
        let at = translation.at;
        if translation.is_into(site.language()) {
            diagnostics.push(unknown_file::in_source_language(at, site.language()));
            continue;
        }
        let known = site.translations().map(|tag| &**tag);
        if !known.clone().any(|tag| translation.is_into(tag)) {
            let word = &translation.language;
            diagnostics.push(unknown_file::of_no_language(at, word, known));
            continue;
        }
        let source = source_of(&found[at.file as usize].path);
        if let Some((source, _)) = source
            && !paths.contains(source.as_str())
        {
            diagnostics.push(unknown_file::of_no_source(at, &source));
            continue;
        }
        let name = (translation.language.to_ascii_lowercase(), &translation.of);
        if let Some(first) = taken.insert(name, at) {
            diagnostics.push(unknown_file::of_one_language(at, first));
        }
    }
}
