//! Sidney's decomposition (1975): blocks of falling weight per hour, each closed together with those before it.
//!
//! Found top down. The largest closure (Picard 1976) of the jobs valued by how far they are above the average of all is the part of
//! the blocks that are denser than that; it and the rest are decomposed in turn. Where nothing is denser than the whole, the whole is
//! blocks of one density: the closed sets of the residual network (Picard and Queyranne 1980) tell them apart.
//!
//! One maximum flow for each split: O(blocks) flows at worst, and as they halve what is left, about log(blocks) times the first in
//! practice. Where all of them together take too long, as on deep and tangled networks, what is not split yet stays one block.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Jobs;
use crate::flow::Network;
use crate::graph::strong_components;
use crate::ids::small;
use crate::meter::Meter;

/// How many arcs all the flows may look at: a hundred times what thousands of jobs of a catalogue take.
const MOST_LOOKS: u64 = 100_000_000;

/// The blocks in order, each ascending; none can be split further, unless that took too long to find out.
pub(super) fn blocks(jobs: &Jobs, meter: &Meter) -> Vec<Vec<usize>> {
    let mut looks = MOST_LOOKS;
    let mut blocks = Vec::new();
    let mut stack = vec![(0..jobs.len()).collect::<Vec<usize>>()];
    while let Some(set) = stack.pop() {
        if set.len() < 2 {
            blocks.extend((!set.is_empty()).then_some(set));
            continue;
        }
        let part = jobs.part(&set);
        let name = |inner: Vec<usize>| -> Vec<usize> { inner.into_iter().map(|job| set[job]).collect() };
        match split(&part, &mut looks) {
            Some(Split::Denser(first, rest)) => stack.extend([name(rest), name(first)]),
            Some(Split::Even(even)) => blocks.extend(even.into_iter().map(name)),
            None => blocks.push(set),
        }
    }
    meter.count_looks(MOST_LOOKS - looks);
    blocks
}

enum Split {
    /// The denser blocks, and the others.
    Denser(Vec<usize>, Vec<usize>),
    /// Blocks of one density.
    Even(Vec<Vec<usize>>),
}

/// `None` where there are not enough looks left.
fn split(jobs: &Jobs, looks: &mut u64) -> Option<Split> {
    let n = jobs.len();
    let total = |of: &[u64]| of.iter().map(|&each| i128::from(each)).sum::<i128>();
    let (weight, length) = (total(&jobs.weight), total(&jobs.length));
    let (source, sink) = (n, n + 1);
    let mut network = Network::new(n + 2, std::mem::take(looks));
    for job in 0..n {
        for &before in &jobs.before[job] {
            network.arc(job, before as usize, i128::MAX);
        }
    }
    let mut above = 0;
    for job in 0..n {
        let value = i128::from(jobs.weight[job]) * length - i128::from(jobs.length[job]) * weight;
        above += value.max(0);
        if value > 0 {
            network.arc(source, job, value);
        } else if value < 0 {
            network.arc(job, sink, -value);
        }
    }
    let flow = network.max_flow(source, sink)?;
    *looks = network.looks_left();
    if flow < above {
        let side = network.reachable(source);
        let (first, rest) = (0..n).partition(|&job| side[job]);
        return Some(Split::Denser(first, rest));
    }
    let residual: Vec<Vec<u32>> =
        (0..n).map(|job| network.open_from(job).filter(|&to| to < n).map(small).collect()).collect();
    Some(Split::Even(closed_parts(&strong_components(&residual), &residual)))
}

/// The components in an order in which each comes after those that it reaches, smallest job first where there is a choice.
fn closed_parts(component: &[usize], reached: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let count = component.iter().max().map_or(0, |max| max + 1);
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits = vec![0usize; count];
    let mut freed_by: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (job, &own) in component.iter().enumerate() {
        parts[own].push(job);
        for other in reached[job].iter().map(|&to| component[to as usize]).filter(|&other| other != own) {
            waits[own] += 1;
            freed_by[other].push(own);
        }
    }
    let first_job = |part: usize| Reverse((parts[part][0], part));
    let mut ready: BinaryHeap<_> = (0..count).filter(|&part| waits[part] == 0).map(first_job).collect();
    let mut ordered = Vec::with_capacity(count);
    while let Some(Reverse((_, part))) = ready.pop() {
        ordered.push(part);
        for &freed in &freed_by[part] {
            waits[freed] -= 1;
            if waits[freed] == 0 {
                ready.push(first_job(freed));
            }
        }
    }
    ordered.into_iter().map(|part| std::mem::take(&mut parts[part])).collect()
}
