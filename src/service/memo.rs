//! Answers by what they answer, bounded in bytes.

use std::hash::Hash;
use std::sync::Arc;

use moka::future::Cache;

use super::lazy::{Lost, blocking};
use crate::telemetry::figures::CacheFigures;

/// What an entry takes beside its key and its value: the cache's own books.
const OVERHEAD: usize = 200;

/// Answers to questions on a revision. A question that is being answered is not answered a second time: whoever asks it meanwhile waits.
pub(super) struct Memo<Q, A> {
    cache: Cache<(i32, Q), Arc<A>>,
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
        let weigh = move |(_, question): &(i32, Q), answer: &Arc<A>| {
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
        revision: i32,
        question: Q,
        compute: impl FnOnce() -> A + Send + 'static,
    ) -> Result<Arc<A>, Lost> {
        let compute = async { blocking(compute).await.map(Arc::new) };
        let entry = self.cache.entry((revision, question)).or_try_insert_with(compute).await;
        let entry = entry.map_err(|lost| *lost)?;
        self.figures.note(!entry.is_fresh());
        Ok(entry.into_value())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Twice the question, and how often it was computed.
    async fn double(memo: &Memo<u64, u64>, revision: i32, question: u64, computed: &Arc<AtomicUsize>) -> u64 {
        let counter = computed.clone();
        let compute = move || {
            counter.fetch_add(1, Ordering::SeqCst);
            2 * question
        };
        *memo.get(revision, question, compute).await.unwrap()
    }

    #[tokio::test]
    async fn a_question_is_answered_once_a_revision() {
        let (memo, computed) = (Memo::new("test", 1_000_000, |_, _| 8), Arc::new(AtomicUsize::new(0)));
        for _ in 0..3 {
            assert_eq!(double(&memo, 1, 21, &computed).await, 42);
        }
        assert_eq!(computed.load(Ordering::SeqCst), 1);
        double(&memo, 2, 21, &computed).await;
        double(&memo, 2, 22, &computed).await;
        assert_eq!(computed.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn those_who_ask_while_it_is_computed_wait_for_it_even_where_nothing_is_remembered() {
        let (memo, computed) = (Memo::new("test", 0, |_, _| 8), Arc::new(AtomicUsize::new(0)));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let counter = computed.clone();
        let first = memo.get(1, 21, move || {
            wait.recv().unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            42
        });
        let others = async {
            // Everybody has asked before the first answer can be there.
            let asked =
                tokio::join!(double(&memo, 1, 21, &computed), double(&memo, 1, 21, &computed), async {
                    go.send(()).unwrap();
                });
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
            double(&memo, 1, question, &computed).await;
        }
        memo.cache.run_pending_tasks().await;
        assert!(memo.cache.entry_count() > 0);
        assert!(memo.cache.weighted_size() <= 10_000);
    }

    #[tokio::test]
    async fn a_computation_that_panics_is_tried_again() {
        let memo: Memo<u64, u64> = Memo::new("test", 10_000, |_, _| 8);
        assert!(memo.get(1, 21, || panic!("on purpose")).await.is_err());
        assert_eq!(*memo.get(1, 21, || 42).await.unwrap(), 42);
    }
}
