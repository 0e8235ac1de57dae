//! The precedence-constrained knapsack (NP-hard; Johnson and Niemi 1983): of items some of which need others, the set of the largest
//! weight that fits and lacks nothing that it needs.
//!
//! Depth-first branch and bound on the items with weight. To keep one is to keep all that it needs, to defer one is to defer all that
//! can't be without it; a need with several ways left is decided next. The bound is the fractional knapsack (Dantzig 1957) over those
//! items, each with its share of the hours of what several of them need.

/// Items in an order in which each comes after all that it may need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Items {
    pub(crate) hours: Vec<u64>,
    pub(crate) weight: Vec<u64>,
    /// For each item its needs: of each the items any one of which meets it.
    pub(crate) needs: Vec<Vec<Vec<usize>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Open,
    Kept,
    Out,
}

/// One way that the search still has to follow.
#[derive(Clone)]
struct Branch {
    fate: Vec<Fate>,
    hours: u64,
    weight: u64,
    /// How many of the targets are decided.
    decided: usize,
    /// Needs of kept items, as item and number, that had more than one way left.
    pending: Vec<(usize, usize)>,
}

/// The heaviest set that fits into `room`, of those met before the effort, in visits of items, ran out; whether each item is in it.
/// Of sets of equal weight the search keeps one with fewer hours where it meets one.
pub(crate) fn heaviest(items: &Items, room: u64, effort: u64) -> Vec<bool> {
    let mut search = Search::new(items, room);
    search.dive();
    let mut stack = vec![search.start()];
    while let Some(mut branch) = stack.pop() {
        search.work += items.hours.len() as u64;
        if search.work > effort || !search.may_be_better(&branch) {
            continue;
        }
        if let Some(ways) = search.pending_ways(&mut branch) {
            stack.extend(search.each_way(&branch, &ways));
            continue;
        }
        search.offer(&branch);
        if let Some(target) = search.next_target(&mut branch) {
            stack.extend(search.defer(branch.clone(), target));
            stack.extend(search.keep(branch, target));
        }
    }
    search.best
}

struct Search<'a> {
    items: &'a Items,
    room: u64,
    /// The items with weight, most weight per hour of what they certainly need first.
    targets: Vec<usize>,
    best: Vec<bool>,
    best_weight: u64,
    best_hours: u64,
    work: u64,
}

impl<'a> Search<'a> {
    fn new(items: &'a Items, room: u64) -> Self {
        let n = items.hours.len();
        let best = vec![false; n];
        let mut search =
            Self { items, room, targets: Vec::new(), best, best_weight: 0, best_hours: 0, work: 0 };
        let start = search.start();
        let mut seen = Seen::new(n);
        let mut density = |target: usize| {
            let needed = search.open_needs(target, &start, &mut seen);
            let (hours, weight) = needed.iter().fold((0u128, 0u128), |(hours, weight), &item| {
                (hours + u128::from(items.hours[item]), weight + u128::from(items.weight[item]))
            });
            (weight << 32) / hours.max(1)
        };
        let mut targets: Vec<_> =
            (0..n).filter(|&item| items.weight[item] > 0).map(|item| (density(item), item)).collect();
        targets.sort_unstable_by_key(|&(density, item)| (std::cmp::Reverse(density), item));
        search.targets = targets.into_iter().map(|(_, item)| item).collect();
        search
    }

    fn start(&self) -> Branch {
        Branch {
            fate: vec![Fate::Open; self.items.hours.len()],
            hours: 0,
            weight: 0,
            decided: 0,
            pending: Vec::new(),
        }
    }

    /// Keeps each target in turn where it fits: a good set to begin with, however large the problem.
    fn dive(&mut self) {
        let mut branch = self.start();
        for target in self.targets.clone() {
            if branch.fate[target] == Fate::Open {
                let mut with = branch.clone();
                if self.take(&mut with, target) && self.first_ways(&mut with) {
                    branch = with;
                }
            }
        }
        self.offer(&branch);
    }

    /// Meets what is pending by the first way that is left; whether all of it fits.
    fn first_ways(&self, branch: &mut Branch) -> bool {
        while let Some(ways) = self.pending_ways(branch) {
            if !ways.first().is_some_and(|&way| self.take(branch, way)) {
                return false;
            }
        }
        true
    }

