//! Measures of a curriculum by Heileman, Abdallah, Slim and Hickman, *Curricular Analytics* (2018): of the catalogue, every alternative
//! an edge, and of a roadmap, whose steps each need one way alone.
//!
//! The paths take O(V + E), the blocking factors what `graph::descendants` takes: a millisecond for a thousand steps, a quarter of a
//! second for a hundred thousand.

use crate::catalog::Catalog;
use crate::graph;
use crate::ids::{Arena, Id, StepId, small};
use crate::roadmap::Roadmap;

/// How much hangs on a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// The number of other steps that it reaches.
    pub blocking_factor: u32,
    /// The number of steps on the longest path through it.
    pub delay_factor: u32,
    /// The sum of the lengths, in steps, of all paths through it that begin with a step without requirements and end with one that
    /// nothing needs; 0 for these two kinds of steps themselves. Saturates.
    pub centrality: u128,
}

impl Measures {
    /// The structural complexity: the sum of blocking and delay factor.
    pub fn complexity(self) -> u64 {
        u64::from(self.blocking_factor) + u64::from(self.delay_factor)
    }
}

/// The structural complexity of a set of steps: the sum of theirs.
pub fn complexity<'a>(steps: impl IntoIterator<Item = &'a Measures>) -> u64 {
    steps.into_iter().map(|measures| measures.complexity()).sum()
}

/// The number of steps on the longest path in a set of steps; 0 where it is empty.
pub fn longest_path<'a>(steps: impl IntoIterator<Item = &'a Measures>) -> u32 {
    steps.into_iter().map(|measures| measures.delay_factor).max().unwrap_or(0)
}

/// The measures of each step in the catalogue as a whole: whatever a requirement names counts as required.
pub fn of_catalog(catalog: &Catalog) -> Arena<StepId, Measures> {
    let named = |step| {
        let alternatives = catalog.requires(step).flat_map(|entry| catalog.any_of(entry));
        let mut named: Vec<u32> = alternatives.map(|before| small(before.index())).collect();
        named.sort_unstable();
        named.dedup();
        named
    };
    of_graph(&catalog.steps().ids().map(named).collect::<Vec<_>>()).into()
}

impl Roadmap {
    /// The measures of each step among the steps of the roadmap, by position.
    pub fn measures(&self) -> Vec<Measures> {
        let needs = self.steps.iter().map(|planned| planned.needs.iter().copied().map(small).collect());
        of_graph(&needs.collect::<Vec<_>>())
    }
}

/// The measures of each node of a graph without cycles, from the nodes that each needs, given once each.
fn of_graph(before: &[Vec<u32>]) -> Vec<Measures> {
    let order = graph::topological_order(before.len(), |node| &before[node]).unwrap_or_default();
    let after = graph::reversed(before);
    let down = Paths::ending(order.iter().copied(), before);
    let up = Paths::ending(order.iter().rev().copied(), &after);
    let blocked = graph::descendants(before, &order);
    let of = |node: usize| Measures {
        blocking_factor: blocked[node],
        delay_factor: (down[node].longest + up[node].longest).saturating_sub(1),
        centrality: if before[node].is_empty() || after[node].is_empty() {
            0
        } else {
            down[node].joined(up[node])
        },
    };
    (0..before.len()).map(of).collect()
}

/// The paths from the ends of a graph to a node, itself counted in each.
#[derive(Clone, Copy, Default)]
struct Paths {
    longest: u32,
    number: u128,
    /// The lengths of all of them together.
    length: u128,
}

impl Paths {
    /// For each node the paths that end with it; `order` has each node after its `links`.
    fn ending(order: impl Iterator<Item = usize>, links: &[Vec<u32>]) -> Vec<Self> {
        let mut paths = vec![Self::default(); links.len()];
        for node in order {
            let end = Self { longest: 0, number: u128::from(links[node].is_empty()), length: 0 };
            let shorter = links[node].iter().fold(end, |sum, &link| sum.and(paths[link as usize]));
            let Self { longest, number, length } = shorter;
            paths[node] = Self { longest: longest + 1, number, length: length.saturating_add(number) };
        }
        paths
    }

    fn and(self, other: Self) -> Self {
        Self {
            longest: self.longest.max(other.longest),
            number: self.number.saturating_add(other.number),
            length: self.length.saturating_add(other.length),
        }
    }

    /// The lengths, together, of each of these paths followed by each of the others, which begin with the same node.
    fn joined(self, other: Self) -> u128 {
        let own = self.length.saturating_mul(other.number);
        let others = (other.length.saturating_sub(other.number)).saturating_mul(self.number);
        own.saturating_add(others)
    }
}

#[cfg(test)]
mod tests;
