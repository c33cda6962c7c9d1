//! Lists of steps -> each once; one that differs little from another is a splice of it.

use std::collections::HashMap;

/// A list is compared with this many of the last ones that were kept whole.
const COMPARED: usize = 8;

/// Lists of numbers, each once.
///
/// A row that begins with 0 is a whole list. One that begins with N is a splice of row N - 1, which is whole: it keeps
/// as many of its first and of its last numbers as the next two numbers say, and has the rest of the row between them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    rows: Vec<Vec<usize>>,
    known: HashMap<Vec<usize>, usize>,
    whole: Vec<usize>,
}

impl Lists {
    /// The number of a list.
    pub(super) fn number(&mut self, list: Vec<usize>) -> usize {
        if let Some(number) = self.known.get(&list) {
            return *number;
        }
        let number = self.rows.len();
        let splices = self.whole.iter().rev().take(COMPARED);
        let splices = splices.map(|base| splice(*base, &self.rows[*base][1..], &list));
        // A splice longer than half the list saves too little.
        let best = splices
            .min_by_key(Vec::len)
            .filter(|row| row.len() <= list.len() / 2);
        let row = best.unwrap_or_else(|| {
            self.whole.push(number);
            let whole = [0].into_iter().chain(list.iter().copied());
            whole.collect()
        });
        self.rows.push(row);
        self.known.insert(list, number);
        number
    }

    /// The rows in order.
    pub(super) fn into_rows(self) -> Vec<Vec<usize>> {
        self.rows
    }
}

fn splice(base: usize, whole: &[usize], list: &[usize]) -> Vec<usize> {
    let same = |pairs: &mut dyn Iterator<Item = (&usize, &usize)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let first = same(&mut whole.iter().zip(list));
    let room = whole.len().min(list.len()) - first;
    let last = same(&mut whole.iter().rev().zip(list.iter().rev())).min(room);
    let between = &list[first..list.len() - last];
    [base + 1, first, last]
        .into_iter()
        .chain(between.iter().copied())
        .collect()
}

/// The lists that rows stand for.
pub(super) fn expand(rows: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    for row in rows {
        let list = match row[..] {
            [0, ref whole @ ..] => whole.to_vec(),
            [base, first, last, ref between @ ..] => {
                let whole = &lists[base - 1];
                let end = whole.len() - last;
                [&whole[..first], between, &whole[end..]].concat()
            }
            _ => Vec::new(),
        };
        lists.push(list);
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_differ_little_are_splices_and_come_back_whole() {
        let whole: Vec<usize> = (0..12).collect();
        let changed = [&whole[..4], &[40][..], &whole[5..]].concat();
        let longer = [&whole[..12], &[41, 42][..]].concat();
        let shorter = whole[2..].to_vec();
        let other = vec![7, 7, 7, 7];
        let all = [whole, changed, longer, shorter, other, Vec::new()];
        let mut lists = Lists::default();
        let numbers: Vec<usize> = all.iter().map(|list| lists.number(list.clone())).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
        assert_eq!(lists.number(all[2].clone()), 2, "each once");
        let rows = lists.into_rows();
        assert_eq!(rows[1], [1, 4, 7, 40]);
        assert_eq!(rows[2], [1, 12, 0, 41, 42]);
        assert_eq!(rows[3], [1, 0, 10]);
        assert_eq!(expand(&rows), all);
    }
}
