//! Of two jobs that stand side by side and weigh the same per hour, the one with the smaller number goes first.

use super::Jobs;

/// How many pairs the search may look at: what keeps large orders linear.
const MOST_LOOKS: u64 = 2_000_000;

/// The order, or one that costs the same.
pub(super) fn settled(jobs: &Jobs, mut order: Vec<usize>) -> Vec<usize> {
    let mut looks = 0;
    let mut changed = true;
    while changed && looks < MOST_LOOKS {
        changed = false;
        for place in 1..order.len() {
            let mut at = place;
            looks += 1;
            while at > 0 && looks < MOST_LOOKS && swaps(jobs, order[at - 1], order[at]) {
                order.swap(at - 1, at);
                changed = true;
                at -= 1;
                looks += 1;
            }
        }
    }
    order
}

/// Whether the second of two neighbours may, and should, go first.
fn swaps(jobs: &Jobs, first: usize, second: usize) -> bool {
    let product =
        |weight: usize, length: usize| u128::from(jobs.weight[weight]) * u128::from(jobs.length[length]);
    second < first
        && product(first, second) == product(second, first)
        && !jobs.before[second].iter().any(|&before| before as usize == first)
}
