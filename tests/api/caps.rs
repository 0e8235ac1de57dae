//! What one account may keep, and how often it may write: caps hold whatever is asked for at the
//! same time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;
use waymark::config::ServerSettings;
use waymark::store::learners::caps;

use crate::app::{App, Client, step};

/// The answers to mutations that are executed at the same time.
fn at_once(app: &App, client: &Client<'_>, mutations: &[String]) -> Vec<Value> {
    let scope = app.world.scope_of(client.asker(), None);
    app.wait(join_all(mutations.iter().map(async |mutation| {
        let answer = app.events(scope.clone(), mutation).await.next().await.unwrap();
        serde_json::from_slice::<Value>(&answer.json()).unwrap()["data"].clone()
    })))
}

/// How many of the answers are done, and the codes of the others.
fn outcomes(answers: &[Value], mutation: &str) -> (usize, Vec<Value>) {
    let errors = answers.iter().map(|answer| &answer[mutation]["userErrors"]);
    let codes: Vec<Value> =
        errors.filter(|errors| **errors != json!([])).map(|all| all[0]["code"].clone()).collect();
    (answers.len() - codes.len(), codes)
}

fn id_of(client: &Client<'_>) -> Uuid {
    client.asker().who.unwrap().id
}

/// A key as SQL has it.
fn literal(key: Uuid) -> String {
    if std::env::var("WAYMARK_TEST_POSTGRES").is_ok() {
        format!("'{key}'")
    } else {
        format!("X'{}'", key.simple())
    }
}

fn assert_capped(app: &App, client: &Client<'_>, mutation: &str, inputs: &[String], room: usize) {
    let mutations = inputs.iter().map(|input| {
        format!("mutation {{ {mutation}(input: {{ {input} }}) {{ userErrors {{ code message }} }} }}")
    });
    let answers = at_once(app, client, &mutations.collect::<Vec<_>>());
    let (done, refused) = outcomes(&answers, mutation);
    assert_eq!(done, room, "{mutation}: {answers:?}");
    assert!(refused.iter().all(|code| *code == "LIMIT_REACHED"), "{mutation}: {refused:?}");
}

#[test]
fn tokens_are_capped_by_requests_at_the_same_time() {
    let app = App::small();
    let ada = app.learner("ada");
    let most = usize::try_from(caps::MOST_TOKENS).unwrap();
    let named = |i: usize| json!({ "name": format!("token {i}"), "scopes": ["READ"] });
    for i in 4..most {
        ada.does("createAccessToken", &named(i), "token");
    }
    let inputs: Vec<_> = (0..12).map(|i| format!("name: \"more {i}\", scopes: [READ]")).collect();
    assert_capped(&app, &ada, "createAccessToken", &inputs, 4);
    let tokens = ada.ask("{ viewer { accessTokens { id } } }");
    assert_eq!(tokens["data"]["viewer"]["accessTokens"].as_array().unwrap().len(), most);
}

#[test]
fn sessions_are_capped_and_the_one_that_was_not_used_for_longest_ends() {
    let app = App::small();
    let first = app.learner("ada");
    let store = &app.learners().store;
    let ada = id_of(&first);
    app.wait(async {
        // Another device signs in again and again: the password is not what is tested here.
        let hash = store.learner(ada).await.unwrap().unwrap().password_hash.unwrap();
        let given = waymark::store::learners::GivenFor::Password(hash);
        let now = (app.world.clock)();
        let session = |i: u128| waymark_entity::credential::Model {
            learner_id: ada,
            id: Uuid::from_u128(i),
            kind: "SESSION".into(),
            secret_hash: format!("{i}"),
            name: String::new(),
            scopes: String::new(),
            created_at: now + chrono::TimeDelta::seconds(i64::try_from(i).unwrap()),
            expires_at: now + chrono::TimeDelta::days(1),
            last_used_at: None,
        };
        for i in 1..=44 {
            store.add_credential(session(i), &given).await.unwrap();
        }
        join_all((45..=56).map(|i| store.add_credential(session(i), &given))).await;
    });
    let count = app.wait(store.credentials(ada, "SESSION")).unwrap().len();
    assert_eq!(count, usize::try_from(caps::MOST_SESSIONS).unwrap());
}

