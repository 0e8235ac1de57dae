//! Cache of what is computed from a catalogue, bounded in bytes.

use std::hash::Hash;
use std::sync::Arc;

use moka::future::Cache;

use super::lazy::{Lost, blocking};
use crate::catalog::{CatalogId, Snapshot};
use crate::telemetry::figures::CacheFigures;

/// What an entry takes beside its key and its value: the cache's own books.
const OVERHEAD: usize = 200;

/// Cache of answers to questions about a catalogue. Equal questions at the same time are computed once:
/// the others wait for the first.
///
/// Questions and answers hold ids of one catalogue's arenas. The key has the identity of that catalogue,
/// and the computation is given the snapshot of the key and no other: so the answer's ids are those of
/// any snapshot that the question is asked on.
pub(super) struct Memo<Q, A> {
    cache: Cache<(CatalogId, Q), Arc<A>>,
    figures: CacheFigures,
}

/// Another handle to the same.
impl<Q, A> Clone for Memo<Q, A> {
    fn clone(&self) -> Self {
        Self { cache: self.cache.clone(), figures: self.figures.clone() }
    }
}

impl<Q, A> Memo<Q, A>
where
    Q: Clone + Eq + Hash + Send + Sync + 'static,
    A: Send + Sync + 'static,
{
    /// Remembers answers of so many bytes, each of them of the size that `bytes` tells of it and its question. Figures know it by its name.
    pub(super) fn new(name: &'static str, capacity: u64, bytes: fn(&Q, &A) -> usize) -> Self {
        let weigh = move |(_, question): &(CatalogId, Q), answer: &Arc<A>| {
            u32::try_from(OVERHEAD + bytes(question, answer)).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(capacity).weigher(weigh).build();
        Self { cache, figures: CacheFigures::new(name) }
    }

    /// The answer, computed where nobody waits for it but those who asked.
    ///
    /// # Errors
    /// Where the computation does not come to its end. That is not remembered.
    pub(super) async fn get(
        &self,
        snapshot: &Arc<Snapshot>,
        question: Q,
        compute: impl FnOnce(&Snapshot) -> A + Send + 'static,
    ) -> Result<Arc<A>, Lost> {
        let key = (snapshot.id, question);
        let snapshot = snapshot.clone();
        let compute = async { blocking(move || compute(&snapshot)).await.map(Arc::new) };
        let entry = self.cache.entry(key).or_try_insert_with(compute).await;
        let entry = entry.map_err(|lost| *lost)?;
        self.figures.note(!entry.is_fresh());
        Ok(entry.into_value())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use waymark_planner::testing;

    use super::*;

    /// A snapshot of a catalogue whose only topic takes so many hours.
    fn snapshot(revision: i32, hours: u32) -> Arc<Snapshot> {
        Snapshot::new(revision, testing::catalog(&format!("a@W:{hours}"), &[]))
    }

    /// Twice the question, and how often it was computed.
    async fn double(
        memo: &Memo<u64, u64>,
        snapshot: &Arc<Snapshot>,
        question: u64,
        computed: &Arc<AtomicUsize>,
    ) -> u64 {
        let counter = computed.clone();
        let compute = move |_: &Snapshot| {
            counter.fetch_add(1, Ordering::SeqCst);
            2 * question
        };
        *memo.get(snapshot, question, compute).await.unwrap()
    }

    #[tokio::test]
    async fn a_question_is_answered_once_for_each_content_whatever_its_number() {
        let (memo, computed) = (Memo::new("test", 1_000_000, |_, _| 8), Arc::new(AtomicUsize::new(0)));
        for revision in [1, 1, 2] {
            assert_eq!(double(&memo, &snapshot(revision, 1), 21, &computed).await, 42);
        }
        assert_eq!(computed.load(Ordering::SeqCst), 1, "equal content has equal ids");
        // As after a restore: another catalogue under the number of the first.
        double(&memo, &snapshot(1, 9), 21, &computed).await;
        double(&memo, &snapshot(1, 9), 22, &computed).await;
        assert_eq!(computed.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn those_who_ask_while_it_is_computed_wait_for_it_even_where_nothing_is_remembered() {
        let (memo, computed) = (Memo::new("test", 0, |_, _| 8), Arc::new(AtomicUsize::new(0)));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let (counter, snapshot) = (computed.clone(), snapshot(1, 1));
        let first = memo.get(&snapshot, 21, move |_| {
            wait.recv().unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            42
        });
        let others = async {
            // Everybody has asked before the first answer can be there.
            let asked = tokio::join!(
                double(&memo, &snapshot, 21, &computed),
                double(&memo, &snapshot, 21, &computed),
                async { go.send(()).unwrap() }
            );
            (asked.0, asked.1)
        };
        let (first, others) = tokio::join!(first, others);
        assert_eq!((*first.unwrap(), others), (42, (42, 42)));
        assert_eq!(computed.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn it_stays_within_its_bytes() {
        let (memo, computed) = (Memo::new("test", 10_000, |_, _| 800), Arc::new(AtomicUsize::new(0)));
        for question in 0..100 {
            double(&memo, &snapshot(1, 1), question, &computed).await;
        }
        memo.cache.run_pending_tasks().await;
        assert!(memo.cache.entry_count() > 0);
        assert!(memo.cache.weighted_size() <= 10_000);
    }

    #[tokio::test]
    async fn a_computation_that_panics_is_tried_again() {
        let memo: Memo<u64, u64> = Memo::new("test", 10_000, |_, _| 8);
        assert!(memo.get(&snapshot(1, 1), 21, |_| panic!("on purpose")).await.is_err());
        assert_eq!(*memo.get(&snapshot(1, 1), 21, |_| 42).await.unwrap(), 42);
    }
}
