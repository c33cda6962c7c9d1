//! Translations as their files say: the texts of one source file in another language, keyed by the ids of the source.

use super::{Edition, Link};
use crate::diagnostic::At;
use crate::yaml::{Entries, Placed, Shape, Shown, Text, shape};

shape! {
    /// `site.LANGUAGE.yaml`.
    pub struct SiteTexts ("the translation of a site") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// The site's title.
        title: Option<Text>,
        /// The chat message with a link to a step.
        agent_message: Option<Text>,
    }
}

shape! {
    /// `choices.LANGUAGE.yaml`.
    pub struct ChoicesTexts ("the translation of choices") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// By the ids of the choices.
        choices: Entries<ChoiceTexts>,
    }
}

shape! {
    /// The texts of a choice.
    pub struct ChoiceTexts ("the translation of a choice") {
        /// The question as the reader sees it.
        question: Option<Text>,
        /// By the ids of the options.
        options: Entries<OptionTexts>,
    }
}

shape! {
    /// The texts of an option.
    pub struct OptionTexts ("the translation of an option") {
        /// The answer as the reader sees it.
        label: Option<Text>,
        /// What the reader is told whom this answer stops.
        stop: Option<Text>,
    }
}

shape! {
    /// `materials.LANGUAGE.yaml`.
    pub struct MaterialsTexts ("the translation of materials") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// By the ids of the materials.
        materials: Entries<MaterialTexts>,
    }
}

shape! {
    /// The texts of a material.
    pub struct MaterialTexts ("the translation of a material") {
        /// Its name on the packing list.
        title: Option<Text>,
        /// What to watch for.
        note: Option<Text>,
    }
}

shape! {
    /// `sources.LANGUAGE.yaml`.
    pub struct SourcesTexts ("the translation of sources") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// By the ids of the sources.
        sources: Entries<SourceTexts>,
    }
}

shape! {
    /// The texts of a source.
    pub struct SourceTexts ("the translation of a source") {
        /// Its title.
        title: Option<Text>,
    }
}

shape! {
    /// `standards/NAME.LANGUAGE.yaml`.
    pub struct StandardTexts ("the translation of a standard") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// Its title.
        title: Option<Text>,
        /// By the ids of the required steps.
        steps: Entries<RequirementTexts>,
        /// By the ids of the facts.
        facts: Entries<FactTexts>,
    }
}

shape! {
    /// The texts of a requirement.
    pub struct RequirementTexts ("the translation of a requirement") {
        /// Its name.
        title: Option<Text>,
        /// Why it is required.
        because: Option<Text>,
    }
}

shape! {
    /// The texts of a fact of a standard.
    pub struct FactTexts ("the translation of a fact") {
        /// Its name.
        title: Option<Text>,
        /// What its options are called, in the order of the source.
        options: Vec<Text>,
    }
}

shape! {
    /// `provider.LANGUAGE.yaml`.
    pub struct ProviderTexts ("the translation of a provider") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// The name that merchants know.
        name: Option<Text>,
        /// The legal name.
        legal_name: Option<Text>,
        /// By the ids of the channels.
        channels: Entries<ChannelTexts>,
        /// By the ids of the sources.
        sources: Entries<SourceTexts>,
    }
}

shape! {
    /// The texts of a channel.
    pub struct ChannelTexts ("the translation of a channel") {
        /// Its name.
        label: Option<Text>,
        /// When it answers.
        hours: Option<Text>,
    }
}

shape! {
    /// The translation of a procedure, shared or a provider's.
    pub struct ProcedureTexts ("the translation of a procedure") {
        /// The texts of the source that it was made from.
        of: Option<Placed<Edition>>,
        /// Its title.
        title: Option<Text>,
        /// What it is about.
        summary: Option<Text>,
        /// What this closes.
        ends: Option<Text>,
        /// What stays.
        leaves: Option<Text>,
        /// By the ids of the phases.
        phases: Entries<PhaseTexts>,
        /// By the ids of the steps.
        steps: Entries<StepTexts>,
        /// By the ids of the notices.
        notices: Entries<Text>,
        /// By the ids of the questions.
        questions: Entries<QuestionTexts>,
        /// By the ids of the facts whose value is text.
        facts: Entries<Text>,
        /// Why steps do not apply, by their ids.
        drop: Entries<Text>,
        /// Why only some answers exist.
        only: Option<Text>,
        /// Why requirements are set aside, by their ids.
        waives: Entries<Text>,
        /// Why steps are gone, by their old ids.
        retired: Entries<Text>,
    }
}

