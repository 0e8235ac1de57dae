//! What learners know, and what they think of resources.

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, step};

fn skills(client: &Client<'_>) -> Value {
    let answer = client.ask("{ viewer { skills { nodes { topic level source } } } }");
    let nodes = answer["data"]["viewer"]["skills"]["nodes"].as_array().unwrap().clone();
    let line = |skill: &Value| {
        format!(
            "{}@{} {}",
            skill["topic"].as_str().unwrap(),
            skill["level"].as_str().unwrap(),
            skill["source"].as_str().unwrap()
        )
    };
    nodes.iter().map(line).collect()
}

#[test]
fn what_is_recorded_is_seen_wherever_the_catalogue_is_read() {
    let app = App::small();
    let ada = app.learner("ada");
    ada.does(
        "recordSkills",
        &json!({ "skills": [step("docker", "WORKING"), step("java", "WORKING")] }),
        "viewer { skillCount }",
    );
    let query = "{ topics { nodes { slug viewerLevel steps { level viewerHolds } } } }";
    insta::assert_json_snapshot!(ada.ask(query));
    let nobodys = app.client().ask("{ topic(slug: \"docker\") { viewerLevel steps { viewerHolds } } }");
    assert_eq!(
        nobodys["data"]["topic"],
        json!({ "viewerLevel": null, "steps": [{ "viewerHolds": null }, { "viewerHolds": null }] })
    );
}

#[test]
fn what_was_recorded_before_stays_as_it_was() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let record = |source: &str| {
        let input = json!({ "skills": [step("go", "WORKING")], "source": source });
        ada.does("recordSkills", &input, "skills { topic level source recordedAt step { hours } }")["skills"]
            .clone()
    };
    let first = record("IMPORTED");
    assert_eq!(
        first,
        json!([{ "topic": "go", "level": "WORKING", "source": "IMPORTED", "recordedAt": "2026-01-05T12:00:00+00:00", "step": { "hours": 50.0 } }])
    );
    hand.set("2026-02-01");
    assert_eq!(record("SAID"), first);
}

#[test]
fn forgetting_a_level_leaves_the_lower_ones() {
    let app = App::small();
    let ada = app.learner("ada");
    let record = |skills: Value| ada.does("recordSkills", &json!({ "skills": skills }), "viewer { email }");
    let forget = |skills: Value| ada.does("forgetSkills", &json!({ "skills": skills }), "viewer { email }");
    record(json!([step("java", "PROFICIENT"), step("docker", "WORKING"), step("go", "WORKING")]));
    forget(json!([step("java", "PROFICIENT"), step("docker", "AWARE"), { "topic": "go" }]));
    assert_eq!(skills(&ada), json!(["java@WORKING SAID"]));
    // What is not held is not left either.
    forget(json!([step("kubernetes", "WORKING"), step("java", "PROFICIENT")]));
    assert_eq!(skills(&ada), json!(["java@WORKING SAID"]));
}

#[test]
fn all_names_that_do_not_exist_are_reported_and_nothing_is_recorded() {
    let app = App::small();
    let ada = app.learner("ada");
    let input = json!({ "skills": [step("go", "WORKING"), step("jave", "WORKING"), step("go", "EXPERT")] });
    let answer = ada.tries("recordSkills", &input, "viewer { skillCount }");
    assert_eq!(answer["data"]["recordSkills"], Value::Null);
    let told: Vec<_> =
        answer["errors"].as_array().unwrap().iter().map(|error| &error["extensions"]).collect();
    assert_eq!(
        json!(told),
        json!([
            { "code": "BAD_USER_INPUT", "argument": "input.skills[1].topic", "didYouMean": "java" },
            { "code": "BAD_USER_INPUT", "argument": "input.skills[2].level", "didYouMean": "PROFICIENT" },
        ])
    );
    assert_eq!(skills(&ada), json!([]));
}

#[test]
fn a_skill_outlives_the_topic_that_it_is_of() {
    let app = App::small();
    let ada = app.learner("ada");
    ada.does(
        "recordSkills",
        &json!({ "skills": [step("kubernetes", "WORKING"), step("go", "WORKING")] }),
        "viewer { email }",
    );
    let small =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml")).unwrap();
    app.import(&small.replace("kubernetes", "nomad").replace("Kubernetes", "Nomad"));
    let query = "{ viewer { skills { nodes { topic step { outcome } } } } roadmap(asViewer: true, input: { to: \"architect\" }) { hours } }";
    let answer = ada.ask(query);
    assert_eq!(
        answer["data"]["viewer"]["skills"]["nodes"],
        json!([
            { "topic": "go", "step": { "outcome": "Writes a small service." } }, { "topic": "kubernetes", "step": null }
        ])
    );
    app.import(&small);
    assert_eq!(
        ada.ask(query)["data"]["viewer"]["skills"]["nodes"][1]["step"]["outcome"],
        "Deploys a service."
    );
}

