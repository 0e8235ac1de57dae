//! A lower bound by dual ascent, and closures built along it.
//!
//! The linear relaxation asks Σ x over a group to reach 1 for a root group and x of the owner for any other. Its dual sends a flow
//! from the root groups down: what a group receives it passes on **in full to each** of its nodes, and a node keeps at most its cost
//! and sends the rest to its own groups. The sum over the roots is a lower bound. As in Wong's dual ascent for Steiner trees (1984,
//! after Erlenkotter's for facility location, 1978) the flow of one root at a time is raised until nothing below can take more; what
//! a node has not yet kept is its *reduced cost*: every closure costs at least the bound plus the reduced costs of its nodes.
//!
//! O(nodes · size) at worst, near O(size) where few nodes are shared.

use rustc_hash::FxHashMap;

use super::instance::{Cost, Instance};
use crate::scaled::common_divisor;

/// A lower bound, and what it says about each node.
pub(crate) struct Bound {
    /// No closure costs less.
    pub(crate) lower: Cost,
    /// The same before it was rounded up.
    ascended: Cost,
    /// No closure with the node costs less than `ascended` plus this.
    pub(crate) extra: Vec<Cost>,
    grid: Grid,
    /// The reduced cost of each node.
    reduced: Vec<Cost>,
    /// What the ascent cost, in visits of nodes.
    pub(crate) work: u64,
}

/// The ascent: what each node can still keep, and which groups have nothing below them that can take more.
struct Ascent<'a> {
    instance: &'a Instance,
    /// For each node its place in an order that has dependants first.
    rank: Vec<usize>,
    /// Nodes by rank.
    by_rank: Vec<usize>,
    reduced: Vec<Cost>,
    full: Vec<bool>,
    work: u64,
}

impl Bound {
    /// Raises the roots in turn, until the work done reaches `most`: the bound holds whenever it stops.
    pub(crate) fn ascend(instance: &Instance, order: &[usize], most: u64) -> Self {
        let mut ascent = Ascent::new(instance, order);
        let mut lower = 0;
        let mut roots = instance.roots.clone();
        roots.sort_by_key(|&group| (instance.groups[group as usize].len(), group));
        for root in roots {
            lower += ascent.raise(root as usize, most);
        }
        let grid = Grid::of(instance);
        let extra = ascent.cheapest_support(order);
        let (ascended, lower) = (lower, grid.round_up(lower));
        Self { lower, ascended, extra, grid, reduced: ascent.reduced, work: ascent.work }
    }

    /// No closure with the node costs less than this. Rounding comes last: a bound that is rounded up already may be too high by less
    /// than what the grid leaves between two costs.
    pub(crate) fn with(&self, node: usize) -> Cost {
        self.grid.round_up(self.ascended + self.extra[node])
    }

    /// A closure that follows the cheapest reduced costs, as marks on the nodes.
    pub(crate) fn closure(&self, instance: &Instance, order: &[usize]) -> Vec<bool> {
        let by_extra = |node: u32| (self.extra[node as usize], instance.cost[node as usize], node);
        let first = prune(instance, order, close(instance, order, &by_extra));
        let by_reduced = grown_cost(instance, &self.reduced, order);
        let second =
            prune(instance, order, close(instance, order, &|node| (by_reduced[node as usize], 0, node)));
        let by_cost = grown_cost(instance, &instance.cost, order);
        let third = prune(instance, order, close(instance, order, &|node| (by_cost[node as usize], 0, node)));
        [second, third].into_iter().fold(first, |best, other| {
            if total(instance, &other) < total(instance, &best) { other } else { best }
        })
    }
}

/// The costs that a closure can have: multiples of the greatest common divisor of all costs. If costs
/// have a second criterion, their first part is a multiple of the divisor of the first criterion.
struct Grid {
    unit: Cost,
    scale: Cost,
    before_the_point: Cost,
}