#[test]
fn roadmaps_are_capped_by_requests_at_the_same_time() {
    let app = App::small();
    let ada = app.learner("ada");
    let most = usize::try_from(caps::MOST_ROADMAPS).unwrap();
    for _ in 4..most {
        ada.saves(&json!({ "to": "manager" }));
    }
    let inputs: Vec<_> = (0..12).map(|i| format!("title: \"{i}\", roadmap: {{ to: \"manager\" }}")).collect();
    assert_capped(&app, &ada, "saveRoadmap", &inputs, 4);
}

#[test]
fn entries_of_the_log_are_capped_by_requests_at_the_same_time() {
    let app = App::small();
    let ada = app.learner("ada");
    let roadmap = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let plain = URL_SAFE_NO_PAD.decode(roadmap.as_str().unwrap()).unwrap();
    let key = String::from_utf8(plain).unwrap().split_once(':').unwrap().1.parse().unwrap();
    let (learner, id) = (literal(id_of(&ada)), literal(key));
    let numbers =
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 19996)";
    let key =
        if learner.starts_with('X') { "unhex(printf('%032x', n))" } else { "lpad(to_hex(n), 32, '0')::uuid" };
    let (day, at) = ("'2020-01-05'", "'2026-01-05 12:00:00+00:00'");
    let cast = if learner.starts_with('X') { ("", "") } else { ("::date", "::timestamptz") };
    app.execute(&format!(
        "{numbers} INSERT INTO study (learner_id, id, roadmap_id, studied_on, hours_millionths, logged_at) \
         SELECT {learner}{}, {key}, {id}{}, {day}{}, 1, {at}{} FROM numbers",
        if cast.0.is_empty() { "" } else { "::uuid" },
        if cast.0.is_empty() { "" } else { "::uuid" },
        cast.0,
        cast.1
    ));
    app.sum_study_logs();
    let inputs: Vec<_> = (0..12).map(|_| format!("roadmap: {roadmap}, hours: 0.1")).collect();
    assert_capped(&app, &ada, "logStudy", &inputs, 4);
}

#[test]
fn the_hours_of_a_day_are_capped_by_requests_at_the_same_time_and_over_all_roadmaps() {
    let app = App::small();
    let ada = app.learner("ada");
    let roadmaps = [(); 2].map(|()| ada.saves(&json!({ "from": "developer", "to": "manager" })));
    let log = |i: usize| {
        let input = format!("roadmap: {}, hours: 5", roadmaps[i % 2]);
        format!(
            "mutation {{ logStudy(input: {{ {input} }}) {{ entry {{ id }} userErrors {{ code field message }} }} }}"
        )
    };
    let answers = at_once(&app, &ada, &(0..8).map(log).collect::<Vec<_>>());
    let (done, refused) = outcomes(&answers, "logStudy");
    assert_eq!((done, refused), (4, vec![json!("OUT_OF_RANGE"); 4]));
    let refused = answers.iter().find(|answer| answer["logStudy"]["entry"].is_null()).unwrap();
    assert_eq!(
        refused["logStudy"]["userErrors"][0],
        json!({
            "code": "OUT_OF_RANGE",
            "field": ["input", "hours"],
            "message": "A day has 24 hours, and of 2026-01-05 4 are left that you have not logged: log at most that, or another day."
        })
    );
    // Another day has its own hours, and what is taken back gives room.
    let other = json!({ "roadmap": roadmaps[0], "hours": 24, "day": "2026-01-04" });
    ada.does("logStudy", &other, "entry { id }");
    let entry = answers.iter().find_map(|answer| answer["logStudy"]["entry"]["id"].as_str()).unwrap();
    ada.does("deleteStudy", &json!({ "id": entry }), "deletedId");
    ada.does("logStudy", &json!({ "roadmap": roadmaps[0], "hours": 9 }), "entry { id }");
}

