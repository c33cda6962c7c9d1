//! What a diagnostic is, and where in the content it stands.
//!
//! Knows nothing of procedures: stages report, formats ([`human`], [`json`], [`sarif`], [`github`], [`junit`]) write.
//! [`Sources`] is the one table that knows where every value of every file stands, so that a value carries eight bytes
//! ([`At`]) and no text.

mod block;
mod edit;
pub mod github;
pub mod human;
mod identity;
pub mod json;
pub mod junit;
mod near;
mod rule;
pub mod sarif;
mod source;

use std::collections::BTreeSet;

pub use edit::{Edit, Replacement};
pub use identity::Identity;
pub use near::certain;
pub(crate) use rule::rule;
pub use rule::{Rule, Severity, find_rule};
pub use source::{At, Key, Mark, Region, Source, Sources};

/// One thing that is wrong in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// What is wrong; values in backticks, no final period.
    pub message: String,
    /// Where it stands.
    pub at: At,
    /// What to do.
    pub help: Option<String>,
    /// Why it matters: the requirement's own reason, in the words of the standard.
    pub because: Option<String>,
    /// A second place that explains the first, with its label.
    pub also: Option<(At, String)>,
    /// The procedures or providers that have this fault, as `provider/procedure`; empty where the place says it all.
    pub subjects: Vec<String>,
    /// A safe edit that mends it; whether it can be made, its text says.
    pub edit: Option<Edit>,
}

impl Diagnostic {
    /// A diagnostic of `rule` at `at`; help and the rest are added by the builder methods.
    pub fn new(rule: &'static Rule, at: At, message: impl Into<String>) -> Self {
        Diagnostic {
            rule,
            message: message.into(),
            at,
            help: None,
            because: None,
            also: None,
            subjects: Vec::new(),
            edit: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn because(mut self, because: Option<&str>) -> Self {
        self.because = because.map(str::to_owned);
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn also(mut self, at: At, label: impl Into<String>) -> Self {
        self.also = Some((at, label.into()));
        self
    }

    /// Names the procedure or provider that has the fault.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subjects.push(subject.into());
        self
    }

    /// The message and, below it, why it matters and what to do: for formats that have one text.
    pub fn whole_text(&self, sources: &Sources) -> String {
        let because = self.because.iter().map(|why| format!("\nwhy: {why}"));
        let help = self.help.clone().into_iter().chain(self.offer(sources));
        let help = help.map(|help| format!("\nhelp: {help}"));
        self.full_message() + &because.chain(help).collect::<String>()
    }

    /// The message with the procedures that it holds for: the first by name, the others counted.
    pub fn full_message(&self) -> String {
        match self.subjects.as_slice() {
            [] => self.message.clone(),
            [one] => format!("{} (in `{one}`)", self.message),
            [one, other] => format!("{} (in `{one}` and `{other}`)", self.message),
            [one, more @ ..] => format!("{} (in `{one}` and {} more)", self.message, more.len()),
        }
    }
}

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors: the content cannot be published.
    pub errors: usize,
    /// Warnings: published, but somebody should look.
    pub warnings: usize,
    /// Notes: known gaps, unverified facts.
    pub notes: usize,
}

impl Counts {
    /// Counts `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut counts = Counts::default();
        for diagnostic in diagnostics {
            match diagnostic.rule.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

/// Sorts by place, and makes one diagnostic of the same fault in many procedures.
///
/// Diagnostics whose rule, place and message agree are one fault at its cause; their subjects add up.
pub fn merge(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| {
        (a.at, a.rule.code, &a.message, &a.subjects).cmp(&(
            b.at,
            b.rule.code,
            &b.message,
            &b.subjects,
        ))
    });
    diagnostics.dedup_by(|next, kept| {
        let same =
            next.at == kept.at && next.rule.code == kept.rule.code && next.message == kept.message;
        if same {
            for subject in next.subjects.drain(..) {
                if kept.subjects.last() != Some(&subject) {
                    kept.subjects.push(subject);
                }
            }
            // What is meant in one procedure and not in another is not certain.
            if next.edit != kept.edit {
                kept.edit = None;
            }
        }
        same
    });
    diagnostics
}

/// The candidate most like `word`, for "did you mean"; `None` where nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &str| {
        let score = strsim::jaro_winkler(word, candidate);
        // One slip in a short word scores low; it is near all the same.
        let slip = candidate.len() > 2 && strsim::damerau_levenshtein(word, candidate) <= 1;
        (score >= 0.8 || slip).then_some(score)
    };
    candidates
        .into_iter()
        .filter_map(|candidate| Some((near(candidate)?, candidate)))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// The help for an unknown word: the near one, or all there are when they are few.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    let candidates: BTreeSet<&str> = candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .collect();
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if candidates.is_empty() || candidates.len() > 12 => otherwise.to_owned(),
        None => {
            let all: Vec<&str> = candidates.into_iter().collect();
            format!("{otherwise}; there are: `{}`", all.join("`, `"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        code: "SB000",
        name: "a-rule",
        severity: Severity::Error,
        page: "",
    };

    #[test]
    fn the_same_fault_of_many_procedures_is_one_diagnostic() {
        let fault = |subject: &str| {
            Diagnostic::new(&RULE, At { file: 0, node: 3 }, "a step is missing").subject(subject)
        };
        let merged = merge(vec![fault("b/x"), fault("a/x"), fault("c/x"), fault("a/x")]);
        assert_eq!(merged.len(), 1);
        assert_eq!(
            merged[0].full_message(),
            "a step is missing (in `a/x` and 2 more)"
        );
    }

    #[test]
    fn a_near_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("acton", ["action", "expect"]), Some("action"));
        assert_eq!(nearest("zzz", ["action", "expect"]), None);
    }
}
