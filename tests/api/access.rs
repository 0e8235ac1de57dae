//! Who may do what, as a table: each field of the roots that is not everybody's, by everybody.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use waymark::accounts::Rank;
use waymark::graphql::Schema;

use crate::app::{App, Client};

/// Those who ask, in the order of the columns.
const ASKERS: [&str; 7] = ["nobody", "another", "owner", "reads", "writes", "curator", "admin"];

/// The field, its argument (`ROADMAP`, `TOKEN`, `SESSION`, `STUDY` and `SECRET` stand for those of the owner), and what each asker gets: `.` what
/// there is, `-` nothing, `U` `UNAUTHENTICATED`, `F` `FORBIDDEN`, `N` `NOT_FOUND`.
const TABLE: [(&str, &str, &str); 66] = [
    ("viewer", "", "-......"),
    ("exportMyData", "", "U......"),
    ("node", "id: \"ROADMAP\"", "--...--"),
    ("savedRoadmap", "id: \"ROADMAP\"", "U-...--"),
    ("sharedRoadmap", "secret: \"SECRET\"", "......."),
    ("roadmap", "asViewer: true, input: { to: \"manager\" }", "U......"),
    ("compareRoadmaps", "asViewer: true, inputs: [{ to: \"manager\" }, { to: \"architect\" }]", "U......"),
    ("catalogChanged", "since: 0", "......."),
    ("roadmapChanged", "id: \"ROADMAP\", since: 0", "UN...NN"),
    ("viewerChanged", "", "U......"),
    ("signUp", "input: { email: \"new@example.org\", password: \"three plain words\" }", "......."),
    ("signIn", "input: { email: \"owner@example.org\", password: \"three plain words\" }", "......."),
    ("recordSkills", "input: { skills: [] }", "U..F..."),
    ("forgetSkills", "input: { skills: [] }", "U..F..."),
    ("rateResource", "input: { resource: \"java-book\", stars: 5 }", "U..F..."),
    ("saveRoadmap", "input: { title: \"Mine\", roadmap: { to: \"manager\" } }", "U..F..."),
    ("updateRoadmap", "input: { id: \"ROADMAP\", title: \"Other\" }", "UN.F.NN"),
    ("replan", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("shareRoadmap", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("copyRoadmap", "input: { secret: \"SECRET\" }", "U..F..."),
    ("studyCalendar", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("closeStudyCalendar", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("startStep", "input: { roadmap: \"ROADMAP\", step: { topic: \"docker\", level: AWARE } }", "UN.F.NN"),
    ("completeStep", "input: { roadmap: \"ROADMAP\", step: { topic: \"docker\", level: AWARE } }", "UN.F.NN"),
    ("reopenStep", "input: { roadmap: \"ROADMAP\", step: { topic: \"docker\", level: AWARE } }", "UN.F.NN"),
    (
        "skipStep",
        "input: { roadmap: \"ROADMAP\", step: { topic: \"docker\", level: WORKING }, reason: KNOWN }",
        "UN.F.NN",
    ),
    ("logStudy", "input: { roadmap: \"ROADMAP\", hours: 1 }", "UN.F.NN"),
    ("deleteStudy", "input: { id: \"STUDY\" }", "UN.F.NN"),
    ("unshareRoadmap", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("archiveRoadmap", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("deleteRoadmap", "input: { id: \"ROADMAP\" }", "UN.F.NN"),
    ("createAccessToken", "input: { name: \"x\", scopes: [READ] }", "U..FF.."),
    ("revokeAccessToken", "input: { id: \"TOKEN\" }", "UN.FFNN"),
    ("endSession", "input: { id: \"SESSION\" }", "UN.FFNN"),
    (
        "changePassword",
        "input: { currentPassword: \"three plain words\", newPassword: \"three plain words\" }",
        "U..FF..",
    ),
    ("grantRole", "input: { email: \"another@example.org\", role: LEARNER }", "UFFFFF."),
    ("catalogRevisions", "", "UFFFF.."),
    ("catalogDiff", "from: 1, to: 1", "UFFFF.."),
    ("catalogText", "", "UFFFF.."),
    ("createArea", "input: { slug: \"data\", title: \"Data\" }", "UFFFF.."),
    ("updateArea", "input: { slug: \"services\", title: \"Other\" }", "UFFFF.."),
    ("renameArea", "input: { slug: \"services\", newSlug: \"service\" }", "UFFFF.."),
    ("retireArea", "input: { slug: \"data\" }", "UFFFF.."),
    (
        "createTopic",
        "input: { slug: \"x\", title: \"X\", area: \"languages\", summary: \"X.\", levels: [] }",
        "UFFFF..",
    ),
    ("updateTopic", "input: { slug: \"go\", title: \"Golang\" }", "UFFFF.."),
    ("renameTopic", "input: { slug: \"kubernetes\", newSlug: \"k8s\" }", "UFFFF.."),
    ("retireTopic", "input: { slug: \"x\" }", "UFFFF.."),
    ("createStep", "input: { topic: \"docker\", level: EXPERT, hours: 9, outcome: \"All.\" }", "UFFFF.."),
    ("updateStep", "input: { step: { topic: \"docker\", level: AWARE }, hours: 5 }", "UFFFF.."),
    ("retireStep", "input: { step: { topic: \"docker\", level: EXPERT } }", "UFFFF.."),
    (
        "createRole",
        "input: { slug: \"lead\", title: \"Lead\", summary: \"Leads.\", after: \"developer\" }",
        "UFFFF..",
    ),
    ("updateRole", "input: { slug: \"lead\", title: \"Leader\" }", "UFFFF.."),
    ("renameRole", "input: { slug: \"lead\", newSlug: \"leader\" }", "UFFFF.."),
    ("retireRole", "input: { slug: \"leader\" }", "UFFFF.."),
    (
        "createResource",
        "input: { slug: \"x\", title: \"X\", kind: BOOK, url: \"https://example.org\", covers: [] }",
        "UFFFF..",
    ),
    ("updateResource", "input: { slug: \"x\", price: 3 }", "UFFFF.."),
    ("renameResource", "input: { slug: \"x\", newSlug: \"y\" }", "UFFFF.."),
    ("retireResource", "input: { slug: \"y\" }", "UFFFF.."),
    (
        "addRequirement",
        "input: { owner: { requiredByRole: \"manager\" }, anyOf: [{ topic: \"go\", level: WORKING }] }",
        "UFFFF..",
    ),
    (
        "updateRequirement",
        "input: { owner: { requiredByRole: \"manager\" }, anyOf: [{ topic: \"go\", level: WORKING }], weight: 2 }",
        "UFFFF..",
    ),
    (
        "removeRequirement",
        "input: { owner: { requiredByRole: \"manager\" }, anyOf: [{ topic: \"go\", level: WORKING }] }",
        "UFFFF..",
    ),
    ("editCatalog", "input: { edits: [{ updateTopic: { slug: \"go\", title: \"Go!\" } }] }", "UFFFF.."),
    ("importCatalog", "input: { text: \"areas: []\" }", "UFFFF.."),
    ("revertCatalog", "input: { revision: 1 }", "UFFFF.."),
    ("deleteAccount", "input: { password: \"three plain words\" }", "U..FF.."),
    ("signOut", "", "......."),
];

#[test]
fn each_field_is_for_those_whom_the_table_names() {
    for (column, asker) in ASKERS.into_iter().enumerate() {
        // What one of them does changes what the next one finds.
        let app = App::small();
        let parts = parts(&app);
        let client = client(&app, asker);
        let got = TABLE.map(|(field, argument, _)| {
            let argument =
                parts.iter().fold(argument.to_owned(), |text, (name, value)| text.replace(name, value));
            format!("{field}: {}", asked(&app, &client, field, &argument))
        });
        let expected =
            TABLE.map(|(field, _, expected)| format!("{field}: {}", expected.chars().nth(column).unwrap()));
        assert_eq!(got, expected, "by {asker}");
    }
}

/// Fields of other types that tell what is a learner's: the question, where its answer is, and what each asker gets.
const INSIDE: [(&str, &str, &str); 7] = [
    ("{ viewer { email } }", "/viewer/email", "-......"),
    ("{ viewer { sessions { id } } }", "/viewer/sessions", "-..FF.."),
    ("{ viewer { accessTokens { id } } }", "/viewer/accessTokens", "-..FF.."),
    ("{ topic(slug: \"go\") { viewerLevel } }", "/topic/viewerLevel", "--...--"),
    (
        "{ topic(slug: \"go\") { step(level: WORKING) { viewerHolds } } }",
        "/topic/step/viewerHolds",
        "-......",
    ),
    ("{ resource(slug: \"java-book\") { viewerRating } }", "/resource/viewerRating", "--...--"),
    ("{ resource(slug: \"java-book\") { rating { count } } }", "/resource/rating/count", "......."),
];

#[test]
fn what_is_a_learners_inside_other_types_is_told_to_that_learner() {
    let app = App::small();
    parts(&app);
    let owner = app.learner("owner");
    owner.does(
        "recordSkills",
        &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }),
        "viewer { email }",
    );
    owner.does("rateResource", &json!({ "resource": "java-book", "stars": 5 }), "resource { slug }");
    for (column, asker) in ASKERS.into_iter().enumerate() {
        let client = client(&app, asker);
        for (query, place, expected) in INSIDE {
            let answer = client.ask(query);
            let data = answer["data"].pointer(place).unwrap_or(&Value::Null);
            let expected = expected.chars().nth(column).unwrap();
            assert_eq!(outcome(data, answer.get("errors")), expected, "{query} by {asker}");
        }
    }
}

#[test]
fn the_table_has_every_field_that_is_not_the_catalogues_alone() {
    let sdl = Schema::new().sdl();
    let fields = |root: &str| -> BTreeSet<String> {
        let from = sdl.find(&format!("type {root} {{")).unwrap();
        let body = &sdl[from..from + sdl[from..].find("\n}").unwrap()];
        let lines = body.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let names = lines.filter_map(|line| line.trim().split(['(', ':']).next());
        names
            .filter(|name| name.chars().all(char::is_alphanumeric) && !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let of_catalogue = [
        "area",
        "areas",
        "catalog",
        "nodes",
        "placement",
        "resource",
        "resources",
        "role",
        "roles",
        "search",
        "topic",
        "topics",
    ];
    let mut all: BTreeSet<String> =
        ["Query", "Mutation", "Subscription"].into_iter().flat_map(fields).collect();
    all.retain(|field| !of_catalogue.contains(&field.as_str()));
    assert!(all.len() > 30);
    let table: BTreeSet<String> = TABLE.iter().map(|(field, ..)| (*field).to_owned()).collect();
    assert_eq!(all, table);
}

/// What is the owner's, by the names in the table.
fn parts(app: &App) -> Vec<(&'static str, String)> {
    let owner = app.learner("owner");
    app.learner("another");
    let saved = owner.does(
        "saveRoadmap",
        &json!({ "title": "Up", "roadmap": { "to": "architect" } }),
        "roadmap { id }",
    );
    let id = &saved["roadmap"]["id"];
    let step = json!({ "topic": "docker", "level": "AWARE" });
    let logged = owner.does("logStudy", &json!({ "roadmap": id, "step": step, "hours": 1 }), "entry { id }");
    let shared = owner.does("shareRoadmap", &json!({ "id": id }), "secret");
    let token =
        owner.does("createAccessToken", &json!({ "name": "x", "scopes": ["READ"] }), "accessToken { id }");
    let sessions = owner.ask("{ viewer { sessions { id } } }");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    vec![
        ("ROADMAP", text(id)),
        ("STUDY", text(&logged["entry"]["id"])),
        ("SECRET", text(&shared["secret"])),
        ("TOKEN", text(&token["accessToken"]["id"])),
        ("SESSION", text(&sessions["data"]["viewer"]["sessions"][0]["id"])),
    ]
}

/// Somebody of the columns.
fn client<'a>(app: &'a App, asker: &str) -> Client<'a> {
    match asker {
        "nobody" => app.client(),
        "reads" | "writes" => {
            let scopes = if asker == "reads" { json!(["READ"]) } else { json!(["READ", "WRITE"]) };
            let input = json!({ "name": "program", "scopes": scopes });
            app.program(&app.learner("owner").does("createAccessToken", &input, "token")["token"])
        }
        other => {
            let client = app.learner(other);
            let learners = app.learners();
            app.wait(async {
                let email = format!("{other}@example.org");
                let account = learners.store.learner_of_address(&email).await.unwrap().unwrap();
                let rank = Rank::of(other).unwrap_or(Rank::Learner);
                assert!(learners.store.set_role(account.id, rank.name()).await.unwrap());
            });
            client
        }
    }
}

fn asked(app: &App, client: &Client<'_>, field: &str, argument: &str) -> char {
    let argument = if argument.is_empty() { String::new() } else { format!("({argument})") };
    let inside = if ["exportMyData", "catalogText"].contains(&field) { "" } else { "{ __typename }" };
    let selection = format!("{{ {field}{argument} {inside} }}");
    if field.ends_with("Changed") {
        let answer = app.first_event(client, &format!("subscription {selection}"));
        return outcome(&answer["data"][field], answer.get("errors"));
    }
    // Whoever signs in stays who they were for what comes next.
    let client = &client.again();
    let queries = [
        "viewer",
        "exportMyData",
        "node",
        "savedRoadmap",
        "sharedRoadmap",
        "roadmap",
        "compareRoadmaps",
        "catalogRevisions",
        "catalogDiff",
        "catalogText",
    ];
    let is_query = queries.contains(&field);
    let answer = client.ask(&format!("{} {selection}", if is_query { "query" } else { "mutation" }));
    outcome(&answer["data"][field], answer.get("errors"))
}

/// The letter of an answer.
fn outcome(data: &Value, errors: Option<&Value>) -> char {
    let code = errors.map(|errors| errors[0]["extensions"]["code"].as_str().unwrap().to_owned());
    match code.as_deref() {
        None if data.is_null() => '-',
        None => '.',
        Some("UNAUTHENTICATED") => 'U',
        Some("FORBIDDEN") => 'F',
        Some("NOT_FOUND") => 'N',
        Some(other) => panic!("{other}: {errors:?}"),
    }
}
