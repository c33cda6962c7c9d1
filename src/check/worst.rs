//! The answers for which most comes together: an exact search whose work grows with how parts hang together by choices,
//! not with the number of choices.

use std::collections::BTreeMap;

use crate::model::Answers;

/// How many nodes a search may visit in one component before it settles for a bound. Real procedures need hundreds.
const NODES: usize = 20_000;

/// A part of a whole, whose size depends on the answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// The first case that holds counts; where none does, the part is not there.
    pub(super) cases: Vec<Case>,
}

/// A case of a part: it holds in any of these boxes.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) when: Vec<Answers>,
    pub(super) size: u32,
}

impl Part {
    /// A part that is always there.
    pub(super) fn fixed(size: u32) -> Self {
        Part::in_any(vec![Answers::ALL], size)
    }

    /// A part that is there in any of these boxes.
    pub(super) fn in_any(when: Vec<Answers>, size: u32) -> Self {
        Part {
            cases: vec![Case { when, size }],
        }
    }

    /// The size for an answer. Of choices that are not answered, any answer counts.
    pub(super) fn size(&self, answers: &Answers) -> u32 {
        let holds = |case: &&Case| case.when.iter().any(|when| !when.is_disjoint(answers));
        self.cases.iter().find(holds).map_or(0, |case| case.size)
    }
}

/// The most that comes together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Worst {
    /// How much that is, for `answers`.
    pub(super) size: u32,
    /// No answers have more than this. It is `size`, unless the search was too big.
    pub(super) bound: u32,
    /// The answers that have it: only the choices that matter.
    pub(super) answers: Answers,
}

/// Finds the answers of `domain` for which the parts are largest together. `domain` names every choice with the options
/// that exist.
///
/// Parts that share no choice are searched apart. Within such a component the search is by branch and bound, over
/// options that some part tells apart; past [`NODES`] it stops, and what it did not visit only counts in the bound.
pub(super) fn worst(parts: &[Part], domain: &Answers) -> Worst {
    let parts: Vec<Cases<u16>> = parts.iter().map(|part| narrow(part, domain)).collect();
    let mut whole = Worst {
        size: 0,
        bound: 0,
        answers: Answers::ALL,
    };
    for component in components(&parts) {
        let found = Component::of(&component, domain).search();
        whole.size += found.size;
        whole.bound += found.bound;
        whole.answers = whole.answers.and(&found.answers);
    }
    whole
}

/// The cases of a part, with what their boxes say within the domain: choices, with the options that are admitted. A box
/// that says nothing always holds.
type Cases<C> = Vec<(Vec<Vec<(C, u64)>>, u32)>;

fn narrow(part: &Part, domain: &Answers) -> Cases<u16> {
    let mut cases = Cases::new();
    for case in &part.cases {
        let mut boxes = Vec::new();
        for when in &case.when {
            let within = when.and(domain);
            if within.is_empty() {
                continue;
            }
            let says =
                |(choice, _): &(u16, u64)| domain.options(*choice) != within.options(*choice);
            boxes.push(within.named().filter(says).collect::<Vec<_>>());
        }
        let always = boxes.iter().any(Vec::is_empty);
        if !boxes.is_empty() {
            cases.push((boxes, case.size));
        }
        if always {
            break;
        }
    }
    cases
}

fn choices(part: &Cases<u16>) -> impl Iterator<Item = u16> + '_ {
    part.iter()
        .flat_map(|(boxes, _)| boxes)
        .flatten()
        .map(|(choice, _)| *choice)
}

/// The choice that stands for a component.
fn root(roots: &BTreeMap<u16, u16>, mut choice: u16) -> u16 {
    while let Some(next) = roots.get(&choice).filter(|next| **next != choice) {
        choice = *next;
    }
    choice
}

/// The parts that hang together by the choices that they name.
fn components(parts: &[Cases<u16>]) -> Vec<Vec<&Cases<u16>>> {
    // Each choice points to another of its component, or to itself.
    let mut roots: BTreeMap<u16, u16> = BTreeMap::new();
    for part in parts {
        let mut first = None;
        for choice in choices(part) {
            roots.entry(choice).or_insert(choice);
            let own = root(&roots, choice);
            let first = *first.get_or_insert(own);
            let first = root(&roots, first);
            roots.insert(own, first);
        }
    }
    let mut components: BTreeMap<Option<u16>, Vec<&Cases<u16>>> = BTreeMap::new();
    for part in parts {
        let of = choices(part).next().map(|choice| root(&roots, choice));
        components.entry(of).or_default().push(part);
    }
    components.into_values().collect()
}

