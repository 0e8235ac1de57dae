//! What is followed: two devices of one learner see each other's changes, until they may not any more.

use std::sync::Arc;
use std::task::Poll;

use futures_util::stream::BoxStream;
use futures_util::{FutureExt as _, StreamExt as _};
use serde_json::{Value, json};
use waymark::catalog::{Snapshot, read};
use waymark::graphql::Answer;

use crate::app::{App, Client};

fn saved(client: &Client<'_>) -> Value {
    client.saves(&json!({ "from": "developer", "to": "manager" }))
}

fn docker(id: &Value) -> Value {
    json!({ "roadmap": id, "step": { "topic": "docker", "level": "AWARE" } })
}

/// What a client follows, which has begun: nothing of it is told yet.
fn followed(app: &App, client: &Client<'_>, subscription: &str) -> BoxStream<'static, Answer> {
    let scope = app.world.scope_of(client.asker(), None);
    let mut events = app.wait(app.events(scope, subscription));
    app.wait(async {
        // The engine begins when it is asked for the first event, and reads the database then.
        for _ in 0..1_000 {
            assert!(events.next().now_or_never().is_none(), "nothing has happened yet");
            tokio::task::yield_now().await;
        }
    });
    events
}

fn next(app: &App, events: &mut BoxStream<'static, Answer>) -> Value {
    let event = app.wait(events.next()).expect("something is told");
    serde_json::from_slice::<Value>(&event.json()).unwrap()["data"].clone()
}

#[test]
fn a_change_on_one_device_is_told_on_the_other() {
    let app = App::small();
    let (desk, phone) = (app.learner("ada"), app.learner("ada"));
    let id = saved(&desk);
    let query = format!(
        "subscription {{ roadmapChanged(id: {id}, since: 0) {{ changeNumber progress {{ stepsDone }} step(topic: \"docker\", level: AWARE) {{ state }} }} }}"
    );
    let scope = app.world.scope_of(phone.asker(), None);
    let mut events = app.wait(app.events(scope, &query));
    let told = |events: &mut BoxStream<'static, Answer>| next(&app, events)["roadmapChanged"].clone();
    // What happened before it was followed is told at once.
    assert_eq!(told(&mut events)["changeNumber"], 1);
    desk.does("startStep", &docker(&id), "roadmap { id }");
    assert_eq!(
        told(&mut events),
        json!({ "changeNumber": 2, "progress": { "stepsDone": 0 }, "step": { "state": "STARTED" } })
    );
    // Of several changes the last one is told; what the learner knows is of account for it too.
    desk.does("completeStep", &docker(&id), "roadmap { id }");
    desk.does("updateRoadmap", &json!({ "id": id, "title": "Higher" }), "roadmap { id }");
    desk.does(
        "recordSkills",
        &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }),
        "viewer { email }",
    );
    assert_eq!(
        told(&mut events),
        json!({ "changeNumber": 5, "progress": { "stepsDone": 1 }, "step": { "state": "COMPLETED" } })
    );
    // It ends with the roadmap.
    desk.does("deleteRoadmap", &json!({ "id": id }), "deletedId");
    assert!(app.wait(events.next()).is_none());
}

#[test]
fn whatever_is_a_learners_is_told_to_that_learner_alone() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    app.settle();
    let query = "subscription { viewerChanged { email skillCount } }";
    let mut of_ada = followed(&app, &ada, query);
    let mut of_grace = followed(&app, &grace, query);
    ada.does(
        "recordSkills",
        &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }),
        "viewer { email }",
    );
    assert_eq!(
        next(&app, &mut of_ada)["viewerChanged"],
        json!({ "email": "ada@example.org", "skillCount": 1 })
    );
    assert!(app.wait(async { of_grace.next().now_or_never() }).is_none());
}

#[test]
fn another_learners_roadmap_is_not_followed() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    let id = saved(&ada);
    let answer = app.first_event(&grace, &format!("subscription {{ roadmapChanged(id: {id}) {{ title }} }}"));
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "NOT_FOUND", "argument": "id" }));
}

#[test]
fn what_is_followed_ends_when_the_session_is_revoked_and_not_when_another_is() {
    let app = App::small();
    let [here, there, elsewhere] = [(); 3].map(|()| app.learner("ada"));
    let id = saved(&here);
    let query = format!("subscription {{ roadmapChanged(id: {id}, since: 0) {{ changeNumber }} }}");
    let stream = |client: &Client<'_>| {
        let request = client.request(&json!({ "query": query }), &[("accept", "text/event-stream")]);
        app.begin(request)
    };
    let (ends, goes_on) = (stream(&there), stream(&here));
    assert_eq!(
        elsewhere.ask("mutation { signOut { userErrors { code } } }")["data"]["signOut"]["userErrors"],
        json!([])
    );
    let sessions = here.ask("{ viewer { sessions { id isCurrent } } }");
    let sessions = sessions["data"]["viewer"]["sessions"].as_array().unwrap().clone();
    let other = sessions.iter().find(|session| session["isCurrent"] == json!(false)).unwrap();
    here.does("endSession", &json!({ "id": other["id"] }), "viewer { email }");
    let rest = app.wait(axum::body::to_bytes(ends, usize::MAX)).unwrap();
    assert!(String::from_utf8_lossy(&rest).contains("event: complete"), "{rest:?}");
    // The other stream goes on: it tells what happens next.
    here.does("startStep", &docker(&id), "roadmap { id }");
    let event = app.next_frame(goes_on);
    assert!(event.contains("\"changeNumber\":2"), "{event}");
}

#[test]
fn whoever_waits_keeps_no_snapshot() {
    let app = App::small();
    let old = Arc::downgrade(&app.world.current.pin());
    let subscription = "subscription { catalogChanged { catalog { revision } } }";
    let mut events = app.wait(app.events(app.world.scope(None), subscription));
    let waits = std::future::poll_fn(|cx| Poll::Ready(events.poll_next_unpin(cx).is_pending()));
    assert!(app.wait(waits));
    app.world.current.swap(Snapshot::new(2, read("tests/fixtures/small.yaml").unwrap()));
    assert!(old.upgrade().is_none());
    let event = app.wait(events.next()).unwrap();
    assert_eq!(event.json(), r#"{"data":{"catalogChanged":{"catalog":{"revision":2}}}}"#);
}
