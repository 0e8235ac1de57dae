//! Cache of what is computed from a catalogue, bounded in bytes.

use std::hash::Hash;
use std::sync::Arc;

use moka::future::Cache;

use super::allowance::{Allowance, Unplanned};
use waymark_planner::Meter;

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

    /// The answer, computed where nobody waits for it but those who asked, at the expense of the first of them.
    ///
    /// # Errors
    /// If the computation does not come to its end, or nothing is left of the allowance. That is not remembered.
    pub(super) async fn get(
        &self,
        snapshot: &Arc<Snapshot>,
        question: Q,
        allowance: &Allowance,
        compute: impl Fn(&Snapshot, &Meter) -> A + Clone + Send + 'static,
    ) -> Result<Arc<A>, Unplanned> {
        let key = (snapshot.id, question);
        loop {
            let (snapshot, compute) = (snapshot.clone(), compute.clone());
            let run = allowance.run(move |meter| Arc::new(compute(&snapshot, meter)));
            match self.cache.entry(key.clone()).or_try_insert_with(run).await {
                Ok(entry) => {
                    self.figures.note(!entry.is_fresh());
                    return Ok(entry.into_value());
                }
                // It was another request that waited for its turn and had nothing left: its end is not ours.
                Err(unplanned) if *unplanned == Unplanned::Spent && !allowance.is_spent() => {}
                Err(unplanned) => return Err(*unplanned),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use waymark_planner::testing;

    use super::*;
    use waymark_planner::Effort;

    fn unlimited() -> Allowance {
        Allowance::new(Effort(u64::MAX))
    }

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
        let compute = move |_: &Snapshot, _: &Meter| {
            counter.fetch_add(1, Ordering::SeqCst);
            2 * question
        };
        *memo.get(snapshot, question, &unlimited(), compute).await.unwrap()
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
        let wait = Arc::new(std::sync::Mutex::new(wait));
        let (counter, snapshot, own) = (computed.clone(), snapshot(1, 1), unlimited());
        let first = memo.get(&snapshot, 21, &own, move |_, _| {
            wait.lock().unwrap().recv().unwrap();
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
        let fails = |_: &Snapshot, _: &Meter| panic!("on purpose");
        assert!(memo.get(&snapshot(1, 1), 21, &unlimited(), fails).await.is_err());
        assert_eq!(*memo.get(&snapshot(1, 1), 21, &unlimited(), |_, _| 42).await.unwrap(), 42);
    }
    /// One request has a single visit left, and uses it for another question while others wait for its turn.
    #[tokio::test]
    async fn a_request_that_has_spent_its_effort_does_not_end_the_question_of_another() {
        let memo: Memo<u64, u64> = Memo::new("test", 10_000, |_, _| 8);
        let (snapshot, poor, rich) = (snapshot(1, 1), Allowance::new(Effort(1)), unlimited());
        let dear = |_: &Snapshot, meter: &Meter| {
            meter.count(9);
            1
        };
        let (first, poors, richs) = tokio::join!(
            memo.get(&snapshot, 1, &poor, dear),
            memo.get(&snapshot, 2, &poor, dear),
            memo.get(&snapshot, 2, &rich, dear),
        );
        assert!(first.is_ok() && richs.is_ok());
        // What the other request has paid for is there, or was refused.
        assert!(matches!(poors, Ok(_) | Err(Unplanned::Spent)));
        assert_eq!(
            *memo.get(&snapshot, 2, &poor, dear).await.unwrap(),
            1,
            "what is remembered costs nothing"
        );
        assert!(matches!(memo.get(&snapshot, 3, &poor, dear).await, Err(Unplanned::Spent)));
    }
}