    fn may_be_better(&mut self, branch: &Branch) -> bool {
        branch.weight + self.bound(branch) > self.best_weight
    }

    fn offer(&mut self, branch: &Branch) {
        let better = branch.weight > self.best_weight
            || (branch.weight == self.best_weight && branch.hours < self.best_hours);
        if better {
            (self.best_weight, self.best_hours) = (branch.weight, branch.hours);
            self.best = branch.fate.iter().map(|fate| *fate == Fate::Kept).collect();
        }
    }

    /// The ways left of a need that nothing kept meets, if there is such a need; it is then no longer pending.
    fn pending_ways(&self, branch: &mut Branch) -> Option<Vec<usize>> {
        while let Some((item, need)) = branch.pending.pop() {
            let ways = &self.items.needs[item][need];
            if !ways.iter().any(|&way| branch.fate[way] == Fate::Kept) {
                return Some(ways.iter().copied().filter(|&way| branch.fate[way] == Fate::Open).collect());
            }
        }
        None
    }

    /// A branch for each way to meet a need: with that one, and without those before it.
    fn each_way(&self, branch: &Branch, ways: &[usize]) -> Vec<Branch> {
        let mut without = Some(branch.clone());
        let mut branches = Vec::new();
        for &way in ways {
            let Some(rest) = without.take() else { break };
            branches.extend(self.keep(rest.clone(), way));
            without = self.defer(rest, way);
        }
        branches.reverse();
        branches
    }

    fn next_target(&self, branch: &mut Branch) -> Option<usize> {
        let left = &self.targets[branch.decided..];
        let skipped = left.iter().position(|&target| branch.fate[target] == Fate::Open)?;
        branch.decided += skipped + 1;
        Some(left[skipped])
    }

    fn keep(&self, mut branch: Branch, item: usize) -> Option<Branch> {
        self.take(&mut branch, item).then_some(branch)
    }

    /// Keeps an item and what it certainly needs; whether that is possible and fits.
    fn take(&self, branch: &mut Branch, item: usize) -> bool {
        let mut stack = vec![item];
        while let Some(item) = stack.pop() {
            match branch.fate[item] {
                Fate::Kept => continue,
                Fate::Out => return false,
                Fate::Open => branch.fate[item] = Fate::Kept,
            }
            branch.hours = branch.hours.saturating_add(self.items.hours[item]);
            branch.weight += self.items.weight[item];
            if branch.hours > self.room {
                return false;
            }
            for (number, ways) in self.items.needs[item].iter().enumerate() {
                match ways[..] {
                    [only] => stack.push(only),
                    _ => branch.pending.push((item, number)),
                }
            }
        }
        true
    }

    /// The branch without an item and without all that can't be had then; `None` where something kept is among that.
    fn defer(&self, mut branch: Branch, item: usize) -> Option<Branch> {
        branch.fate[item] = Fate::Out;
        // Items stand after what they need, so one pass finds all that is lost.
        for later in item + 1..branch.fate.len() {
            let is_lost = |ways: &Vec<usize>| ways.iter().all(|&way| branch.fate[way] == Fate::Out);
            if self.items.needs[later].iter().any(is_lost) {
                if branch.fate[later] == Fate::Kept {
                    return None;
                }
                branch.fate[later] = Fate::Out;
            }
        }
        Some(branch)
    }

    /// No way to go on from the branch adds more weight than this.
    ///
    /// The hours of a means are shared out evenly among the targets that are undecided and need it: together the targets kept pay no
    /// more than what they need takes, so the fractional knapsack over those shares is a relaxation.
    fn bound(&mut self, branch: &Branch) -> u64 {
        let n = self.items.hours.len();
        let mut seen = Seen::new(n);
        let open = self.targets[branch.decided..].iter().filter(|&&target| branch.fate[target] == Fate::Open);
        let reach: Vec<(usize, Vec<usize>)> =
            open.map(|&target| (target, self.open_needs(target, branch, &mut seen))).collect();
        let mut users = vec![0u128; n];
        for &item in reach.iter().flat_map(|(_, needed)| needed) {
            users[item] += 1;
            self.work += 1;
        }
        let share = |item: &usize| u128::from(self.items.hours[*item]) * 1_000 / users[*item];
        let mut items: Vec<(u128, u64)> = reach
            .iter()
            .map(|(target, needed)| (needed.iter().map(share).sum(), self.items.weight[*target]))
            .collect();
        items.sort_unstable_by(|a, b| (a.0 * u128::from(b.1)).cmp(&(b.0 * u128::from(a.1))));
        let mut left = u128::from(self.room - branch.hours) * 1_000;
        let mut bound = 0;
        for (hours, weight) in items {
            if hours > left {
                return bound + u64::try_from(left * u128::from(weight) / hours.max(1)).unwrap_or(weight);
            }
            left -= hours;
            bound += weight;
        }
        bound
    }

