//! The precedence-constrained knapsack (NP-hard; Johnson and Niemi 1983): of items some of which need others, the set of the largest
//! value that fits and lacks nothing that it needs.
//!
//! Depth-first branch and bound on the items with value. To keep one is to keep all that it needs, to defer one is to defer all that
//! can't be without it; a need with several ways left is decided next. The bound is Lagrangian: where each hour costs a toll, the best
//! set is a maximum closure, which a minimum cut finds (Picard 1976), and no set that fits is worth more than that and what all hours
//! that there are would cost. The best toll is found by meeting lines, as in `resources`.

use crate::flow::Network;
use crate::scaled::common_divisor;

/// Items in an order in which each comes after all that it may need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Items {
    pub(crate) hours: Vec<u64>,
    pub(crate) value: Vec<u64>,
    /// For each item its needs: of each the items any one of which meets it.
    pub(crate) needs: Vec<Vec<Vec<usize>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Open,
    Kept,
    Out,
}

/// So much value for so many hours.
#[derive(Clone, Copy)]
struct Toll {
    value: u64,
    hours: u64,
}

/// One way that the search still has to follow.
#[derive(Clone)]
struct Branch {
    fate: Vec<Fate>,
    hours: u64,
    value: u64,
    /// Needs of kept items, as item and number, that had more than one way left.
    pending: Vec<(usize, usize)>,
    /// The best toll of the branch that it came from.
    toll: Option<Toll>,
    /// No set that agrees with it is worth more.
    upper: u64,
}

/// The best open items at a toll, beyond what is kept.
struct Line {
    value: u64,
    hours: u64,
    items: Vec<usize>,
}

impl Line {
    /// What is left of its value after the toll, in parts of as many as the toll has hours.
    fn worth(&self, toll: Toll) -> i128 {
        i128::from(self.value) * i128::from(toll.hours) - i128::from(toll.value) * i128::from(self.hours)
    }
}

/// What a bound leaves of a branch.
enum Relaxed {
    /// Nothing that could be better.
    Closed,
    /// All of it; an item to decide on, if one is left.
    Split(Option<usize>),
}

/// The most valuable set that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whether each item is in it.
    pub(crate) kept: Vec<bool>,
    /// No set that fits is worth more; `None` if it is proven that none is worth more than this one.
    pub(crate) upper: Option<u64>,
    /// How many looks at items and arcs the search took.
    pub(crate) looks: u64,
}

/// The most valuable set that fits into `room`, of those met before the effort, in looks at items and arcs, ran out. Of sets of equal value
/// the search keeps one with fewer hours where it meets one.
pub(crate) fn most_valuable(items: &Items, room: u64, effort: u64) -> Found {
    let mut search = Search::new(items, room, effort);
    let start = search.start();
    search.fill(&start, &[]);
    let mut open = vec![start];
    let mut given_up = 0;
    while let Some(mut branch) = open.pop() {
        if !search.burn(items.hours.len() as u64) {
            open.push(branch);
            break;
        }
        let Relaxed::Split(target) = search.relax(&mut branch) else { continue };
        if let Some(ways) = search.pending_ways(&mut branch) {
            open.extend(search.each_way(&branch, &ways));
        } else if let Some(target) = target {
            open.extend(search.defer(branch.clone(), target));
            open.extend(search.keep(branch, target));
        } else {
            given_up = branch.upper.max(given_up);
        }
    }
    let upper = open.iter().map(|branch| branch.upper).fold(given_up, u64::max);
    Found {
        upper: (upper > search.best_value).then_some(upper),
        looks: effort - search.looks,
        kept: search.best,
    }
}

struct Search<'a> {
    items: &'a Items,
    room: u64,
    /// The items with value, most value per hour of what they certainly need first.
    targets: Vec<usize>,
    /// Every set is worth a multiple of this.
    unit: u64,
    best: Vec<bool>,
    best_value: u64,
    best_hours: u64,
    /// How many looks are left.
    looks: u64,
}

