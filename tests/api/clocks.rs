//! A clock that is four hundred days ahead for a while, and then set right: nothing that was written
//! meanwhile keeps anybody out for as long, or lasts for as much longer.

use chrono::TimeDelta;
use serde_json::{Value, json};
use waymark::service::{Origin, Refused};

use crate::app::{App, Client, Hand, PASSWORD, step};

const VIEWER: &str = "{ viewer { email } }";
const AHEAD: TimeDelta = TimeDelta::days(400);

fn is_in(client: &Client<'_>) -> bool {
    client.ask(VIEWER)["data"]["viewer"] != Value::Null
}

fn sign_in(client: &Client<'_>) {
    let account = json!({ "email": "ada@example.org", "password": PASSWORD });
    client.does("signIn", &account, "viewer { email }");
}

#[test]
fn tries_that_were_counted_ahead_are_made_up_for_at_once() {
    for ahead in [TimeDelta::hours(2), AHEAD] {
        let hand = Hand::at("2026-01-05");
        let app = App::at(hand.clock());
        app.learner("ada");
        let tried = |password: &str| {
            let from = Origin { client: "192.0.2.1", device: None };
            app.wait(app.learners().accounts.sign_in(from, "ada@example.org", password.to_owned()))
        };
        hand.add(ahead);
        while tried("wrong").is_ok() {}
        hand.add(-ahead);
        assert!(tried(PASSWORD).unwrap().is_some(), "{ahead}");
        // Wrong ones are counted as ever from then on.
        assert!((0..10).all(|_| tried("wrong").unwrap().is_none()), "{ahead}");
        assert!(matches!(tried("wrong"), Err(Refused::TooOften(30))), "{ahead}");
    }
}

#[test]
fn sessions_and_tokens_last_as_long_as_they_would_have() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let before = app.learner("ada");
    let token = |client: &Client<'_>| {
        client.does("createAccessToken", &json!({ "name": "script", "scopes": ["READ"] }), "token")["token"]
            .clone()
    };
    let old_token = token(&before);
    hand.add(AHEAD);
    assert!(!is_in(&before), "its thirty days seem to be over");
    let ahead = app.client();
    sign_in(&ahead);
    let new_token = token(&ahead);
    assert!(is_in(&ahead));
    hand.add(-AHEAD);
    // What was made by the clock that was wrong would hold for four hundred days more.
    assert!(!is_in(&ahead));
    assert!(!is_in(&app.program(&new_token)));
    // A token is not taken away for having seemed to be over, and everybody signs in again.
    assert!(is_in(&app.program(&old_token)));
    let after = app.client();
    sign_in(&after);
    assert!(is_in(&after));
}

#[test]
fn a_clock_that_was_hours_ahead_ends_no_session() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    hand.add(TimeDelta::hours(3));
    let ada = app.learner("ada");
    hand.add(TimeDelta::hours(-3));
    assert!(is_in(&ada));
    hand.add(TimeDelta::days(31));
    assert!(!is_in(&ada));
}

#[test]
fn that_a_session_was_used_is_noted_again() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let used = || {
        // It is noted beside the request.
        for _ in 0..200 {
            app.wait(tokio::task::yield_now());
        }
        let found = ada.ask("{ viewer { sessions { lastUsedAt } } }");
        found["data"]["viewer"]["sessions"][0]["lastUsedAt"].clone()
    };
    hand.add(TimeDelta::days(20));
    assert!(is_in(&ada));
    let ahead = eventually(&used, |noted| noted.as_str().is_some_and(|at| at.starts_with("2026-01-25")));
    hand.add(TimeDelta::days(-20));
    assert!(is_in(&ada));
    let right = eventually(&used, |noted| noted.as_str().is_some_and(|at| at.starts_with("2026-01-05")));
    assert_ne!(ahead, right);
}

/// What is found once it is so.
fn eventually(find: &impl Fn() -> Value, is_so: impl Fn(&Value) -> bool) -> Value {
    (0..1_000).map(|_| find()).find(is_so).expect("it is never so")
}

#[test]
fn what_was_asked_for_is_done_once_and_stays_in_order() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let save = |client: &Client<'_>, name: &str| {
        let input = json!({ "title": name, "roadmap": { "to": "architect" }, "clientMutationId": name });
        client.does("saveRoadmap", &input, "roadmap { id }")["roadmap"]["id"].clone()
    };
    hand.add(AHEAD);
    sign_in(&ada);
    let ahead = save(&ada, "ahead");
    let study = json!({ "roadmap": ahead, "step": step("docker", "WORKING"), "hours": 1 });
    ada.does("startStep", &json!({ "roadmap": ahead, "step": step("docker", "WORKING") }), "roadmap { id }");
    ada.does("logStudy", &study, "entry { id }");
    hand.add(-AHEAD);
    sign_in(&ada);
    assert_eq!(save(&ada, "ahead"), ahead, "it is remembered");
    let after = save(&ada, "after");
    assert_eq!(save(&ada, "after"), after);
    // All of it is there, each once, and can be gone on with.
    let found = ada.ask("{ viewer { roadmaps { totalCount nodes { title } } } }");
    assert_eq!(found["data"]["viewer"]["roadmaps"]["totalCount"], 2, "{found}");
    ada.does(
        "completeStep",
        &json!({ "roadmap": ahead, "step": step("docker", "WORKING") }),
        "roadmap { progress { stepsDone } forecast { hoursLeft } }",
    );
    ada.does("logStudy", &json!({ "roadmap": ahead, "hours": 2 }), "roadmap { studyLog { totalCount } }");
    ada.does("replan", &json!({ "id": ahead }), "roadmap { id }");
}

#[test]
fn a_device_that_was_known_is_known() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let cookie = ada.device.borrow().clone().unwrap();
    let device = cookie.split_once('=').unwrap().1;
    let exhausted = || {
        for number in 0..110 {
            let client = format!("192.0.2.{number}");
            let from = Origin { client: &client, device: None };
            drop(app.wait(app.learners().accounts.sign_in(from, "ada@example.org", "wrong".into())));
        }
    };
    let owner = || {
        let from = Origin { client: "203.0.113.1", device: Some(device) };
        app.wait(app.learners().accounts.sign_in(from, "ada@example.org", PASSWORD.into()))
    };
    exhausted();
    hand.add(AHEAD);
    exhausted();
    assert!(owner().is_err(), "its year seems to be over");
    hand.add(-AHEAD);
    assert!(owner().unwrap().is_some());
}
