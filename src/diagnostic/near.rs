//! A word that nobody knows -> the one that was certainly meant, where there is exactly one.

use super::{At, Diagnostic, Edit, did_you_mean};

impl Diagnostic {
    /// Says which word was meant, and offers to write it where that is certain. The word stands where the fault does.
    #[must_use]
    pub fn did_you_mean<'a>(
        self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        let edit = |at: At, to: &str| Edit::word(at, word, to);
        self.meant(word, candidates, otherwise, edit)
    }

    /// The same for a word that is only a part of what stands there, with the signs around it: `("{", word, "}")`.
    #[must_use]
    pub fn did_you_mean_part<'a>(
        self,
        (before, word, behind): (&str, &str, &str),
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        let edit = |at: At, to: &str| {
            let within = |word: &str| format!("{before}{word}{behind}");
            Edit::part(at, &within(word), &within(to), format!("writes `{to}`"))
        };
        self.meant(word, candidates, otherwise, edit)
    }

    fn meant<'a>(
        self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
        edit: impl Fn(At, &str) -> Edit,
    ) -> Self {
        let candidates: Vec<&str> = candidates.into_iter().collect();
        match certain(word, candidates.iter().copied()) {
            Some(meant) => {
                let edit = edit(self.at, meant);
                self.help(format!("did you mean `{meant}`?")).edit(edit)
            }
            None => self.help(did_you_mean(word, candidates, otherwise)),
        }
    }
}

/// The one candidate that `word` was certainly meant to be. [`super::nearest`] asks; this must not be wrong, so that it
/// is narrower: capital letters, hyphens and underscores, or one slip in each part of a word, and nothing else near.
pub fn certain<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut candidates: Vec<&str> = candidates.into_iter().filter(|it| *it != word).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let only = |near: &dyn Fn(&str) -> bool| {
        let mut near = candidates.iter().filter(|it| near(it));
        near.next().filter(|_| near.next().is_none()).copied()
    };
    only(&|it| bare(it) == bare(word)).or_else(|| {
        // Whatever else is two signs away might have been meant as well.
        let doubt = |it: &str| strsim::damerau_levenshtein(word, it) <= 2 || is_slip(word, it);
        only(&doubt).filter(|it| is_slip(word, it))
    })
}

/// A word without what people write in many ways.
fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| !"-_ ".contains(*c));
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a word differs from another by slips of the finger alone: one at most in each part, never in a digit, in the
/// first letter or, as another letter, in the last: `payee` is no slip for `payer`.
fn is_slip(word: &str, other: &str) -> bool {
    let digits = |word: &str| -> String { word.chars().filter(char::is_ascii_digit).collect() };
    let parts = |word: &str| word.split(['-', '_']).count();
    let mut pairs = word.split(['-', '_']).zip(other.split(['-', '_']));
    word.is_ascii()
        && other.is_ascii()
        && digits(word) == digits(other)
        && parts(word) == parts(other)
        && pairs.all(|(word, other)| word == other || is_slip_in_part(word, other))
}

fn is_slip_in_part(word: &str, other: &str) -> bool {
    const SHORT: usize = 4;
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let (letters, others) = (word.as_bytes(), other.as_bytes());
    let but_last = |letters: &[u8]| letters[..letters.len().saturating_sub(1)].to_vec();
    let last = letters.len() == others.len() && but_last(letters) == but_last(others);
    // In a short word only two letters the wrong way round are a slip.
    let long = letters.len().max(others.len()) >= SHORT && !last || sorted(word) == sorted(other);
    long && letters.first() == others.first() && strsim::damerau_levenshtein(word, other) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_certain_when_one_slip_leads_to_one_word() {
        for (word, there, meant) in [
            ("titel", "title text", "title"),
            ("clear-balanse", "clear-balance clear-fees", "clear-balance"),
            (
                "find-oficial-chanel",
                "find-official-channel",
                "find-official-channel",
            ),
            ("id-cards", "id-card business-licence", "id-card"),
            ("In-Case", "in_case then", "in_case"),
            ("clearbalance", "clear-balance", "clear-balance"),
            ("webb", "web app", "web"),
            ("hand-in-kye", "hand-in-key", "hand-in-key"),
        ] {
            assert_eq!(certain(word, there.split(' ')), Some(meant), "{word}");
        }
    }

    #[test]
    fn what_may_be_another_word_is_not_certain() {
        for (word, there) in [
            ("acton", "action actor"),
            ("payee", "payer"),
            ("registration", "deregistration"),
            ("verify-phone", "verify-identity"),
            ("day-3", "day-1 day-2"),
            ("id-card2", "id-card"),
            ("pay-tax", "pay-fax"),
            ("known", "unknown"),
            ("退回", "退货"),
            ("zzz", "action"),
            ("a-b", "ab a_b"),
        ] {
            assert_eq!(certain(word, there.split(' ')), None, "{word}");
        }
    }
}