impl<'a> Search<'a> {
    fn new(items: &'a Items, room: u64, looks: u64) -> Self {
        let n = items.hours.len();
        let unit = items.value.iter().fold(0, |unit, &value| common_divisor(unit, value.into()));
        let mut search = Self {
            items,
            room,
            targets: Vec::new(),
            unit: u64::try_from(unit).unwrap_or(1).max(1),
            best: vec![false; n],
            best_value: 0,
            best_hours: 0,
            looks,
        };
        let start = search.start();
        let mut seen = Seen::new(n);
        let mut density = |target: usize| {
            let needed = search.open_needs(target, &start, &mut seen);
            let (hours, value) = needed.iter().fold((0u128, 0u128), |(hours, value), &item| {
                (hours + u128::from(items.hours[item]), value + u128::from(items.value[item]))
            });
            (value << 32) / hours.max(1)
        };
        let mut targets: Vec<_> =
            (0..n).filter(|&item| items.value[item] > 0).map(|item| (density(item), item)).collect();
        targets.sort_unstable_by_key(|&(density, item)| (std::cmp::Reverse(density), item));
        search.targets = targets.into_iter().map(|(_, item)| item).collect();
        search
    }

    /// Whether any looks are left after some.
    fn burn(&mut self, looks: u64) -> bool {
        self.looks = self.looks.saturating_sub(looks);
        self.looks > 0
    }

    fn start(&self) -> Branch {
        let fate = vec![Fate::Open; self.items.hours.len()];
        let upper = self.items.value.iter().sum();
        Branch { fate, hours: 0, value: 0, pending: Vec::new(), toll: None, upper }
    }

    /// Offers what is kept with some items, and then each target in turn where it fits: a good set, however large the problem. Returns its
    /// value; `None` where what is kept can't be completed so.
    fn fill(&mut self, branch: &Branch, items: &[usize]) -> Option<u64> {
        self.burn((items.len() + self.targets.len()) as u64);
        let mut branch = branch.clone();
        if !self.first_ways(&mut branch) {
            return None;
        }
        for &item in items.iter().chain(&self.targets) {
            if branch.fate[item] == Fate::Open {
                self.try_take(&mut branch, item);
            }
        }
        let better = branch.value > self.best_value
            || (branch.value == self.best_value && branch.hours < self.best_hours);
        if better {
            (self.best_value, self.best_hours) = (branch.value, branch.hours);
            self.best = branch.fate.iter().map(|fate| *fate == Fate::Kept).collect();
        }
        Some(branch.value)
    }

    /// Keeps an item with all that it needs, or leaves everything as it is.
    fn try_take(&self, branch: &mut Branch, item: usize) {
        let (hours, value) = (branch.hours, branch.value);
        let mut kept = Vec::new();
        if self.take(branch, item, &mut kept) && self.first_ways_noting(branch, &mut kept) {
            return;
        }
        for item in kept {
            branch.fate[item] = Fate::Open;
        }
        branch.pending.clear();
        (branch.hours, branch.value) = (hours, value);
    }

    /// Meets what is pending by the first way that is left; whether all of it fits.
    fn first_ways(&self, branch: &mut Branch) -> bool {
        self.first_ways_noting(branch, &mut Vec::new())
    }

    fn first_ways_noting(&self, branch: &mut Branch, kept: &mut Vec<usize>) -> bool {
        while let Some(ways) = self.pending_ways(branch) {
            if !ways.first().is_some_and(|&way| self.take(branch, way, kept)) {
                return false;
            }
        }
        true
    }

