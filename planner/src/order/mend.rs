//! Local search: runs of jobs move to where they cost less, until no such move is left.

use super::Jobs;
use crate::meter::Meter;

/// The longest run that is moved.
const LONGEST_RUN: usize = 8;

/// How many places the search may look at: what keeps large blocks linear.
const MOST_LOOKS: u64 = 2_000_000;

/// The order, or a better one.
pub(super) fn mended(jobs: &Jobs, order: Vec<usize>, meter: &Meter) -> Vec<usize> {
    let mut position = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &job)| position[job] = place);
    let mut search = Search { jobs, order, position, looks: 0 };
    while search.pass() {}
    meter.count_looks(search.looks);
    search.order
}

struct Search<'a> {
    jobs: &'a Jobs,
    order: Vec<usize>,
    position: Vec<usize>,
    looks: u64,
}

impl Search<'_> {
    /// Tries each run once; whether one was moved.
    fn pass(&mut self) -> bool {
        let n = self.order.len();
        let mut moved = false;
        for run in 1..=n.min(LONGEST_RUN) {
            for from in 0..=n - run {
                if self.looks > MOST_LOOKS {
                    return false;
                }
                moved |= self.move_back(from, run);
            }
        }
        moved
    }

    /// Moves the run to the place further back that gains the most, if one gains at all.
    ///
    /// Passing a job costs the run's weight times the job's length, and saves the job's weight times the run's length.
    fn move_back(&mut self, from: usize, run: usize) -> bool {
        let (weight, length) = self.order[from..from + run].iter().fold((0i128, 0i128), |(w, l), &job| {
            (w + i128::from(self.jobs.weight[job]), l + i128::from(self.jobs.length[job]))
        });
        let (mut gain, mut best, mut to) = (0i128, 0i128, from);
        for (place, &job) in self.order.iter().enumerate().skip(from + run) {
            self.looks += 1;
            let in_run = |&before: &u32| (from..from + run).contains(&self.position[before as usize]);
            if self.jobs.before[job].iter().any(in_run) {
                break;
            }
            gain += i128::from(self.jobs.weight[job]) * length - i128::from(self.jobs.length[job]) * weight;
            if gain > best {
                (best, to) = (gain, place + 1 - run);
            }
        }
        if to == from {
            return false;
        }
        self.order[from..to + run].rotate_left(run);
        for place in from..to + run {
            self.position[self.order[place]] = place;
        }
        true
    }
}
