//! One file -> one document, with the marks of its values and its diagnostics.

use std::fs;
use std::sync::Arc;

use super::rules::{
    altered_release, duplicate_id, merge_conflict, symbolic_link, unknown_file, unreadable_file,
};
use super::{markdown, translation};
use crate::diagnostic::{At, Diagnostic, Mark};
use crate::discover::{FileKind, Found};
use crate::model::{
    Choice, Choices, EvidenceSource, KnownFault, Link, Material, Overlay, ProcedureDocument,
    ProviderDocument, ReleaseDocument, Reserved, Site, Standard, is_language_tag,
};
use crate::yaml::rules::{invalid_id, invalid_yaml, resource_limit_exceeded, wrong_type};
use crate::yaml::{self, Content, MAX_BYTES, MAX_NODES, Node, Placed, Reader, Shape, Text};

/// A release or a baseline may hold this many bytes and values: 10,000 procedures, each of which has other steps than
/// all others.
const MAX_RELEASE_BYTES: u64 = 64 * 1024 * 1024;
const MAX_RELEASE_NODES: usize = 4_000_000;
/// A picture may hold this many bytes.
const MAX_IMAGE_BYTES: u64 = 16 * 1024 * 1024;

/// What a file holds, with the names that its path gives it.
#[derive(Debug)]
pub enum Document {
    /// The site.
    Site(Site),
    /// The choices.
    Choices(Vec<Choice>),
    /// The baseline.
    Baseline(Vec<KnownFault>),
    /// The materials.
    Materials(Vec<Material>),
    /// The shared sources.
    EvidenceSources(Vec<EvidenceSource>),
    /// A standard.
    Standard(String, Option<Standard>),
    /// A shared procedure.
    SharedProcedure(String, Option<ProcedureDocument>),
    /// Shared guidance.
    SharedGuidance(String, Markdown),
    /// A provider.
    Provider(String, Option<ProviderDocument>),
    /// A provider's procedure.
    Procedure(String, String, Option<ProcedureDocument>),
    /// A provider's guidance.
    Guidance(String, String, Markdown),
    /// A release.
    Release(String, Option<ReleaseDocument>),
    /// A translation: the word for its language, what its source is, and what it says.
    Translation(String, FileKind, Option<Overlay>),
    /// A picture.
    Image(String, Vec<u8>),
}

/// The text of a guidance file.
#[derive(Debug, Default)]
pub struct Markdown {
    /// The text; `None` where it could not be read.
    pub text: Option<Arc<str>>,
    /// Its links.
    pub links: Vec<Link>,
    /// Its lines.
    pub lines: Vec<At>,
}

/// A file that was read.
pub(super) struct ReadFile {
    pub(super) document: Option<Document>,
    pub(super) text: Arc<str>,
    pub(super) marks: Vec<Mark>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads a file as what its path says it is.
pub(super) fn read(found: &Found, file: u32) -> ReadFile {
    let mut reader = Reader::new(file);
    let (text, document) = document(found, &mut reader);
    let (marks, mut diagnostics) = reader.finish();
    if matches!(found.kind, FileKind::Release(_)) {
        // A release is sealed: what is wrong in it is never mended in its file.
        for diagnostic in &mut diagnostics {
            diagnostic.edit = None;
        }
    }
    ReadFile {
        document,
        text,
        marks,
        diagnostics,
    }
}

fn document(found: &Found, reader: &mut Reader) -> (Arc<str>, Option<Document>) {
    let none: Arc<str> = Arc::from("");
    match &found.kind {
        FileKind::Link => symbolic_link::report(reader),
        FileKind::Unknown => unknown_file::report(reader, &found.path),
        FileKind::Unreadable(reason) => unreadable_file::report(reader, reason),
        FileKind::Image => {
            let bytes = bytes(found, MAX_IMAGE_BYTES, reader);
            return (
                none,
                bytes.map(|bytes| Document::Image(found.path.clone(), bytes)),
            );
        }
        _ => {
            let most = match found.kind {
                FileKind::Release(_) | FileKind::Baseline => MAX_RELEASE_BYTES,
                _ => MAX_BYTES,
            };
            if let Some(bytes) = bytes(found, most, reader) {
                let (text, good) = utf8(bytes, reader);
                let document = if good && !merge_conflict::check(&found.kind, &text, reader) {
                    typed(&found.kind, &text, reader)
                } else {
                    unread(&found.kind)
                };
                return (text, document);
            }
        }
    }
    (none, unread(&found.kind))
}

/// The bytes of a file, unless it is too large or cannot be read.
fn bytes(found: &Found, most: u64, reader: &mut Reader) -> Option<Vec<u8>> {
    let read = fs::metadata(&found.file).and_then(|data| {
        if data.len() > most {
            return Ok(Err(data.len()));
        }
        fs::read(&found.file).map(Ok)
    });
    match read {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(length)) => {
            let message = format!("the file has {length} bytes; at most {most} are read");
            resource_limit_exceeded::report(
                reader,
                reader.whole(),
                &message,
                "split it, or take out what does not belong here",
            );
            None
        }
        Err(error) => {
            unreadable_file::report(reader, &error.to_string());
            None
        }
    }
}

