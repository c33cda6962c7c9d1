//! The kinds of YAML files, each with its shape as data and as a JSON Schema, for editors.

use serde_json::{Map, Value, json};

use crate::discover::FileKind;
use crate::model::{
    Choice, ChoicesTexts, EvidenceSource, Material, MaterialsTexts, ProcedureDocument,
    ProcedureTexts, ProviderDocument, ProviderTexts, ReleaseDocument, Site, SiteTexts,
    SourcesTexts, Standard, StandardTexts,
};
use crate::yaml::{self, Form, Names, Shape};

/// A kind of YAML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `site.yaml`.
    Site,
    /// `choices.yaml`.
    Choices,
    /// `materials.yaml`.
    Materials,
    /// `sources.yaml`.
    Sources,
    /// A standard.
    Standard,
    /// A procedure, shared or a provider's.
    Procedure,
    /// `provider.yaml`.
    Provider,
    /// A release.
    Release,
    /// The translation of `site.yaml`.
    SiteTexts,
    /// The translation of `choices.yaml`.
    ChoicesTexts,
    /// The translation of `materials.yaml`.
    MaterialsTexts,
    /// The translation of `sources.yaml`.
    SourcesTexts,
    /// The translation of a standard.
    StandardTexts,
    /// The translation of a procedure.
    ProcedureTexts,
    /// The translation of `provider.yaml`.
    ProviderTexts,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 15] = [
        Kind::Site,
        Kind::Choices,
        Kind::Materials,
        Kind::Sources,
        Kind::Standard,
        Kind::Procedure,
        Kind::Provider,
        Kind::Release,
        Kind::SiteTexts,
        Kind::ChoicesTexts,
        Kind::MaterialsTexts,
        Kind::SourcesTexts,
        Kind::StandardTexts,
        Kind::ProcedureTexts,
        Kind::ProviderTexts,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Site => "site",
            Kind::Choices => "choices",
            Kind::Materials => "materials",
            Kind::Sources => "sources",
            Kind::Standard => "standard",
            Kind::Procedure => "procedure",
            Kind::Provider => "provider",
            Kind::Release => "release",
            Kind::SiteTexts => "site-translation",
            Kind::ChoicesTexts => "choices-translation",
            Kind::MaterialsTexts => "materials-translation",
            Kind::SourcesTexts => "sources-translation",
            Kind::StandardTexts => "standard-translation",
            Kind::ProcedureTexts => "procedure-translation",
            Kind::ProviderTexts => "provider-translation",
        }
    }

    /// Which files are of this kind, as patterns; one that begins with `!` takes files out again.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Kind::Site => &["content/site.yaml"],
            Kind::Choices => &["content/choices.yaml"],
            Kind::Materials => &["content/materials.yaml"],
            Kind::Sources => &["content/sources.yaml"],
            Kind::Standard => &["content/standards/*.yaml", "!content/standards/*.*.yaml"],
            Kind::Procedure => &[
                "content/procedures/*.yaml",
                "content/providers/*/*.yaml",
                "!content/procedures/*.*.yaml",
                "!content/providers/*/*.*.yaml",
                "!content/providers/*/provider.yaml",
            ],
            Kind::Provider => &["content/providers/*/provider.yaml"],
            Kind::Release => &["content/releases/*.yaml"],
            Kind::SiteTexts => &["content/site.*.yaml"],
            Kind::ChoicesTexts => &["content/choices.*.yaml"],
            Kind::MaterialsTexts => &["content/materials.*.yaml"],
            Kind::SourcesTexts => &["content/sources.*.yaml"],
            Kind::StandardTexts => &["content/standards/*.*.yaml"],
            Kind::ProcedureTexts => &[
                "content/procedures/*.*.yaml",
                "content/providers/*/*.*.yaml",
                "!content/providers/*/provider.*.yaml",
            ],
            Kind::ProviderTexts => &["content/providers/*/provider.*.yaml"],
        }
    }

    /// The kind of a file; none where it is no YAML that people write.
    pub fn of(file: &FileKind) -> Option<Kind> {
        match file {
            FileKind::Site => Some(Kind::Site),
            FileKind::Choices => Some(Kind::Choices),
            FileKind::Materials => Some(Kind::Materials),
            FileKind::EvidenceSources => Some(Kind::Sources),
            FileKind::Standard(_) => Some(Kind::Standard),
            FileKind::SharedProcedure(_) | FileKind::Procedure(..) => Some(Kind::Procedure),
            FileKind::Provider(_) => Some(Kind::Provider),
            FileKind::Release(_) => Some(Kind::Release),
            FileKind::Translation(_, of) => match Kind::of(of)? {
                Kind::Site => Some(Kind::SiteTexts),
                Kind::Choices => Some(Kind::ChoicesTexts),
                Kind::Materials => Some(Kind::MaterialsTexts),
                Kind::Sources => Some(Kind::SourcesTexts),
                Kind::Standard => Some(Kind::StandardTexts),
                Kind::Procedure => Some(Kind::ProcedureTexts),
                Kind::Provider => Some(Kind::ProviderTexts),
                _ => None,
            },
            FileKind::SharedGuidance(_)
            | FileKind::Guidance(..)
            | FileKind::Baseline
            | FileKind::Image
            | FileKind::Link
            | FileKind::Unknown
            | FileKind::Unreadable(_) => None,
        }
    }

    /// What a file of this kind may hold.
    pub fn form(self) -> Form {
        match self {
            Kind::Site => Site::form(),
            Kind::Choices => Vec::<Choice>::form(),
            Kind::Materials => Vec::<Material>::form(),
            Kind::Sources => Vec::<EvidenceSource>::form(),
            Kind::Standard => Standard::form(),
            Kind::Procedure => ProcedureDocument::form(),
            Kind::Provider => ProviderDocument::form(),
            Kind::Release => ReleaseDocument::form(),
            Kind::SiteTexts => SiteTexts::form(),
            Kind::ChoicesTexts => ChoicesTexts::form(),
            Kind::MaterialsTexts => MaterialsTexts::form(),
            Kind::SourcesTexts => SourcesTexts::form(),
            Kind::StandardTexts => StandardTexts::form(),
            Kind::ProcedureTexts => ProcedureTexts::form(),
            Kind::ProviderTexts => ProviderTexts::form(),
        }
    }

    /// The JSON Schema of a file of this kind, with these ids where a field refers to one.
    pub fn schema(self, names: &Names) -> Map<String, Value> {
        let mut schema = yaml::schema(&self.form(), self.as_str(), names);
        if self == Kind::Procedure {
            schema.extend(unless_extending());
        }
        schema
    }
}

/// What a procedure needs that inherits nothing: `resolve` reports it once files are merged.
fn unless_extending() -> Map<String, Value> {
    let steps = json!({"items": {"required": ["action", "expect"]}});
    let needs = json!({
        "required": ["standard", "title", "summary", "ends", "leaves"],
        "properties": {
            "phases": {"items": {"required": ["title"], "properties": {"steps": steps}}},
            "steps": steps,
            "questions": {"items": {"anyOf": [{"required": ["answer"]}, {"required": ["fact"]}]}},
        },
    });
    Map::from_iter([
        ("if".to_owned(), json!({"required": ["extends"]})),
        ("then".to_owned(), json!({})),
        ("else".to_owned(), needs),
    ])
}
