//! Views -> HTML by the components of the theme, each distinct one once: most parts of most procedures are the same.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, Tera, TeraResult};

use super::guide::QuestionView;
use super::procedure::ChoiceView;
use super::view::{MaterialView, NoticeView, SourceView, StepView};

/// The parts of procedures' pages that were made so far.
#[derive(Default)]
pub(super) struct Fragments<'b> {
    pub(super) steps: Memo<StepPart<'b>>,
    pub(super) notices: Memo<NoticesPart<'b>>,
    pub(super) situations: Memo<SituationPart<'b>>,
    pub(super) materials: Memo<MaterialsPart<'b>>,
    pub(super) questions: Memo<QuestionsPart<'b>>,
}

// What each component is given, by the names of its parameters.

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct StepPart<'b> {
    pub(super) step: StepView<'b>,
    /// Whether it is for the guide.
    pub(super) web: bool,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct NoticesPart<'b> {
    pub(super) notices: Vec<NoticeView<'b>>,
    pub(super) web: bool,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct SituationPart<'b> {
    pub(super) choices: Vec<ChoiceView<'b>>,
    /// Of its heading.
    pub(super) level: u8,
    pub(super) scope: String,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct MaterialsPart<'b> {
    pub(super) materials: Vec<MaterialView<'b>>,
    pub(super) level: u8,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct QuestionsPart<'b> {
    pub(super) questions: Vec<QuestionView<'b>>,
}

/// Parts of one component, by all that it sees.
pub(super) struct Memo<P>(RwLock<HashMap<P, Arc<str>, ahash::RandomState>>);

impl<P> Default for Memo<P> {
    fn default() -> Self {
        Memo(RwLock::default())
    }
}

impl<P: Hash + Eq + Serialize> Memo<P> {
    /// The HTML of a part, made by the first page that shows it.
    pub(super) fn render(&self, tera: &Tera, component: &str, part: P) -> TeraResult<Arc<str>> {
        // A thread that panicked cannot have left half an entry behind.
        let made = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = made.get(&part) {
            return Ok(Arc::clone(html));
        }
        drop(made);
        let context = Context::from_serialize(&part)?;
        let html = tera.render_component(component, &context, None, true)?;
        let html: Arc<str> = html.into();
        let mut made = self.0.write().unwrap_or_else(PoisonError::into_inner);
        made.insert(part, Arc::clone(&html));
        Ok(html)
    }
}

/// The sources that a page cites, each once, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Cited<'b>(Vec<SourceView<'b>>);

impl<'b> Cited<'b> {
    /// Adds those sources that are there and not in the list yet.
    pub(super) fn add_all<'a>(&mut self, sources: impl Iterator<Item = &'a Option<SourceView<'b>>>)
    where
        'b: 'a,
    {
        for source in sources.flatten() {
            if !self.0.contains(source) {
                self.0.push(source.clone());
            }
        }
    }

    /// Adds the sources of a step.
    pub(super) fn step(&mut self, step: &StepView<'b>) {
        let of_variants = step.variants.iter().flat_map(|variant| &variant.channels);
        let channels = step
            .channels
            .iter()
            .chain(of_variants)
            .map(|channel| &channel.source);
        let notices = step.notices.iter().map(|notice| &notice.source);
        self.add_all(
            notices
                .chain(channels)
                .chain([&step.source, &step.wait_source]),
        );
    }

    /// What is in the list so far.
    pub(super) fn views(&self) -> impl Iterator<Item = &SourceView<'b>> {
        self.0.iter()
    }

    /// All of them.
    pub(super) fn into_views(self) -> Vec<SourceView<'b>> {
        self.0
    }
}