/// The text of a file, and whether it is good UTF-8 without a byte order mark.
fn utf8(bytes: Vec<u8>, reader: &mut Reader) -> (Arc<str>, bool) {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let marked = text.starts_with('\u{feff}');
            if marked {
                unreadable_file::report_byte_order_mark(reader);
            }
            (text.into(), !marked)
        }
        Err(error) => {
            let start = error.utf8_error().valid_up_to();
            let text: Arc<str> = String::from_utf8_lossy(error.as_bytes()).into();
            let at = markdown::mark(reader, &text, start..start + '\u{fffd}'.len_utf8());
            unreadable_file::report_not_utf8(reader, at);
            (text, false)
        }
    }
}

/// A document of which nothing could be read, so that its name is known all the same.
fn unread(kind: &FileKind) -> Option<Document> {
    match kind {
        FileKind::Choices => Some(Document::Choices(Vec::new())),
        FileKind::Materials => Some(Document::Materials(Vec::new())),
        FileKind::Baseline => Some(Document::Baseline(Vec::new())),
        FileKind::EvidenceSources => Some(Document::EvidenceSources(Vec::new())),
        FileKind::Standard(name) => Some(Document::Standard(name.clone(), None)),
        FileKind::SharedProcedure(name) => Some(Document::SharedProcedure(name.clone(), None)),
        FileKind::Provider(name) => Some(Document::Provider(name.clone(), None)),
        FileKind::Procedure(provider, name) => {
            Some(Document::Procedure(provider.clone(), name.clone(), None))
        }
        FileKind::SharedGuidance(name) => {
            Some(Document::SharedGuidance(name.clone(), Markdown::default()))
        }
        FileKind::Release(name) => Some(Document::Release(name.clone(), None)),
        FileKind::Translation(language, of) => Some(Document::Translation(
            language.clone(),
            FileKind::clone(of),
            None,
        )),
        FileKind::Guidance(provider, name) => Some(Document::Guidance(
            provider.clone(),
            name.clone(),
            Markdown::default(),
        )),
        _ => None,
    }
}

fn typed(kind: &FileKind, text: &Arc<str>, reader: &mut Reader) -> Option<Document> {
    match kind {
        FileKind::SharedGuidance(name) => {
            return Some(Document::SharedGuidance(
                name.clone(),
                markdown(text, reader),
            ));
        }
        FileKind::Guidance(provider, name) => {
            return Some(Document::Guidance(
                provider.clone(),
                name.clone(),
                markdown(text, reader),
            ));
        }
        FileKind::Translation(language, of) => {
            return Some(translation(language, of, text, reader));
        }
        // What is in a release that was changed promised nothing.
        FileKind::Release(_) if !altered_release::check(text, reader) => return unread(kind),
        _ => {}
    }
    let most = match kind {
        FileKind::Release(_) | FileKind::Baseline => MAX_RELEASE_NODES,
        _ => MAX_NODES,
    };
    let Some(root) = tree(text, most, reader) else {
        return unread(kind);
    };
    of_tree(kind, &root, reader)
}

