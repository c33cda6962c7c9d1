//! Steps -> HTML, each distinct one once: most steps of most providers are the same.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, Tera, TeraResult};

use super::view::{SourceView, StepView};

/// How the theme's component `step` renders a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Component {
    /// On a guide, with all that helps to take it.
    Step,
    /// On a checklist: what paper has room for.
    Item,
}

/// Every step that was rendered, by all that its component sees of it.
#[derive(Default)]
pub(super) struct Fragments<'b>(
    RwLock<HashMap<(Component, StepView<'b>), Arc<str>, ahash::RandomState>>,
);

/// What the component of a step is given.
#[derive(Serialize)]
struct Argument<'a, 'b> {
    step: &'a StepView<'b>,
    /// Whether it is for the guide.
    web: bool,
}

impl<'b> Fragments<'b> {
    /// The HTML of a step, made by the first page that shows it.
    pub(super) fn render(
        &self,
        tera: &Tera,
        component: Component,
        step: StepView<'b>,
    ) -> TeraResult<Arc<str>> {
        let key = (component, step);
        // A thread that panicked cannot have left half an entry behind.
        if let Some(html) = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Ok(Arc::clone(html));
        }
        let context = Context::from_serialize(&Argument {
            step: &key.1,
            web: component == Component::Step,
        })?;
        let html: Arc<str> = tera.render_component("step", &context, None, true)?.into();
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, Arc::clone(&html));
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
        self.add_all(notices.chain(channels).chain([&step.source]));
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