impl Grid {
    fn of(instance: &Instance) -> Self {
        let scale = instance.scale.max(1);
        let divisor = |of: &dyn Fn(Cost) -> Cost| {
            instance.cost.iter().fold(0, |unit, &cost| common_divisor(unit, of(cost))).max(1)
        };
        Self { unit: divisor(&|cost| cost), scale, before_the_point: divisor(&|cost| cost / scale) }
    }

    /// The least cost of a closure that is not below a bound.
    fn round_up(&self, bound: Cost) -> Cost {
        let bound = bound.div_ceil(self.unit) * self.unit;
        let first = bound / self.scale;
        let rounded = first.div_ceil(self.before_the_point) * self.before_the_point;
        if rounded > first { rounded * self.scale } else { bound }
    }
}

/// The cost of the marked nodes.
pub(crate) fn total(instance: &Instance, marks: &[bool]) -> Cost {
    instance.cost.iter().zip(marks).filter(|(_, mark)| **mark).map(|(cost, _)| cost).sum()
}

impl<'a> Ascent<'a> {
    fn new(instance: &'a Instance, order: &[usize]) -> Self {
        let n = instance.len();
        let mut rank = vec![0; n];
        let mut by_rank = vec![0; n];
        for (i, &node) in order.iter().rev().enumerate() {
            rank[node] = i;
            by_rank[i] = node;
        }
        let full = vec![false; instance.groups.len()];
        Self { instance, rank, by_rank, reduced: instance.cost.clone(), full, work: 0 }
    }

    /// Sends as much as the nodes below a root group can take; returns how much that is.
    fn raise(&mut self, root: usize, most: u64) -> Cost {
        let mut sent = 0;
        while self.work < most
            && let Some((keepers, share)) = self.flow(root)
        {
            sent += share;
            for (node, units) in keepers {
                self.reduced[node] -= share * units;
            }
        }
        sent
    }

    /// Where one more unit sent into a root group would be kept: nodes with the units that reach them, and how much can be sent
    /// before the first of them is full. `None` where the group is full.
    fn flow(&mut self, root: usize) -> Option<(Vec<(usize, Cost)>, Cost)> {
        'again: loop {
            if self.full[root] {
                return None;
            }
            let mut units: Vec<(usize, Cost)> = Vec::new();
            let mut heap = std::collections::BinaryHeap::new();
            for &node in &self.instance.groups[root] {
                heap.push(std::cmp::Reverse((self.rank[node as usize], root)));
            }
            let mut load: FxHashMap<usize, Cost> = FxHashMap::default();
            for &node in &self.instance.groups[root] {
                *load.entry(node as usize).or_default() += 1;
            }
            let mut previous = usize::MAX;
            let mut share = Cost::MAX;
            while let Some(std::cmp::Reverse((rank, via))) = heap.pop() {
                if rank == previous {
                    continue;
                }
                previous = rank;
                self.work += 1;
                let node = self.by_rank[rank];
                let arriving = load.get(&node).copied().unwrap_or_default();
                if self.reduced[node] >= arriving {
                    share = share.min(self.reduced[node] / arriving);
                    units.push((node, arriving));
                    continue;
                }
                let Some(group) = self.open_group(node) else {
                    // Nothing below can take more: neither can any group that offers this node.
                    self.full[via] = true;
                    continue 'again;
                };
                for &below in &self.instance.groups[group] {
                    let load = load.entry(below as usize).or_default();
                    // A saturated load stays more than any node can carry.
                    *load = load.saturating_add(arriving);
                    heap.push(std::cmp::Reverse((self.rank[below as usize], group)));
                }
            }
            return Some((units, share));
        }
    }

    /// The group of a node that the flow goes on through: the smallest that is not full.
    fn open_group(&self, node: usize) -> Option<usize> {
        let open = self.instance.needs[node].iter().map(|&g| g as usize).filter(|&g| !self.full[g]);
        open.min_by_key(|&group| (self.instance.groups[group].len(), group))
    }

    /// For each node the reduced costs that any closure with it pays at least: its own, and of the groups that it needs the
    /// dearest one's cheapest node.
    fn cheapest_support(&self, order: &[usize]) -> Vec<Cost> {
        let mut extra = vec![0; self.instance.len()];
        for &node in order {
            let below = self.instance.needs[node].iter().map(|&group| {
                let members = &self.instance.groups[group as usize];
                members.iter().map(|&member| extra[member as usize]).min().unwrap_or_default()
            });
            extra[node] = self.reduced[node] + below.max().unwrap_or_default();
        }
        extra
    }
}

