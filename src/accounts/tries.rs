//! How often one may try a password: some times at once, then slowly.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// After so many tries those who have not tried for long are forgotten.
const SWEEP_EVERY: usize = 1_000;

/// Tries by whom they are made, or whom they are for.
pub struct Tries {
    limiter: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
    made: AtomicUsize,
}

impl Tries {
    /// So many at once, and one more each time that a period is over.
    pub fn new(at_once: NonZeroU32, period: Duration) -> Self {
        // A period of nothing would be no limit: the quota has none then, and a second is as good.
        let quota = Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        Self {
            limiter: RateLimiter::keyed(quota.allow_burst(at_once)),
            clock: DefaultClock::default(),
            made: AtomicUsize::new(0),
        }
    }

    /// Counts one.
    ///
    /// # Errors
    /// In how many seconds the next one may be made.
    pub fn count(&self, key: &str) -> Result<(), u64> {
        if self.made.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let counted = self.limiter.check_key(&key.to_owned());
        counted.map_err(|denied| denied.wait_time_from(self.clock.now()).as_secs().saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_some_tries_the_next_one_has_to_wait_and_others_do_not() {
        let tries = Tries::new(NonZeroU32::new(3).unwrap(), Duration::from_hours(1));
        assert!((0..3).all(|_| tries.count("ada").is_ok()));
        assert!(tries.count("ada").is_err_and(|seconds| (3_500..=3_601).contains(&seconds)));
        assert_eq!(tries.count("grace"), Ok(()));
    }
}