fn of_tree(kind: &FileKind, root: &Node<'_>, reader: &mut Reader) -> Option<Document> {
    match kind {
        FileKind::Site => {
            let site = Site::read(root, reader)?;
            check_languages(&site.languages, reader);
            Some(Document::Site(site))
        }
        FileKind::Choices => {
            let mut choices = Vec::<Choice>::read(root, reader).unwrap_or_default();
            duplicate_id::check(reader, "choice", choices.iter().map(|choice| &choice.id));
            if choices.len() > Choices::MAX {
                let message = format!("there are {} choices", choices.len());
                let help = format!("keep at most {}", Choices::MAX);
                resource_limit_exceeded::report(reader, reader.whole(), &message, &help);
                choices.truncate(Choices::MAX);
            }
            for choice in &mut choices {
                check_choice(choice, reader);
            }
            Some(Document::Choices(choices))
        }
        FileKind::Materials => {
            let materials = Vec::<Material>::read(root, reader).unwrap_or_default();
            duplicate_id::check(
                reader,
                "material",
                materials.iter().map(|material| &material.id),
            );
            Some(Document::Materials(materials))
        }
        FileKind::Baseline => Vec::read(root, reader).map(Document::Baseline),
        FileKind::EvidenceSources => {
            let sources = Vec::<EvidenceSource>::read(root, reader).unwrap_or_default();
            duplicate_id::check(reader, "source", sources.iter().map(|source| &source.id));
            Some(Document::EvidenceSources(sources))
        }
        FileKind::Standard(name) => {
            let standard = Standard::read(root, reader);
            if let Some(standard) = &standard {
                check_standard(standard, reader);
            }
            Some(Document::Standard(name.clone(), standard))
        }
        FileKind::Provider(name) => {
            let provider = ProviderDocument::read(root, reader);
            if let Some(provider) = &provider {
                duplicate_id::check(
                    reader,
                    "channel",
                    provider.channels.iter().map(|channel| &channel.id),
                );
                duplicate_id::check(
                    reader,
                    "source",
                    provider.sources.iter().map(|source| &source.id),
                );
            }
            Some(Document::Provider(name.clone(), provider))
        }
        FileKind::Release(name) => Some(Document::Release(
            name.clone(),
            ReleaseDocument::read(root, reader),
        )),
        FileKind::SharedProcedure(name) => Some(Document::SharedProcedure(
            name.clone(),
            procedure(root, reader),
        )),
        FileKind::Procedure(provider, name) => Some(Document::Procedure(
            provider.clone(),
            name.clone(),
            procedure(root, reader),
        )),
        _ => None,
    }
}

fn translation(language: &str, of: &FileKind, text: &Arc<str>, reader: &mut Reader) -> Document {
    let overlay = match of {
        FileKind::SharedGuidance(_) | FileKind::Guidance(..) => {
            Some(translation::guidance(text, reader))
        }
        _ => tree(text, MAX_NODES, reader).and_then(|root| translation::texts(of, &root, reader)),
    };
    Document::Translation(language.to_owned(), of.clone(), overlay)
}

fn markdown(text: &Arc<str>, reader: &mut Reader) -> Markdown {
    let (links, lines) = markdown::places(text, reader);
    Markdown {
        text: Some(text.clone()),
        links,
        lines,
    }
}

fn tree<'t>(text: &'t str, most: usize, reader: &mut Reader) -> Option<Node<'t>> {
    let root = yaml::parse(text, most, reader);
    let nothing = match &root {
        Some(node) => matches!(node.content, Content::Null),
        None => text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')),
    };
    if nothing {
        invalid_yaml::report(
            reader,
            reader.whole(),
            "the file is empty",
            "fill it in, or delete it",
        );
        return None;
    }
    root
}

