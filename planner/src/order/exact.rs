//! The optimal order of a block by dynamic programming over its closed subsets (Schrage and Baker 1978).

use rustc_hash::FxHashMap;

use super::Jobs;
use crate::meter::Meter;

/// More closed subsets than this are not tabled.
const MOST_SUBSETS: usize = 4_000;

/// The best way to have done a closed subset.
#[derive(Clone, Copy)]
struct State {
    cost: u128,
    elapsed: u128,
    /// The job done last.
    last: u8,
}

/// States by the jobs done, a bit each.
type Layer = FxHashMap<u64, State>;

/// The optimal order; `None` where the closed subsets are too many. O(closed subsets × jobs).
pub(super) fn order(jobs: &Jobs, meter: &Meter) -> Option<Vec<usize>> {
    let n = jobs.len();
    if n == 0 || n > 64 {
        return None;
    }
    let before: Vec<u64> =
        jobs.before.iter().map(|b| b.iter().fold(0, |bits, &job| bits | 1 << job)).collect();
    // Per number of jobs done the states.
    let nothing = State { cost: 0, elapsed: 0, last: 0 };
    let mut layers = vec![Layer::from_iter([(0, nothing)])];
    let mut states = 1;
    for size in 0..n {
        let layer = following(jobs, &before, &layers[size]);
        states += layer.len();
        meter.count_looks((layer.len() * n) as u64);
        if states > MOST_SUBSETS {
            return None;
        }
        layers.push(layer);
    }
    let mut done = u64::MAX >> (64 - n);
    let mut order = Vec::with_capacity(n);
    for layer in layers.iter().skip(1).rev() {
        let last = layer[&done].last;
        order.push(usize::from(last));
        done &= !(1 << last);
    }
    order.reverse();
    Some(order)
}

/// The states with one job more done.
fn following(jobs: &Jobs, before: &[u64], layer: &Layer) -> Layer {
    let mut next = Layer::default();
    for (&done, state) in layer {
        for job in (0..before.len()).filter(|&job| done >> job & 1 == 0 && before[job] & !done == 0) {
            let elapsed = state.elapsed + u128::from(jobs.length[job]);
            let cost = state.cost + u128::from(jobs.weight[job]) * elapsed;
            let after = State { cost, elapsed, last: u8::try_from(job).unwrap_or(u8::MAX) };
            // Of equal costs the last job with the largest number: the smaller numbers stand earlier.
            let rank = |state: &State| (state.cost, u8::MAX - state.last);
            next.entry(done | 1 << job)
                .and_modify(|best| {
                    if rank(&after) < rank(best) {
                        *best = after;
                    }
                })
                .or_insert(after);
        }
    }
    next
}