/// Parts that hang together, with their choices numbered from 0.
struct Component {
    /// The choices: number in the book, and options that no part tells apart, as masks. Those that most parts name come
    /// first, because to answer them decides most.
    choices: Vec<(u16, Vec<u64>)>,
    /// The options that exist, by choice.
    domain: Vec<u64>,
    parts: Vec<Cases<usize>>,
}

/// A part of the answers, and what it can come to at most; the choices before `depth` are answered.
struct Node {
    within: Vec<u64>,
    bound: u32,
    depth: usize,
}

impl Component {
    fn of(parts: &[&Cases<u16>], domain: &Answers) -> Self {
        let mut named: BTreeMap<u16, usize> = BTreeMap::new();
        for choice in parts.iter().flat_map(|part| choices(part)) {
            *named.entry(choice).or_default() += 1;
        }
        let mut order: Vec<u16> = named.keys().copied().collect();
        order.sort_by_key(|choice| (std::cmp::Reverse(named[choice]), *choice));
        let place: BTreeMap<u16, usize> = order.iter().copied().zip(0..).collect();
        let local = |says: &Vec<(u16, u64)>| {
            says.iter()
                .map(|(choice, options)| (place[choice], *options))
                .collect()
        };
        let parts: Vec<Cases<usize>> = parts
            .iter()
            .map(|part| {
                let cases = part.iter();
                cases
                    .map(|(boxes, size)| (boxes.iter().map(local).collect(), *size))
                    .collect()
            })
            .collect();
        let domain: Vec<u64> = order
            .iter()
            .map(|choice| domain.options(*choice).unwrap_or(u64::MAX))
            .collect();
        let classes = |at: usize| {
            let masks = parts
                .iter()
                .flatten()
                .flat_map(|(boxes, _)| boxes)
                .flatten();
            let masks = masks
                .filter(|(choice, _)| *choice == at)
                .map(|(_, options)| *options);
            let mut classes = vec![domain[at]];
            for mask in masks {
                let split = classes
                    .iter()
                    .flat_map(|class| [class & mask, class & !mask]);
                classes = split.filter(|class| *class != 0).collect();
            }
            classes
        };
        let choices = order
            .iter()
            .enumerate()
            .map(|(at, choice)| (*choice, classes(at)))
            .collect();
        Component {
            choices,
            domain,
            parts,
        }
    }

    /// What the parts come to at most within a part of the answers. Where every choice has one class, it is exact.
    fn bound(&self, within: &[u64]) -> u32 {
        self.parts.iter().map(|cases| sizes(cases, within).1).sum()
    }

    /// What the parts come to, if that is the same everywhere within a part of the answers.
    fn value(&self, within: &[u64]) -> Option<u32> {
        let sizes = self.parts.iter().map(|cases| sizes(cases, within));
        sizes
            .map(|(least, most)| (least == most).then_some(most))
            .sum()
    }

    fn search(&self) -> Worst {
        let bound = self.bound(&self.domain);
        let mut stack = vec![Node {
            within: self.domain.clone(),
            bound,
            depth: 0,
        }];
        let mut best: Option<Node> = None;
        let mut visited = 0;
        while let Some(node) = stack.pop() {
            if best.as_ref().is_some_and(|best| node.bound <= best.bound) {
                continue;
            }
            visited += 1;
            if visited > NODES && best.is_some() {
                stack.push(node);
                break;
            }
            let Some((_, classes)) = self.choices.get(node.depth) else {
                best = Some(node);
                continue;
            };
            let mut children: Vec<Node> = classes
                .iter()
                .map(|class| {
                    let mut within = node.within.clone();
                    within[node.depth] = *class;
                    Node {
                        bound: self.bound(&within),
                        within,
                        depth: node.depth + 1,
                    }
                })
                .collect();
            // The most promising one is taken next; of equal ones the first.
            children.reverse();
            children.sort_by_key(|child| child.bound);
            stack.append(&mut children);
        }
        let best = best.expect("the first way down ends at an answer");
        let open = stack.iter().map(|node| node.bound).max().unwrap_or(0);
        Worst {
            size: best.bound,
            bound: open.max(best.bound),
            answers: self.named(best.within),
        }
    }