#[test]
fn a_roadmap_as_viewer_begins_with_what_is_recorded() {
    let app = App::small();
    let ada = app.learner("ada");
    let known = [step("go", "WORKING"), step("docker", "WORKING")];
    let hours = |argument: &str, skills: &[Value]| {
        let query = format!(
            "query Q($skills: [StepInput!]!) {{ roadmap({argument}input: {{ to: \"architect\", skills: $skills }}) {{ hours }} compareRoadmaps({argument}inputs: [{{ to: \"architect\", skills: $skills }}, {{ to: \"manager\", skills: $skills }}]) {{ options {{ roadmap {{ hours }} }} }} }}"
        );
        ada.ask_with(&query, &json!({ "skills": skills }))["data"].clone()
    };
    let (told, nothing) = (hours("", &known), hours("", &[]));
    ada.does("recordSkills", &json!({ "skills": known }), "viewer { email }");
    assert_eq!(hours("asViewer: true, ", &[]), told);
    assert_eq!(hours("asViewer: false, ", &[]), nothing);
    assert_ne!(told, nothing);
    let gap = ada.ask("{ roadmap(asViewer: true, input: { from: \"developer\", to: \"architect\", gaps: [{ topic: \"go\", level: WORKING }] }) { hours } }");
    assert_eq!(
        gap["errors"][0]["extensions"],
        json!({ "code": "BAD_USER_INPUT", "argument": "input.gaps[0]" })
    );
}

#[test]
fn what_learners_think_of_a_resource_is_counted_once_each() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    let rate = |client: &Client<'_>, stars: Value| {
        let input = json!({ "resource": "java-book", "stars": stars });
        client.does("rateResource", &input, "resource { viewerRating rating { average count } }")["resource"]
            .clone()
    };
    assert_eq!(rate(&ada, json!(5)), json!({ "viewerRating": 5, "rating": { "average": 5.0, "count": 1 } }));
    assert_eq!(
        rate(&grace, json!(2)),
        json!({ "viewerRating": 2, "rating": { "average": 3.5, "count": 2 } })
    );
    assert_eq!(rate(&ada, json!(3)), json!({ "viewerRating": 3, "rating": { "average": 2.5, "count": 2 } }));
    assert_eq!(
        rate(&grace, Value::Null),
        json!({ "viewerRating": null, "rating": { "average": 3.0, "count": 1 } })
    );
    let wrong = ada.tries(
        "rateResource",
        &json!({ "resource": "java-book", "stars": 6 }),
        "userErrors { code field }",
    );
    assert_eq!(
        wrong["data"]["rateResource"]["userErrors"],
        json!([{ "code": "OUT_OF_RANGE", "field": ["input", "stars"] }])
    );
    let unknown =
        ada.tries("rateResource", &json!({ "resource": "java-bok", "stars": 5 }), "userErrors { code }");
    assert_eq!(unknown["errors"][0]["extensions"]["didYouMean"], "java-book");
}

/// One statement finds out who asks; each kind of thing takes one more, however many there are.
#[test]
fn any_number_of_topics_takes_one_statement() {
    let app = App::embedded();
    let ada = app.learner("ada");
    ada.does("recordSkills", &json!({ "skills": [step("git", "WORKING")] }), "viewer { email }");
    app.stop_following();
    let statements = |query: &str| {
        app.statements(|| {
            let answer = ada.ask(query);
            assert!(answer.get("errors").is_none(), "{answer}");
        })
    };
    assert_eq!(statements("{ viewer { __typename } }"), 1);
    assert_eq!(statements("{ topics(first: 100) { nodes { title } } }"), 1);
    for first in [1, 100] {
        assert_eq!(
            statements(&format!(
                "{{ topics(first: {first}) {{ nodes {{ viewerLevel steps {{ viewerHolds }} }} }} }}"
            )),
            2,
            "{first} topics"
        );
        assert_eq!(
            statements(&format!(
                "{{ resources(first: {first}) {{ nodes {{ viewerRating rating {{ average }} covers {{ step {{ viewerHolds }} }} }} }} }}"
            )),
            4,
            "{first} resources"
        );
    }
    let roadmap = "{ roadmap(input: { to: \"architect\" }) { steps(first: 100) { nodes { step { viewerHolds topic { viewerLevel } } coverage { resource { rating { count } } } } } } }";
    let roadmap = roadmap.replace("architect", "backend-architect");
    assert_eq!(statements(&roadmap), 3);
}
