//! Again and again the job that has, with all before it that is still to be done, the greatest weight per hour; and those before it.

use super::Jobs;
use crate::graph;
use crate::ids::small;

/// Above this many places in closures the jobs left are taken in prerequisite order instead.
const MOST_PLACES: usize = 4_000_000;

/// O(jobs with weight² + places in their closures).
pub(super) fn order(jobs: &Jobs) -> Vec<usize> {
    let mut targets = Targets::new(jobs);
    let mut order = Vec::with_capacity(jobs.len());
    while let Some(target) = targets.densest() {
        for job in targets.outstanding(target) {
            order.push(job);
            targets.done(job);
        }
    }
    let is_left = |job: &usize| !targets.is_done[*job];
    order.extend(targets.topological.iter().copied().filter(is_left));
    order
}

/// The jobs with weight, each with what is outstanding of it and of all before it.
struct Targets<'a> {
    jobs: &'a Jobs,
    topological: Vec<usize>,
    is_done: Vec<bool>,
    /// The targets' job numbers, ascending.
    job: Vec<usize>,
    /// For each target all before it and itself, in topological order.
    closure: Vec<Vec<u32>>,
    weight: Vec<u64>,
    length: Vec<u64>,
    /// For each job the targets whose closures have it.
    part_of: Vec<Vec<u32>>,
}

impl<'a> Targets<'a> {
    fn new(jobs: &'a Jobs) -> Self {
        let n = jobs.len();
        let topological = graph::topological_order(n, |job| &jobs.before[job]).unwrap_or_default();
        let mut rank = vec![0u32; n];
        (0..).zip(&topological).for_each(|(place, &job)| rank[job] = place);
        let job: Vec<usize> = (0..n).filter(|&job| jobs.weight[job] > 0).collect();
        let mut targets = Self {
            jobs,
            topological,
            is_done: vec![false; n],
            closure: Vec::with_capacity(job.len()),
            weight: vec![0; job.len()],
            length: vec![0; job.len()],
            part_of: vec![Vec::new(); n],
            job,
        };
        let mut places = 0;
        for target in 0..targets.job.len() {
            let mut closure = if places < MOST_PLACES { targets.closure_of(target) } else { Vec::new() };
            places += closure.len();
            closure.sort_unstable_by_key(|&job| rank[job as usize]);
            for &job in &closure {
                targets.weight[target] += jobs.weight[job as usize];
                targets.length[target] = targets.length[target].saturating_add(jobs.length[job as usize]);
                targets.part_of[job as usize].push(small(target));
            }
            targets.closure.push(closure);
        }
        targets
    }

    fn closure_of(&self, target: usize) -> Vec<u32> {
        let mut seen = vec![false; self.jobs.len()];
        let mut closure = vec![small(self.job[target])];
        seen[self.job[target]] = true;
        let mut next = 0;
        while let Some(&job) = closure.get(next) {
            next += 1;
            for &before in &self.jobs.before[job as usize] {
                if !std::mem::replace(&mut seen[before as usize], true) {
                    closure.push(before);
                }
            }
        }
        closure
    }

    fn densest(&self) -> Option<usize> {
        let open = (0..self.job.len()).filter(|&target| self.weight[target] > 0);
        open.max_by(|&a, &b| {
            let product = |w: usize, l: usize| u128::from(self.weight[w]) * u128::from(self.length[l]);
            product(a, b).cmp(&product(b, a)).then(b.cmp(&a))
        })
    }

    fn outstanding(&self, target: usize) -> Vec<usize> {
        let closure = self.closure[target].iter().map(|&job| job as usize);
        closure.filter(|&job| !self.is_done[job]).collect()
    }

    fn done(&mut self, job: usize) {
        self.is_done[job] = true;
        for &target in &self.part_of[job] {
            self.weight[target as usize] -= self.jobs.weight[job];
            self.length[target as usize] = self.length[target as usize].saturating_sub(self.jobs.length[job]);
        }
    }
}
