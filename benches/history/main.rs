//! Times of what is read of a study log and written to it, by its length, side by side in one run.

#![allow(clippy::expect_used)] // a bench that can't run says so

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use divan::Bencher;
use sea_orm::{ConnectOptions, EntityTrait as _, IntoActiveModel as _};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;
use waymark::service::Learners;
use waymark::store::learners::{Begun, Progress};
use waymark::store::{KeyRange, Store};
use waymark_entity::{learner, roadmap, roadmap_version, study};
use waymark_planner::{Catalog, testing};

const LENGTHS: [u64; 3] = [20, 2_000, 20_000];
const LEARNER: Uuid = Uuid::from_u128(1);
const ROADMAP: Uuid = Uuid::from_u128(2);

fn main() {
    divan::main();
}

/// A learner with a log.
struct History {
    runtime: Runtime,
    learners: Learners,
    catalog: Catalog,
    _folder: TempDir,
}

impl History {
    fn of(entries: u64) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("waymark.db").display());
        let learners = runtime.block_on(open(&url, entries));
        Self { runtime, learners, catalog: testing::catalog("java@W:1", &[]), _folder: folder }
    }
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_614_400, 0).expect("an instant") // noon of 5 January 2026
}

async fn open(url: &str, entries: u64) -> Learners {
    let store = Store::open(url).await.expect("a database");
    store.migrate().await.expect("its tables");
    store.add_learner(account()).await.expect("a learner");
    store.add_roadmap(a_roadmap(), version(), 1).await.expect("a roadmap");
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let database = sea_orm::Database::connect(options).await.expect("a connection");
    let rows: Vec<_> = (0..entries).map(|number| entry(number).into_active_model()).collect();
    for rows in rows.chunks(500) {
        let insert = study::Entity::insert_many(rows.to_vec());
        insert.exec_without_returning(&database).await.expect("entries");
    }
    waymark_migration::sum_study_logs(&database).await.expect("sums");
    Learners::new(store, Arc::new(now), Arc::new(|buffer| buffer.fill(7)), None).expect("learners")
}

fn account() -> learner::Model {
    learner::Model {
        id: LEARNER,
        email: Some("ada@example.org".into()),
        name: None,
        password_hash: None,
        issuer: None,
        subject: None,
        role: "LEARNER".into(),
        created_at: now(),
    }
}

fn a_roadmap() -> roadmap::Model {
    roadmap::Model {
        learner_id: LEARNER,
        id: ROADMAP,
        title: "Up".into(),
        wishes: "{}".into(),
        version: 1,
        change: 1,
        plan_change: 1,
        created_at: now(),
        updated_at: now(),
        archived_at: None,
    }
}

fn version() -> roadmap_version::Model {
    roadmap_version::Model {
        learner_id: LEARNER,
        roadmap_id: ROADMAP,
        number: 1,
        catalog_revision: 1,
        catalog_digest: None,
        cause: "SAVED".into(),
        plan: "{}".into(),
        changes: None,
        created_at: now(),
    }
}

/// Over a year, on a hundred steps.
fn entry(number: u64) -> study::Model {
    study::Model {
        learner_id: LEARNER,
        id: Uuid::from_u128(u128::from(number)),
        roadmap_id: ROADMAP,
        topic: Some(format!("topic-{}", number % 100)),
        level: Some("WORKING".into()),
        studied_on: today() - Days::new(number * 7 % 365),
        hours_millionths: 1_000_000,
        note: Some("Read a chapter, and did its exercises.".into()),
        logged_at: now(),
    }
}

#[divan::bench(args = LENGTHS)]
fn page(bencher: Bencher<'_, '_>, entries: u64) {
    let History { runtime, learners, catalog, .. } = &History::of(entries);
    let range = KeyRange::first(20);
    bencher.bench(|| runtime.block_on(learners.study_page((LEARNER, ROADMAP), &range, catalog)));
}

#[divan::bench(args = LENGTHS)]
fn count(bencher: Bencher<'_, '_>, entries: u64) {
    let History { runtime, learners, .. } = &History::of(entries);
    bencher.bench(|| runtime.block_on(learners.store.study_count((LEARNER, ROADMAP))));
}

#[divan::bench(args = LENGTHS)]
fn sums(bencher: Bencher<'_, '_>, entries: u64) {
    let History { runtime, learners, catalog, .. } = &History::of(entries);
    bencher.bench(|| runtime.block_on(learners.study_sums(LEARNER, &[ROADMAP], catalog)));
}

#[divan::bench(args = LENGTHS)]
fn days(bencher: Bencher<'_, '_>, entries: u64) {
    let History { runtime, learners, .. } = &History::of(entries);
    bencher.bench(|| runtime.block_on(learners.study_days(LEARNER, &[ROADMAP], today())));
}

#[divan::bench(args = LENGTHS)]
fn first_day(bencher: Bencher<'_, '_>, entries: u64) {
    let History { runtime, learners, .. } = &History::of(entries);
    bencher.bench(|| runtime.block_on(learners.store.first_study_days(LEARNER, &[ROADMAP])));
}

/// An entry that is added and deleted again, each in a transaction of its own.
#[divan::bench(args = LENGTHS)]
fn log_and_delete(bencher: Bencher<'_, '_>, entries: u64) {
    // One less, so that there is room for one more.
    let History { runtime, learners, .. } = &History::of(entries - 1);
    let (key, store) = ((LEARNER, ROADMAP), &learners.store);
    bencher.bench(|| {
        runtime.block_on(async {
            let entry = study::Model { studied_on: today() + Days::new(1), ..entry(entries) };
            let Begun::Yes(doing) = store.begin(key, now(), false, None).await.expect("a transaction") else {
                unreachable!("the roadmap is there")
            };
            let id = entry.id;
            let done = Progress { study: Some(entry), ..Progress::new(key, now()) };
            store.finish(*doing, done).await.expect("an entry").expect("room for it");
            store.delete_study(LEARNER, id, now()).await.expect("an entry").expect("it is there");
        });
    });
}
