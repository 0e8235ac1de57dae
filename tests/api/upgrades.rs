//! Databases that earlier releases made: they open, are brought up to date, and answer.

use std::path::Path;

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, PASSWORD, step};

/// The first release that had learners.
const FIRST_WITH_LEARNERS: &str = "m20261127_000003_roadmaps";

/// The last migrations of the releases of which there are dumps, oldest first.
fn releases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/databases");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.filter_map(|name| name.to_str()?.strip_suffix(".sqlite.sql").map(str::to_owned));
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert!(names.len() >= 3, "{names:?}");
    names
}

/// On a database of a release, some days after it was made.
fn upgraded(release: &str) -> App {
    App::on_release(release, Hand::at("2026-12-05").clock())
}

fn signed_in<'a>(app: &'a App, name: &str) -> Client<'a> {
    let client = app.client();
    let account = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
    client.does("signIn", &account, "viewer { email }");
    client
}

#[test]
fn the_catalogue_of_each_release_is_there() {
    let expected = json!({ "topicCount": 7, "stepCount": 10, "resourceCount": 5, "roleCount": 3 });
    let query = "{ catalog { topicCount stepCount resourceCount roleCount } roadmap(input: { to: \"manager\" }) { hours } }";
    for release in releases() {
        let told = upgraded(&release).ask(query)["data"].clone();
        assert_eq!(told["catalog"], expected, "{release}");
        assert_eq!(told["roadmap"]["hours"], 86.0, "{release}");
    }
}

/// Everything of a learner's that does not differ from one database to another, as ids and instants do.
const EVERYTHING: &str = "{
    viewer {
        email name role skills { nodes { topic level source } }
        roadmaps(includeArchived: true) { nodes {
            title input { from { slug } to { slug } goals { level topic { slug } } avoid { slug } hoursPerWeek finishBy pauses { from to } }
            version { number cause hours startsOn finishesOn steps { nodes { topic level state hours hoursSpent } } }
            versions { nodes { number cause changes { summary } } }
            progress { stepsDone stepsTotal hoursDone hoursSpent }
            studyLog { nodes { day hours topic level note } }
        } }
        accessTokens { name scopes }
    }
    resource(slug: \"java-book\") { viewerRating rating { average count } }
}";

#[test]
fn the_learners_of_each_release_find_what_is_theirs() {
    for release in releases().iter().filter(|release| &***release >= FIRST_WITH_LEARNERS) {
        let app = upgraded(release);
        let told = signed_in(&app, "ada").ask(EVERYTHING);
        assert_eq!(told.get("errors"), None, "{release}");
        insta::with_settings!({ snapshot_suffix => release }, { insta::assert_json_snapshot!(told["data"]) });
        let grace = signed_in(&app, "grace").ask("{ viewer { name roadmaps { nodes { title } } } }");
        let roadmaps = json!({ "nodes": [{ "title": "Leading" }] });
        assert_eq!(grace["data"]["viewer"], json!({ "name": null, "roadmaps": roadmaps }), "{release}");
    }
}

#[test]
fn the_links_of_each_release_still_lead_where_they_led() {
    let query =
        "query Q($secret: String!) { sharedRoadmap(secret: $secret) { title progress { stepsDone } } }";
    for release in releases().iter().filter(|release| &***release >= FIRST_WITH_LEARNERS) {
        let app = upgraded(release);
        let links =
            signed_in(&app, "ada").ask("{ viewer { roadmaps { nodes { shareSecret calendarPath } } } }");
        let links = &links["data"]["viewer"]["roadmaps"]["nodes"][0];
        let shared = app.client().ask_with(query, &json!({ "secret": links["shareSecret"] }));
        assert_eq!(shared["data"]["sharedRoadmap"]["title"], "To architect", "{release}");
        let path = links["calendarPath"].as_str().unwrap();
        let calendar = app.send(axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap());
        assert!(calendar.body().starts_with(b"BEGIN:VCALENDAR"), "{release}");
    }
}

#[test]
fn what_a_release_had_can_be_gone_back_to_after_the_first_edit() {
    for release in releases().iter().filter(|release| &***release >= FIRST_WITH_LEARNERS) {
        let app = upgraded(release);
        let ada = signed_in(&app, "ada");
        let who = ada.asker().who.unwrap();
        assert!(app.wait(app.learners().store.set_role(who.id, "CURATOR")).unwrap());
        let before = app.ask("{ catalog { revision } }")["data"]["catalog"]["revision"].clone();
        let edited = ada.does("updateTopic", &json!({ "slug": "go", "title": "Golang" }), "diff { slug }");
        assert_eq!(edited["diff"], json!([{ "slug": "go" }]), "{release}");
        ada.does("revertCatalog", &json!({ "revision": before }), "revision { number diff { slug } }");
        assert_eq!(app.ask("{ topic(slug: \"go\") { title } }")["data"]["topic"]["title"], "Go", "{release}");
    }
}

#[test]
fn the_learners_of_each_release_go_on() {
    for release in releases().iter().filter(|release| &***release >= FIRST_WITH_LEARNERS) {
        let app = upgraded(release);
        let ada = signed_in(&app, "ada");
        let found = ada.ask("{ viewer { roadmaps { nodes { id } } } }");
        let id = &found["data"]["viewer"]["roadmaps"]["nodes"][0]["id"];
        let step = json!({ "roadmap": id, "step": step("spring-boot", "WORKING") });
        ada.does("completeStep", &step, "roadmap { id }");
        let replanned = ada.does("replan", &json!({ "id": id }), "roadmap { version { hours } }");
        assert_eq!(replanned["roadmap"]["version"]["hours"], 0.0, "{release}");
        ada.does("shareRoadmap", &json!({ "id": id }), "secret");
        app.learner("alan").saves(&json!({ "to": "manager" }));
        ada.does("deleteAccount", &json!({ "password": PASSWORD }), "");
        assert_eq!(ada.ask("{ viewer { email } }")["data"]["viewer"], Value::Null, "{release}");
        assert!(app.owners().values().all(|owners| owners.len() <= 2), "{release}");
    }
}
