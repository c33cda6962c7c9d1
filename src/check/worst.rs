//! The answers for which most comes together: branch and bound over the choices. What "most" means is up to a measure of
//! the parts' sizes that no growing part makes smaller, so that what parts come to at most bounds the measure, too.

use std::collections::BTreeMap;

use crate::model::Answers;

/// How many nodes a search may visit before it settles for a bound. Real procedures need hundreds.
const NODES: usize = 5_000;

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
    /// The measure for `answers`.
    pub(super) size: u32,
    /// No answers have more than this. It is `size`, unless the search was too big.
    pub(super) bound: u32,
    /// Answers all of which have `size` at least: only the choices that matter.
    pub(super) answers: Answers,
}

/// Finds the answers of `domain` for which `measure` of the parts' sizes is greatest, if that is more than `above`.
/// `domain` names every choice with the options that exist; `measure` never shrinks where a part grows.
///
/// Past [`NODES`] the search stops, and what it did not visit only counts in the bound.
pub(super) fn worst(
    parts: &[Part],
    domain: &Answers,
    above: u32,
    measure: impl Fn(&[u32]) -> u32,
) -> Option<Worst> {
    Search::of(parts, domain, measure).run(above)
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

/// The parts, with the choices that they name numbered from 0.
struct Search<M> {
    /// The choices: number in the book, and options that no part tells apart, as masks. Those that most parts name come
    /// first, because to answer them decides most.
    choices: Vec<(u16, Vec<u64>)>,
    /// The options that exist, by choice.
    domain: Vec<u64>,
    parts: Vec<Cases<usize>>,
    measure: M,
}

/// A part of the answers, and what it can come to at most; the choices before `depth` are answered.
struct Node {
    within: Vec<u64>,
    bound: u32,
    /// All sizes together, which tells apart what has one bound.
    sum: u32,
    depth: usize,
}

impl<M: Fn(&[u32]) -> u32> Search<M> {
    fn of(parts: &[Part], domain: &Answers, measure: M) -> Self {
        let parts: Vec<Cases<u16>> = parts.iter().map(|part| narrow(part, domain)).collect();
        let mut named: BTreeMap<u16, Vec<u64>> = BTreeMap::new();
        let boxes = parts.iter().flatten().flat_map(|(boxes, _)| boxes);
        for (choice, options) in boxes.flatten() {
            named.entry(*choice).or_default().push(*options);
        }
        let mut order: Vec<u16> = named.keys().copied().collect();
        order.sort_by_key(|choice| (std::cmp::Reverse(named[choice].len()), *choice));
        let place: BTreeMap<u16, usize> = order.iter().copied().zip(0..).collect();
        let local = |says: &Vec<(u16, u64)>| {
            let says = says.iter();
            says.map(|(choice, options)| (place[choice], *options))
                .collect()
        };
        let case = |(boxes, size): &(Vec<Vec<(u16, u64)>>, u32)| {
            (boxes.iter().map(local).collect(), *size)
        };
        let exist = |choice: u16| domain.options(choice).unwrap_or(u64::MAX);
        Search {
            choices: order
                .iter()
                .map(|choice| (*choice, classes(exist(*choice), &named[choice])))
                .collect(),
            domain: order.iter().map(|choice| exist(*choice)).collect(),
            parts: parts
                .iter()
                .map(|cases| cases.iter().map(case).collect())
                .collect(),
            measure,
        }
    }

    /// The least and the most that each part comes to within a part of the answers. Where every choice has one class,
    /// both are what it is.
    fn sizes(&self, within: &[u64]) -> (Vec<u32>, Vec<u32>) {
        let parts = self.parts.iter();
        parts.map(|cases| sizes(cases, within)).unzip()
    }

    fn run(&self, above: u32) -> Option<Worst> {
        let mut stack = vec![self.node(self.domain.clone(), 0)];
        let mut best: Option<Node> = None;
        let mut visited = 0;
        while let Some(node) = stack.pop() {
            if node.bound <= best.as_ref().map_or(above, |best| best.bound) {
                continue;
            }
            visited += 1;
            if visited > NODES {
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
                    self.node(within, node.depth + 1)
                })
                .collect();
            // The most promising one is taken next; of equal ones the first.
            children.reverse();
            children.sort_by_key(|child| (child.bound, child.sum));
            stack.append(&mut children);
        }
        let open = stack.iter().map(|node| node.bound).max().unwrap_or(0);
        let size = best.as_ref().map_or(above, |best| best.bound);
        (size.max(open) > above).then(|| Worst {
            size,
            bound: size.max(open),
            answers: best.map_or(Answers::ALL, |best| self.named(best)),
        })
    }

    fn node(&self, within: Vec<u64>, depth: usize) -> Node {
        let (_, most) = self.sizes(&within);
        Node {
            within,
            bound: (self.measure)(&most),
            sum: most.iter().sum(),
            depth,
        }
    }

    /// The answers of a node, without the choices that are not needed to come to as much. Those that few parts name are
    /// left out first.
    fn named(&self, node: Node) -> Answers {
        let mut within = node.within;
        let mut answers = Answers::ALL;
        for (at, (choice, _)) in self.choices.iter().enumerate().rev() {
            let own = std::mem::replace(&mut within[at], self.domain[at]);
            let (least, _) = self.sizes(&within);
            if (self.measure)(&least) < node.bound {
                within[at] = own;
                answers.set(*choice, own);
            }
        }
        answers
    }
}

