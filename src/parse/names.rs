//! Documents -> the ids in them by what they are, so that a schema can list what a field may refer to.

use std::collections::BTreeSet;

use super::Documents;
use crate::model::{ChannelKind, ProcedureDocument};
use crate::yaml::{Name, Names};

/// Collects ids.
#[derive(Default)]
struct Collected(std::collections::BTreeMap<&'static str, BTreeSet<Name>>);

impl Collected {
    fn add<T: ToString>(&mut self, kind: &'static str, ids: impl IntoIterator<Item = T>) {
        let names = ids.into_iter().map(|id| Name {
            id: id.to_string(),
            parts: Vec::new(),
        });
        self.0.entry(kind).or_default().extend(names);
    }

    fn procedure(&mut self, document: Option<&ProcedureDocument>) {
        let Some(document) = document else { return };
        let phases = document.phases.iter().flat_map(|phases| &phases.value);
        self.add("phase", phases.clone().map(|phase| &phase.id.value));
        let in_phases = phases.flat_map(|phase| phase.steps.iter().flat_map(|steps| &steps.value));
        let steps = in_phases.chain(document.steps.iter().flat_map(|steps| &steps.value));
        for kind in ["step", "next"] {
            self.add(kind, steps.clone().map(|step| &step.id.value));
        }
        let facts = document.facts.iter().flat_map(|facts| &facts.value.0);
        self.add("fact", facts.map(|(id, _)| &id.value));
    }
}

impl Documents {
    /// The ids of all documents that could be read, by what fields refer to them as.
    pub fn names(&self) -> Names {
        let mut all = Collected::default();
        let choices = self.choices.document.iter().map(|choice| Name {
            id: choice.id.to_string(),
            parts: choice.options.iter().map(|it| it.id.to_string()).collect(),
        });
        all.0.insert("choice", choices.collect());
        let materials = self.materials.document.iter();
        all.add("material", materials.map(|it| &it.id.value));
        all.add(
            "source",
            self.sources.document.iter().map(|it| &it.id.value),
        );
        all.add("standard", self.standards.keys());
        for standard in self.standards.values().flatten() {
            all.add("requirement", standard.required_ids());
            all.add(
                "required-step",
                standard.steps.iter().map(|it| &it.id.value),
            );
            all.add("fact", standard.facts.iter().map(|it| &it.id.value));
        }
        all.add("procedure", self.procedures.keys());
        all.add("guidance", self.guidance.keys());
        for (_, document) in self.procedures.values() {
            all.procedure(document.as_deref());
        }
        for provider in self.providers.values() {
            if let Some(document) = &provider.provider {
                for kind in ["channel", "way"] {
                    all.add(kind, document.channels.iter().map(|it| &it.id.value));
                }
                all.add("source", document.sources.iter().map(|it| &it.id.value));
            }
            all.add("guidance", provider.guidance.keys());
            for (_, document) in provider.procedures.values() {
                all.procedure(document.as_deref());
            }
        }
        // Words that stand where an id may.
        all.add("next", ["end"]);
        all.add("way", ChannelKind::ALL.iter().map(|kind| kind.as_str()));
        Names(
            all.0
                .into_iter()
                .map(|(kind, names)| (kind, names.into_iter().collect()))
                .collect(),
        )
    }
}
