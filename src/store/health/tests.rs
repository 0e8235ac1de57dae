//! What is known of a database's failures, and how it is found out that they are over.

use std::sync::Arc;

use sea_orm::{ConnAcquireErr, DbErr};
use tokio::net::TcpListener;

use super::super::tests::{run, store};
use super::*;

/// Looks until what is wrong with a store is what it should be.
async fn look_until(store: &Store, wanted: Option<Trouble>) {
    let mut probe = Probe::new();
    while store.trouble() != wanted {
        // A write is due at once.
        probe.wrote_at = Instant::now().checked_sub(WRITE_EVERY).unwrap();
        probe.look(store).await;
    }
}

#[tokio::test]
async fn what_fails_is_counted_by_kind_and_told_without_internals() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("waymark.db").display().to_string()).await;
    assert_eq!((store.trouble(), store.errors()), (None, Vec::new()));
    store.explain(DbErr::RecordNotFound("one statement's own".into()));
    assert_eq!((store.trouble(), store.errors()), (None, vec![("other", 1)]));
    store.explain(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
    assert_eq!((store.trouble(), store.errors()), (None, vec![("locked", 1), ("other", 1)]));
    run(&store, "PRAGMA query_only = ON").await.unwrap();
    store.prune_outbox().await.unwrap_err();
    assert_eq!(store.errors(), [("locked", 1), ("other", 1), ("read only", 1)]);
    assert_eq!(store.trouble().unwrap().to_string(), "the database may not be written");
}

#[tokio::test]
async fn an_idle_server_finds_out_that_nothing_can_be_written_and_that_it_can_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("waymark.db").display().to_string()).await;
    run(&store, "PRAGMA query_only = ON").await.unwrap();
    look_until(&store, Some(Trouble::ReadOnly)).await;
    run(&store, "PRAGMA query_only = OFF").await.unwrap();
    look_until(&store, None).await;
}

#[tokio::test]
async fn nobody_waits_for_a_lock_that_is_known_to_be_held() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("waymark.db").display().to_string();
    let (one, other) = (store(&url).await, store(&url).await);
    run(&other, "PRAGMA busy_timeout = 0").await.unwrap(); // not to wait for the test's sake
    let held = one.begin_write().await.unwrap();
    other.health.is_watched.store(true, Ordering::Relaxed);
    other.migrate().await.unwrap_err();
    held.rollback().await.unwrap();
    let known = other.migrate().await;
    assert!(matches!(known, Err(StoreError::Locked { .. })), "{known:?}");
    look_until(&other, None).await;
    other.migrate().await.unwrap();
}

#[tokio::test]
async fn a_server_of_the_database_that_hangs_is_out_of_reach_within_two_seconds() {
    // It takes connections, and never says a word.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://ada:secret@{}/waymark", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = store(&folder.path().join("waymark.db").display().to_string()).await;
    let store = Arc::new(Store { place: url.parse().unwrap(), ..file });
    let began = Instant::now();
    let watched = store.clone();
    let watch = tokio::spawn(async move { watched.watch().await });
    store.unreachable().await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    watch.abort();
}
