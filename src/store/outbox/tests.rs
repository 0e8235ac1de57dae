//! That nothing which is told is missed, in whichever order it comes to be seen.

use uuid::Uuid;

use super::{Cursor, Event, Order};
use crate::store::Store;
use crate::store::tests::{on_each_database, run, store};

const ADA: Event = Some(Uuid::from_u128(1));
const GRACE: Event = Some(Uuid::from_u128(2));

/// Tells of something in a transaction of its own.
async fn tell(store: &Store, event: Event) {
    store.begin_telling(event).await.unwrap().commit().await.unwrap();
}

async fn heard(store: &Store, cursor: &mut Cursor) -> Vec<Event> {
    store.events(cursor).await.unwrap()
}

#[tokio::test]
async fn what_is_told_is_heard_once_by_each_from_when_it_began_to_listen() {
    on_each_database(async |url| {
        let (one, other) = (store(url).await, store(url).await);
        tell(&one, ADA).await;
        let mut cursor = other.cursor().await.unwrap();
        assert_eq!(heard(&other, &mut cursor).await, []);
        tell(&one, ADA).await;
        tell(&one, None).await;
        let mut late = other.cursor().await.unwrap();
        assert_eq!(heard(&other, &mut cursor).await, [ADA, None]);
        tell(&other, GRACE).await;
        assert_eq!(heard(&other, &mut cursor).await, [GRACE]);
        assert_eq!(heard(&other, &mut late).await, [GRACE]);
        assert_eq!(heard(&other, &mut cursor).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_written_for_good_is_not_told() {
    on_each_database(async |url| {
        let store = store(url).await;
        let mut cursor = store.cursor().await.unwrap();
        drop(store.begin_telling(ADA).await.unwrap());
        tell(&store, GRACE).await;
        assert_eq!(heard(&store, &mut cursor).await, [GRACE]);
    })
    .await;
}

#[tokio::test]
async fn what_was_pruned_is_not_missed_by_those_who_had_heard_it() {
    on_each_database(async |url| {
        let store = store(url).await;
        tell(&store, ADA).await;
        let mut cursor = store.cursor().await.unwrap();
        run(&store, "UPDATE outbox SET told_at = '2020-01-01 00:00:00'").await.unwrap();
        store.prune_outbox().await.unwrap();
        tell(&store, GRACE).await;
        assert_eq!(heard(&store, &mut cursor).await, [GRACE]);
        store.prune_outbox().await.unwrap();
        assert_eq!(heard(&store, &mut store.cursor().await.unwrap()).await, []);
    })
    .await;
}

/// SQLite has one writer, so this is about PostgreSQL.
#[tokio::test]
async fn what_is_told_first_and_seen_last_is_heard() {
    if std::env::var("WAYMARK_TEST_POSTGRES").is_err() {
        return;
    }
    on_each_database(async |url| {
        let store = store(url).await;
        if !store.is_shared() {
            return;
        }
        for order in [Order::Transactions, Order::Time] {
            let store = Store { order: std::sync::Arc::new(order.into()), ..store.clone() };
            let mut cursor = store.cursor().await.unwrap();
            // It has its id, and its row, before the other one begins.
            let slow = store.begin_telling(ADA).await.unwrap();
            let sql = "INSERT INTO outbox (learner_id, told_at) VALUES (NULL, clock_timestamp())";
            sea_orm::ConnectionTrait::execute_unprepared(slow.db(), sql).await.unwrap();
            tell(&store, GRACE).await;
            assert_eq!(heard(&store, &mut cursor).await, [GRACE]);
            slow.commit().await.unwrap();
            assert_eq!(heard(&store, &mut cursor).await, [None, ADA]);
            assert_eq!(heard(&store, &mut cursor).await, []);
        }
    })
    .await;
}

#[tokio::test]
async fn those_who_listen_are_woken_where_the_database_can() {
    on_each_database(async |url| {
        let store = store(url).await;
        let listener = store.listen().await.unwrap();
        assert_eq!(listener.is_some(), store.is_shared());
        let Some(mut listener) = listener else { return };
        store.wake_others().await.unwrap();
        listener.heard().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_listens_is_told_to_look_at_everything_when_the_database_was_put_back() {
    on_each_database(async |url| {
        let store = store(url).await;
        for _ in 0..3 {
            tell(&store, ADA).await;
        }
        let mut cursor = store.cursor().await.unwrap();
        assert_eq!((heard(&store, &mut cursor).await, cursor.was_lost()), (vec![], false));
        // A restore brings back the rows of then, and the last id of then.
        run(&store, "DELETE FROM outbox WHERE id > 1").await.unwrap();
        let last_id = if store.is_shared() {
            "SELECT setval(pg_get_serial_sequence('outbox', 'id'), 1)"
        } else {
            "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'outbox'"
        };
        run(&store, last_id).await.unwrap();
        heard(&store, &mut cursor).await;
        assert!(cursor.was_lost());
        tell(&store, GRACE).await;
        assert_eq!((heard(&store, &mut cursor).await, cursor.was_lost()), (vec![GRACE], false));
    })
    .await;
}