/// For each node the cost of the cheapest closure that shares nothing: an upper estimate that ranks alternatives.
pub(crate) fn grown_cost(instance: &Instance, cost: &[Cost], order: &[usize]) -> Vec<Cost> {
    let mut grown: Vec<Cost> = vec![0; instance.len()];
    for &node in order {
        let below = instance.needs[node].iter().map(|&group| {
            instance.groups[group as usize]
                .iter()
                .map(|&member| grown[member as usize])
                .min()
                .unwrap_or_default()
        });
        grown[node] = below.fold(cost[node], Cost::saturating_add);
    }
    grown
}

/// The closure that satisfies each open group by its best node, where no node taken already does; dependants first, so that a group
/// is looked at when everything that could satisfy it by the way has been taken.
fn close<K: Ord>(instance: &Instance, order: &[usize], rank: &dyn Fn(u32) -> K) -> Vec<bool> {
    let mut marks = vec![false; instance.len()];
    let mut pending = vec![false; instance.groups.len()];
    let mut queue: Vec<u32> = instance.roots.clone();
    let mut position = vec![0; instance.len()];
    for (i, &node) in order.iter().enumerate() {
        position[node] = i;
    }
    // The group whose highest member comes last in the order is the one that nothing still to be taken can satisfy by the way.
    let height = |group: u32| instance.groups[group as usize].iter().map(|&n| position[n as usize]).max();
    let mut heap: std::collections::BinaryHeap<_> =
        queue.drain(..).map(|group| (height(group), group)).collect();
    while let Some((_, group)) = heap.pop() {
        if std::mem::replace(&mut pending[group as usize], true) {
            continue;
        }
        let members = &instance.groups[group as usize];
        if members.iter().any(|&node| marks[node as usize]) {
            continue;
        }
        if let Some(&best) = members.iter().min_by_key(|&&node| rank(node)) {
            marks[best as usize] = true;
            heap.extend(instance.needs[best as usize].iter().map(|&needed| (height(needed), needed)));
        }
    }
    marks
}

/// Without the nodes that nothing kept needs: from the dependants down, a node stays where some group would lose its last.
fn prune(instance: &Instance, order: &[usize], mut marks: Vec<bool>) -> Vec<bool> {
    let mut count: Vec<usize> = instance
        .groups
        .iter()
        .map(|members| members.iter().filter(|&&node| marks[node as usize]).count())
        .collect();
    let mut needed: Vec<usize> = vec![0; instance.groups.len()];
    for &root in &instance.roots {
        needed[root as usize] += 1;
    }
    for node in (0..instance.len()).filter(|&node| marks[node]) {
        for &group in &instance.needs[node] {
            needed[group as usize] += 1;
        }
    }
    let mut member_of: Vec<Vec<u32>> = vec![Vec::new(); instance.len()];
    for (group, members) in (0..).zip(&instance.groups) {
        for &node in members {
            member_of[node as usize].push(group);
        }
    }
    for &node in order.iter().rev() {
        let essential = |group: &u32| needed[*group as usize] > 0 && count[*group as usize] == 1;
        if !marks[node] || member_of[node].iter().any(essential) {
            continue;
        }
        marks[node] = false;
        member_of[node].iter().for_each(|&group| count[group as usize] -= 1);
        instance.needs[node].iter().for_each(|&group| needed[group as usize] -= 1);
    }
    marks
}
