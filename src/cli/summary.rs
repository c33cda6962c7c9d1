//! The last line of `check` and `build`: how much is wrong, and what of it is not shown.

use super::asked::Asked;
use crate::diagnostic::{Counts, Diagnostic, human};
use crate::discover::BASELINE;
use crate::pipeline::Loaded;

/// How much is wrong where.
pub(super) struct Summary {
    /// In the files that were asked for.
    pub(super) reported: Counts,
    /// In the others; `None` where all were asked for.
    elsewhere: Option<Counts>,
    files: usize,
    left_out: Option<String>,
}

impl Summary {
    /// Counts, and takes what stands in other files out of the diagnostics.
    pub(super) fn of(loaded: &mut Loaded, asked: &Asked) -> Self {
        let others: Vec<Diagnostic> = loaded
            .diagnostics
            .extract_if(.., |it| !asked.has(it))
            .collect();
        Summary {
            reported: loaded.counts(),
            elsewhere: asked.is_part().then(|| Counts::of(&others)),
            files: asked.count(),
            left_out: left_out(loaded, |it| asked.has(it)),
        }
    }

    /// The line.
    pub(super) fn words(&self, time: &str, more: &[String]) -> String {
        let mut words = vec![format!(
            "checked: {}, {time}",
            human::summary(self.reported, self.files)
        )];
        words.extend(self.elsewhere.map(|others| {
            format!(
                "only these were asked for: {} stand elsewhere",
                human::counts(others)
            )
        }));
        words.extend(self.left_out.clone());
        words.extend_from_slice(more);
        words.join("; ") + "\n"
    }
}

/// What is wrong and not reported, because somebody said so; `None` where there is nothing.
pub(super) fn left_out(loaded: &Loaded, has: impl Fn(&Diagnostic) -> bool) -> Option<String> {
    let count = |of: &[Diagnostic]| of.iter().filter(|it| has(it)).count();
    let allowed = count(&loaded.left_out.allowed);
    let known = count(&loaded.left_out.known);
    let allowed = (allowed > 0).then(|| format!("{allowed} allowed"));
    let known = (known > 0).then(|| format!("{known} known to `{BASELINE}`"));
    let words: Vec<String> = allowed.into_iter().chain(known).collect();
    (!words.is_empty()).then(|| format!("not shown: {}", words.join(", ")))
}
