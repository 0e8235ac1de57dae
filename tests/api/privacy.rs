//! What a learner is told of what is kept.

use axum::http::{Response, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;
use waymark::service::Origin;
use waymark::store::KeyRange;
use waymark_entity::study;

use crate::app::{App, Client, Hand, PASSWORD, step};
use crate::logs::debugged;

const ROUTE: &str = "/export/my-data";

fn exported(client: &Client<'_>) -> String {
    let answer = client.ask("{ exportMyData }");
    answer["data"]["exportMyData"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

fn downloaded(app: &App, client: &Client<'_>) -> Response<Vec<u8>> {
    app.send(client.look(ROUTE, &[]))
}

/// The status and the code of a download that is refused.
fn refused(answer: &Response<Vec<u8>>) -> (StatusCode, Value) {
    let body: Value = serde_json::from_slice(answer.body()).unwrap();
    (answer.status(), body["errors"][0]["extensions"]["code"].clone())
}

/// Leaves something in each table; what opens something by which it can be seen.
fn busy(client: &Client<'_>, title: &str) -> Vec<String> {
    client.does("recordSkills", &json!({ "skills": [step("docker", "AWARE")] }), "viewer { email }");
    client.does("rateResource", &json!({ "resource": "java-book", "stars": 5 }), "resource { slug }");
    let token =
        client.does("createAccessToken", &json!({ "name": "script", "scopes": ["READ", "WRITE"] }), "token");
    let wishes = json!({ "to": "manager", "startOn": "2026-02-02" });
    let saved = client.does("saveRoadmap", &json!({ "title": title, "roadmap": wishes }), "roadmap { id }");
    let id = &saved["roadmap"]["id"];
    let docker = step("docker", "WORKING");
    client.does("completeStep", &json!({ "roadmap": id, "step": docker }), "roadmap { id }");
    client.does(
        "logStudy",
        &json!({ "roadmap": id, "step": docker, "hours": 1.5, "note": "Read “it”." }),
        "entry { id }",
    );
    client.does("logStudy", &json!({ "roadmap": id, "hours": 2 }), "entry { id }");
    client.does("replan", &json!({ "id": id }), "roadmap { id }");
    let shared = client.does("shareRoadmap", &json!({ "id": id }), "secret");
    let calendar = client.does("studyCalendar", &json!({ "id": id }), "path");
    let end = |text: &Value| {
        let text = text.as_str().unwrap().trim_end_matches(".ics");
        text[text.len() - 20..].to_owned()
    };
    [&token["token"], &shared["secret"], &calendar["path"]].map(end).into()
}

#[test]
fn an_export_has_all_that_is_kept_of_a_learner() {
    let app = App::small();
    let ada = app.learner("ada");
    busy(&ada, "Ada's way");
    let text = exported(&ada);
    insta::assert_snapshot!(text);
    assert_eq!(exported(&ada), text);
    let download = downloaded(&app, &ada);
    assert_eq!(String::from_utf8(download.body().clone()).unwrap(), text, "in both the same");
    let header = |name: &str| download.headers()[name].to_str().unwrap();
    assert_eq!((download.status(), header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(header("content-disposition"), "attachment; filename=\"waymark-export.json\"");
    assert_eq!(header("cache-control"), "no-store");
    assert!(!download.headers().contains_key("content-length"), "it is written while it is read");
}

#[test]
fn an_export_has_nothing_of_others_and_nothing_that_opens_anything() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    let mut secrets = busy(&ada, "Ada's way");
    secrets.extend(busy(&grace, "Grace's way"));
    secrets.extend([PASSWORD.to_owned(), "argon2".to_owned()]);
    let (of_ada, of_grace) = (exported(&ada), exported(&grace));
    for secret in secrets {
        assert!(!of_ada.contains(&secret) && !of_grace.contains(&secret), "{secret}");
    }
    assert!(of_ada.contains("Ada's way") && !of_ada.contains("Grace") && !of_ada.contains("grace@"));
    assert!(of_grace.contains("Grace's way") && !of_grace.contains("Ada") && !of_grace.contains("ada@"));
    let keys = |text: &str| {
        let export: Value = serde_json::from_str(text).unwrap();
        (export["account"]["id"].clone(), export["roadmaps"][0]["id"].clone())
    };
    assert!(!of_ada.contains(keys(&of_grace).0.as_str().unwrap()));
    assert!(!of_ada.contains(keys(&of_grace).1.as_str().unwrap()));
}

#[test]
fn an_account_that_is_gone_has_no_export() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let other = ada.again();
    ada.does("deleteAccount", &json!({ "password": PASSWORD }), "");
    let answer = other.ask("{ exportMyData }");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(answer["data"], Value::Null);
    let refusal = refused(&downloaded(&app, &other));
    assert_eq!(refusal, (StatusCode::UNAUTHORIZED, json!("UNAUTHENTICATED")));
}

#[test]
fn an_export_is_downloaded_by_those_who_may_ask_for_it() {
    let app = App::small();
    let ada = app.learner("ada");
    let token = |scope: &str| {
        let made = json!({ "name": scope, "scopes": [scope] });
        ada.does("createAccessToken", &made, "token")["token"].clone()
    };
    let [reads, writes] = ["READ", "WRITE"].map(token);
    assert_eq!(downloaded(&app, &app.program(&reads)).status(), StatusCode::OK);
    let forbidden = (StatusCode::FORBIDDEN, json!("FORBIDDEN"));
    assert_eq!(refused(&downloaded(&app, &app.program(&writes))), forbidden);
    let unauthenticated = (StatusCode::UNAUTHORIZED, json!("UNAUTHENTICATED"));
    assert_eq!(refused(&downloaded(&app, &app.client())), unauthenticated);
    assert_eq!(refused(&downloaded(&app, &app.program(&json!("waymark_nonsense")))), unauthenticated);
    // A page of another site can't have it sent, and its cookie is nobody's.
    let foreign = ada.look(ROUTE, &[("sec-fetch-site", "cross-site")]);
    assert_eq!(refused(&app.send(foreign)), forbidden);
    let foreign = ada.look(ROUTE, &[("origin", "https://example.org")]);
    assert_eq!(refused(&app.send(foreign)), unauthenticated);
}

#[test]
fn one_export_of_a_learner_is_downloaded_at_a_time_and_few_of_all() {
    let app = App::small();
    let [ada, grace, alan] = ["ada", "grace", "alan"].map(|name| app.learner(name));
    for client in [&ada, &grace, &alan] {
        large(&app, client);
    }
    let in_use = || app.learners().store.connections()[0].1;
    let first = app.begin(ada.look(ROUTE, &[]));
    let again = downloaded(&app, &ada);
    assert_eq!(refused(&again), (StatusCode::TOO_MANY_REQUESTS, json!("RATE_LIMITED")));
    assert!(again.headers().contains_key("retry-after"));
    let second = app.begin(grace.look(ROUTE, &[]));
    let busy = (StatusCode::SERVICE_UNAVAILABLE, json!("RATE_LIMITED"));
    assert_eq!(refused(&downloaded(&app, &alan)), busy);
    // Whoever goes away gives up the room, and the connection to the database.
    assert!(in_use() >= 2);
    drop((first, second));
    app.wait(async {
        while in_use() > 0 {
            tokio::task::yield_now().await;
        }
    });
    for client in [&ada, &alan] {
        assert_eq!(downloaded(&app, client).status(), StatusCode::OK);
    }
}

#[test]
fn an_answer_has_one_export_and_none_that_is_too_large() {
    let app = App::small();
    let ada = app.learner("ada");
    app.stop_following();
    // The same field twice is one.
    assert!(ada.ask("{ exportMyData exportMyData }")["data"]["exportMyData"].is_string());
    let aliases: Vec<_> = (0..40).map(|number| format!("a{number}: exportMyData")).collect();
    let query = format!("{{ {} }}", aliases.join(" "));
    let statements = app.statements(|| {
        let error = &ada.ask(&query)["errors"][0];
        assert_eq!(error["extensions"]["code"], "QUERY_TOO_COSTLY", "{error}");
        assert_eq!(error["extensions"]["path"], ROUTE);
    });
    assert_eq!(statements, 1, "nothing is read but who asks");

    large(&app, &ada);
    let error = ada.ask("{ exportMyData }")["errors"][0].clone();
    assert_eq!(error["extensions"]["code"], "QUERY_TOO_COSTLY", "{error}");
    assert_eq!(
        (&error["extensions"]["path"], &error["extensions"]["most"]),
        (&json!(ROUTE), &json!(1_000_000))
    );
    let download = downloaded(&app, &ada).into_body();
    assert!(download.len() > 1_000_000, "{}", download.len());
    let export: Value = serde_json::from_slice(&download).unwrap();
    assert_eq!(export["roadmaps"][0]["studyLog"].as_array().unwrap().len(), 1_000);
}

/// What clients say of themselves and look for, in words that stand nowhere else.
const LOOKED_FOR: [&str; 4] = ["Nosy/7.3 (marker)", "203.0.113.77", "wanderlust-marker", "QueryMarker"];

/// Has a learner do everything, and somebody look at what is shared.
fn looked_at(app: &App) {
    let [browser, network, text, operation] = LOOKED_FOR;
    let ada = app.learner("ada");
    busy(&ada, "Ada's way");
    exported(&ada);
    let headers =
        [("user-agent", browser), ("x-forwarded-for", network), ("referer", "https://nosy.example.org")];
    let query = format!(
        "query {operation}($text: String!) {{ search(text: $text) {{ totalCount }} viewer {{ email }} }}"
    );
    let body = json!({ "query": query, "variables": { "text": text } });
    for client in [&ada, &app.client()] {
        assert_eq!(client.send(&body, &headers).status(), StatusCode::OK);
    }
    let links = ada.ask("{ viewer { roadmaps { nodes { shareSecret calendarPath } } } }");
    let links = &links["data"]["viewer"]["roadmaps"]["nodes"][0];
    let shared = format!("{{ sharedRoadmap(secret: {}) {{ title }} }}", links["shareSecret"]);
    assert_eq!(app.client().send(&json!({ "query": shared }), &headers).status(), StatusCode::OK);
    let calendar = app.client().look(links["calendarPath"].as_str().unwrap(), &headers);
    assert_eq!(app.send(calendar).status(), StatusCode::OK);
    for (network, email) in [(network, "ada@example.org"), (network, "nobody@example.org")] {
        let from = Origin { client: network, device: None };
        let wrong = app.wait(app.learners().accounts.sign_in(from, email, "wrong".to_owned()));
        assert!(wrong.unwrap().is_none());
    }
}

#[test]
fn nothing_is_kept_of_clients_and_of_what_they_look_for() {
    let app = App::small();
    looked_at(&app);
    let kept = app.every_text().join("\n");
    assert!(kept.contains("ada@example.org"), "the tables are there");
    for text in LOOKED_FOR.into_iter().chain(["nosy.example.org", "nobody@example.org"]) {
        assert!(!kept.contains(text), "{text} is kept");
    }
}

#[test]
fn logs_have_nothing_of_a_learner_but_the_key() {
    let app = App::small();
    let ((), log) = debugged(|| looked_at(&app));
    assert!(
        log.contains("answered") && log.contains("QueryMarker"),
        "the log is there, with the names of operations"
    );
    let of_learners = ["@example.org", "Ada's way", "Read “it”", "script", "java-book", "totalCount"];
    // The audit trail names the network, as it promises.
    let log: Vec<_> = log.lines().filter(|line| !line.contains(" audit: ")).collect();
    let log = log.join("\n");
    for text in LOOKED_FOR[..3].iter().chain(&of_learners) {
        assert!(!log.contains(text), "{text} is in the log");
    }
}

/// Writes a log that is longer than what stands in an answer.
fn large(app: &App, client: &Client<'_>) {
    let id = client.saves(&json!({ "to": "manager" }));
    let input = json!({ "roadmap": id, "hours": 1, "note": "x".repeat(2_000) });
    client.does("logStudy", &input, "entry { id }");
    let learner = client.asker().who.unwrap().id;
    let first = app.wait(async {
        let store = &app.learners().store;
        let roadmap = store.roadmap_page(learner, false, &KeyRange::first(1)).await.unwrap().remove(0).id;
        store.study_page((learner, roadmap), &KeyRange::first(1)).await.unwrap().remove(0)
    });
    let entry = |number| study::Model { id: Uuid::from_u128(first.id.as_u128() + number), ..first.clone() };
    app.insert(&(1..1_000).map(entry).collect::<Vec<_>>());
}
