//! Copies from SQLite to each database, and back.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use waymark_entity::skill;

use super::{CopyError, NOT_COPIED, TABLES};
use crate::store::learners::Progress;
use crate::store::tests::{on_each_database, run, store};
use crate::store::upgrades::{self, Content, dumps, tables};
use crate::store::{Act, KeyRange, Quota, Request, Store, StoreError};

/// A file with the database of a release: `nth` counts from the newest.
async fn of_release(folder: &TempDir, nth: usize) -> Store {
    let url = folder.path().join(format!("release {nth}.db")).display().to_string();
    let store = Store::open(&url).await.unwrap();
    run(&store, dumps("sqlite").values().nth_back(nth).unwrap()).await.unwrap();
    store.close().await.unwrap();
    Store::open(&url).await.unwrap()
}

/// With learners and a catalogue, of this version, and with more rows than go in one page.
async fn full(folder: &TempDir) -> Store {
    let store = of_release(folder, 0).await;
    store.migrate().await.unwrap();
    let learner = store.learners().await.unwrap()[0].id;
    let roadmap = store.roadmap_page(learner, true, &KeyRange::first(1)).await.unwrap()[0].id;
    let now: DateTime<Utc> = "2026-11-28T20:00:00.123Z".parse().unwrap();
    // Names whose order is another one for people than for machines.
    let skill = |number: usize| skill::Model {
        learner_id: learner,
        topic: format!("{}-{number}", ["a", "B", "ä", "_", "Z"][number % 5]),
        level: "WORKING".into(),
        source: "SAID".into(),
        recorded_at: now,
    };
    let done = Progress { skills: (0..2_500).map(skill).collect(), ..Progress::new((learner, roadmap), now) };
    let request = Request { name: "once".into(), digest: "digest".into() };
    let acting = store.during(Arc::new(Act::new(learner, Some(request), now)));
    acting.progress(done).await.unwrap().unwrap();
    let quota = Quota { at_once: 1, period: 1_000_000 };
    store.take("ada", quota, 1, now).await.unwrap().unwrap();
    store
}

/// All that is in a database and is copied.
async fn content(store: &Store) -> Content {
    let mut content = upgrades::content(store).await;
    content.retain(|table, _| !NOT_COPIED.contains(&&**table));
    content
}

async fn is_empty(store: &Store) -> bool {
    content(store).await.values().all(|(_, rows)| rows.is_empty())
}

#[tokio::test]
async fn each_table_is_copied_or_known_not_to_be() {
    on_each_database(async |url| {
        let all: BTreeSet<_> = tables(&store(url).await).await.into_iter().collect();
        let known = TABLES.iter().map(|table| (table.name)()).chain(NOT_COPIED.map(str::to_owned));
        assert_eq!(known.collect::<BTreeSet<_>>(), all);
    })
    .await;
}

#[tokio::test]
async fn what_was_done_once_is_not_done_again_on_the_copy() {
    on_each_database(async |url| {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (full(&folder).await, Store::open(url).await.unwrap());
        from.copy_to(&to).await.unwrap();
        let learner = to.learners().await.unwrap()[0].id;
        let (digest, _) = to.outcome(learner, "once").await.unwrap().expect("the request is known");
        assert_eq!(digest, "digest");
        let quota = Quota { at_once: 1, period: 1_000_000 };
        let now = "2026-11-28T20:00:00.123Z".parse().unwrap();
        to.take("ada", quota, 1, now).await.unwrap().expect_err("what was tried counts");
    })
    .await;
}

#[tokio::test]
async fn what_is_copied_to_a_database_and_back_is_what_it_was() {
    on_each_database(async |url| {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (full(&folder).await, Store::open(url).await.unwrap());
        let copied = from.copy_to(&to).await.unwrap();
        let before = content(&from).await;
        for table in &copied {
            assert_eq!(table.rows, before[&table.table].1.len() as u64, "{table:?}");
        }
        let back = Store::open(&folder.path().join("back.db").display().to_string()).await.unwrap();
        assert_eq!(to.copy_to(&back).await.unwrap(), copied);
        assert_eq!(content(&back).await, before);
        assert_eq!(to.load().await.unwrap(), from.load().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn only_an_empty_database_is_copied_to() {
    on_each_database(async |url| {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (full(&folder).await, store(url).await);
        from.copy_to(&to).await.unwrap();
        let before = content(&to).await;
        let error = from.copy_to(&to).await.unwrap_err();
        assert!(
            matches!(&error, CopyError::NotEmpty { table, .. } if table == "catalog_revisions"),
            "{error}"
        );
        let onto_itself = from.copy_to(&from).await.unwrap_err();
        assert!(matches!(onto_itself, CopyError::NotEmpty { .. }), "{onto_itself}");
        assert_eq!(content(&to).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_database_of_another_version_is_not_copied_and_not_changed() {
    on_each_database(async |url| {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (of_release(&folder, 1).await, store(url).await);
        let before = content(&from).await;
        let error = from.copy_to(&to).await.unwrap_err();
        assert!(error.to_string().contains("first: waymark migrate --database FROM"), "{error}");
        assert_eq!(content(&from).await, before);

        let nothing = Store::open(&folder.path().join("empty.db").display().to_string()).await.unwrap();
        let error = nothing.copy_to(&to).await.unwrap_err();
        assert!(matches!(error, CopyError::Behind { .. }), "{error}");
        assert!(tables(&nothing).await.is_empty());

        let newer = full(&folder).await;
        run(&newer, "INSERT INTO seaql_migrations VALUES ('m20990101_000001_telepathy', 0)").await.unwrap();
        let error = newer.copy_to(&to).await.unwrap_err();
        assert!(matches!(error, CopyError::Store(StoreError::Newer { .. })), "{error}");
        assert!(is_empty(&to).await);
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_fails_leaves_nothing() {
    on_each_database(async |url| {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (full(&folder).await, store(url).await);
        // One of the last tables refuses its rows.
        run(&to, "CREATE UNIQUE INDEX in_the_way ON links (learner_id)").await.unwrap();
        let error = from.copy_to(&to).await.unwrap_err();
        assert!(matches!(&error, CopyError::Table { table, .. } if table == "links"), "{error}");
        assert!(is_empty(&to).await);
        run(&to, "DROP INDEX in_the_way").await.unwrap();
        from.copy_to(&to).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_row_that_does_not_arrive_as_it_was_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (full(&folder).await, store(&folder.path().join("to.db").display().to_string()).await);
    for (change, table) in [
        ("UPDATE ratings SET stars = 1 WHERE stars = 2", "ratings"),
        ("DELETE FROM ratings WHERE stars = 2", "ratings"),
    ] {
        run(&to, &format!("CREATE TRIGGER forger AFTER INSERT ON links BEGIN {change}; END")).await.unwrap();
        let error = from.copy_to(&to).await.unwrap_err();
        assert!(matches!(&error, CopyError::Different { table: of, row: 2, .. } if of == table), "{error}");
        assert!(is_empty(&to).await);
        run(&to, "DROP TRIGGER forger").await.unwrap();
    }
}
