//! Tests of what is read of lists that grow for years: pages and sums are those of the whole list, and do not take more rows as it grows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Days, NaiveDate};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, IntoActiveModel as _, Statement};
use serde_json::Value;
use uuid::Uuid;
use waymark_entity::study;

use super::Progress;
use super::tests::{at, id, roadmap, version};
use crate::store::tests::{ADA, GRACE, on_each_database, peopled, run};
use crate::store::{KeyRange, Store};

/// What is taken now and then beside rows, as when a statement is planned anew. Nothing to 20,000 entries.
const SLACK: u64 = 50;
const LEVELS: [&str; 2] = ["AWARE", "WORKING"];

fn first_day() -> NaiveDate {
    at(1).date_naive()
}

/// A log of so many entries, over so many days and topics.
fn log(random: &mut StdRng, roadmap: Uuid, entries: u128, days: u64, topics: u32) -> Vec<study::Model> {
    let entry = |number| {
        let step = random.random_range(0..=topics);
        let is_named = step > 0;
        study::Model {
            learner_id: ADA,
            id: id((roadmap.as_u128() << 32) + number),
            roadmap_id: roadmap,
            topic: is_named.then(|| format!("topic-{step}")),
            level: is_named.then(|| LEVELS[random.random_range(0..LEVELS.len())].to_owned()),
            studied_on: first_day() + Days::new(random.random_range(0..days)),
            hours_millionths: random.random_range(1..=24_000_000),
            note: None,
            logged_at: at(2),
        }
    };
    (0..entries).map(entry).collect()
}

async fn write(store: &Store, rows: &[study::Model]) {
    for rows in rows.chunks(500) {
        let rows = rows.iter().cloned().map(study::Model::into_active_model);
        study::Entity::insert_many(rows).exec_without_returning(&store.writer).await.unwrap();
    }
    waymark_migration::sum_study_logs(&store.writer).await.unwrap();
}

/// A store with roadmaps of one learner.
async fn with_roadmaps(url: &str, roadmaps: &[Uuid]) -> Store {
    let store = peopled(url).await;
    for &one in roadmaps {
        assert!(store.add_roadmap(roadmap(one, "Up"), version(one, 1), 99).await.unwrap());
    }
    store
}

/// The entries of one of some roadmaps, as a log lists them.
fn listed(rows: &[study::Model], roadmap: Uuid) -> Vec<study::Model> {
    let mut rows: Vec<_> = rows.iter().filter(|row| row.roadmap_id == roadmap).cloned().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.studied_on, row.id)));
    rows
}