    /// Bounds what can come of a branch, and offers what is met on the way.
    fn relax(&mut self, branch: &mut Branch) -> Relaxed {
        let left = self.room - branch.hours;
        // Without a toll: everything with value, and what it needs.
        let mut upper = self.everything(branch);
        branch.upper = branch.upper.min(branch.value + upper.value);
        if branch.upper <= self.best_value {
            return Relaxed::Closed;
        }
        if upper.hours <= left {
            let value = self.fill(branch, &upper.items);
            let is_best = value.is_some_and(|value| value >= branch.value + upper.value);
            return if is_best { Relaxed::Closed } else { Relaxed::Split(self.first_target(&upper, &[])) };
        }
        let mut lower = Line { value: 0, hours: 0, items: Vec::new() };
        loop {
            let between = Toll { value: upper.value - lower.value, hours: upper.hours - lower.hours };
            // The best toll of the branch before is mostly near the best one here.
            let inherited = branch.toll.take();
            let toll = inherited.unwrap_or(between);
            let Some(line) = self.best_at(branch, toll, &lower, &upper) else { return Relaxed::Split(None) };
            let bound = branch.value.saturating_add(self.bound(&line, toll, left));
            branch.upper = branch.upper.min(bound);
            if branch.upper <= self.best_value {
                return Relaxed::Closed;
            }
            if line.hours <= left && line.hours > lower.hours {
                self.fill(branch, &line.items);
                lower = line;
            } else if line.hours > left && line.hours < upper.hours {
                upper = line;
            } else if inherited.is_none() {
                branch.toll = Some(between);
                return Relaxed::Split(self.first_target(&upper, &lower.items));
            }
        }
    }

    /// No set of open items that fits into the hours left is worth more than this.
    fn bound(&self, line: &Line, toll: Toll, left: u64) -> u64 {
        let hours = i128::from(toll.hours.max(1));
        let bound = (line.worth(toll) + i128::from(toll.value) * i128::from(left)) / hours;
        u64::try_from(bound).unwrap_or(u64::MAX) / self.unit * self.unit
    }

    /// The target of a line with the most value that another one does not have.
    fn first_target(&self, line: &Line, other: &[usize]) -> Option<usize> {
        let of_line = line.items.iter().copied();
        let targets =
            of_line.filter(|item| self.items.value[*item] > 0 && other.binary_search(item).is_err());
        targets.max_by_key(|&item| (self.items.value[item], std::cmp::Reverse(item)))
    }

    /// All open targets with what they need.
    fn everything(&self, branch: &Branch) -> Line {
        let mut seen = Seen::new(branch.fate.len());
        seen.clear();
        let mut items = Vec::new();
        let mut stack: Vec<usize> =
            self.targets.iter().copied().filter(|&target| branch.fate[target] == Fate::Open).collect();
        while let Some(item) = stack.pop() {
            if branch.fate[item] == Fate::Open && seen.insert(item) {
                items.push(item);
                stack.extend(self.certain_needs(item, branch));
            }
        }
        self.line(items)
    }

    fn line(&self, mut items: Vec<usize>) -> Line {
        items.sort_unstable();
        let sum = |of: &[u64]| items.iter().map(|&item| of[item]).sum();
        Line { value: sum(&self.items.value), hours: sum(&self.items.hours), items }
    }

    /// The open items that are worth the most at a toll, where needs with several ways are passed over; `None` where there are not looks
    /// enough. The higher the toll, the fewer they are: those at a higher and at a lower one are known.
    fn best_at(&mut self, branch: &Branch, toll: Toll, higher: &Line, lower: &Line) -> Option<Line> {
        let is_certain = |item: &usize| higher.items.binary_search(item).is_ok();
        let open: Vec<usize> = lower.items.iter().copied().filter(|item| !is_certain(item)).collect();
        let (source, sink) = (open.len(), open.len() + 1);
        let mut network = Network::new(open.len() + 2, self.looks);
        for (node, &item) in open.iter().enumerate() {
            let (hours, value) = (self.items.hours[item], self.items.value[item]);
            let worth = Line { value, hours, items: Vec::new() }.worth(toll);
            match worth {
                1.. => network.arc(source, node, worth),
                0 => {}
                _ => network.arc(node, sink, -worth),
            }
            for needed in self.certain_needs(item, branch).filter_map(|item| open.binary_search(&item).ok()) {
                network.arc(node, needed, i128::MAX);
            }
        }
        let found = network.max_flow(source, sink);
        self.looks = if found.is_some() { network.looks_left() } else { 0 };
        found?;
        let side = network.reachable(source);
        let taken = open.iter().zip(side).filter(|(_, is_in)| *is_in).map(|(&item, _)| item);
        Some(self.line(higher.items.iter().copied().chain(taken).collect()))
    }

