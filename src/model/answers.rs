//! Which answers a condition admits, as a set with its operations.
//!
//! [`Answers`] is a box: for each choice, some of its options. [`AnswerSet`] is a union of boxes. Questions are decided
//! by search over the choices that the boxes name and no others, so that their number alone costs nothing.

/// A box of answers: a choice that is not named admits all of its options.
///
/// Choices are numbered as in [`super::Choices`]; options are the bits of a mask.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answers(Vec<(u16, u64)>);

impl Answers {
    /// Every answer.
    pub const ALL: Answers = Answers(Vec::new());

    /// Only these options of a choice, beside what the box says of other choices.
    pub fn set(&mut self, choice: u16, options: u64) {
        match self.0.binary_search_by_key(&choice, |(choice, _)| *choice) {
            Ok(at) => self.0[at].1 = options,
            Err(at) => self.0.insert(at, (choice, options)),
        }
    }

    /// The options of a choice, if the box names it.
    pub fn options(&self, choice: u16) -> Option<u64> {
        self.0
            .binary_search_by_key(&choice, |(choice, _)| *choice)
            .ok()
            .map(|at| self.0[at].1)
    }

    /// The choices that the box names, each with its options.
    pub fn named(&self) -> impl Iterator<Item = (u16, u64)> + '_ {
        self.0.iter().copied()
    }

    /// Whether the box admits nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().any(|(_, options)| *options == 0)
    }

    /// What both boxes admit; it may be empty.
    #[must_use]
    pub fn and(&self, other: &Answers) -> Answers {
        let mut both = Vec::with_capacity(self.0.len() + other.0.len());
        let mut others = other.named().peekable();
        for (choice, options) in self.named() {
            while let Some(before) = others.next_if(|(other, _)| *other < choice) {
                both.push(before);
            }
            let same = others.next_if(|(other, _)| *other == choice);
            both.push((choice, same.map_or(options, |(_, theirs)| options & theirs)));
        }
        both.extend(others);
        Answers(both)
    }

    /// Whether no answer lies in both boxes.
    pub fn is_disjoint(&self, other: &Answers) -> bool {
        self.is_empty()
            || other.is_empty()
            || self.named().any(|(choice, options)| {
                other
                    .options(choice)
                    .is_some_and(|others| others & options == 0)
            })
    }

    /// Whether every answer of this box lies in the other. `domain` names every choice with all of its options.
    pub fn is_within(&self, other: &Answers, domain: &Answers) -> bool {
        other.named().all(|(choice, options)| {
            let all = domain.options(choice).unwrap_or(u64::MAX);
            self.options(choice).unwrap_or(u64::MAX) & all & !options == 0
        })
    }

    /// The widest box around this one of which `fails` still holds: first whole choices are dropped, then options
    /// added, so that a message names the smallest answers that show a fault.
    #[must_use]
    pub fn widened(&self, domain: &Answers, fails: impl Fn(&Answers) -> bool) -> Answers {
        let mut widest = self.clone();
        for (choice, all) in domain.named() {
            if widest.options(choice).is_some_and(|options| options != all) {
                let mut wider = widest.clone();
                wider.set(choice, all);
                if fails(&wider) {
                    widest = wider;
                }
            }
        }
        for (choice, all) in domain.named() {
            for bit in (0..64).map(|bit| 1 << bit).filter(|bit| all & bit != 0) {
                let Some(options) = widest.options(choice) else {
                    continue;
                };
                if options & bit == 0 {
                    let mut wider = widest.clone();
                    wider.set(choice, options | bit);
                    if fails(&wider) {
                        widest = wider;
                    }
                }
            }
        }
        widest
            .0
            .retain(|(choice, options)| domain.options(*choice) != Some(*options));
        widest
    }
}

/// A union of boxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerSet(Vec<Answers>);

impl FromIterator<Answers> for AnswerSet {
    fn from_iter<I: IntoIterator<Item = Answers>>(boxes: I) -> Self {
        AnswerSet(
            boxes
                .into_iter()
                .filter(|answers| !answers.is_empty())
                .collect(),
        )
    }
}

impl AnswerSet {
    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a box, unless one that is there holds it already. `domain` names every choice with all of its options.
    pub fn insert(&mut self, answers: Answers, domain: &Answers) {
        if !answers.is_empty() && !self.0.iter().any(|own| answers.is_within(own, domain)) {
            self.0.push(answers);
        }
    }

    /// Whether no answer lies both in the box and in the set.
    pub fn is_disjoint(&self, answers: &Answers) -> bool {
        self.0.iter().all(|own| own.is_disjoint(answers))
    }

    /// Whether every answer of the box is in the set. `domain` names every choice with all of its options.
    pub fn covers(&self, answers: &Answers, domain: &Answers) -> bool {
        self.gap(answers, domain).is_none()
    }

    /// A part of the box that is outside the set, if there is one. `domain` names every choice with all of its
    /// options.
    pub fn gap(&self, answers: &Answers, domain: &Answers) -> Option<Answers> {
        let within = domain.and(answers);
        if within.is_empty() {
            return None;
        }
        let boxes: Vec<&Answers> = self.0.iter().collect();
        search(within, &boxes)
    }
}