#[test]
fn skills_and_ratings_are_capped_by_requests_at_the_same_time() {
    let app = App::small();
    let ada = app.learner("ada");
    let learner = literal(id_of(&ada));
    let (uuid, instant) = if learner.starts_with('X') { ("", "") } else { ("::uuid", "::timestamptz") };
    let at = format!("'2026-01-05 12:00:00+00:00'{instant}");
    let numbers = |most: u64, room: u64| {
        let last = most - room;
        format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
        )
    };
    app.execute(&format!(
        "{} INSERT INTO skills (learner_id, topic, level, source, recorded_at) \
         SELECT {learner}{uuid}, 'former-' || n, 'WORKING', 'SAID', {at} FROM numbers",
        numbers(caps::MOST_SKILLS, 2)
    ));
    app.execute(&format!(
        "{} INSERT INTO ratings (learner_id, resource, stars, rated_at) \
         SELECT {learner}{uuid}, 'former-' || n, 3, {at} FROM numbers",
        numbers(caps::MOST_RATINGS, 2)
    ));
    let topics = ["java", "go", "testing", "spring-boot", "go-web-services", "docker", "kubernetes"];
    let inputs = topics.map(|topic| format!("skills: [{{ topic: \"{topic}\", level: WORKING }}]"));
    assert_capped(&app, &ada, "recordSkills", &inputs, 2);
    let books = ["java-book", "java-docs", "containers-course", "docker-docs", "spring-deutsch"];
    let inputs = books.map(|book| format!("resource: \"{book}\", stars: 4"));
    assert_capped(&app, &ada, "rateResource", &inputs, 2);
    // A step that is completed is a skill too.
    let roadmap = ada.saves(&json!({ "to": "architect" }));
    let first = ada.ask_with(
        "query Q($id: ID!) { savedRoadmap(id: $id) { version { steps { nodes { topic level } } } } }",
        &json!({ "id": roadmap }),
    );
    let held: Vec<_> = topics
        .iter()
        .filter(|topic| {
            let query = format!("{{ topic(slug: \"{topic}\") {{ steps {{ viewerHolds }} }} }}");
            ada.ask(&query).to_string().contains("true")
        })
        .collect();
    let steps = first["data"]["savedRoadmap"]["version"]["steps"]["nodes"].as_array().unwrap().clone();
    let open = steps.iter().find(|step| !held.iter().any(|topic| step["topic"] == ***topic)).unwrap();
    let input = json!({ "roadmap": roadmap, "step": step(open["topic"].as_str().unwrap(), open["level"].as_str().unwrap()) });
    let answer = ada.tries("completeStep", &input, "userErrors { code }");
    assert_eq!(
        answer["data"]["completeStep"]["userErrors"],
        json!([{ "code": "LIMIT_REACHED" }]),
        "{answer}"
    );
}

#[test]
fn old_versions_are_pruned_and_a_late_repetition_says_so() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let update =
        |hours: i32, name: &str| json!({ "id": id, "hoursPerWeek": hours, "clientMutationId": name });
    ada.does("updateRoadmap", &update(7, "first"), "roadmap { id }");
    for round in 0..caps::KEPT_VERSIONS {
        ada.does("updateRoadmap", &update(8 + round % 2, &format!("round {round}")), "roadmap { id }");
    }
    let query = "query Q($id: ID!) { savedRoadmap(id: $id) {
        versions(last: 2) { totalCount nodes { number } } versionOf(number: 2) { number }
    } }";
    let kept = &ada.ask_with(query, &json!({ "id": id }))["data"]["savedRoadmap"];
    let expected = json!({
        "versions": { "totalCount": caps::KEPT_VERSIONS + 1, "nodes": [{ "number": 3 }, { "number": 1 }] },
        "versionOf": null
    });
    assert_eq!(*kept, expected);
    let late = ada.tries("updateRoadmap", &update(7, "first"), "changes { summary }");
    assert_eq!(late["errors"][0]["extensions"]["code"], "NOT_FOUND", "{late}");
}

#[test]
fn an_account_that_writes_too_fast_is_told_when_to_go_on() {
    let app = App::taking(ServerSettings { write_burst: 5, write_rate: 2, ..ServerSettings::default() });
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    let rate = |i: usize| {
        format!(
            "a{i}: forgetSkills(input: {{ skills: [], clientMutationId: \"{i}\" }}) {{ userErrors {{ code }} }} "
        )
    };
    // Aliases in one request count one by one.
    let answer = ada.ask(&format!("mutation {{ {} }}", (0..8).map(rate).collect::<String>()));
    let done = (0..8).filter(|i| !answer["data"][format!("a{i}")].is_null()).count();
    assert_eq!(done, 5, "{answer}");
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 3);
    for error in errors {
        assert_eq!(error["extensions"], json!({ "code": "RATE_LIMITED", "retryAfter": 1 }));
    }
    // Others are not held to it, and what was done before is answered again.
    grace.does("forgetSkills", &json!({ "skills": [] }), "viewer { email }");
    let again = ada.ask(&format!("mutation {{ {} }}", rate(0)));
    assert_eq!(again["data"]["a0"]["userErrors"], json!([]), "{again}");
    let more = ada.tries("forgetSkills", &json!({ "skills": [] }), "viewer { email }");
    assert_eq!(more["errors"][0]["extensions"]["code"], "RATE_LIMITED");
}