    /// The item and what it needs whichever way is taken, of which nothing is kept.
    fn open_needs(&self, item: usize, branch: &Branch, seen: &mut Seen) -> Vec<usize> {
        seen.clear();
        let mut needed = Vec::new();
        let mut stack = vec![item];
        while let Some(item) = stack.pop() {
            if branch.fate[item] != Fate::Kept && seen.insert(item) {
                needed.push(item);
                let certain = self.items.needs[item].iter().filter(|ways| ways.len() == 1);
                stack.extend(certain.map(|ways| ways[0]));
            }
        }
        needed
    }
}

/// A set of items that is emptied at once.
struct Seen {
    round: u32,
    rounds: Vec<u32>,
}

impl Seen {
    fn new(n: usize) -> Self {
        Self { round: 0, rounds: vec![0; n] }
    }

    fn clear(&mut self) {
        self.round += 1;
    }

    fn insert(&mut self, item: usize) -> bool {
        std::mem::replace(&mut self.rounds[item], self.round) != self.round
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::Index;

    fn is_closed(items: &Items, kept: &[bool]) -> bool {
        let met = |ways: &Vec<usize>| ways.iter().any(|&way| kept[way]);
        (0..kept.len()).all(|item| !kept[item] || items.needs[item].iter().all(met))
    }

    fn sum(of: &[u64], kept: &[bool]) -> u64 {
        of.iter().zip(kept).filter(|(_, kept)| **kept).map(|(each, _)| each).sum()
    }

    /// The largest weight by trying every set.
    fn exhaustive(items: &Items, room: u64) -> u64 {
        let n = items.hours.len();
        let sets = (0u32..1 << n).map(|bits| (0..n).map(|i| bits >> i & 1 == 1).collect::<Vec<bool>>());
        let fits = sets.filter(|kept| is_closed(items, kept) && sum(&items.hours, kept) <= room);
        fits.map(|kept| sum(&items.weight, &kept)).max().unwrap_or(0)
    }

    fn any_items() -> impl Strategy<Value = Items> {
        let needs = prop::collection::vec(prop::collection::vec(any::<Index>(), 1..4), 0..3);
        prop::collection::vec((1u64..9, 0u64..4, needs), 1..11).prop_map(|rows| Items {
            hours: rows.iter().map(|row| row.0).collect(),
            weight: rows.iter().map(|row| row.1).collect(),
            needs: rows
                .iter()
                .enumerate()
                .map(|(i, (_, _, needs))| {
                    let ways = |ways: &Vec<Index>| {
                        let mut ways: Vec<usize> = ways.iter().map(|way| way.index(i)).collect();
                        ways.sort_unstable();
                        ways.dedup();
                        ways
                    };
                    needs.iter().filter(|_| i > 0).map(ways).collect()
                })
                .collect(),
        })
    }

    proptest! {
        #[test]
        fn no_closed_set_that_fits_is_heavier(items in any_items(), room in 0u64..40) {
            let kept = heaviest(&items, room, u64::MAX);
            prop_assert!(is_closed(&items, &kept));
            prop_assert!(sum(&items.hours, &kept) <= room);
            prop_assert_eq!(sum(&items.weight, &kept), exhaustive(&items, room));
        }

        #[test]
        fn without_effort_the_set_still_is_closed_and_fits(items in any_items(), room in 0u64..40) {
            let kept = heaviest(&items, room, 0);
            prop_assert!(is_closed(&items, &kept));
            prop_assert!(sum(&items.hours, &kept) <= room);
        }
    }
}