shape! {
    /// The texts of a phase.
    pub struct PhaseTexts ("the translation of a phase") {
        /// Its heading.
        title: Option<Text>,
        /// When it is read and by whom.
        note: Option<Text>,
    }
}

shape! {
    /// The texts of a step; lists are in the order of the source.
    pub struct StepTexts ("the translation of a step") {
        /// What to do.
        action: Option<Text>,
        /// What is seen when it is done.
        expect: Option<Text>,
        /// The case that a branch is for.
        in_case: Option<Text>,
        /// Who does it.
        actor: Option<Text>,
        /// A warning.
        caution: Option<Text>,
        /// How to undo it.
        undo: Option<Text>,
        /// What the screen says to readers of this language.
        ui_label: Option<Text>,
        /// What it costs.
        cost: Option<Text>,
        /// Words to find it by; they need not be those of the source, nor as many.
        aliases: Option<Placed<Vec<Text>>>,
        /// What is written down.
        record: Vec<Text>,
        /// What to do when the expected end does not come.
        if_not: Vec<CaseTexts>,
        /// Other words for some answers.
        variants: Vec<VariantTexts>,
    }
}

shape! {
    /// The texts of a case.
    pub struct CaseTexts ("the translation of a case") {
        /// What is seen instead.
        case: Option<Text>,
        /// What to do.
        r#do: Option<Text>,
    }
}

shape! {
    /// The texts of a variant.
    pub struct VariantTexts ("the translation of a variant") {
        /// What to do.
        action: Option<Text>,
        /// What is seen when it is done.
        expect: Option<Text>,
        /// A warning.
        caution: Option<Text>,
        /// What is written down.
        record: Vec<Text>,
    }
}

shape! {
    /// The texts of a question.
    pub struct QuestionTexts ("the translation of a question") {
        /// The question.
        question: Option<Text>,
        /// The answer.
        answer: Option<Text>,
    }
}

/// A guidance file in another language. Its first line may say what it was made from: `<!-- of: 0123abcd -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceTexts {
    /// The text of the source that it was made from.
    pub of: Option<Placed<Edition>>,
    /// The Markdown.
    pub text: std::sync::Arc<str>,
    /// Its links, for the rules.
    pub links: Vec<Link>,
    /// Where each of its lines stands, for the rules.
    pub lines: Vec<At>,
}

/// The translation of one source file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by what it holds")]
pub enum Overlay {
    Site(SiteTexts),
    Choices(ChoicesTexts),
    Materials(MaterialsTexts),
    Sources(SourcesTexts),
    Standard(StandardTexts),
    Provider(ProviderTexts),
    Procedure(Box<ProcedureTexts>),
    Guidance(GuidanceTexts),
}

impl Overlay {
    /// The texts of the source that it was made from, where it says so.
    pub fn of(&self) -> Option<&Placed<Edition>> {
        match self {
            Overlay::Site(texts) => texts.of.as_ref(),
            Overlay::Choices(texts) => texts.of.as_ref(),
            Overlay::Materials(texts) => texts.of.as_ref(),
            Overlay::Sources(texts) => texts.of.as_ref(),
            Overlay::Standard(texts) => texts.of.as_ref(),
            Overlay::Provider(texts) => texts.of.as_ref(),
            Overlay::Procedure(texts) => texts.of.as_ref(),
            Overlay::Guidance(texts) => texts.of.as_ref(),
        }
    }

    /// All of its texts with their places; of guidance, none.
    pub fn shown(&self) -> Shown {
        match self {
            Overlay::Site(texts) => texts.show(),
            Overlay::Choices(texts) => texts.show(),
            Overlay::Materials(texts) => texts.show(),
            Overlay::Sources(texts) => texts.show(),
            Overlay::Standard(texts) => texts.show(),
            Overlay::Provider(texts) => texts.show(),
            Overlay::Procedure(texts) => texts.show(),
            Overlay::Guidance(_) => Shown::Nothing,
        }
    }
}
