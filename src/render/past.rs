//! The editions that a procedure had -> what the guide's script needs to say which steps of the sheet in hand changed.

use crate::model::{Book, Edition, Procedure, Provider, ReleasedEdition, StepChange, changes};
use crate::yaml::{Date, Id};

/// So many editions stand on the guide; older ones lie in a file beside it.
const ON_THE_PAGE: usize = 10;

/// The day on which the present edition of a procedure was released, if it was.
pub(super) fn released(book: &Book, provider: &Provider, procedure: &Procedure) -> Option<Date> {
    let present = book.edition_of(provider, procedure).whole;
    let names = procedure
        .former_names()
        .chain([provider.name_of(procedure)]);
    let releases = names.filter_map(|name| book.original().released_on(&name, present));
    releases.max().map(|release| release.date)
}

/// The past of a procedure.
pub(super) struct Past<'b> {
    /// The steps as they are now.
    now: Vec<(&'b Id, Edition)>,
    /// Other editions than the present one, later ones first, each hash once.
    editions: Vec<ReleasedEdition<'b>>,
}

impl<'b> Past<'b> {
    pub(super) fn of(book: &'b Book, provider: &'b Provider, procedure: &'b Procedure) -> Self {
        let present = book.edition_of(provider, procedure);
        let mut editions: Vec<ReleasedEdition<'b>> = Vec::new();
        for edition in book.original().past(provider, procedure).into_iter().rev() {
            let known = |it: &ReleasedEdition<'_>| it.whole == edition.whole;
            if edition.whole != present.whole && !editions.iter().any(known) {
                editions.push(edition);
            }
        }
        Past {
            now: present.state(procedure),
            editions,
        }
    }

    /// The last editions, for the guide: `HASH DATE STEP:HASH STEP:HASH`, joined by `|`. Named are the steps that are
    /// otherwise now, each with its hash then; none where there was no such step yet.
    pub(super) fn recent(&self) -> String {
        let recent = self.editions.iter().take(ON_THE_PAGE);
        let lines: Vec<String> = recent
            .map(|it| format!("{} {}", it.whole, self.since(it)))
            .collect();
        lines.join("|")
    }

    /// Whether a procedure has more editions than stand on its guide.
    pub(super) fn has_older(&self) -> bool {
        self.editions.len() > ON_THE_PAGE
    }

    /// Whether a procedure may have more editions than stand on its guide: found without looking at them.
    pub(super) fn may_have_older(book: &Book, provider: &Provider, procedure: &Procedure) -> bool {
        let names = procedure
            .former_names()
            .chain([provider.name_of(procedure)]);
        let times: usize = names
            .map(|name| book.original().times_released(&name))
            .sum();
        times > ON_THE_PAGE
    }

    /// The older editions by hash, in the same form.
    pub(super) fn older(&self) -> serde_json::Value {
        let older = self.editions.iter().skip(ON_THE_PAGE);
        older
            .map(|it| (it.whole.to_string(), self.since(it)))
            .collect()
    }

    fn since(&self, edition: &ReleasedEdition<'_>) -> String {
        let mut line = edition.release.date.to_string();
        let mut named: Option<&str> = None;
        for (change, step) in changes(&edition.steps, &self.now) {
            // A step that moved and was reworded is told twice, one after the other.
            if named == Some(step.as_str()) {
                continue;
            }
            named = Some(step.as_str());
            line.extend([" ", step.as_str(), ":"]);
            if change != StepChange::Added {
                let then = edition.steps.iter().find(|(id, _)| *id == step);
                line.extend(then.map(|(_, hash)| hash.to_string()));
            }
        }
        line
    }
}
