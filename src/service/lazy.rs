//! Computations that take long enough to stand in the way of others: off the threads that serve requests, and once.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;

use tokio::sync::{OnceCell, Semaphore};
use waymark_planner::Meter;

use super::allowance::{Allowance, Unplanned};
use crate::store::{StoreError, Trouble};

/// A computation that did not come to its end, through no fault of whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The fault is the server's, and has been logged.
    #[error("the answer could not be computed")]
    Fault,
    /// The database failed, and may work again at the next try.
    #[error("{0}")]
    Database(Trouble),
}

impl From<StoreError> for Lost {
    /// What the database said is for those who run the server.
    fn from(error: StoreError) -> Self {
        if let Some(trouble) = error.trouble() {
            // That the database fails is said once, when it begins.
            tracing::debug!(%error, "the database did not do what it was asked to");
            return Self::Database(trouble);
        }
        tracing::error!(%error, "the database did not do what it was asked to");
        Self::Fault
    }
}

/// A value that is computed at most once.
#[derive(Debug)]
pub struct Lazy<T>(OnceCell<T>);

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<T: Clone + Send + 'static> Lazy<T> {
    /// The value; the first to ask computes it at the expense of its allowance, the others wait for it.
    pub async fn get(
        &self,
        allowance: &Allowance,
        compute: impl FnOnce(&Meter) -> T + Send + 'static,
    ) -> Result<T, Unplanned> {
        self.0.get_or_try_init(|| allowance.run(compute)).await.cloned()
    }

    /// The value, where it has been computed.
    pub fn computed(&self) -> Option<&T> {
        self.0.get()
    }
}

/// Runs a computation where it blocks nobody.
pub async fn blocking<T: Send + 'static>(compute: impl FnOnce() -> T + Send + 'static) -> Result<T, Lost> {
    // What is logged there, a panic too, names the request that it is computed for.
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(compute)).await.map_err(|error| {
        tracing::error!(%error, "a computation did not come to its end");
        Lost::Fault
    })
}

/// Reads what clients have sent off the threads that serve requests, as many texts at once as there are processors.
///
/// # Errors
/// Fails where the reading panics.
pub async fn reading<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T, Lost> {
    static READING: LazyLock<Arc<Semaphore>> =
        LazyLock::new(|| Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZero::get))));
    // Held until it is read, even if nobody waits for it any more.
    let permit = READING.clone().acquire_owned().await.map_err(|_| Lost::Fault)?;
    blocking(move || {
        let _permit = permit;
        read()
    })
    .await
}