/// The options that none of `masks` tells apart, together.
fn classes(options: u64, masks: &[u64]) -> Vec<u64> {
    let mut classes = vec![options];
    for mask in masks {
        let split = classes
            .iter()
            .flat_map(|class| [class & mask, class & !mask]);
        classes = split.filter(|class| *class != 0).collect();
    }
    classes
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

    /// The sides that things fill in order: one that does not fit any more begins the next.
    fn sides(sizes: &[u32]) -> u32 {
        const SIDE: u32 = 40;
        let (mut sides, mut used) = (1, 0);
        for size in sizes {
            if used + size > SIDE {
                (sides, used) = (sides + 1, 0);
            }
            used += size;
        }
        sides
    }

    #[test]
    fn the_search_agrees_with_trying_every_answer() {
        let domain = answers(&[(0, 0b111), (1, 0b101), (2, 0b111), (3, 0b110), (4, 0b111)]);
        let measures: [fn(&[u32]) -> u32; 2] = [|sizes| sizes.iter().sum(), sides];
        let mut seed = 3;
        let (mut found_some, mut found_none) = (0, 0);
        for round in 0..300 {
            let parts = some_parts(&mut seed, 1 + round % 9, 5, 3);
            for (measure, above) in measures.into_iter().zip([30, 2]) {
                let of = |point: &Answers| {
                    let sizes: Vec<u32> = parts.iter().map(|part| part.size(point)).collect();
                    measure(&sizes)
                };
                let points = (0..3_u32.pow(5)).map(|code| {
                    let mut point = Answers::ALL;
                    for choice in 0..5_u16 {
                        point.set(choice, 1 << (code / 3_u32.pow(u32::from(choice)) % 3));
                    }
                    point
                });
                let points: Vec<Answers> =
                    points.filter(|point| !point.is_disjoint(&domain)).collect();
                let most = points.iter().map(of).max().expect("there are answers");
                let Some(found) = worst(&parts, &domain, above, measure) else {
                    assert!(most <= above, "{parts:?}");
                    found_none += 1;
                    continue;
                };
                found_some += 1;
                assert_eq!((found.size, found.bound), (most, most), "{parts:?}");
                let named = points
                    .iter()
                    .filter(|point| !point.is_disjoint(&found.answers));
                for point in named {
                    assert_eq!(of(point), most, "{:?} of {parts:?}", found.answers);
                }
            }
        }
        assert!(
            found_some > 50 && found_none > 50,
            "both ends are tried: {found_some}, {found_none}"
        );
    }

    #[test]
    fn only_what_matters_is_named() {
        let domain = answers(&[(0, 0b11), (1, 0b11)]);
        let parts = [
            Part::fixed(5),
            Part::in_any(vec![answers(&[(0, 0b10)])], 2),
            Part::in_any(vec![answers(&[(1, 0b01)])], 0),
        ];
        let sum = |sizes: &[u32]| sizes.iter().sum();
        let found = worst(&parts, &domain, 6, sum).expect("both together are more");
        assert_eq!((found.size, found.answers), (7, answers(&[(0, 0b10)])));
        assert_eq!(worst(&parts, &domain, 7, sum), None);
    }

    #[test]
    fn forty_choices_that_all_hang_together_are_bounded_in_time() {
        let domain = answers(&(0..40).map(|choice| (choice, 0b1111)).collect::<Vec<_>>());
        let mut seed = 9;
        let parts = some_parts(&mut seed, 120, 40, 4);
        let start = std::time::Instant::now();
        for above in [0, 5, 10, 20, 30] {
            if let Some(found) = worst(&parts, &domain, above, sides) {
                assert!(found.size <= found.bound && found.bound > above);
            }
        }
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}
