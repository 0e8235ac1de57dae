//! Wrong passwords: who is slowed down by them, and who is not.

use chrono::TimeDelta;
use serde_json::{Value, json};
use waymark::service::{Origin, Refused};

use crate::app::{App, Hand, PASSWORD};

const ADA: &str = "ada@example.org";

/// What came of a try.
#[derive(Debug, PartialEq)]
enum Tried {
    In(String),
    Wrong,
    Wait(u64),
}

/// Tries a password from a network, on a device.
fn tried(app: &App, client: &str, device: Option<&str>, email: &str, password: &str) -> Tried {
    let from = Origin { client, device };
    match app.wait(app.learners().accounts.sign_in(from, email, password.to_owned())) {
        Ok(Some(signed_in)) => Tried::In(signed_in.device),
        Ok(None) => Tried::Wrong,
        Err(Refused::TooOften(seconds)) => Tried::Wait(seconds),
        Err(Refused::Lost(_)) => panic!("the database fails"),
    }
}

fn device_of(tried: Tried) -> String {
    match tried {
        Tried::In(device) => device,
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_passwords_of_one_network_keep_nobody_out_who_comes_from_another() {
    let app = App::small();
    app.learner("ada");
    let attack = |password: &str| tried(&app, "192.0.2.1", None, ADA, password);
    assert!((0..10).all(|_| attack("wrong") == Tried::Wrong));
    assert_eq!(attack("wrong"), Tried::Wait(30));
    assert_eq!(attack(PASSWORD), Tried::Wait(30), "not even the right one is looked at");
    device_of(tried(&app, "198.51.100.7", None, ADA, PASSWORD));
}

#[test]
fn wrong_passwords_from_everywhere_do_not_keep_the_owner_out_who_comes_with_a_known_device() {
    let app = App::small();
    app.learner("ada");
    let device = device_of(tried(&app, "198.51.100.7", None, ADA, PASSWORD));
    let attack = |number: usize| tried(&app, &format!("192.0.2.{}", number % 20), None, ADA, "wrong");
    assert!((0..100).all(|number| attack(number) == Tried::Wrong));
    assert_eq!(attack(100), Tried::Wait(300), "a hundred for all networks together");
    assert_eq!(tried(&app, "203.0.113.1", None, ADA, PASSWORD), Tried::Wait(300), "an unknown device");
    // The owner gets in from anywhere, as often as there is a reason to.
    for client in ["198.51.100.7", "192.0.2.1", "203.0.113.1"].iter().cycle().take(40) {
        device_of(tried(&app, client, Some(&device), ADA, PASSWORD));
    }
    // A device has its own tries, and not those of others.
    let wrong = |device: &str| tried(&app, "198.51.100.7", Some(device), ADA, "wrong");
    assert!((0..10).all(|_| wrong(&device) == Tried::Wrong));
    assert_eq!(wrong(&device), Tried::Wait(30));
    assert_eq!(wrong("AAAA.nonsense"), Tried::Wait(300), "a cookie that nobody has signed");
}

#[test]
fn a_known_device_is_of_its_account_and_of_its_password() {
    let app = App::small();
    let (ada, _) = (app.learner("ada"), app.learner("grace"));
    let device = ada.device.borrow().as_ref().map(|pair| pair.split_once('=').unwrap().1.to_owned()).unwrap();
    let exhausted = |email: &str| {
        for number in 0..110 {
            tried(&app, &format!("192.0.2.{number}"), None, email, "wrong");
        }
    };
    exhausted("grace@example.org");
    assert!(matches!(
        tried(&app, "203.0.113.1", Some(&device), "grace@example.org", PASSWORD),
        Tried::Wait(_)
    ));
    ada.does(
        "changePassword",
        &json!({ "currentPassword": PASSWORD, "newPassword": "four plain new words" }),
        "",
    );
    exhausted(ADA);
    let new = "four plain new words";
    assert!(
        matches!(tried(&app, "203.0.113.1", Some(&device), ADA, new), Tried::Wait(_)),
        "of the old password"
    );
    let device = ada.device.borrow().as_ref().map(|pair| pair.split_once('=').unwrap().1.to_owned()).unwrap();
    device_of(tried(&app, "203.0.113.1", Some(&device), ADA, new));
}

#[test]
fn right_passwords_are_not_counted() {
    let app = App::small();
    let names: Vec<_> = (0..4).map(|number| format!("learner{number}")).collect();
    for name in &names {
        app.learner(name);
    }
    for number in 0..120 {
        let email = format!("{}@example.org", names[number % 4]);
        device_of(tried(&app, "192.0.2.1", None, &email, PASSWORD));
    }
}

#[test]
fn one_network_tries_few_accounts() {
    let app = App::small();
    let attack = |number: usize| tried(&app, "192.0.2.1", None, &format!("ada{number}@example.org"), "wrong");
    assert!((0..30).all(|number| attack(number) == Tried::Wrong));
    assert_eq!(attack(30), Tried::Wait(10));
}

#[test]
fn what_was_tried_is_made_up_for_with_time() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    app.learner("ada");
    let attack = || tried(&app, "192.0.2.1", None, ADA, "wrong");
    while attack() == Tried::Wrong {}
    hand.add(TimeDelta::seconds(30));
    assert_eq!((attack(), attack()), (Tried::Wrong, Tried::Wait(30)));
    hand.add(TimeDelta::minutes(5));
    device_of(tried(&app, "192.0.2.1", None, ADA, PASSWORD));
}

#[test]
fn the_cookie_of_a_device_is_out_of_reach_and_lasts() {
    let app = App::small();
    app.learner("ada");
    let sign_in = json!({ "query": format!("mutation {{ signIn(input: {{ email: \"{ADA}\", password: \"{PASSWORD}\" }}) {{ viewer {{ email }} }} }}") });
    let set = |host: &str| {
        let request = axum::http::Request::post("/graphql").header("content-type", "application/json");
        let request = request.header("host", host).body(axum::body::Body::from(sign_in.to_string()));
        let answer = app.send(request.unwrap());
        let all = answer.headers().get_all("set-cookie");
        all.iter()
            .map(|set| set.to_str().unwrap().to_owned())
            .find(|set| set.contains("waymark-device="))
            .unwrap()
    };
    let (local, public) = (set("localhost:8000"), set("waymark.example.org"));
    let end = "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict";
    assert!(local.starts_with("waymark-device=") && local.ends_with(end), "{local}");
    assert!(
        public.starts_with("__Host-waymark-device=") && public.ends_with(&format!("{end}; Secure")),
        "{public}"
    );
}

/// Over HTTP, where all tests are one network: a browser that has signed in before, and one that has not.
#[test]
fn a_browser_that_signed_in_before_gets_in_while_others_are_kept_out() {
    let app = App::small();
    let ada = app.learner("ada");
    let account = |password: &str| json!({ "email": ADA, "password": password });
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    ada.ask("mutation { signOut { userErrors { code } } }");
    assert_eq!(ada.ask("{ viewer { email } }")["data"]["viewer"], Value::Null, "a device is not a session");
    let stranger = app.client();
    // Each alias in a request is a try.
    let alias = |number: usize| {
        format!(
            "a{number}: signIn(input: {{ email: \"{ADA}\", password: \"wrong\" }}) {{ userErrors {{ code }} }}"
        )
    };
    let aliases: Vec<_> = (0..12).map(alias).collect();
    let answer = stranger.ask(&format!("mutation {{ {} }}", aliases.join(" ")));
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(2), "{answer:#}");
    assert_eq!(code(&answer), "RATE_LIMITED");
    assert_eq!(code(&stranger.tries("signIn", &account(PASSWORD), "viewer { email }")), "RATE_LIMITED");
    ada.does("signIn", &account(PASSWORD), "viewer { email }");
    // Passwords that somebody signed in is asked for are counted by the session.
    let wrong = json!({ "password": "wrong" });
    let refused = |answer: Value| answer.get("errors").is_some();
    assert_eq!(
        (0..15).filter(|_| refused(ada.tries("deleteAccount", &wrong, "userErrors { code }"))).count(),
        5
    );
    let other = app.client();
    *other.device.borrow_mut() = ada.device.borrow().clone();
    other.does("signIn", &account(PASSWORD), "viewer { email }");
    other.does("deleteAccount", &json!({ "password": PASSWORD }), "");
    assert_eq!(*other.device.borrow(), None, "the device forgets an account that is gone");
}