#[tokio::test]
async fn pages_of_a_log_are_parts_of_the_whole() {
    on_each_database(async |url| {
        let random = &mut StdRng::seed_from_u64(1);
        let roadmaps = [id(1), id(2)];
        let store = with_roadmaps(url, &roadmaps).await;
        let rows = roadmaps.map(|one| log(random, one, 60, 12, 3)).concat();
        write(&store, &rows).await;
        for round in 0..200 {
            let all = listed(&rows, roadmaps[round % 2]);
            let mut place = || {
                let row = &all[random.random_range(0..all.len())];
                random.random_bool(0.6).then_some((row.studied_on, row.id))
            };
            let (after, before) = (place(), place());
            let (size, from_end) = (random.random_range(1..9), random.random_bool(0.5));
            let mut expected: Vec<_> = all
                .iter()
                .filter(|row| after.is_none_or(|after| (row.studied_on, row.id) < after))
                .filter(|row| before.is_none_or(|before| (row.studied_on, row.id) > before))
                .cloned()
                .collect();
            if from_end {
                expected.drain(..expected.len().saturating_sub(size));
            }
            expected.truncate(size);
            let range = KeyRange { after, before, limit: size as u64, from_end };
            let found = store.study_page((ADA, roadmaps[round % 2]), &range).await.unwrap();
            assert_eq!(found, expected, "{range:?}");
        }
        assert_eq!(store.study_count((ADA, roadmaps[0])).await.unwrap(), 60);
        assert_eq!(store.study_page((GRACE, roadmaps[0]), &KeyRange::first(9)).await.unwrap(), []);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sums_of_logs_are_those_of_their_entries() {
    on_each_database(async |url| {
        let random = &mut StdRng::seed_from_u64(2);
        let roadmaps = [id(1), id(2), id(3), id(4)];
        let store = with_roadmaps(url, &roadmaps).await;
        let mut rows = Vec::new();
        for (one, entries) in roadmaps.into_iter().zip([0, 1, 40, 400]) {
            rows.extend(log(random, one, entries, 90, 5));
        }
        write(&store, &rows).await;
        for round in 0..40 {
            let wanted: Vec<_> = roadmaps.into_iter().filter(|_| random.random_bool(0.5)).collect();
            let is_wanted = |row: &&study::Model| wanted.contains(&row.roadmap_id);
            let (mut by_step, mut first_days) = (BTreeMap::new(), BTreeMap::new());
            for row in rows.iter().filter(is_wanted) {
                let (topic, level) = (row.topic.clone(), row.level.clone());
                let key = (row.roadmap_id, topic.unwrap_or_default(), level.unwrap_or_default());
                *by_step.entry(key).or_insert(0) += row.hours_millionths;
                let first = first_days.entry(row.roadmap_id).or_insert(row.studied_on);
                *first = row.studied_on.min(*first);
            }
            let found = store.hours_by_step(ADA, &wanted).await.unwrap().into_iter();
            let found: BTreeMap<_, _> =
                found.map(|row| ((row.roadmap_id, row.topic, row.level), row.hours_millionths)).collect();
            assert_eq!(found, by_step, "{wanted:?}");
            let found = store.first_study_days(ADA, &wanted).await.unwrap();
            assert_eq!(BTreeMap::from_iter(found), first_days, "{wanted:?}");

            let since = first_day() + Days::new(random.random_range(0..90));
            let until = since + Days::new(round);
            let mut by_day = BTreeMap::new();
            for row in rows.iter().filter(is_wanted).filter(|row| (since..=until).contains(&row.studied_on)) {
                *by_day.entry((row.roadmap_id, row.studied_on)).or_insert(0) += row.hours_millionths;
            }
            let found = store.hours_by_day(ADA, &wanted, &(since..=until)).await.unwrap().into_iter();
            let found: BTreeMap<_, _> =
                found.map(|row| ((row.roadmap_id, row.studied_on), row.hours_millionths)).collect();
            assert_eq!(found, by_day, "{wanted:?}");
            assert_eq!(store.hours_by_step(GRACE, &wanted).await.unwrap(), []);
            assert_eq!(store.first_study_days(GRACE, &wanted).await.unwrap(), []);
        }
        store.close().await.unwrap();
    })
    .await;
}

/// The statements that a store reads by, while something is read.
struct Recorded(Arc<Mutex<Vec<Statement>>>);

impl Recorded {
    fn of(store: &mut Store) -> Self {
        let statements = Arc::<Mutex<Vec<Statement>>>::default();
        let all = statements.clone();
        store.reader.set_metric_callback(move |info| {
            all.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.clone());
        });
        Self(statements)
    }

    fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// Reads one of each kind: what a page of a client asks for, and what is computed of a log.
async fn read_all(store: &Store) {
    let (key, page) = ((ADA, id(1)), KeyRange::first(2));
    let (one, several) = ([id(1)], [id(1), id(2)]);
    let newest = store.study_page(key, &page).await.unwrap();
    let place = (newest[0].studied_on, newest[0].id);
    let after = KeyRange { after: Some(place), ..KeyRange::first(2) };
    store.study_page(key, &after).await.unwrap();
    store.study_page(key, &KeyRange { from_end: true, ..after }).await.unwrap();
    store.study_count(key).await.unwrap();
    store.study_entry(ADA, newest[0].id).await.unwrap();
    for roadmaps in [&one[..], &several] {
        store.hours_by_step(ADA, roadmaps).await.unwrap();
        let half_a_year = first_day()..=first_day() + Days::new(182);
        store.hours_by_day(ADA, roadmaps, &half_a_year).await.unwrap();
        store.first_study_days(ADA, roadmaps).await.unwrap();
        store.states(ADA, roadmaps).await.unwrap();
    }
    store.roadmap_page(ADA, false, &KeyRange::first(2)).await.unwrap();
    store.roadmap_count(ADA, false).await.unwrap();
    store.version_page(key, &KeyRange::first(2)).await.unwrap();
    store.version_header(key, 1).await.unwrap();
    store.version_count(key).await.unwrap();
    store.versions(ADA, &[(id(1), 1), (id(2), 1)]).await.unwrap();
}

/// Counts the steps of SQLite's machine that are taken on a store's writer: more rows, more steps.
async fn counted(store: &Store) -> Arc<AtomicU64> {
    let steps = Arc::new(AtomicU64::new(0));
    let count = steps.clone();
    // There is one connection that writes.
    let mut writer = store.writer.get_sqlite_connection_pool().acquire().await.unwrap();
    writer.lock_handle().await.unwrap().set_progress_handler(1, move || {
        count.fetch_add(1, Ordering::Relaxed);
        true
    });
    steps
}

/// How many rows PostgreSQL looks at, those among them that are passed over.
fn looked_at(plan: &Value) -> u64 {
    let number = |name: &str| plan[name].as_f64().unwrap_or_default();
    let of_node = if plan["Node Type"].as_str().unwrap_or_default().ends_with("Scan") {
        number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck")
    } else {
        0.0
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // numbers of rows
    let of_node = (of_node * number("Actual Loops")).round() as u64;
    of_node + plan["Plans"].as_array().into_iter().flatten().map(looked_at).sum::<u64>()
}

/// How much a database goes through for each statement: rows of PostgreSQL, steps of SQLite.
async fn effort(store: &Store, statements: &[Statement]) -> Vec<(String, u64)> {
    let backend = store.writer.get_database_backend();
    let steps = if backend == DbBackend::Sqlite { Some(counted(store).await) } else { None };
    let mut efforts = Vec::new();
    for statement in statements {
        let effort = if let Some(steps) = &steps {
            let before = steps.load(Ordering::Relaxed);
            store.writer.query_all_raw(statement.clone()).await.unwrap();
            steps.load(Ordering::Relaxed) - before
        } else {
            let sql = format!("EXPLAIN (ANALYZE, FORMAT JSON) {}", statement.sql);
            let explain = Statement::from_sql_and_values(backend, sql, statement.values.clone().unwrap());
            let row = store.writer.query_one_raw(explain).await.unwrap().unwrap();
            looked_at(&row.try_get_by_index::<Value>(0).unwrap()[0]["Plan"])
        };
        efforts.push((statement.sql.clone(), effort));
    }
    efforts
}

/// A short log, and what makes a long one of it: more entries on the same days and steps.
fn short_and_long(random: &mut StdRng) -> (Vec<study::Model>, Vec<study::Model>) {
    let (mut days, mut steps) = (BTreeSet::new(), BTreeSet::new());
    log(random, id(1), 19_990, 60, 4).into_iter().partition(|row| {
        let is_of_new_day = days.insert(row.studied_on);
        steps.insert((row.topic.clone(), row.level.clone())) || is_of_new_day
    })
}

#[tokio::test]
async fn a_long_log_takes_no_more_effort_than_a_short_one() {
    on_each_database(async |url| {
        let is_sqlite = url.starts_with("sqlite");
        // PostgreSQL reads tables of a page or two whole, whatever they are asked for.
        let url = if is_sqlite { url.to_owned() } else { format!("{url}&options[enable_seqscan]=off") };
        let mut store = with_roadmaps(&url, &[id(1), id(2)]).await;
        let (short, rest) = short_and_long(&mut StdRng::seed_from_u64(3));
        let recorded = Recorded::of(&mut store);
        let mut efforts = Vec::new();
        for entries in [short, rest] {
            write(&store, &entries).await;
            run(&store, "ANALYZE").await.unwrap();
            read_all(&store).await;
            efforts.push(effort(&store, &recorded.take()).await);
        }
        let [of_short, of_long] = &efforts[..] else { unreachable!() };
        assert!(of_long.len() > 14 && of_long.len() == of_short.len(), "{}", of_long.len());
        for ((sql, long), (same, short)) in of_long.iter().zip(of_short) {
            assert_eq!(sql, same);
            assert!(*long <= short + SLACK, "{long} in place of {short}: {sql}");
        }
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_entry_of_a_long_log_is_written_with_no_more_effort_than_one_of_a_short_log() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("waymark.db").display().to_string();
    let store = with_roadmaps(&url, &[id(1), id(2)]).await;
    let random = &mut StdRng::seed_from_u64(5);
    let (short, rest) = short_and_long(random);
    let steps = counted(&store).await;
    let mut efforts = Vec::new();
    for (entries, number) in [(short, 1), (rest, 2)] {
        write(&store, &entries).await;
        let key = (ADA, id(1));
        // On a day with room for it, and on a step that has entries.
        let (studied_on, step) = (first_day() + Days::new(90), entries[0].topic.clone());
        let level = step.as_ref().map(|_| "AWARE".to_owned());
        let entry = study::Model {
            id: id(number),
            studied_on,
            topic: step,
            level,
            hours_millionths: 1,
            ..entries[0].clone()
        };
        let before = steps.load(Ordering::Relaxed);
        let done = Progress { study: Some(entry), ..Progress::new(key, at(2)) };
        store.progress(done).await.unwrap().unwrap();
        let logged = steps.load(Ordering::Relaxed);
        assert!(store.delete_study(ADA, id(number), at(3)).await.unwrap().is_some());
        efforts.push((logged - before, steps.load(Ordering::Relaxed) - logged));
    }
    let ((log, delete), (log_long, delete_long)) = (efforts[0], efforts[1]);
    assert!(log_long <= log + SLACK && delete_long <= delete + SLACK, "{efforts:?}");
    store.close().await.unwrap();
}

#[tokio::test]
async fn nothing_of_learners_is_found_by_reading_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("waymark.db").display().to_string();
    let mut store = with_roadmaps(&url, &[id(1), id(2)]).await;
    write(&store, &log(&mut StdRng::seed_from_u64(4), id(1), 200, 30, 3)).await;
    let recorded = Recorded::of(&mut store);
    read_all(&store).await;
    for statement in recorded.take() {
        let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let values = statement.values.clone().unwrap();
        let explain = Statement::from_sql_and_values(DbBackend::Sqlite, &sql, values);
        let plan = store.writer.query_all_raw(explain).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        let scans =
            plan.iter().filter(|step| step.starts_with("SCAN ") && !step.starts_with("SCAN json_each"));
        assert_eq!(scans.count(), 0, "{sql}: {plan:?}");
        // Pages are not sorted.
        if statement.sql.contains("LIMIT") {
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{sql}: {plan:?}");
        }
    }
}