    /// The answers of a box, without the choices that change nothing there.
    fn named(&self, mut within: Vec<u64>) -> Answers {
        let size = self.value(&within);
        let mut answers = Answers::ALL;
        for (at, (choice, _)) in self.choices.iter().enumerate() {
            let own = std::mem::replace(&mut within[at], self.domain[at]);
            if self.value(&within) != size {
                within[at] = own;
                answers.set(*choice, own);
            }
        }
        answers
    }
}

/// The least and the most that a part comes to within a part of the answers; where the boxes of a case meet it only
/// together, the least may be less than it is.
fn sizes(cases: &Cases<usize>, within: &[u64]) -> (u32, u32) {
    let (mut least, mut most) = (u32::MAX, 0);
    for (boxes, size) in cases {
        if boxes.iter().any(|says| meets(says, within)) {
            (least, most) = (least.min(*size), most.max(*size));
        }
        if boxes.iter().any(|says| holds(says, within)) {
            return (least, most);
        }
    }
    (0, most)
}

/// Whether some answer of `within` lies in a box.
fn meets(says: &[(usize, u64)], within: &[u64]) -> bool {
    says.iter().all(|(at, options)| within[*at] & options != 0)
}

/// Whether every answer of `within` does.
fn holds(says: &[(usize, u64)], within: &[u64]) -> bool {
    says.iter().all(|(at, options)| within[*at] & !options == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(named: &[(u16, u64)]) -> Answers {
        let mut answers = Answers::ALL;
        for (choice, options) in named {
            answers.set(*choice, *options);
        }
        answers
    }

    /// The same numbers on every run.
    fn random(seed: &mut u64, below: u64) -> u64 {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    }

    fn some_parts(seed: &mut u64, count: usize, choices: u64, options: u64) -> Vec<Part> {
        let mut case = || Case {
            when: (0..=random(seed, 2))
                .map(|_| {
                    let mut when = Answers::ALL;
                    for _ in 0..random(seed, 3) {
                        let choice = u16::try_from(random(seed, choices)).expect("is small");
                        when.set(choice, 1 + random(seed, (1 << options) - 1));
                    }
                    when
                })
                .collect(),
            size: u32::try_from(random(seed, 30)).expect("is small"),
        };
        (0..count)
            .map(|at| Part {
                cases: (0..=at % 3).map(|_| case()).collect(),
            })
            .collect()
    }

    #[test]
    fn the_search_agrees_with_trying_every_answer() {
        let domain = answers(&[(0, 0b111), (1, 0b101), (2, 0b111), (3, 0b110), (4, 0b111)]);
        let mut seed = 3;
        for round in 0..300 {
            let parts = some_parts(&mut seed, 1 + round % 9, 5, 3);
            let sum = |point: &Answers| parts.iter().map(|part| part.size(point)).sum::<u32>();
            let mut most = 0;
            for code in 0..3_u32.pow(5) {
                let mut point = Answers::ALL;
                for choice in 0..5_u16 {
                    point.set(choice, 1 << (code / 3_u32.pow(u32::from(choice)) % 3));
                }
                if !point.is_disjoint(&domain) {
                    most = most.max(sum(&point));
                }
            }
            let found = worst(&parts, &domain);
            assert_eq!((found.size, found.bound), (most, most), "{parts:?}");
            // Every answer that is named has it, so any that is picked has.
            let mut point = found.answers.and(&domain);
            for choice in 0..5 {
                let options = point.options(choice).expect("the domain names it");
                point.set(choice, options & options.wrapping_neg());
            }
            assert_eq!(sum(&point), most, "{:?} of {parts:?}", found.answers);
        }
    }

    #[test]
    fn only_what_matters_is_named() {
        let domain = answers(&[(0, 0b11), (1, 0b11)]);
        let parts = [
            Part::fixed(5),
            Part::in_any(vec![answers(&[(0, 0b10)])], 2),
            Part::in_any(vec![answers(&[(1, 0b01)])], 0),
        ];
        let found = worst(&parts, &domain);
        assert_eq!((found.size, found.answers), (7, answers(&[(0, 0b10)])));
    }

    #[test]
    fn forty_choices_that_all_hang_together_are_bounded_in_time() {
        let domain = answers(&(0..40).map(|choice| (choice, 0b1111)).collect::<Vec<_>>());
        let mut seed = 9;
        let parts = some_parts(&mut seed, 120, 40, 4);
        let start = std::time::Instant::now();
        let found = worst(&parts, &domain);
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
        assert!(found.size <= found.bound);
        let sum: u32 = parts.iter().map(|part| part.size(&found.answers)).sum();
        assert!(sum >= found.size);
    }
}
