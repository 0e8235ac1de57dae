//! What a learner is told of what is kept.

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, PASSWORD, step};

fn exported(client: &Client<'_>) -> String {
    let answer = client.ask("{ exportMyData }");
    answer["data"]["exportMyData"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
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
}
