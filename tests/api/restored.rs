//! A database that is restored under a running server: the number of the newest revision stays, and it
//! is that of another catalogue.

use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _};
use serde_json::{Value, json};
use waymark::catalog::{CatalogId, read};

use crate::app::App;

const SMALL: &str = "tests/fixtures/small.yaml";

/// Changes the hours of `docker@WORKING` and the digest of revision 1 in one transaction, as a restore
/// of a backup of another catalogue would, and waits until the server has seen it.
fn restore(app: &App) {
    let text = std::fs::read_to_string(SMALL).unwrap();
    let other = text.replace(
        "WORKING: { hours: 12, outcome: Builds a small image. }",
        "WORKING: { hours: 212, outcome: Builds a small image. }",
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("restored.yaml");
    std::fs::write(&file, &other).unwrap();
    let digest = CatalogId::of(&read(&file).unwrap());
    let mut watch = app.world.current.watch();
    app.execute(&format!(
        "BEGIN; UPDATE steps SET hours_millionths = 212000000 WHERE level = 'WORKING' AND topic_id = (SELECT id FROM topics WHERE slug = 'docker'); \
         UPDATE catalog_revisions SET digest = '{digest}' WHERE number = 1; COMMIT"
    ));
    app.wait(watch.changed()).unwrap();
    assert_eq!((app.world.current.pin().revision, app.world.current.pin().id), (1, digest));
}

fn hours(app: &App) -> Value {
    let query = r#"{ roadmap(input: { goals: [{ topic: "docker", level: WORKING }], startOn: "2026-02-02" }) {
        hours catalogRevision steps(first: 9) { nodes { step { topic { slug } hours } necessary } } choices { taken { topic { slug } } } } }"#;
    let answer = app.ask(query);
    answer["data"]["roadmap"]["hours"].clone()
}

#[test]
fn what_is_planned_after_a_restore_is_planned_on_what_the_database_holds() {
    let app = App::small();
    assert_eq!((hours(&app), hours(&app)), (json!(16.0), json!(16.0)));
    restore(&app);
    assert_eq!((hours(&app), hours(&app)), (json!(216.0), json!(216.0)));
}

#[test]
fn a_kept_roadmap_is_outdated_after_a_restore_of_another_catalogue_of_the_same_number() {
    let app = App::small();
    let ada = app.learner("ada");
    let wishes = json!({ "goals": [{ "topic": "docker", "level": "WORKING" }], "startOn": "2026-02-02" });
    let saved = ada.does(
        "saveRoadmap",
        &json!({ "title": "Way", "roadmap": wishes }),
        "roadmap { id isOutdated roadmap { hours } }",
    );
    let roadmap = &saved["roadmap"];
    assert_eq!((&roadmap["isOutdated"], &roadmap["roadmap"]["hours"]), (&json!(false), &json!(16.0)));
    restore(&app);
    let query = "query Q($id: ID!) { savedRoadmap(id: $id) { isOutdated roadmap { hours } version { hours catalogRevision } } }";
    let now = ada.ask_with(query, &json!({ "id": roadmap["id"] }));
    let now = &now["data"]["savedRoadmap"];
    assert_eq!((&now["isOutdated"], &now["roadmap"]), (&json!(true), &Value::Null));
    let replanned = ada.does(
        "replan",
        &json!({ "id": roadmap["id"] }),
        "roadmap { isOutdated version { hours } } changes { catalogChanged }",
    );
    assert_eq!(replanned["changes"]["catalogChanged"], json!(true));
    assert_eq!(replanned["roadmap"], json!({ "isOutdated": false, "version": { "hours": 216.0 } }));
}

#[test]
fn those_who_follow_the_catalogue_are_told_of_a_restore_of_the_same_number() {
    let app = App::small();
    let scope = || app.world.scope(None);
    let before = app.ask("{ catalog { digest } }")["data"]["catalog"]["digest"].clone();
    let query = "subscription { catalogChanged(since: 1) { previousRevision catalog { revision digest } } }";
    let mut events = app.wait(app.events(scope(), query));
    // It begins when it is asked for the first time.
    assert!(app.wait(async { events.next().now_or_never() }).is_none());
    restore(&app);
    let now = app.world.current.pin().id.to_string();
    let told = json!({ "data": { "catalogChanged": { "previousRevision": 1, "catalog": { "revision": 1, "digest": now } } } });
    let next = |events: &mut futures_util::stream::BoxStream<'static, waymark::graphql::Answer>| -> Value {
        let event = app.wait(async { tokio::time::timeout(Duration::from_secs(10), events.next()).await });
        serde_json::from_slice(&event.unwrap().unwrap().json()).unwrap()
    };
    assert_eq!(next(&mut events), told);
    // A client that was away says which content it knows.
    let query = query.replace("since: 1", &format!("since: 1, sinceDigest: {before}"));
    assert_eq!(next(&mut app.wait(app.events(scope(), &query))), told);
    let query = query.replace(before.as_str().unwrap(), &now);
    let mut events = app.wait(app.events(scope(), &query));
    assert!(app.wait(async { events.next().now_or_never() }).is_none());
}
