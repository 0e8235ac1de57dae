//! Jobs that some optimal order runs one right after the other become one; those that it runs first or last are taken out.
//!
//! The job with the most weight per hour goes first where nothing comes before it, and right after the only job that does where there is
//! one: whatever stands between the two weighs no more per hour, and can wait. The job with the least goes, likewise, last, or right
//! before the only one that waits for it. This is Horn's algorithm (1972) for out-trees together with its mirror image; trees of either
//! kind are ordered by it outright, and of other graphs it leaves what the denser methods are needed for. O(m log n), where no job
//! comes before many and is merged often.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

use super::Jobs;
use crate::ids::small;

/// What is left: chains of jobs as jobs, between those that go first and last.
pub(super) struct Contracted {
    pub(super) first: Vec<usize>,
    /// The jobs of each chain, in order; ascending by their first.
    pub(super) chains: Vec<Vec<usize>>,
    /// The chains as jobs.
    pub(super) jobs: Jobs,
    pub(super) last: Vec<usize>,
}

pub(super) fn contract(jobs: &Jobs) -> Contracted {
    let mut forest = Forest::new(jobs);
    while forest.take_densest() || forest.take_lightest() {}
    forest.finish()
}

/// Weight per hour; `stamp` tells whether the chain has changed since.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Density {
    weight: u64,
    length: u64,
    chain: u32,
    stamp: u32,
}

impl Ord for Density {
    /// The denser is greater; of equals the one with the smaller number.
    fn cmp(&self, other: &Self) -> Ordering {
        let product = |a: &Self, b: &Self| u128::from(a.weight) * u128::from(b.length);
        product(self, other)
            .cmp(&product(other, self))
            .then(other.chain.cmp(&self.chain))
            .then(self.stamp.cmp(&other.stamp))
    }
}

impl PartialOrd for Density {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Forest {
    density: Vec<Density>,
    before: Vec<BTreeSet<u32>>,
    after: Vec<BTreeSet<u32>>,
    /// For each chain its last job; `None` where it is gone. Its first job gives it its number.
    tail: Vec<Option<u32>>,
    /// For each job the one after it in its chain.
    next: Vec<Option<u32>>,
    densest: BinaryHeap<Density>,
    lightest: BinaryHeap<Reverse<Density>>,
    first: Vec<usize>,
    /// Backwards.
    last: Vec<Vec<usize>>,
}

impl Forest {
    fn new(jobs: &Jobs) -> Self {
        let n = jobs.len();
        let density = |job: usize| Density {
            weight: jobs.weight[job],
            length: jobs.length[job],
            chain: small(job),
            stamp: 0,
        };
        let density: Vec<_> = (0..n).map(density).collect();
        let before: Vec<BTreeSet<u32>> =
            jobs.before.iter().map(|before| before.iter().copied().collect()).collect();
        let mut after = vec![BTreeSet::new(); n];
        for (job, before) in before.iter().enumerate() {
            for &other in before {
                after[other as usize].insert(small(job));
            }
        }
        Self {
            densest: density.iter().copied().collect(),
            lightest: density.iter().copied().map(Reverse).collect(),
            density,
            before,
            after,
            tail: (0..n).map(|job| Some(small(job))).collect(),
            next: vec![None; n],
            first: Vec::new(),
            last: Vec::new(),
        }
    }

    fn is_stale(&self, density: Density) -> bool {
        let chain = density.chain as usize;
        self.tail[chain].is_none() || self.density[chain].stamp != density.stamp
    }

    /// Puts the densest chain where it belongs; false where two or more come before it, or nothing is left.
    fn take_densest(&mut self) -> bool {
        while self.densest.peek().is_some_and(|&top| self.is_stale(top)) {
            self.densest.pop();
        }
        let Some(top) = self.densest.peek().map(|top| top.chain) else { return false };
        let mut before = self.before[top as usize].iter().copied();
        match (before.next(), before.next()) {
            (None, _) => {
                let jobs = self.take_out(top);
                self.first.extend(jobs);
            }
            (Some(only), None) => self.merge(only, top),
            _ => return false,
        }
        true
    }

    /// Puts the chain with the least weight per hour where it belongs; false where two or more wait for it, or nothing is left.
    fn take_lightest(&mut self) -> bool {
        while self.lightest.peek().is_some_and(|&Reverse(top)| self.is_stale(top)) {
            self.lightest.pop();
        }
        let Some(top) = self.lightest.peek().map(|Reverse(top)| top.chain) else { return false };
        let mut after = self.after[top as usize].iter().copied();
        match (after.next(), after.next()) {
            (None, _) => {
                let jobs = self.take_out(top);
                self.last.push(jobs);
            }
            (Some(only), None) => self.merge(top, only),
            _ => return false,
        }
        true
    }

    /// Removes a chain that nothing comes before, or that nothing waits for; returns its jobs.
    fn take_out(&mut self, chain: u32) -> Vec<usize> {
        for other in std::mem::take(&mut self.after[chain as usize]) {
            self.before[other as usize].remove(&chain);
        }
        for other in std::mem::take(&mut self.before[chain as usize]) {
            self.after[other as usize].remove(&chain);
        }
        self.tail[chain as usize] = None;
        self.jobs_of(chain)
    }

    fn jobs_of(&self, chain: u32) -> Vec<usize> {
        std::iter::successors(Some(chain), |&job| self.next[job as usize]).map(|job| job as usize).collect()
    }

    /// Joins two chains, the second right after the first, under the number of the first.
    fn merge(&mut self, first: u32, second: u32) {
        let (one, other) = (first as usize, second as usize);
        self.after[one].remove(&second);
        self.before[other].remove(&first);
        for after in std::mem::take(&mut self.after[other]) {
            self.before[after as usize].remove(&second);
            self.before[after as usize].insert(first);
            self.after[one].insert(after);
        }
        for before in std::mem::take(&mut self.before[other]) {
            self.after[before as usize].remove(&second);
            self.after[before as usize].insert(first);
            self.before[one].insert(before);
        }
        let tail = self.tail[other].take();
        if let Some(last) = std::mem::replace(&mut self.tail[one], tail) {
            self.next[last as usize] = Some(second);
        }
        let absorbed = self.density[other];
        let density = &mut self.density[one];
        density.weight = density.weight.saturating_add(absorbed.weight);
        density.length = density.length.saturating_add(absorbed.length);
        density.stamp += 1;
        self.densest.push(*density);
        self.lightest.push(Reverse(*density));
    }

    fn finish(self) -> Contracted {
        let left: Vec<usize> = (0..self.tail.len()).filter(|&chain| self.tail[chain].is_some()).collect();
        let mut number = vec![0; self.tail.len()];
        (0..).zip(&left).for_each(|(place, &chain)| number[chain] = place);
        let before =
            |&chain: &usize| self.before[chain].iter().map(|&other| number[other as usize]).collect();
        let jobs = Jobs {
            length: left.iter().map(|&chain| self.density[chain].length).collect(),
            weight: left.iter().map(|&chain| self.density[chain].weight).collect(),
            before: left.iter().map(before).collect(),
        };
        let chains = left.iter().map(|&chain| self.jobs_of(small(chain))).collect();
        let last = self.last.into_iter().rev().flatten().collect();
        Contracted { first: self.first, chains, jobs, last }
    }
}
