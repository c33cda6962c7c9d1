//! The content's words as types: what authors write ([`Step`], [`Standard`], …) and what it comes to ([`Book`]).
//!
//! Authored shapes are declared once, with `yaml::shape!`; every value knows its place. Knows nothing of
//! files, rules or pages.

mod address;
mod allow;
mod answers;
mod book;
mod choice;
mod edition;
mod evidence;
mod guidance;
mod language;
mod material;
mod moved;
mod procedure;
mod provider;
mod release;
mod shown;
mod site;
mod standard;
mod step;
mod texts;

pub use address::{Address, Reserved};
pub use allow::{Allow, KnownFault};
pub use answers::{AnswerSet, Answers};
pub use book::{
    Body, Book, PhaseHeading, Procedure, ProcedureStep, Provider, SectionPlaces, SharedProcedure,
};
pub use choice::{Choice, ChoiceOption, Choices, Condition, Stop};
pub use edition::{
    Edition, History, ProcedureEdition, ReleasedEdition, State, StepChange, changes,
};
pub use evidence::{EvidenceClass, EvidenceSource};
pub use guidance::{Guidance, Image, Link};
pub use language::{Translation, fallback, is_language_tag, without_marks, without_marks_in};
pub use material::Material;
pub use moved::{Moved, MovedPage};
pub use procedure::{
    Drop, Fact, FactValue, Mode, Notice, Only, Outcome, Phase, ProcedureDocument, Question,
    Retired, Review, ReviewMethod, Status, Waiver, is_placeholder,
};
pub use provider::{
    Channel, ChannelKind, ChannelPurpose, Domain, LegalName, ProviderDocument, ProviderStatus,
};
pub use release::{
    Predecessor, ProcedureName, Release, ReleaseDocument, ReleaseName, ReleasedEditions,
    ReleasedOrder, ReleasedStep, Seal,
};
pub use shown::LiveVariant;
pub use site::{EvidenceHosts, Site};
pub use standard::{
    ChannelLevel, FactKind, FactRequirement, Freshness, Level, NoticeRequirement,
    QuestionRequirement, RequiredChannel, Requirement, Standard,
};
pub use step::{IfNot, Mask, Record, Step, StepPlace, TimeSpan, Variant, Wait};
pub use texts::*;
