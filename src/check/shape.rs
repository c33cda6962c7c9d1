//! Bodies -> those of one shape: what ids, answers and their order decide is decided once for all of them.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::model::{Answers, Body, ProcedureStep};
use crate::yaml::{Id, Placed};

/// A body without words and places.
#[derive(PartialEq, Eq, Hash)]
struct Shape<'a> {
    standard: Option<&'a Id>,
    phases: usize,
    journeys: &'a Answers,
    domain: &'a Answers,
    steps: Vec<StepShape<'a>>,
}

#[derive(PartialEq, Eq, Hash)]
struct StepShape<'a> {
    id: &'a Id,
    phase: usize,
    shown: &'a Answers,
    covers: Option<Ids<'a>>,
    needs: Ids<'a>,
}

impl<'a> Shape<'a> {
    fn of(body: &'a Body) -> Self {
        Shape {
            standard: body.standard.as_ref().map(|id| &id.value),
            phases: body.phases.len(),
            journeys: &body.journeys,
            domain: &body.domain,
            steps: body.steps.iter().map(StepShape::of).collect(),
        }
    }
}

impl<'a> StepShape<'a> {
    fn of(own: &'a ProcedureStep) -> Self {
        let step = own.step.as_ref();
        StepShape {
            id: &step.id.value,
            phase: own.phase,
            shown: &own.shown,
            covers: step.covers.as_ref().map(|covers| Ids(covers)),
            needs: Ids(step.needs()),
        }
    }
}

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

impl Eq for Ids<'_> {}

/// For each body, the position of the first one of its shape.
pub(super) fn first_alike<'a>(bodies: impl Iterator<Item = &'a Body>) -> Vec<usize> {
    let mut first: HashMap<Shape<'_>, usize> = HashMap::new();
    let alike = bodies
        .enumerate()
        .map(|(at, body)| *first.entry(Shape::of(body)).or_insert(at));
    alike.collect()
}
