//! How often one account may change something: the generic cell rate algorithm, by account, in the
//! memory of this server.
//!
//! It smooths what one account does to the others; what an account may keep is bounded in the
//! database. So each server counts by itself, and nothing is read or written for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use uuid::Uuid;

use super::Clock;

/// The most accounts that are remembered, and for how long after their last change.
const ACCOUNTS: u64 = 100_000;
const REMEMBERED: Duration = Duration::from_mins(10);

/// The write rate of a server. A clone is another handle to the same.
#[derive(Clone)]
pub struct WriteRate {
    /// After how many microseconds another change may follow.
    period: i64,
    /// How much may be owed at once, in microseconds.
    burst: i64,
    /// The moment at which all changes of an account are made up for, in microseconds.
    free_at: Cache<Uuid, Arc<AtomicI64>>,
    clock: Clock,
}

impl WriteRate {
    /// Some changes at once, and then so many a second.
    pub fn new(per_second: u32, at_once: u32, clock: Clock) -> Self {
        let period = 1_000_000 / i64::from(per_second.max(1));
        let free_at = Cache::builder().max_capacity(ACCOUNTS).time_to_idle(REMEMBERED).build();
        Self { period, burst: i64::from(at_once.max(1)) * period, free_at, clock }
    }

    /// Counts a change.
    ///
    /// # Errors
    /// In how many seconds the next one may be made.
    pub fn take(&self, account: Uuid) -> Result<(), u64> {
        let now = (self.clock)().timestamp_micros();
        let free_at = self.free_at.get_with(account, Arc::default);
        let next = |free_at: i64| {
            let owed = self.owed(free_at, now);
            (owed + self.period <= self.burst).then_some(now + owed + self.period)
        };
        match free_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next) {
            Ok(_) => Ok(()),
            Err(free_at) => {
                let wait = self.owed(free_at, now) + self.period - self.burst;
                Err(u64::try_from(wait).unwrap_or_default().div_ceil(1_000_000).max(1))
            }
        }
    }

    /// What is owed, in microseconds. More than may be owed at once is what a clock has left that
    /// was ahead and is right again: it does not count.
    fn owed(&self, free_at: i64, now: i64) -> i64 {
        let owed = (free_at - now).max(0);
        if owed > self.burst { 0 } else { owed }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    const ADA: Uuid = Uuid::from_u128(1);
    const GRACE: Uuid = Uuid::from_u128(2);

    /// A rate of two a second after three at once, and its time in milliseconds.
    fn rate() -> (WriteRate, Arc<AtomicI64>) {
        let millis = Arc::new(AtomicI64::new(1_767_614_400_000));
        let read = millis.clone();
        let clock = move || DateTime::from_timestamp_millis(read.load(Ordering::Relaxed)).unwrap();
        (WriteRate::new(2, 3, Arc::new(clock)), millis)
    }

    #[test]
    fn after_some_at_once_an_account_waits_and_others_do_not() {
        let (rate, millis) = rate();
        assert_eq!([0; 4].map(|_| rate.take(ADA)), [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!(rate.take(GRACE), Ok(()));
        millis.fetch_add(499, Ordering::Relaxed);
        assert_eq!(rate.take(ADA), Err(1));
        millis.fetch_add(1, Ordering::Relaxed);
        assert_eq!([0; 2].map(|_| rate.take(ADA)), [Ok(()), Err(1)]);
        millis.fetch_add(60_000, Ordering::Relaxed);
        assert_eq!([0; 4].map(|_| rate.take(ADA)), [Ok(()), Ok(()), Ok(()), Err(1)]);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let (rate, millis) = rate();
        assert_eq!([0; 3].map(|_| rate.take(ADA)), [Ok(()); 3]);
        millis.fetch_sub(400 * 86_400_000, Ordering::Relaxed);
        assert_eq!([0; 4].map(|_| rate.take(ADA)), [Ok(()), Ok(()), Ok(()), Err(1)]);
    }
}
