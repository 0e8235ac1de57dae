//! The memory that requests take of a learner with years of history: it must not grow with them.
//!
//! All allocations of this process are counted, so the tests here take turns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

#[path = "../api/app.rs"]
#[allow(dead_code)] // what only the tests of the API need
mod app;
#[path = "../api/database.rs"]
#[allow(dead_code)]
mod database;

use std::sync::{Mutex, PoisonError};

use chrono::Days;
use http_body_util::BodyExt as _;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use uuid::Uuid;
use waymark::store::KeyRange;
use waymark_entity::{roadmap_version, study};

use crate::app::{App, Client};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;
static TURN: Mutex<()> = Mutex::new(());

const KB: usize = 1 << 10;
const MB: usize = 1 << 20;

/// The most memory that something takes beyond what is taken already.
fn peak<T>(what: impl FnOnce() -> T) -> (usize, T) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let done = what();
    (MEMORY.peak_usage() - before, done)
}

/// A learner with a roadmap, and the keys of both.
fn learner(app: &App) -> (Client<'_>, Value, (Uuid, Uuid)) {
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "mid-level-backend-engineer", "to": "backend-architect" }));
    let learner = ada.asker().who.unwrap().id;
    let rows = app.wait(app.learners().store.roadmap_page(learner, false, &KeyRange::first(1)));
    (ada, id, (learner, rows.unwrap()[0].id))
}

/// Writes entries of the log, from one number to another, over twenty days.
fn log(app: &App, (learner, roadmap): (Uuid, Uuid), numbers: std::ops::Range<u64>) {
    let entry = |number: u64| study::Model {
        learner_id: learner,
        id: Uuid::from_u128(u128::from(number)),
        roadmap_id: roadmap,
        topic: Some("java".to_owned()),
        level: Some("WORKING".to_owned()),
        studied_on: "2025-07-14".parse::<chrono::NaiveDate>().unwrap() + Days::new(number % 20),
        hours_millionths: 1_000,
        note: Some("Read a chapter, and did its exercises.".to_owned()),
        logged_at: "2026-01-01T12:00:00Z".parse().unwrap(),
    };
    app.insert(&numbers.map(entry).collect::<Vec<_>>());
}

/// Writes versions like the first one.
fn versions(app: &App, (learner, roadmap): (Uuid, Uuid), numbers: std::ops::RangeInclusive<i32>) {
    let first = app.wait(app.learners().store.versions(learner, &[(roadmap, 1)])).unwrap().remove(0);
    let version = |number| roadmap_version::Model { number, cause: "REPLANNED".to_owned(), ..first.clone() };
    app.insert(&numbers.map(version).collect::<Vec<_>>());
}

/// Reads a download, and keeps nothing of it: its bytes, and those of its largest piece.
fn download(app: &App, client: &Client<'_>) -> (usize, usize) {
    let mut body = app.begin(client.look("/export/my-data", &[]));
    app.wait(async move {
        let (mut all, mut largest) = (0, 0);
        while let Some(frame) = body.frame().await {
            let bytes = frame.unwrap().into_data().unwrap().len();
            (all, largest) = (all + bytes, largest.max(bytes));
        }
        (all, largest)
    })
}

#[test]
fn an_export_takes_no_more_memory_as_it_grows() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let app = App::embedded();
    let (ada, _, key) = learner(&app);
    log(&app, key, 0..2_000);
    versions(&app, key, 2..=60);
    download(&app, &ada);
    let (of_short, (short, _)) = peak(|| download(&app, &ada));
    log(&app, key, 2_000..20_000);
    versions(&app, key, 61..=600);
    let (of_long, (long, largest)) = peak(|| download(&app, &ada));
    assert!(long > 8 * short && long > 20 * MB, "{short} and {long} bytes");
    assert!(largest <= 32 * KB, "{largest} bytes in a piece");
    assert!(of_long < of_short + MB, "{short} bytes took {of_short}, and {long} took {of_long}");
    // Nor does the field, which is refused.
    let (of_field, answer) = peak(|| ada.ask("{ exportMyData }"));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "QUERY_TOO_COSTLY");
    assert!(of_field < of_short + 2 * MB, "{of_field}");
}

#[test]
fn a_long_log_takes_no_more_memory_than_a_short_one() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let app = App::embedded();
    let (ada, id, key) = learner(&app);
    let fields = [
        "next { topic }",
        "studyLog(first: 1) { totalCount nodes { day } pageInfo { hasNextPage } }",
        "progress { hoursSpent streakDays streakWeeks }",
        "forecast { hoursLeft weeksObserved observed { p50 } }",
        "versions(first: 1) { totalCount nodes { number createdAt } }",
    ];
    let ask = |field: &str| {
        let query = format!("query Q($id: ID!) {{ savedRoadmap(id: $id) {{ {field} }} }}");
        let answer = ada.ask_with(&query, &json!({ "id": id }));
        assert_eq!(answer.get("errors"), None, "{field}");
    };
    log(&app, key, 0..20);
    let measure = || {
        fields.map(|field| {
            // What is kept from then on is there.
            ask(field);
            peak(|| ask(field)).0
        })
    };
    let of_short = measure();
    log(&app, key, 20..20_000);
    versions(&app, key, 2..=300);
    for ((field, short), long) in fields.into_iter().zip(of_short).zip(measure()) {
        assert!(long < short + 64 * KB, "{field}: {short} bytes, and {long} with a long log");
    }
}
