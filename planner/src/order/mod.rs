//! Chapter 3 of the planning problem: value early.
//!
//! One machine, precedence, Σ value × completion; the theory calls the value weight. What is a tree is ordered outright, and what hangs on the rest like one is made part of
//! it ([`forest`]). Sidney's theorem (1975): some optimal order runs the blocks of his decomposition one after the other ([`sidney`]).
//! Inside a block every order is within a factor of 2 (Chekuri and Motwani 1999); there it is exact
//! where the closed subsets are few ([`exact`]), and a [`greedy`] order [`mend`]ed by moves where not. What is equal by all that goes by
//! number ([`ties`]).

mod exact;
mod forest;
mod greedy;
mod mend;
mod sidney;
mod ties;

use crate::ids::small;
use crate::meter::Meter;
use crate::scaled::Scaled;

/// Jobs numbered from 0, each with its length, its weight, and the jobs that come before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Jobs {
    pub(crate) length: Vec<u64>,
    pub(crate) weight: Vec<u64>,
    pub(crate) before: Vec<Vec<u32>>,
}

impl Jobs {
    /// Jobs that are worth a weight times their hours.
    pub(crate) fn new(hours: &[u64], weights: &[u32], before: Vec<Vec<u32>>) -> Self {
        let Scaled { length, value, .. } = Scaled::new(hours, weights);
        Self { length, weight: value, before }
    }

    /// An order with each job after all before it and a small sum of weight × completion. Ties go to the smaller number.
    pub(crate) fn order(&self, meter: &Meter) -> Vec<usize> {
        let forest::Contracted { first, chains, jobs, last } = forest::contract(self);
        let blocks = sidney::blocks(&jobs, meter);
        let chains =
            blocks.iter().flat_map(|block| jobs.within(block, meter)).flat_map(|chain| &chains[chain]);
        ties::settled(self, first.iter().chain(chains).chain(&last).copied().collect())
    }

    fn len(&self) -> usize {
        self.length.len()
    }

    fn within(&self, block: &[usize], meter: &Meter) -> Vec<usize> {
        if let [only] = block {
            return vec![*only];
        }
        let inner = self.part(block);
        let order =
            exact::order(&inner, meter).unwrap_or_else(|| mend::mended(&inner, greedy::order(&inner), meter));
        order.into_iter().map(|job| block[job]).collect()
    }

    /// The jobs of an ascending list, numbered anew, with what comes before them in it.
    fn part(&self, jobs: &[usize]) -> Self {
        let number = |job: &u32| jobs.binary_search(&(*job as usize)).ok().map(small);
        Self {
            length: jobs.iter().map(|&job| self.length[job]).collect(),
            weight: jobs.iter().map(|&job| self.weight[job]).collect(),
            before: jobs.iter().map(|&job| self.before[job].iter().filter_map(number).collect()).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
