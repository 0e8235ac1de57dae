//! The effort that one request may spend on planning, shared by everything that it asks for.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Semaphore;
use waymark_planner::{Effort, Meter};

use super::lazy::{Lost, blocking};
use crate::store::StoreError;

/// The least that a computation counts as, in visits: what it takes to begin it.
const LEAST: u64 = 500;

/// Why something was not planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplanned {
    /// The request has spent its effort on other plans.
    #[error("the request has spent its effort")]
    Spent,
    /// The fault is the server's.
    #[error(transparent)]
    Lost(#[from] Lost),
}

impl From<StoreError> for Unplanned {
    fn from(error: StoreError) -> Self {
        Self::Lost(error.into())
    }
}

/// The effort budget of one request, in visits of graph nodes.
///
/// Its computations run one after the other, each with the bounds of its own, until together they have spent the budget: so answers depend on their
/// questions alone, the first one is always computed, and no request takes longer than its budget and one computation. What is
/// remembered from other requests costs nothing.
#[derive(Debug)]
pub struct Allowance {
    effort: u64,
    spent: AtomicU64,
    turn: Semaphore,
}

impl Allowance {
    /// The allowance of a request that may spend so much.
    pub const fn new(effort: Effort) -> Self {
        Self { effort: effort.0, spent: AtomicU64::new(0), turn: Semaphore::const_new(1) }
    }

    /// Whether nothing is left of it.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed) >= self.effort
    }

    /// Runs a computation off the threads that serve requests, when those before it are done, and counts what it takes.
    ///
    /// # Errors
    /// If nothing is left of the allowance, or the computation does not come to its end.
    pub async fn run<T: Send + 'static>(
        &self,
        compute: impl FnOnce(&Meter) -> T + Send + 'static,
    ) -> Result<T, Unplanned> {
        let _turn = self.turn.acquire().await.map_err(|_| Lost::Fault)?;
        if self.is_spent() {
            return Err(Unplanned::Spent);
        }
        let metered = move || {
            let meter = Meter::default();
            let value = compute(&meter);
            (value, meter.visits().max(LEAST))
        };
        let (value, visits) = blocking(metered).await?;
        // At most one computation runs at a time, and each adds far less than half of what the counter holds.
        self.spent.fetch_add(visits, Ordering::Relaxed);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[tokio::test]
    async fn all_computations_of_a_request_share_its_effort() {
        let allowance = Allowance::new(Effort(10_000));
        let spend = |visits: u64| allowance.run(move |meter| meter.count(visits));
        assert_eq!(spend(9_000).await, Ok(()));
        // Whatever it takes: it was begun when something was left.
        assert_eq!(spend(5_000).await, Ok(()));
        assert_eq!(spend(1).await, Err(Unplanned::Spent));
    }

    #[tokio::test]
    async fn computations_that_count_nothing_are_not_free() {
        let allowance = Allowance::new(Effort(LEAST * 3));
        for _ in 0..3 {
            assert_eq!(allowance.run(|_| ()).await, Ok(()));
        }
        assert_eq!(allowance.run(|_| ()).await, Err(Unplanned::Spent));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_fields_that_ask_at_the_same_time_no_more_are_computed_than_one_after_the_other() {
        let (allowance, computed) = (Arc::new(Allowance::new(Effort(10_000))), Arc::new(AtomicUsize::new(0)));
        let ask = |_| {
            let computed = computed.clone();
            allowance.run(move |meter| {
                computed.fetch_add(1, Ordering::SeqCst);
                meter.count(4_000);
            })
        };
        let asked = futures_util::future::join_all((0..50).map(ask)).await;
        assert_eq!(asked.iter().filter(|answer| answer.is_ok()).count(), 3);
        assert_eq!(computed.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn a_computation_that_panics_lets_the_next_one_begin() {
        let allowance = Allowance::new(Effort(10_000));
        assert_eq!(allowance.run(|_| panic!("on purpose")).await, Err::<(), _>(Unplanned::Lost(Lost::Fault)));
        assert_eq!(allowance.run(|_| 1).await, Ok(1));
    }
}
