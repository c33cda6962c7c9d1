//! The baseline: what was wrong when it was written, by rule, file and field, and its text in `baseline.yaml`.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::is_optional;
use crate::diagnostic::{Diagnostic, Identity, Sources};
use crate::model::KnownFault;
use crate::yaml::Date;

/// What stands above the entries.
const HEAD: &str = "\
# What was wrong when this was written, and is left out of reports since. `stepbook check` takes out by itself what
# happens no more; `stepbook check --write-baseline` writes it anew. An entry may get a last day, `until: DATE`.
";

/// Known faults, each with how often it is there and the last day on which it is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Identity, (usize, Option<Date>)>);

/// Diagnostics, parted by a baseline.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// Those that it does not know.
    pub(super) reported: Vec<Diagnostic>,
    /// Those that it does.
    pub(super) known: Vec<Diagnostic>,
}

impl Baseline {
    /// The baseline of a file's entries. Of two entries for the same, the one with more counts.
    pub(super) fn read(entries: &[KnownFault]) -> Self {
        let mut known = BTreeMap::new();
        for entry in entries {
            let text = |text: &Option<crate::yaml::Text>| text.as_ref().map(|it| it.to_string());
            let identity = Identity {
                file: entry.file.to_string(),
                field: text(&entry.field),
                rule: entry.rule.to_string(),
                about: text(&entry.about),
            };
            let count = entry.count.as_ref().map_or(1, |count| count.value as usize);
            let until = entry.until.as_ref().map(|until| until.value);
            let held = known.entry(identity).or_insert((count, until));
            *held = (*held).max((count, until));
        }
        Baseline(known)
    }

    /// The baseline that knows these diagnostics, and of `old` what is about rules that did not run. An error is never in
    /// it. Last days are those of `old`, where they have not passed.
    pub fn of(
        diagnostics: &[Diagnostic],
        sources: &Sources,
        old: Option<&[KnownFault]>,
        today: Date,
        may_be_gone: impl Fn(&str) -> bool,
    ) -> Self {
        let old = Baseline::read(old.unwrap_or_default());
        let kept = old
            .0
            .iter()
            .filter(|(identity, _)| !may_be_gone(&identity.rule));
        let mut known: BTreeMap<_, _> = kept.map(|(id, count)| (id.clone(), *count)).collect();
        for diagnostic in diagnostics {
            if is_optional(diagnostic.rule) {
                let identity = Identity::of(diagnostic, sources);
                let until = old.0.get(&identity).and_then(|(_, until)| *until);
                let until = until.filter(|until| *until >= today);
                known.entry(identity).or_insert((0, until)).0 += 1;
            }
        }
        Baseline(known)
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Parts diagnostics into those that it does not know and those that it does; and it without what happens no more,
    /// where there is such. Where there are more than it knows, nobody can tell which are new: all of them are reported.
    /// `may_be_gone` says of the code of a rule whether it ran.
    pub(super) fn split(
        self,
        diagnostics: Vec<Diagnostic>,
        sources: &Sources,
        today: Date,
        may_be_gone: impl Fn(&str) -> bool,
    ) -> (Split, Option<Self>) {
        let places: HashSet<(&str, &str)> = self
            .0
            .keys()
            .map(|identity| (identity.rule.as_str(), identity.file.as_str()))
            .collect();
        // Only where it may be known is the way to the value looked up.
        let identities: Vec<Option<Identity>> = diagnostics
            .iter()
            .map(|diagnostic| {
                let place = (diagnostic.rule.code, sources.path(diagnostic.at));
                let may_be = is_optional(diagnostic.rule) && places.contains(&place);
                let identity = may_be.then(|| Identity::of(diagnostic, sources))?;
                self.0.contains_key(&identity).then_some(identity)
            })
            .collect();
        let mut found: BTreeMap<&Identity, usize> = BTreeMap::new();
        for identity in identities.iter().flatten() {
            *found.entry(identity).or_default() += 1;
        }
        let holds = |until: &Option<Date>| until.is_none_or(|until| until >= today);
        let mut split = Split::default();
        for (diagnostic, identity) in diagnostics.into_iter().zip(&identities) {
            let known = identity.as_ref().is_some_and(|identity| {
                let (count, until) = &self.0[identity];
                holds(until) && found[identity] <= *count
            });
            if known {
                split.known.push(diagnostic);
            } else {
                split.reported.push(diagnostic);
            }
        }
        let still: BTreeMap<Identity, (usize, Option<Date>)> = self
            .0
            .iter()
            .filter_map(|(identity, (count, until))| {
                let now = match found.get(identity) {
                    None if may_be_gone(&identity.rule) => return None,
                    now => now.map_or(*count, |now| *now.min(count)),
                };
                holds(until).then(|| (identity.clone(), (now, *until)))
            })
            .collect();
        let pruned = (still != self.0).then_some(Baseline(still));
        (split, pruned)
    }

    /// The text of `baseline.yaml`: sorted, and the same for the same faults.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (identity, (count, until)) in &self.0 {
            let _ = writeln!(text, "- rule: {}", identity.rule);
            let _ = writeln!(text, "  file: {}", quoted(&identity.file));
            if let Some(field) = &identity.field {
                let _ = writeln!(text, "  field: {}", quoted(field));
            }
            if let Some(about) = &identity.about {
                let _ = writeln!(text, "  about: {}", quoted(about));
            }
            if *count > 1 {
                let _ = writeln!(text, "  count: {count}");
            }
            if let Some(until) = until {
                let _ = writeln!(text, "  until: {until}");
            }
        }
        text
    }
}

/// A text that YAML reads back as it is, whatever is in it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
