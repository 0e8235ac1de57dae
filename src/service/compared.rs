//! What is different between revisions: remembered, since revisions stay as they are, and only few compared at a time, since each takes two catalogues.

use std::sync::Arc;

use moka::future::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Lost;
use crate::catalog::diff::Difference;
use crate::store::StoreError;

/// The most bytes that are remembered.
const CAPACITY: u64 = 8 << 20;
/// What an entry takes beside its texts.
const OVERHEAD: usize = 300;
/// The most that are compared at a time.
const AT_ONCE: usize = 2;

/// Why nothing was compared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Uncompared {
    /// This revision is not there, or was not kept.
    Unknown(i32),
    /// The fault is ours.
    Lost(Lost),
}

impl From<Lost> for Uncompared {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<StoreError> for Uncompared {
    fn from(error: StoreError) -> Self {
        Self::Lost(error.into())
    }
}

/// What two catalogues are summed up to, the earlier one first. Unlike their numbers it stays good where the database is put back to what it was.
type Digests = (String, String);

/// What was compared before, and room for what is to be.
#[derive(Clone)]
pub(super) struct Comparisons {
    cache: Cache<Digests, Arc<Vec<Difference>>>,
    room: Arc<Semaphore>,
}

impl Default for Comparisons {
    fn default() -> Self {
        let weigh = |_: &Digests, all: &Arc<Vec<Difference>>| {
            let bytes = OVERHEAD + all.iter().map(bytes).sum::<usize>();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(CAPACITY).weigher(weigh).build();
        Self { cache, room: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Comparisons {
    /// What is different, compared where it was not before. Whoever asks for the same meanwhile waits for it.
    pub(super) async fn remembered(
        &self,
        digests: Digests,
        compare: impl Future<Output = Result<Arc<Vec<Difference>>, Uncompared>>,
    ) -> Result<Arc<Vec<Difference>>, Uncompared> {
        self.cache.try_get_with(digests, compare).await.map_err(|error| *error)
    }

    /// Remembers what is known already.
    pub(super) async fn keep(&self, digests: Digests, differences: Vec<Difference>) {
        self.cache.insert(digests, Arc::new(differences)).await;
    }

    /// Room to compare two catalogues: as long as it is held, it is taken.
    pub(super) async fn room(&self) -> Result<OwnedSemaphorePermit, Lost> {
        self.room.clone().acquire_owned().await.map_err(|_| Lost::Fault)
    }
}

/// What a difference takes.
fn bytes(difference: &Difference) -> usize {
    let Difference { slug, title, former, fields, .. } = difference;
    let texts = fields.iter().flat_map(|field| [&field.before, &field.after]).chain([former]);
    let texts: usize = texts.flatten().map(String::len).sum();
    size_of::<Difference>() + slug.len() + title.len() + texts + size_of_val(&**fields)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::catalog::diff::{Change, What};

    fn digests(before: &str) -> Digests {
        (before.to_owned(), "after".to_owned())
    }

    fn difference(title: String) -> Difference {
        let (what, change, slug) = (What::Topic, Change::Added, "topic".to_owned());
        Difference { what, change, slug, level: None, title, former: None, fields: Vec::new() }
    }

    #[tokio::test]
    async fn what_was_compared_is_not_compared_again() {
        let (comparisons, count) = (Comparisons::default(), AtomicUsize::new(0));
        for _ in 0..3 {
            let compare = async {
                count.fetch_add(1, Ordering::Relaxed);
                Ok(Arc::default())
            };
            comparisons.remembered(digests("a"), compare).await.unwrap();
        }
        assert_eq!(count.load(Ordering::Relaxed), 1);
        comparisons.keep(digests("c"), vec![difference("known".to_owned())]).await;
        let known = comparisons.remembered(digests("c"), async { Ok(Arc::default()) }).await.unwrap();
        assert_eq!(known[0].title, "known");
        // What could not be compared may be another time.
        let unknown = comparisons.remembered(digests("b"), async { Err(Uncompared::Unknown(1)) }).await;
        assert!(matches!(unknown, Err(Uncompared::Unknown(1))));
        assert!(comparisons.remembered(digests("b"), async { Ok(Arc::default()) }).await.is_ok());
    }

    #[tokio::test]
    async fn only_so_many_are_compared_at_once() {
        let comparisons = Comparisons::default();
        let first = comparisons.room().await.unwrap();
        let _second = comparisons.room().await.unwrap();
        let mut third = std::pin::pin!(comparisons.room());
        assert!(futures_util::poll!(&mut third).is_pending());
        drop(first);
        assert!(third.await.is_ok());
    }

    #[tokio::test]
    async fn what_is_remembered_stays_within_its_bytes() {
        let comparisons = Comparisons::default();
        for number in 0..32 {
            let compare = async { Ok(Arc::new(vec![difference("x".repeat(1 << 20))])) };
            comparisons.remembered(digests(&number.to_string()), compare).await.unwrap();
        }
        comparisons.cache.run_pending_tasks().await;
        assert!(comparisons.cache.entry_count() > 0);
        assert!(comparisons.cache.weighted_size() <= CAPACITY);
    }
}
