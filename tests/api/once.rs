//! What is asked for twice under one name is done once, whatever becomes of the first answer.

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use crate::app::{App, Client, step};

fn saved(client: &Client<'_>) -> Value {
    client.saves(&json!({ "from": "developer", "to": "manager" }))
}

/// Asks for the same twice, as a client does that got no answer the first time; both answers.
fn twice(client: &Client<'_>, mutation: &str, mut input: Value, selection: &str) -> [Value; 2] {
    input["clientMutationId"] = json!(format!("{mutation} once"));
    [(); 2].map(|()| client.does(mutation, &input, &format!("clientMutationId {selection}")))
}

#[test]
fn a_roadmap_is_saved_once() {
    let app = App::small();
    let ada = app.learner("ada");
    let roadmap = json!({ "from": "developer", "to": "manager" });
    let input = json!({ "title": "Up", "roadmap": roadmap });
    let [first, again] = twice(&ada, "saveRoadmap", input, "roadmap { id changeNumber }");
    assert_eq!(first["clientMutationId"], "saveRoadmap once");
    assert_eq!(first, again);
    assert_eq!(
        ada.ask("{ viewer { roadmaps { totalCount } } }")["data"]["viewer"]["roadmaps"]["totalCount"],
        1
    );
}

#[test]
fn what_is_done_on_a_roadmap_is_done_once() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = saved(&ada);
    let docker = json!({ "roadmap": id, "step": step("docker", "AWARE") });
    let change = "roadmap { changeNumber }";
    for mutation in ["startStep", "completeStep", "reopenStep"] {
        let [first, again] = twice(&ada, mutation, docker.clone(), change);
        assert_eq!(first, again, "{mutation}");
    }
    let log = json!({ "roadmap": id, "step": step("docker", "AWARE"), "hours": 2 });
    let [first, again] = twice(&ada, "logStudy", log, &format!("entry {{ id hours }} {change}"));
    assert_eq!(first, again);
    let spent = |client: &Client<'_>| {
        let query = "query Q($id: ID!) { savedRoadmap(id: $id) { progress { hoursSpent } } }";
        client.ask_with(query, &json!({ "id": id }))["data"]["savedRoadmap"]["progress"]["hoursSpent"].clone()
    };
    assert_eq!(spent(&ada), 2.0);
    let entry = json!({ "id": first["entry"]["id"] });
    let [first, again] = twice(&ada, "deleteStudy", entry, &format!("deletedId {change}"));
    assert_eq!(first, again);
    assert_eq!(spent(&ada), 0.0);
    let skip = json!({ "roadmap": id, "step": step("docker", "AWARE"), "reason": "KNOWN" });
    let changes = "roadmap { changeNumber } changes { summary gone { topic level } }";
    let [first, again] = twice(&ada, "skipStep", skip, changes);
    assert_eq!(first, again);
    assert_eq!(first["changes"]["gone"][0]["topic"], "docker");
}

#[test]
fn a_plan_is_changed_once_and_its_changes_are_told_again() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = saved(&ada);
    let update = json!({ "id": id, "hoursPerWeek": 12 });
    let changes = "roadmap { changeNumber version { number } } changes { summary }";
    let [first, again] = twice(&ada, "updateRoadmap", update, changes);
    assert_eq!(first, again);
    assert_eq!(first["roadmap"]["version"]["number"], 2);
    let title = json!({ "id": id, "title": "Higher", "clientMutationId": "title" });
    let title = [(); 2]
        .map(|()| ada.does("updateRoadmap", &title, "roadmap { changeNumber title } changes { summary }"));
    assert_eq!(title[0], title[1]);
    assert_eq!(title[0]["changes"], Value::Null);
    let [first, again] = twice(&ada, "archiveRoadmap", json!({ "id": id }), "roadmap { changeNumber }");
    assert_eq!(first, again);
    let [first, again] = twice(&ada, "shareRoadmap", json!({ "id": id }), "secret roadmap { changeNumber }");
    assert_eq!(first, again);
    let [first, again] = twice(&ada, "unshareRoadmap", json!({ "id": id }), "roadmap { changeNumber }");
    assert_eq!(first, again);
    // What was shared then is not shared again by a late repetition.
    let late = json!({ "id": id, "clientMutationId": "shareRoadmap once" });
    let late = ada.tries("shareRoadmap", &late, "secret");
    assert_eq!(late["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let [first, again] = twice(&ada, "deleteRoadmap", json!({ "id": id }), "deletedId");
    assert_eq!((&first, &first["deletedId"]), (&again, &id));
}

#[test]
fn skills_and_ratings_are_not_set_back_by_a_late_repetition() {
    let app = App::small();
    let ada = app.learner("ada");
    let skills = |name: &str| json!({ "skills": [step("go", "WORKING")], "clientMutationId": name });
    let known = || ada.ask("{ viewer { skillCount } }")["data"]["viewer"]["skillCount"].clone();
    ada.does("recordSkills", &skills("a"), "viewer { email }");
    let forget = json!({ "skills": [{ "topic": "go" }], "clientMutationId": "b" });
    ada.does("forgetSkills", &forget, "viewer { email }");
    let late = ada.does("recordSkills", &skills("a"), "skills { level }");
    assert_eq!((&late["skills"], known()), (&json!([]), json!(0)));
    ada.does("recordSkills", &skills("c"), "viewer { email }");
    ada.does("forgetSkills", &forget, "viewer { email }");
    assert_eq!(known(), 1);
    let rate =
        |stars: i32, name: &str| json!({ "resource": "java-book", "stars": stars, "clientMutationId": name });
    let stars = "resource { viewerRating }";
    ada.does("rateResource", &rate(2, "d"), stars);
    ada.does("rateResource", &rate(5, "e"), stars);
    assert_eq!(ada.does("rateResource", &rate(2, "d"), stars)["resource"]["viewerRating"], 5);
}

#[test]
fn a_token_is_made_once_and_the_secret_that_was_shown_last_is_its_own() {
    let app = App::small();
    let ada = app.learner("ada");
    let input = json!({ "name": "script", "scopes": ["READ"] });
    let [first, again] = twice(&ada, "createAccessToken", input, "token accessToken { id }");
    assert_eq!(first["accessToken"], again["accessToken"]);
    assert_ne!(first["token"], again["token"]);
    let seen = |token: &Value| app.program(token).ask("{ viewer { email } }")["data"]["viewer"].clone();
    assert_eq!(seen(&first["token"]), Value::Null);
    assert_eq!(seen(&again["token"])["email"], "ada@example.org");
}

#[test]
fn a_password_is_changed_once() {
    let app = App::small();
    let ada = app.learner("ada");
    let input = json!({ "currentPassword": crate::app::PASSWORD, "newPassword": "another three words" });
    let [first, again] = twice(&ada, "changePassword", input, "viewer { email }");
    assert_eq!(first, again);
}

#[test]
fn a_name_belongs_to_one_request_of_one_learner() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    let record = |topic: &str| json!({ "skills": [step(topic, "WORKING")], "clientMutationId": "mine" });
    ada.does("recordSkills", &record("go"), "viewer { email }");
    let other = ada.tries("recordSkills", &record("java"), "viewer { email }");
    assert_eq!(
        other["errors"][0]["extensions"],
        json!({ "code": "BAD_USER_INPUT", "argument": "input.clientMutationId" })
    );
    let forget = json!({ "skills": [{ "topic": "go" }], "clientMutationId": "mine" });
    assert_eq!(ada.tries("forgetSkills", &forget, "viewer { email }")["errors"].as_array().unwrap().len(), 1);
    grace.does("recordSkills", &record("java"), "viewer { email }");
    for (name, code) in [("", "INVALID"), (&*"x".repeat(201), "TOO_LONG")] {
        let answer = ada.tries(
            "recordSkills",
            &json!({ "skills": [step("go", "WORKING")], "clientMutationId": name }),
            "userErrors { field code }",
        );
        let mistake = json!([{ "field": ["input", "clientMutationId"], "code": code }]);
        assert_eq!(answer["data"]["recordSkills"]["userErrors"], mistake);
    }
}

