//! What is turned away, summed up in the log: one line a second for each kind, with how many there were. So
//! that those who attack a server cannot fill its disk with the log of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tracing::info;

/// Between two lines of a kind.
const EVERY: Duration = Duration::from_secs(1);

/// Counts by kind since the last lines.
static COUNTS: Mutex<BTreeMap<&str, u64>> = Mutex::new(BTreeMap::new());

/// Counts something that was turned away.
pub(super) fn note(kind: &'static str) {
    let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
    *counts.entry(kind).or_default() += 1;
}

/// Writes a line for each kind that was counted.
pub fn log_refusals() {
    let counts = std::mem::take(&mut *COUNTS.lock().unwrap_or_else(PoisonError::into_inner));
    for (kind, count) in counts {
        info!(kind, count, "refused");
    }
}

/// Does so again and again. Never ends.
pub async fn keep_logging_refusals() {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        log_refusals();
    }
}