/// Finds a part of `within` that no box meets: takes the box with the fewest open choices, and tries what lies outside
/// of it, choice by choice.
fn search(mut within: Answers, boxes: &[&Answers]) -> Option<Answers> {
    let meeting: Vec<&Answers> = boxes
        .iter()
        .copied()
        .filter(|other| !other.is_disjoint(&within))
        .collect();
    let open = |other: &Answers| -> Vec<(u16, u64)> {
        other
            .named()
            .filter(|(choice, options)| within.options(*choice).unwrap_or(u64::MAX) & !options != 0)
            .collect()
    };
    let Some(nearest) = meeting.iter().map(|other| open(other)).min_by_key(Vec::len) else {
        return Some(within);
    };
    for (choice, options) in nearest {
        let mine = within.options(choice).unwrap_or(u64::MAX);
        let mut outside = within.clone();
        outside.set(choice, mine & !options);
        if let Some(gap) = search(outside, &meeting) {
            return Some(gap);
        }
        within.set(choice, mine & options);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[(choice, options)]` as a box.
    fn answers(named: &[(u16, u64)]) -> Answers {
        let mut answers = Answers::ALL;
        for (choice, options) in named {
            answers.set(*choice, *options);
        }
        answers
    }

    #[test]
    fn a_step_for_companies_leaves_the_others_uncovered() {
        let domain = answers(&[(0, 0b111), (1, 0b11)]);
        let company = AnswerSet::from_iter([answers(&[(0, 0b100)])]);
        let gap = company
            .gap(&Answers::ALL, &domain)
            .expect("individuals are not covered");
        let named = gap.widened(&domain, |wider| company.is_disjoint(wider));
        assert_eq!(named, answers(&[(0, 0b011)]));
    }

    #[test]
    fn steps_that_cover_all_options_between_them_leave_no_gap() {
        let domain = answers(&[(0, 0b111), (1, 0b11)]);
        let set = AnswerSet::from_iter([
            answers(&[(0, 0b011)]),
            answers(&[(0, 0b100), (1, 0b01)]),
            answers(&[(0, 0b110), (1, 0b10)]),
        ]);
        assert!(set.covers(&Answers::ALL, &domain));
    }

    /// Every point of a small domain, as boxes with one option a choice.
    fn points(choices: u16, options: u32) -> Vec<Answers> {
        (0..options.pow(u32::from(choices)))
            .map(|mut point| {
                let mut answers = Answers::ALL;
                for choice in 0..choices {
                    answers.set(choice, 1 << (point % options));
                    point /= options;
                }
                answers
            })
            .collect()
    }

    #[test]
    fn the_search_agrees_with_trying_every_answer() {
        let (choices, options) = (4, 3);
        let domain = answers(&[(0, 7), (1, 7), (2, 7), (3, 7)]);
        let points = points(choices, options);
        let mut seed = 1_u64;
        let mut random = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let (mut whole, mut partial) = (0, 0);
        for _ in 0..400 {
            let set: AnswerSet = (0..=random(12))
                .map(|_| {
                    let mut answers = Answers::ALL;
                    for _ in 0..=random(2) {
                        answers.set(u16::try_from(random(4)).expect("below 4"), 1 + random(7));
                    }
                    answers
                })
                .collect();
            let missing: Vec<_> = points
                .iter()
                .filter(|point| set.is_disjoint(point))
                .collect();
            let Some(gap) = set.gap(&Answers::ALL, &domain) else {
                assert!(missing.is_empty(), "{set:?} leaves {missing:?}");
                whole += 1;
                continue;
            };
            partial += 1;
            assert!(
                points
                    .iter()
                    .filter(|point| !point.is_disjoint(&gap))
                    .all(|point| set.is_disjoint(point))
            );
            let wide = gap.widened(&domain, |wider| set.is_disjoint(wider));
            for (choice, _) in wide.named() {
                let mut dropped = wide.clone();
                dropped.set(choice, 7);
                assert!(
                    !set.is_disjoint(&dropped),
                    "choice {choice} of {wide:?} could be dropped"
                );
            }
        }
        assert!(
            whole > 20 && partial > 20,
            "both outcomes are tried: {whole}, {partial}"
        );
    }

    #[test]
    fn forty_choices_are_decided_without_trying_every_answer() {
        let mut domain = Answers::ALL;
        for choice in 0..40 {
            domain.set(choice, 0b11);
        }
        // Hard for a search that tries answers: each box names three choices, and together they cover nearly all.
        let mut seed = 7_u64;
        let mut random = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let set: AnswerSet = (0..400)
            .map(|_| {
                let mut answers = Answers::ALL;
                while answers.named().count() < 3 {
                    answers.set(u16::try_from(random(40)).expect("below 40"), 1 + random(2));
                }
                answers
            })
            .collect();
        let start = std::time::Instant::now();
        let _ = set.gap(&Answers::ALL, &domain);
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
