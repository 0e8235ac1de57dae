//! That what is asked for twice is done once, and what becomes of it where others are in the way.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::EntityTrait as _;
use uuid::Uuid;
use waymark_entity::{rating, request};

use super::{Act, MOST_REQUESTS, Outcome, Request};
use crate::store::tests::{on_each_database, peopled};
use crate::store::{Store, StoreError};

const ADA: Uuid = crate::store::tests::ADA;
const GRACE: Uuid = crate::store::tests::GRACE;

fn now() -> DateTime<Utc> {
    "2026-01-05T12:00:00.123Z".parse().unwrap()
}

fn asked(name: &str) -> Request {
    Request { name: name.into(), digest: "abc".into() }
}

fn act(learner: Uuid, name: &str, now: DateTime<Utc>) -> Arc<Act> {
    Arc::new(Act::new(learner, Some(asked(name)), now))
}

/// Rates the book in an act.
async fn rate(store: &Store, act: &Arc<Act>, learner_id: Uuid, stars: i32) -> Result<(), StoreError> {
    let rating = rating::Model { learner_id, resource: "book".into(), stars, rated_at: now() };
    store.during(act.clone()).rate(rating, &[]).await.map(Result::unwrap)
}

#[tokio::test]
async fn what_was_done_under_a_name_is_not_done_again() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let first = act(ADA, "one", now());
        rate(&store, &first, ADA, 5).await.unwrap();
        let again = act(ADA, "one", now());
        let error = rate(&store, &again, ADA, 1).await.unwrap_err();
        assert!(matches!(error, StoreError::Repeated) && !again.is_undone());
        let book = ["book".to_owned()];
        assert_eq!(store.ratings_by(ADA, &book).await.unwrap(), [("book".to_owned(), 5)]);
        assert_eq!(store.outcome(ADA, "one").await.unwrap(), Some(("abc".to_owned(), Outcome::default())));
        // Another name, and another learner's of the same name, are other requests.
        rate(&store, &act(ADA, "two", now()), ADA, 3).await.unwrap();
        rate(&store, &act(GRACE, "one", now()), GRACE, 2).await.unwrap();
        assert_eq!(store.outcome(GRACE, "two").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_remembered_for_a_week() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        rate(&store, &act(ADA, "one", now()), ADA, 5).await.unwrap();
        rate(&store, &act(ADA, "two", now() + TimeDelta::days(6)), ADA, 4).await.unwrap();
        assert!(store.outcome(ADA, "one").await.unwrap().is_some());
        rate(&store, &act(ADA, "three", now() + TimeDelta::days(8)), ADA, 3).await.unwrap();
        assert!(store.outcome(ADA, "one").await.unwrap().is_none());
        assert!(store.outcome(ADA, "two").await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_request_goes_with_its_learner() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        rate(&store, &act(ADA, "one", now()), ADA, 5).await.unwrap();
        store.during(act(ADA, "two", now())).delete_learner(ADA, None, now()).await.unwrap();
        assert_eq!(store.outcome(ADA, "one").await.unwrap(), None);
        assert_eq!(store.outcome(ADA, "two").await.unwrap(), None);
    })
    .await;
}

/// Two transactions that each want what the other has: the database ends one of them. Only PostgreSQL lets it come to that.
#[tokio::test]
async fn who_loses_against_others_may_try_again() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        if !store.is_shared() {
            return;
        }
        let (one, other) = (act(ADA, "one", now()), act(GRACE, "other", now()));
        let crossing = async |act: &Arc<Act>, first: Uuid, second: Uuid, met: &tokio::sync::Barrier| {
            let store = store.during(act.clone());
            let crossed = async {
                let write = store.begin_for(first).await?;
                met.wait().await;
                store.lock(&write, second).await?;
                write.commit().await
            };
            crossed.await.map_err(|error| store.explain(error))
        };
        let met = tokio::sync::Barrier::new(2);
        let (a, b) = tokio::join!(crossing(&one, ADA, GRACE, &met), crossing(&other, GRACE, ADA, &met));
        let (loser, error) = match (a, b) {
            (Ok(()), Err(error)) => (&other, error),
            (Err(error), Ok(())) => (&one, error),
            both => panic!("{both:?}"),
        };
        assert!(matches!(error, StoreError::Contended { .. }), "{error:?}");
        assert!(loser.is_undone());
    })
    .await;
}

#[tokio::test]
async fn what_was_cut_off_before_its_end_may_be_done_again() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        if !store.is_shared() {
            return;
        }
        let cut_off = act(ADA, "one", now());
        let during = store.during(cut_off.clone());
        let write = during.begin_for(ADA).await.unwrap();
        let sql = "SELECT pg_terminate_backend(pg_backend_pid())";
        let error = sea_orm::ConnectionTrait::execute_unprepared(write.db(), sql).await.unwrap_err();
        let error = during.explain(error);
        assert!(matches!(error, StoreError::Unreachable { .. }) && cut_off.is_undone(), "{error:?}");
        drop(write);
        rate(&store, &act(ADA, "one", now()), ADA, 4).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_too_many_names_the_oldest_are_forgotten() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        rate(&store, &act(ADA, "first", now()), ADA, 5).await.unwrap();
        rate(&store, &act(ADA, "second", now() + TimeDelta::seconds(1)), ADA, 5).await.unwrap();
        let later = now() + TimeDelta::seconds(2);
        let made = (2..MOST_REQUESTS).map(|number| {
            let (name, digest, outcome) = (number.to_string(), "abc".to_owned(), "{}".to_owned());
            request::ActiveModel::from(request::Model {
                learner_id: ADA,
                name,
                digest,
                outcome,
                made_at: later,
            })
        });
        for some in made.collect::<Vec<_>>().chunks(1_000) {
            request::Entity::insert_many(some.to_vec()).exec_without_returning(&store.writer).await.unwrap();
        }
        rate(&store, &act(ADA, "one more", later), ADA, 4).await.unwrap();
        assert!(store.outcome(ADA, "first").await.unwrap().is_none());
        assert!(store.outcome(ADA, "second").await.unwrap().is_some());
        assert!(store.outcome(ADA, "one more").await.unwrap().is_some());
    })
    .await;
}