fn check_languages(languages: &Placed<Vec<Text>>, reader: &mut Reader) {
    if languages.is_empty() {
        wrong_type::report_empty(reader, languages.at, "language");
    }
    for (at, tag) in languages.iter().enumerate() {
        if !is_language_tag(tag) {
            let message = format!("`{}` is no language tag", tag.value);
            let help = "write one such as `en`, `zh-CN` or `zh-Hant`";
            wrong_type::report_value(reader, tag.at, &message, help);
        } else if languages[..at]
            .iter()
            .any(|other| tag.eq_ignore_ascii_case(other))
        {
            let message = format!("the language `{}` is listed twice", tag.value);
            wrong_type::report_value(reader, tag.at, &message, "list it once");
        }
    }
}

fn check_choice(choice: &mut Choice, reader: &mut Reader) {
    duplicate_id::check(
        reader,
        "option",
        choice.options.iter().map(|option| &option.id),
    );
    if Reserved::Choice.takes(choice.id.as_str()) {
        let why = "links use this key for themselves";
        reader.report(invalid_id::diagnostic(
            choice.id.at,
            choice.id.as_str(),
            why,
        ));
    }
    if matches!(choice.id.as_str(), "because" | "evidence") {
        let why = "`only` uses this word for itself";
        reader.report(invalid_id::diagnostic(
            choice.id.at,
            choice.id.as_str(),
            why,
        ));
    }
    if choice.options.is_empty() {
        wrong_type::report_empty(reader, choice.options.at, "option");
    } else if choice.options.len() > Choices::MAX_OPTIONS {
        let message = format!("`{}` has {} options", choice.id.value, choice.options.len());
        let help = format!("give it at most {} options", Choices::MAX_OPTIONS);
        resource_limit_exceeded::report(reader, choice.options.at, &message, &help);
        choice.options.value.truncate(Choices::MAX_OPTIONS);
    }
}

fn check_standard(standard: &Standard, reader: &mut Reader) {
    let freshness = &standard.freshness;
    if freshness.fail.value.0 < freshness.warn.value.0 {
        let message = "`fail` comes before `warn`: nobody would be warned";
        wrong_type::report_value(
            reader,
            freshness.fail.at,
            message,
            "make `fail` the longer of the two",
        );
    }
    duplicate_id::check(
        reader,
        "requirement",
        standard.steps.iter().map(|step| &step.id),
    );
    duplicate_id::check(reader, "material", &standard.materials);
    duplicate_id::check(
        reader,
        "notice",
        standard.notices.iter().map(|notice| &notice.id),
    );
    duplicate_id::check(
        reader,
        "question",
        standard.questions.iter().map(|question| &question.id),
    );
    duplicate_id::check(reader, "fact", standard.facts.iter().map(|fact| &fact.id));
    duplicate_id::check(reader, "guidance", &standard.guidance);
}

fn procedure(root: &Node<'_>, reader: &mut Reader) -> Option<ProcedureDocument> {
    let document = ProcedureDocument::read(root, reader)?;
    let phases = document.phases.iter().flat_map(|phases| &phases.value);
    duplicate_id::check(reader, "phase", phases.clone().map(|phase| &phase.id));
    let in_phases = phases.flat_map(|phase| phase.steps.iter().flat_map(|steps| &steps.value));
    let steps = in_phases.chain(document.steps.iter().flat_map(|steps| &steps.value));
    for place in steps.clone().filter_map(|step| step.place.as_ref()) {
        let given = [&place.after, &place.before, &place.phase]
            .into_iter()
            .flatten()
            .count();
        if given > 1 {
            let message = "a place names more than one of `after`, `before` and `phase`";
            wrong_type::report_value(reader, place.at, message, "keep the one that you mean");
        }
    }
    duplicate_id::check(reader, "step", steps.map(|step| &step.id));
    let retired = document.retired.iter().map(|retired| &retired.step);
    duplicate_id::check(reader, "retired step", retired);
    let notices = document.notices.iter().flat_map(|notices| &notices.value);
    duplicate_id::check(reader, "notice", notices.map(|notice| &notice.id));
    let questions = document
        .questions
        .iter()
        .flat_map(|questions| &questions.value);
    duplicate_id::check(reader, "question", questions.map(|question| &question.id));
    Some(document)
}
