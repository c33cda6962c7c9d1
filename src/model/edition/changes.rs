//! Two states of a procedure -> which steps changed between them, and how.

use std::collections::HashMap;

use super::Edition;
use crate::yaml::Id;

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepChange {
    /// It is new.
    Added,
    /// It reads otherwise.
    Reworded,
    /// It is there no more.
    Retired,
    /// It stands elsewhere among those that were there before.
    Moved,
}

/// A state of a procedure: its steps in order, each with its hash.
pub type State<'a> = [(&'a Id, Edition)];

/// What changed from `old` to `new`: new steps in their order, then those that are gone. A step that both moved and
/// reads otherwise is told twice.
pub fn changes<'a>(old: &State<'a>, new: &State<'a>) -> Vec<(StepChange, &'a Id)> {
    let before: HashMap<&Id, (usize, Edition)> = old
        .iter()
        .enumerate()
        .map(|(at, (id, hash))| (*id, (at, *hash)))
        .collect();
    let stayed: Vec<(&Id, usize)> = new
        .iter()
        .filter_map(|(id, _)| Some((*id, before.get(id)?.0)))
        .collect();
    let positions: Vec<usize> = stayed.iter().map(|(_, at)| *at).collect();
    let in_order = longest_rise(&positions);
    let mut moved = stayed.iter().zip(&in_order);
    let mut changes = Vec::new();
    for (id, hash) in new {
        let Some((_, was)) = before.get(id) else {
            changes.push((StepChange::Added, *id));
            continue;
        };
        if was != hash {
            changes.push((StepChange::Reworded, *id));
        }
        if moved.next().is_some_and(|(_, in_order)| !in_order) {
            changes.push((StepChange::Moved, *id));
        }
    }
    let now: HashMap<&Id, Edition> = new.iter().copied().collect();
    let gone = old.iter().filter(|(id, _)| !now.contains_key(id));
    changes.extend(gone.map(|(id, _)| (StepChange::Retired, *id)));
    changes
}

/// Which of the numbers, each different, belong to a longest rising part: the fewest others have moved.
fn longest_rise(numbers: &[usize]) -> Vec<bool> {
    // The last element of the best rise of each length, as an index; and what comes before each element.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut within = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        within[at] = true;
        next = before[at];
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_word_and_the_fewest_steps_have_moved() {
        let ids: Vec<Id> = ["a", "b", "c", "d", "e", "f"]
            .iter()
            .map(|id| id.parse().expect("is an id"))
            .collect();
        let state = |steps: &[(usize, u32)]| -> Vec<(&Id, Edition)> {
            steps
                .iter()
                .map(|(id, hash)| (&ids[*id], Edition(*hash)))
                .collect()
        };
        let old = state(&[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)]);
        assert!(changes(&old, &old).is_empty());
        let new = state(&[(4, 1), (0, 1), (5, 1), (1, 2), (3, 1)]);
        let told: Vec<(StepChange, &str)> = changes(&old, &new)
            .into_iter()
            .map(|(change, id)| (change, id.as_str()))
            .collect();
        let expected = [
            (StepChange::Moved, "e"),
            (StepChange::Added, "f"),
            (StepChange::Reworded, "b"),
            (StepChange::Retired, "c"),
        ];
        assert_eq!(told, expected);
    }
}