    /// The open items that an item needs whatever else is kept.
    fn certain_needs(&self, item: usize, branch: &Branch) -> impl Iterator<Item = usize> {
        self.items.needs[item].iter().filter_map(|ways| {
            if ways.iter().any(|&way| branch.fate[way] == Fate::Kept) {
                return None;
            }
            let mut open = ways.iter().copied().filter(|&way| branch.fate[way] == Fate::Open);
            open.next().filter(|_| open.next().is_none())
        })
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

    fn keep(&self, mut branch: Branch, item: usize) -> Option<Branch> {
        self.take(&mut branch, item, &mut Vec::new()).then_some(branch)
    }

    /// Keeps an item and what it certainly needs, and notes all of it; whether that is possible and fits.
    fn take(&self, branch: &mut Branch, item: usize, kept: &mut Vec<usize>) -> bool {
        let mut stack = vec![item];
        while let Some(item) = stack.pop() {
            match branch.fate[item] {
                Fate::Kept => continue,
                Fate::Out => return false,
                Fate::Open => branch.fate[item] = Fate::Kept,
            }
            kept.push(item);
            branch.hours = branch.hours.saturating_add(self.items.hours[item]);
            branch.value += self.items.value[item];
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

    /// The largest value by trying every set.
    fn exhaustive(items: &Items, room: u64) -> u64 {
        let n = items.hours.len();
        let sets = (0u32..1 << n).map(|bits| (0..n).map(|i| bits >> i & 1 == 1).collect::<Vec<bool>>());
        let fits = sets.filter(|kept| is_closed(items, kept) && sum(&items.hours, kept) <= room);
        fits.map(|kept| sum(&items.value, &kept)).max().unwrap_or(0)
    }

    fn any_items() -> impl Strategy<Value = Items> {
        let needs = prop::collection::vec(prop::collection::vec(any::<Index>(), 1..4), 0..3);
        prop::collection::vec((1u64..9, 0u64..4, needs), 1..13).prop_map(|rows| Items {
            hours: rows.iter().map(|row| row.0).collect(),
            value: rows.iter().map(|row| row.0 * row.1).collect(),
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
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_closed_set_that_fits_is_worth_more(items in any_items(), room in 0u64..40) {
            let Found { kept, upper, .. } = most_valuable(&items, room, u64::MAX);
            prop_assert_eq!(upper, None);
            prop_assert!(is_closed(&items, &kept));
            prop_assert!(sum(&items.hours, &kept) <= room);
            prop_assert_eq!(sum(&items.value, &kept), exhaustive(&items, room));
        }

        #[test]
        fn with_little_effort_the_set_is_closed_and_fits_and_the_bound_holds(
            items in any_items(),
            room in 0u64..40,
            effort in 0u64..400,
        ) {
            let Found { kept, upper, looks } = most_valuable(&items, room, effort);
            let (value, best) = (sum(&items.value, &kept), exhaustive(&items, room));
            prop_assert!(looks <= effort);
            prop_assert!(upper.is_none_or(|upper| value < upper && best <= upper));
            prop_assert!(upper.is_some() || value == best);
            prop_assert!(is_closed(&items, &kept));
            prop_assert!(sum(&items.hours, &kept) <= room);
        }
    }
}
