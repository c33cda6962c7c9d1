//! Bodies -> those of one shape: what ids, answers and their order decide is decided once for all of them.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::Group;
use crate::model::{Answers, Body, ProcedureStep};
use crate::yaml::{Id, Placed};

/// A body as far as its standard, its phases, its answers, and the ids, `covers`, `needs`, phases and conditions of its
/// steps go. Words and places do not count.
struct Shape<'a>(&'a Body);

impl<'a> Shape<'a> {
    fn frame(&self) -> impl Hash + PartialEq + 'a {
        let body = self.0;
        let standard = body.standard.as_ref().map(|id| &id.value);
        (standard, body.phases.len(), &body.journeys, &body.domain)
    }

    fn steps(&self) -> impl Iterator<Item = impl Hash + PartialEq + 'a> + 'a {
        self.0.steps.iter().map(|own| {
            let ProcedureStep {
                step, phase, shown, ..
            } = own;
            let shown: &Answers = shown;
            let covers = step.covers.as_ref().map(|covers| Ids(covers));
            (&step.id.value, *phase, shown, covers, Ids(step.needs()))
        })
    }
}

impl Hash for Shape<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.frame().hash(hasher);
        self.steps().for_each(|step| step.hash(hasher));
    }
}

impl PartialEq for Shape<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.frame() == other.frame() && self.steps().eq(other.steps())
    }
}

impl Eq for Shape<'_> {}

/// Ids, wherever they stand.
struct Ids<'a>(&'a [Placed<Id>]);

impl Ids<'_> {
    fn values(&self) -> impl Iterator<Item = &Id> {
        self.0.iter().map(|id| &id.value)
    }
}

impl Hash for Ids<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.len().hash(hasher);
        self.values().for_each(|id| id.hash(hasher));
    }
}

impl PartialEq for Ids<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.values().eq(other.values())
    }
}

/// Numbers the shapes of the groups from 0, in the order of their first groups, whose positions it returns.
pub(super) fn number(groups: &mut [Group<'_>]) -> Vec<usize> {
    let mut numbers: HashMap<Shape<'_>, usize> = HashMap::new();
    let mut first = Vec::new();
    for (at, group) in groups.iter_mut().enumerate() {
        group.shape = *numbers.entry(Shape(group.body)).or_insert_with(|| {
            first.push(at);
            first.len() - 1
        });
    }
    first
}
