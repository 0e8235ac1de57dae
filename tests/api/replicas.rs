//! Several servers on one database: what is written through one is seen through the others.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use serde_json::{Value, json};
use waymark::graphql::{Answer, Scope, World};
use waymark::service::{Origin, Refused};

use crate::app::{App, Client, step};

/// What a client is told through a server.
fn follow(
    app: &App,
    server: &Arc<World>,
    client: &Client<'_>,
    subscription: &str,
) -> BoxStream<'static, Answer> {
    app.wait(app.events(server.scope_of(client.asker(), None), subscription))
}

fn next(app: &App, events: &mut BoxStream<'static, Answer>) -> Value {
    let event = app.wait(events.next()).expect("something is told");
    serde_json::from_slice::<Value>(&event.json()).unwrap()["data"].clone()
}

#[test]
fn a_change_through_one_server_is_told_through_the_others() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let query = format!("subscription {{ roadmapChanged(id: {id}, since: 0) {{ changeNumber }} }}");
    let mut events = [(); 2].map(|()| follow(&app, &app.beside(), &ada, &query));
    let mut told = |number: i32| {
        for events in &mut events {
            assert_eq!(next(&app, events)["roadmapChanged"]["changeNumber"], number);
        }
    };
    told(1);
    let docker = json!({ "roadmap": id, "step": step("docker", "AWARE") });
    ada.does("startStep", &docker, "roadmap { id }");
    told(2);
    ada.does("completeStep", &docker, "roadmap { id }");
    told(3);
}

#[test]
fn a_new_catalogue_reaches_all_servers_and_those_who_follow_it_there() {
    let app = App::small();
    let other = app.beside();
    let mut events = follow(
        &app,
        &other,
        &app.client(),
        "subscription { catalogChanged(since: 0) { catalog { revision } } }",
    );
    assert_eq!(next(&app, &mut events)["catalogChanged"]["catalog"]["revision"], 1);
    let small = include_str!("../fixtures/small.yaml");
    app.import(&small.replace("title: Go", "title: Golang"));
    assert_eq!(next(&app, &mut events)["catalogChanged"]["catalog"]["revision"], 2);
    assert_eq!(other.current.pin().revision, 2);
}

#[test]
fn a_session_that_is_ended_through_one_server_is_followed_through_none() {
    let app = App::small();
    let (here, there) = (app.learner("ada"), app.learner("ada"));
    let other = app.beside();
    let who = there.asker().who.unwrap();
    let accounts = other.learners.as_ref().unwrap().accounts.clone();
    let (forgotten,) = app.wait(async {
        let forgotten = tokio::spawn(async move { accounts.forgotten(who).await });
        // It follows from now on.
        tokio::task::yield_now().await;
        (forgotten,)
    });
    let sessions = here.ask("{ viewer { sessions { id isCurrent } } }");
    let sessions = sessions["data"]["viewer"]["sessions"].as_array().unwrap().clone();
    let its = sessions.iter().find(|session| session["isCurrent"] == json!(false)).unwrap();
    here.does("endSession", &json!({ "id": its["id"] }), "viewer { email }");
    app.wait(forgotten).unwrap();
}

#[test]
fn tries_of_a_password_are_counted_on_all_servers_together() {
    let app = App::small();
    app.learner("ada");
    let other = app.beside();
    let tries = |server: &Arc<World>, times: usize| {
        let accounts = &server.learners.as_ref().unwrap().accounts;
        let from = Origin { client: "192.0.2.1", device: None };
        let mut refused = 0;
        for _ in 0..times {
            let tried = accounts.sign_in(from, "ada@example.org", "a wrong password".into());
            refused += usize::from(matches!(app.wait(tried), Err(Refused::TooOften(_))));
        }
        refused
    };
    // The right one, when the learner signed in, does not count.
    assert_eq!((tries(&app.world, 5), tries(&other, 5)), (0, 0));
    assert_eq!((tries(&app.world, 1), tries(&other, 1)), (1, 1));
}

#[test]
fn a_request_that_is_sent_to_two_servers_is_done_once() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let mutation = format!(
        "mutation {{ logStudy(input: {{ roadmap: {id}, hours: 1, clientMutationId: \"log\" }}) {{ entry {{ id }} }} }}"
    );
    let scopes = [app.world.clone(), app.beside()].map(|server| server.scope_of(ada.asker(), None));
    let answers = app.wait(async {
        let ask = async |scope: &Scope| {
            let scope = scope.clone();
            app.events(scope, &mutation).await.next().await.unwrap().json()
        };
        tokio::join!(ask(&scopes[0]), ask(&scopes[1]))
    });
    assert_eq!(answers.0, answers.1);
    assert!(String::from_utf8_lossy(&answers.0).contains("entry"), "{answers:?}");
    let log = ada.ask(&format!("{{ savedRoadmap(id: {id}) {{ studyLog {{ totalCount }} }} }}"));
    assert_eq!(log["data"]["savedRoadmap"]["studyLog"]["totalCount"], 1);
}