#[test]
fn what_was_refused_is_not_remembered() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = saved(&ada);
    let log = |hours: f64| json!({ "roadmap": id, "hours": hours, "clientMutationId": "log" });
    let refused = ada.tries("logStudy", &log(25.0), "userErrors { code }");
    assert_eq!(refused["data"]["logStudy"]["userErrors"][0]["code"], "OUT_OF_RANGE");
    ada.does("logStudy", &log(2.0), "entry { hours }");
}

/// As a client does that is impatient, or sends to two servers.
#[test]
fn what_is_asked_for_twice_at_the_same_time_is_done_once() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = saved(&ada);
    let mutation = format!(
        "mutation {{ logStudy(input: {{ roadmap: {id}, hours: 1, clientMutationId: \"log\" }}) {{ entry {{ id }} userErrors {{ message }} }} }}"
    );
    let scope = app.world.scope_of(ada.asker(), None);
    let answers = app.wait(async {
        let ask = async || app.events(scope.clone(), &mutation).await.next().await.unwrap().json();
        let (a, b, c) = tokio::join!(ask(), ask(), ask());
        [a, b, c].map(|answer| serde_json::from_slice::<Value>(&answer).unwrap())
    });
    assert_eq!(answers[0]["data"]["logStudy"]["userErrors"], json!([]));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    let log = ada.ask(&format!("{{ savedRoadmap(id: {id}) {{ studyLog {{ totalCount }} }} }}"));
    assert_eq!(log["data"]["savedRoadmap"]["studyLog"]["totalCount"], 1);
}

/// One of the two finds nothing left to delete: that is what it was asked for.
#[test]
fn what_is_deleted_twice_at_the_same_time_is_deleted() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = saved(&ada);
    let mutation = format!(
        "mutation {{ deleteRoadmap(input: {{ id: {id}, clientMutationId: \"gone\" }}) {{ deletedId }} }}"
    );
    let scope = app.world.scope_of(ada.asker(), None);
    let answers = app.wait(async {
        let ask = async || app.events(scope.clone(), &mutation).await.next().await.unwrap().json();
        let (a, b) = tokio::join!(ask(), ask());
        [a, b].map(|answer| serde_json::from_slice::<Value>(&answer).unwrap())
    });
    let deleted = json!({ "data": { "deleteRoadmap": { "deletedId": id } } });
    assert_eq!(answers, [deleted.clone(), deleted]);
}

#[test]
fn every_mutation_can_be_given_a_name() {
    let app = App::small();
    let query = "{ __schema { mutationType { fields { name args { type { ofType { name inputFields { name } } } } } } } }";
    let answer = app.ask(query);
    let fields = answer["data"]["__schema"]["mutationType"]["fields"].as_array().unwrap().clone();
    let without = fields.iter().filter(|field| {
        let inputs = field["args"][0]["type"]["ofType"]["inputFields"].as_array().into_iter().flatten();
        !inputs.map(|input| &input["name"]).any(|name| name == "clientMutationId")
    });
    let without: Vec<_> = without.map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(without, ["signOut"]);
}
