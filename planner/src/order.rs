//! Chapter 3 of the planning problem: value early.
//!
//! One machine, precedence, Σ weight × completion. Sidney's theorem (1975): some optimal order runs the *initial sets* of greatest
//! weight per hour one after the other; each is found by Dinkelbach's method (1967) on maximum closures (Picard 1976). Inside such a
//! set every order is within a factor of 2 (Chekuri and Motwani 1999). There it is exact by dynamic programming over the closed
//! subsets (Schrage and Baker 1978) where those are few, and a greedy order mended by exchanges where not.

use std::collections::HashMap;

use crate::flow::Network;
use crate::ids::small;

/// More closed subsets than this are not tabled.
const MOST_SUBSETS: usize = 40_000;

/// Jobs numbered from 0, each with its length, its weight, and the jobs that come before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Jobs {
    pub(crate) length: Vec<u64>,
    pub(crate) weight: Vec<u64>,
    pub(crate) before: Vec<Vec<u32>>,
}

impl Jobs {
    /// An order with each job after all before it and a small sum of weight × completion. Ties go to the smaller number.
    pub(crate) fn order(&self) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.length.len()).collect();
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let block = self.densest(&left);
            left.retain(|job| block.binary_search(job).is_err());
            order.extend(self.within(&block));
        }
        order
    }

    /// Of the jobs left the closed subset of greatest weight per length, the smallest such one that holds the first of its jobs; ascending.
    fn densest(&self, left: &[usize]) -> Vec<usize> {
        let mut best = left.to_vec();
        loop {
            let (weight, length) = self.totals(&best);
            // Dinkelbach: a closed subset is denser than `best` where its sum of weight·L − length·W is above 0.
            let value = |job: usize| {
                i128::from(self.weight[job]) * i128::from(length)
                    - i128::from(self.length[job]) * i128::from(weight)
            };
            match self.largest_closure(left, value) {
                Some(denser) => best = denser,
                None => return self.smallest_part(best, value),
            }
        }
    }

    /// The closed subset of the largest sum of values, ascending; `None` where no sum is above 0.
    fn largest_closure(&self, jobs: &[usize], value: impl Fn(usize) -> i128) -> Option<Vec<usize>> {
        let number: HashMap<usize, usize> = jobs.iter().enumerate().map(|(i, &job)| (job, i)).collect();
        let (source, sink) = (jobs.len(), jobs.len() + 1);
        let mut network = Network::new(jobs.len() + 2);
        let mut gain = 0;
        for (i, &job) in jobs.iter().enumerate() {
            let value = value(job);
            gain += value.max(0);
            if value > 0 {
                network.arc(source, i, value);
            } else if value < 0 {
                network.arc(i, sink, -value);
            }
            for before in self.before[job].iter().filter_map(|&before| number.get(&(before as usize))) {
                network.arc(i, *before, i128::MAX);
            }
        }
        let kept = gain - network.max_flow(source, sink);
        let side = network.reachable(source);
        (kept > 0).then(|| jobs.iter().enumerate().filter(|(i, _)| side[*i]).map(|(_, &job)| job).collect())
    }

    /// Splits a densest set further where a smaller closed set inside it is as dense: small blocks are ordered better.
    fn smallest_part(&self, block: Vec<usize>, value: impl Fn(usize) -> i128) -> Vec<usize> {
        let mut smallest = block;
        let mut tried = 0;
        while tried < smallest.len() {
            // Without this job, and without what needs it, is there a closed subset that is as dense?
            let job = smallest[smallest.len() - 1 - tried];
            let rest: Vec<usize> = self.without(&smallest, job);
            let scale = rest.len() as i128 + 1;
            match self.largest_closure(&rest, |job| value(job) * scale + 1) {
                Some(part) if part.iter().map(|&job| value(job)).sum::<i128>() == 0 => {
                    smallest = part;
                    tried = 0;
                }
                _ => tried += 1,
            }
        }
        smallest
    }

    /// The set without a job and without all that comes after it.
    fn without(&self, set: &[usize], job: usize) -> Vec<usize> {
        let mut gone = vec![job];
        let mut next = 0;
        while let Some(&lost) = gone.get(next) {
            next += 1;
            for &other in set {
                if self.before[other].contains(&small(lost)) && !gone.contains(&other) {
                    gone.push(other);
                }
            }
        }
        set.iter().copied().filter(|job| !gone.contains(job)).collect()
    }

    fn totals(&self, jobs: &[usize]) -> (u64, u64) {
        let sum = |of: &[u64]| jobs.iter().fold(0u64, |sum, &job| sum.saturating_add(of[job]));
        (sum(&self.weight), sum(&self.length).max(1))
    }

    fn within(&self, block: &[usize]) -> Vec<usize> {
        let number: HashMap<usize, u32> = (0..).zip(block).map(|(i, &job)| (job, i)).collect();
        let inner = Jobs {
            length: block.iter().map(|&job| self.length[job]).collect(),
            weight: block.iter().map(|&job| self.weight[job]).collect(),
            before: block
                .iter()
                .map(|&job| {
                    self.before[job].iter().filter_map(|b| number.get(&(*b as usize)).copied()).collect()
                })
                .collect(),
        };
        let order = inner.exact().unwrap_or_else(|| inner.mended(inner.greedy()));
        order.into_iter().map(|job| block[job]).collect()
    }

    /// Dynamic programming over the closed subsets; `None` where they are too many.
    fn exact(&self) -> Option<Vec<usize>> {
        let n = self.length.len();
        if n > 64 {
            return None;
        }
        let before: Vec<u64> =
            self.before.iter().map(|b| b.iter().fold(0, |bits, &job| bits | 1 << job)).collect();
        // Per size of the subset: subset → (cost, length, last job).
        let mut layers: Vec<HashMap<u64, (u128, u128, u8)>> = vec![HashMap::from([(0, (0, 0, 0))])];
        let mut states = 1;
        for size in 0..n {
            let mut next: HashMap<u64, (u128, u128, u8)> = HashMap::new();
            for (&set, &(cost, elapsed, _)) in &layers[size] {
                for job in (0..n).filter(|&job| set >> job & 1 == 0 && before[job] & !set == 0) {
                    let elapsed = elapsed + u128::from(self.length[job]);
                    let candidate = (
                        cost + u128::from(self.weight[job]) * elapsed,
                        elapsed,
                        u8::try_from(job).unwrap_or(u8::MAX),
                    );
                    let best = next.entry(set | 1 << job).or_insert(candidate);
                    // The last job with the largest number: the smaller numbers stand earlier.
                    if (candidate.0, u8::MAX - candidate.2) < (best.0, u8::MAX - best.2) {
                        *best = candidate;
                    }
                }
            }
            states += next.len();
            if states > MOST_SUBSETS {
                return None;
            }
            layers.push(next);
        }
        let mut set = if n == 64 { u64::MAX } else { (1 << n) - 1 };
        let mut order = Vec::with_capacity(n);
        for layer in layers.iter().skip(1).rev() {
            let (_, _, last) = layer[&set];
            order.push(usize::from(last));
            set &= !(1 << last);
        }
        order.reverse();
        Some(order)
    }

    /// Again and again the job whose outstanding predecessors and itself have the greatest weight per length, after those.
    fn greedy(&self) -> Vec<usize> {
        let n = self.length.len();
        let mut placed = vec![false; n];
        let mut order = Vec::with_capacity(n);
        while order.len() < n {
            let candidates = (0..n).filter(|&job| !placed[job]).map(|job| self.outstanding(job, &placed));
            let densest = candidates.max_by(|a, b| {
                let ((aw, al), (bw, bl)) = (self.totals(a), self.totals(b));
                (u128::from(aw) * u128::from(bl)).cmp(&(u128::from(bw) * u128::from(al))).then(b.cmp(a))
            });
            for job in densest.unwrap_or_default() {
                placed[job] = true;
                order.push(job);
            }
        }
        order
    }

    /// The jobs not yet placed that a job comes after, and itself, each after those before it.
    fn outstanding(&self, job: usize, placed: &[bool]) -> Vec<usize> {
        let mut seen = vec![false; self.length.len()];
        let mut order = Vec::new();
        let mut stack = vec![(job, 0)];
        seen[job] = true;
        while let Some((job, next)) = stack.pop() {
            let Some(&before) = self.before[job].get(next) else {
                order.push(job);
                continue;
            };
            stack.push((job, next + 1));
            let before = before as usize;
            if !placed[before] && !std::mem::replace(&mut seen[before], true) {
                stack.push((before, 0));
            }
        }
        order
    }

    /// Moves single jobs, and runs of jobs, to where they cost less, until no such move is left.
    fn mended(&self, mut order: Vec<usize>) -> Vec<usize> {
        let n = order.len();
        for _ in 0..n {
            let mut moved = false;
            for run in 1..=n.min(8) {
                for from in 0..=n - run {
                    moved |= self.move_run(&mut order, from, run);
                }
            }
            if !moved {
                break;
            }
        }
        order
    }

    /// Moves the run to the place further back that gains the most, if one gains at all.
    ///
    /// Passing a job costs the run's weight times the job's length, and saves the job's weight times the run's length.
    fn move_run(&self, order: &mut [usize], from: usize, run: usize) -> bool {
        let (weight, length) = order[from..from + run].iter().fold((0i128, 0i128), |(w, l), &job| {
            (w + i128::from(self.weight[job]), l + i128::from(self.length[job]))
        });
        let (mut gain, mut best, mut to) = (0i128, 0i128, from);
        for (place, &job) in order.iter().enumerate().skip(from + run) {
            if self.before[job].iter().any(|&b| order[from..from + run].contains(&(b as usize))) {
                break;
            }
            gain += i128::from(self.weight[job]) * length - i128::from(self.length[job]) * weight;
            if gain > best {
                (best, to) = (gain, place + 1 - run);
            }
        }
        if to == from {
            return false;
        }
        order[from..to + run].rotate_left(run);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jobs(text: &[(u64, u64, &[u32])]) -> Jobs {
        Jobs {
            length: text.iter().map(|job| job.0).collect(),
            weight: text.iter().map(|job| job.1).collect(),
            before: text.iter().map(|job| job.2.to_vec()).collect(),
        }
    }

    #[test]
    fn without_precedence_it_is_smiths_rule() {
        assert_eq!(jobs(&[(4, 1, &[]), (1, 1, &[]), (2, 3, &[])]).order(), [2, 1, 0]);
    }

    #[test]
    fn a_long_means_to_a_great_end_comes_before_a_small_end() {
        assert_eq!(jobs(&[(5, 1, &[]), (3, 0, &[]), (1, 9, &[1])]).order(), [1, 2, 0]);
    }

    #[test]
    fn ties_go_to_the_smaller_number() {
        assert_eq!(jobs(&[(2, 1, &[]), (2, 1, &[]), (2, 1, &[])]).order(), [0, 1, 2]);
    }

    fn any_jobs(most: usize) -> impl Strategy<Value = Jobs> {
        prop::collection::vec(
            (1u64..9, 0u64..4, prop::collection::vec(any::<prop::sample::Index>(), 0..3)),
            1..most,
        )
        .prop_map(|rows| {
            let before = |(i, row): (usize, &(u64, u64, Vec<prop::sample::Index>))| {
                let mut before: Vec<u32> =
                    row.2.iter().filter(|_| i > 0).map(|index| small(index.index(i))).collect();
                before.sort_unstable();
                before.dedup();
                before
            };
            Jobs {
                length: rows.iter().map(|row| row.0).collect(),
                weight: rows.iter().map(|row| row.1).collect(),
                before: rows.iter().enumerate().map(before).collect(),
            }
        })
    }

    fn weighted_completion(jobs: &Jobs, order: &[usize]) -> u128 {
        let mut elapsed = 0u128;
        order.iter().fold(0, |sum, &job| {
            elapsed += u128::from(jobs.length[job]);
            sum + u128::from(jobs.weight[job]) * elapsed
        })
    }

    fn is_valid(jobs: &Jobs, order: &[usize]) -> bool {
        let mut place = vec![usize::MAX; order.len()];
        order.iter().enumerate().for_each(|(i, &job)| place[job] = i);
        order.len() == jobs.length.len()
            && (0..order.len()).all(|job| jobs.before[job].iter().all(|&b| place[b as usize] < place[job]))
    }

    proptest! {
        #[test]
        fn sidneys_blocks_lose_nothing(jobs in any_jobs(12)) {
            let order = jobs.order();
            prop_assert!(is_valid(&jobs, &order));
            let optimum = weighted_completion(&jobs, &jobs.exact().unwrap());
            prop_assert_eq!(weighted_completion(&jobs, &order), optimum);
        }

        #[test]
        fn the_greedy_order_mended_is_within_a_factor_of_two(jobs in any_jobs(12)) {
            let mended = jobs.mended(jobs.greedy());
            prop_assert!(is_valid(&jobs, &mended));
            prop_assert!(weighted_completion(&jobs, &mended) <= 2 * weighted_completion(&jobs, &jobs.exact().unwrap()));
        }

        #[test]
        fn many_jobs_are_ordered_too(jobs in any_jobs(150)) {
            prop_assert!(is_valid(&jobs, &jobs.order()));
        }
    }
}
