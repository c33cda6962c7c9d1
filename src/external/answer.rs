//! What a host answered, and what is remembered of it between runs.

use serde::{Deserialize, Serialize};

use crate::yaml::{Date, Days};

/// A good answer is believed for so many days, and for up to as many more: not all run out on one day.
const BELIEVED: u32 = 7;

/// What asking a link came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// The page is there.
    Good {
        /// The address to which it was redirected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        leads_to: Option<String>,
    },
    /// The page is not there.
    Gone(Loss),
    /// Nobody knows: people may see the page all the same.
    Unknown {
        /// Why, as it continues "it cannot be confirmed: ".
        why: String,
        /// Whether the host said so, and would say it again today.
        heard: bool,
    },
}

impl Answer {
    /// A host's answer that says neither yes nor no.
    pub(super) fn unclear(why: impl Into<String>) -> Self {
        Answer::Unknown {
            why: why.into(),
            heard: true,
        }
    }

    /// No answer.
    pub(super) fn silent(why: impl Into<String>) -> Self {
        Answer::Unknown {
            why: why.into(),
            heard: false,
        }
    }
}

/// How a page is known to be gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Loss {
    /// The host answered 404 or 410.
    Status(u16),
    /// There is no host of this name.
    Name(String),
}

impl Loss {
    /// In words, as it continues "it ".
    pub(super) fn words(&self) -> String {
        match self {
            Loss::Status(status) => format!("answered {status}"),
            Loss::Name(host) => format!("led to `{host}`, a name that does not exist,"),
        }
    }
}

/// That a page was gone, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gone {
    /// The first day on which it was gone and after which it was never good.
    pub first: Date,
    /// The last day on which it was gone.
    pub last: Date,
    /// How it was known on the last day.
    pub how: Loss,
}

/// What is remembered of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The day on which it was asked.
    pub asked: Date,
    /// What came of it.
    pub answer: Answer,
    /// The last day on which it was good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good: Option<Date>,
    /// That it was gone, until it is good again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
}

impl Record {
    /// What is remembered after an answer of `today`.
    pub fn after(before: Option<&Record>, answer: Answer, today: Date) -> Self {
        let mut good = before.and_then(|it| it.good);
        let mut gone = before.and_then(|it| it.gone.clone());
        match &answer {
            Answer::Good { .. } => (good, gone) = (Some(today), None),
            Answer::Gone(how) => {
                // A clock that was wrong once does not make a first time of the future.
                let first = gone.map_or(today, |gone| gone.first.min(today));
                gone = Some(Gone {
                    first,
                    last: today,
                    how: how.clone(),
                });
            }
            Answer::Unknown { .. } => {}
        }
        Record {
            asked: today,
            answer,
            good,
            gone,
        }
    }

    /// Whether the link is asked again on `today`.
    pub fn is_due(&self, address: &str, today: Date) -> bool {
        let until = match &self.answer {
            Answer::Good { .. } => Days(BELIEVED + spread(address, BELIEVED)).after(self.asked),
            Answer::Gone(_) | Answer::Unknown { heard: true, .. } => Days(1).after(self.asked),
            Answer::Unknown { heard: false, .. } => return true,
        };
        today < self.asked || today >= until
    }

    /// That it was gone in two runs, on two days, and good in none between them.
    pub fn is_dead(&self) -> Option<&Gone> {
        self.gone.as_ref().filter(|gone| gone.first < gone.last)
    }
}

/// A number below `end` that differs between addresses and is always the same for one of them.
pub(super) fn spread(address: &str, end: u32) -> u32 {
    let hash = blake3::hash(address.as_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_le_bytes([a, b, c, d]) % end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> Date {
        Date::constant(2026, 11, day)
    }

    fn run(answers: &[(i8, Answer)]) -> Record {
        let mut record = None;
        for (on, answer) in answers {
            record = Some(Record::after(record.as_ref(), answer.clone(), day(*on)));
        }
        record.expect("something was answered")
    }

    const GOOD: Answer = Answer::Good { leads_to: None };
    const GONE: Answer = Answer::Gone(Loss::Status(404));

    #[test]
    fn dead_is_what_was_gone_on_two_days_with_no_good_one_between() {
        assert_eq!(run(&[(1, GONE)]).is_dead(), None);
        assert_eq!(run(&[(1, GONE), (1, GONE)]).is_dead(), None);
        assert_eq!(run(&[(1, GONE), (2, GOOD), (3, GONE)]).is_dead(), None);
        let unclear = Answer::unclear("it answered 503");
        let dead = run(&[
            (1, GOOD),
            (2, GONE),
            (3, unclear.clone()),
            (4, GONE),
            (5, unclear),
        ]);
        let gone = dead.is_dead().expect("it is dead");
        assert_eq!(
            (gone.first, gone.last, dead.good),
            (day(2), day(4), Some(day(1)))
        );
    }

    #[test]
    fn a_first_time_in_the_future_is_none() {
        let record = run(&[(20, GONE), (4, GONE)]);
        assert_eq!(record.is_dead(), None);
        assert!(run(&[(20, GONE)]).is_due("a", day(4)));
    }

    #[test]
    fn good_answers_are_kept_for_days_and_run_out_on_different_ones() {
        let kept = |address: &str| {
            let record = run(&[(1, GOOD)]);
            (1..30).find(|on| record.is_due(address, day(*on)))
        };
        let days: std::collections::BTreeSet<_> = (0..100)
            .map(|at| kept(&format!("https://{at}.example/")))
            .collect();
        let expected: std::collections::BTreeSet<_> = (8..15).map(Some).collect();
        assert_eq!(days, expected);
    }

    #[test]
    fn bad_answers_are_kept_for_the_day_and_silence_is_not_kept() {
        assert!(!run(&[(1, GONE)]).is_due("a", day(1)));
        assert!(run(&[(1, GONE)]).is_due("a", day(2)));
        assert!(!run(&[(1, Answer::unclear("it answered 403"))]).is_due("a", day(1)));
        assert!(run(&[(1, Answer::silent("it did not answer"))]).is_due("a", day(1)));
    }
}
