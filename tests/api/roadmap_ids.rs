//! Ids of computed roadmaps and of their steps: what caches know them by, and how one is fetched again.

use serde_json::{Value, json};
use waymark::graphql::BUILD;

use crate::app::{App, Hand};

const SMALL: &str = include_str!("../fixtures/small.yaml");
const ROADMAP: &str = "id hours steps(first: 100) { nodes { id position startsOn coverage { resource { slug } } step { level topic { slug } } } }
    choices { taken { topic { slug } } } resources { burden }";

fn roadmap(app: &App, input: &Value) -> Value {
    let query = format!("query R($input: RoadmapInput!) {{ roadmap(input: $input) {{ {ROADMAP} }} }}");
    let answer = app.ask_blocking(&query, &json!({ "input": input }));
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"]["roadmap"].clone()
}

fn node(app: &App, id: &Value) -> Value {
    let query =
        format!("query N($id: ID!) {{ node(id: $id) {{ __typename id ... on Roadmap {{ {ROADMAP} }} }} }}");
    let mut node = app.ask_blocking(&query, &json!({ "id": id }))["data"]["node"].clone();
    if let Some(node) = node.as_object_mut() {
        assert_eq!(node.remove("__typename"), Some("Roadmap".into()));
    }
    node
}

fn input() -> Value {
    json!({
        "from": "developer", "to": "architect", "hoursPerWeek": 5.5, "startOn": "2026-02-03",
        "finishBy": "2026-09-30", "pauses": [{ "from": "2026-07-01", "to": "2026-07-14" }, { "from": "2026-04-01", "to": "2026-04-02" }],
        "skills": [{ "topic": "docker", "level": "AWARE" }, { "topic": "java", "level": "WORKING" }],
        "resources": { "languages": ["en", "de"], "preferKinds": ["BOOK", "COURSE"], "budget": 100 }
    })
}

#[test]
fn an_id_fetches_the_roadmap_again() {
    let app = App::small();
    let asked = roadmap(&app, &input());
    assert!(!asked["steps"]["nodes"].as_array().unwrap().is_empty());
    assert_eq!(node(&app, &asked["id"]), asked);
    let nodes = "query N($ids: [ID!]!) { nodes(ids: $ids) { id ... on Roadmap { resources { burden } } } }";
    let answer = app.ask_blocking(nodes, &json!({ "ids": [asked["id"], "x", asked["id"]] }));
    let found = answer["data"]["nodes"].as_array().unwrap();
    assert!(found[1].is_null());
    assert_eq!(found[2]["resources"], asked["resources"]);
}

#[test]
fn the_same_question_has_the_same_id_and_another_one_another() {
    let app = App::small();
    let id = |input: &Value| roadmap(&app, input)["id"].clone();
    let first = id(&input());
    let mut turned = input();
    for list in ["pauses", "skills"] {
        turned[list].as_array_mut().unwrap().reverse();
    }
    let skill = turned["skills"][0].clone();
    turned["skills"].as_array_mut().unwrap().push(skill);
    turned["resources"]["languages"] = json!(["de", "en"]);
    turned["resources"]["preferKinds"] = json!(["COURSE", "BOOK"]);
    assert_eq!(id(&turned), first);
    let mut ids = vec![first];
    for (field, value) in [
        ("from", Value::Null),
        ("hoursPerWeek", json!(5)),
        ("startOn", json!("2026-02-04")),
        ("finishBy", Value::Null),
        ("pauses", json!([])),
        ("gaps", json!([{ "topic": "docker", "level": "WORKING" }])),
        ("avoid", json!(["docker"])),
        ("goals", json!([{ "topic": "docker", "level": "WORKING" }])),
        ("resources", Value::Null),
        ("resources", json!({ "budget": 99 })),
    ] {
        let mut other = input();
        other[field] = value;
        if let Some(id) = app
            .ask_blocking("query R($i: RoadmapInput!) { roadmap(input: $i) { id } }", &json!({ "i": other }))
            .pointer("/data/roadmap/id")
        {
            ids.push(id.clone());
        }
    }
    let all = ids.len();
    assert!(all > 8);
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn steps_have_ids_of_their_own_that_stay_the_same() {
    let app = App::small();
    let ids = |input: &Value| -> Vec<String> {
        let roadmap = roadmap(&app, input);
        let steps = roadmap["steps"]["nodes"].as_array().unwrap().iter();
        steps.map(|step| step["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = ids(&input());
    assert_eq!(ids(&input()), first);
    let mut later = input();
    later["startOn"] = "2026-03-01".into();
    let mut all = [first.clone(), ids(&later)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 2 * first.len());
}

#[test]
fn a_roadmap_without_a_first_day_begins_on_that_of_its_question() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let input = json!({ "to": "developer" });
    let asked = roadmap(&app, &input);
    hand.set("2026-01-06");
    assert_ne!(roadmap(&app, &input)["id"], asked["id"]);
    assert_eq!(node(&app, &asked["id"]), asked);
}

/// What they share comes first in each, so each is another roadmap than the one of its input alone.
#[test]
fn compared_roadmaps_are_fetched_again_in_their_order() {
    let app = App::small();
    let query = format!(
        "query C($inputs: [RoadmapInput!]!) {{ compareRoadmaps(inputs: $inputs) {{ options {{ roadmap {{ {ROADMAP} }} }} }} }}"
    );
    let inputs = [json!({ "to": "architect" }), json!({ "to": "manager" })];
    let answer = app.ask_blocking(&query, &json!({ "inputs": inputs }));
    for (option, input) in
        answer["data"]["compareRoadmaps"]["options"].as_array().unwrap().iter().zip(&inputs)
    {
        let compared = &option["roadmap"];
        assert_eq!(node(&app, &compared["id"]), *compared);
        let alone = roadmap(&app, input);
        assert_eq!(alone["steps"] == compared["steps"], alone["id"] == compared["id"]);
    }
}

#[test]
fn what_a_learner_has_recorded_is_part_of_the_question() {
    let app = App::small();
    let ada = app.learner("ada");
    let query = format!("{{ roadmap(input: {{ to: \"developer\" }}, asViewer: true) {{ {ROADMAP} }} }}");
    let before = ada.ask(&query)["data"]["roadmap"].clone();
    ada.does(
        "recordSkills",
        &json!({ "skills": [{ "topic": "docker", "level": "WORKING" }] }),
        "skills { level }",
    );
    let after = ada.ask(&query)["data"]["roadmap"].clone();
    assert_ne!(before["id"], after["id"]);
    // It says nothing about who asked.
    assert_eq!(node(&app, &after["id"]), after);
}

#[test]
fn an_id_leads_by_former_names_to_what_has_taken_their_place() {
    let app = App::small();
    let input = json!({ "to": "manager", "prefer": ["docker"], "startOn": "2026-02-03" });
    let asked = roadmap(&app, &input);
    app.import(
        &SMALL
            .replace("slug: docker\n", "slug: containers\n    aliases: [docker]\n")
            .replace("slug: manager\n", "slug: team-lead\n    aliases: [manager]\n"),
    );
    let found = node(&app, &asked["id"]);
    assert_eq!(found["hours"], asked["hours"]);
    // By its current names it is called otherwise.
    assert_ne!(found["id"], asked["id"]);
    app.import(&SMALL.replace("slug: manager\n", "slug: boss\n"));
    assert!(node(&app, &asked["id"]).is_null());
}

#[test]
fn ids_that_nobody_was_given_name_nothing() {
    let app = App::small();
    let id = roadmap(&app, &input())["id"].as_str().unwrap().to_owned();
    for made_up in [&id[1..], &id[..id.len() - 4], &format!("{id}AAAA"), "Um9hZG1hcDoxOg", "", BUILD] {
        let answer =
            app.ask_blocking("query N($id: ID!) { node(id: $id) { id } }", &json!({ "id": made_up }));
        assert_eq!(answer["data"]["node"], Value::Null, "{answer}");
        assert!(answer["errors"].is_null(), "{answer}");
    }
}

#[test]
fn an_id_is_as_long_as_its_question_and_never_longer_than_node_takes() {
    let app = App::embedded();
    let short = roadmap(&app, &json!({ "from": "mid-level-backend-engineer", "to": "backend-architect" }));
    assert!(short["id"].as_str().unwrap().len() < 80, "{}", short["id"]);
    let query = "{ topics(first: 100) { nodes { slug steps { level } } } }";
    let topics = app.ask(query)["data"]["topics"]["nodes"].clone();
    let skills: Vec<Value> = topics
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|topic| {
            let slug = topic["slug"].clone();
            let levels = topic["steps"].as_array().unwrap().clone();
            levels.into_iter().map(move |level| json!({ "topic": slug, "level": level["level"] }))
        })
        .collect();
    let long = roadmap(&app, &json!({ "to": "backend-architect", "skills": skills }));
    let length = long["id"].as_str().unwrap().len();
    assert!(length < 100 + 8 * skills.len(), "{length} for {} skills", skills.len());
    assert_eq!(node(&app, &long["id"]), long);
}

#[test]
fn a_week_says_what_to_do_in_seven_days() {
    let app = App::small();
    let query = "query W($input: RoadmapInput!, $of: Date) { roadmap(input: $input) {
        schedule { startsOn finishesOn }
        week(of: $of) { hours finishes step { id startsOn finishesOn step { hours } } } } }";
    let mut input = input();
    input["finishBy"] = Value::Null;
    let week = |of: Value| {
        let answer = app.ask_blocking(query, &json!({ "input": input, "of": of }));
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"]["roadmap"]["week"].as_array().unwrap().clone()
    };
    let hours = |week: &[Value]| week.iter().map(|step| step["hours"].as_f64().unwrap()).sum::<f64>();
    let first = week("2026-02-03".into());
    assert!((hours(&first) - 5.5).abs() < 1e-6, "{first:?}");
    for step in &first {
        let ends = step["step"]["finishesOn"].as_str().unwrap() <= "2026-02-09";
        assert_eq!(step["finishes"], ends, "{step}");
    }
    // Before the first day, and with two days off.
    assert_eq!(week("2026-01-27".into()), Vec::<Value>::new());
    assert!((hours(&week("2026-03-31".into())) - 5.5 * 5.0 / 7.0).abs() < 1e-6);
    assert_eq!(week("2026-07-03".into()), Vec::<Value>::new());
    // Today is 5 January in tests: a month before the first day.
    assert_eq!(week(Value::Null), Vec::<Value>::new());
    assert_eq!(week("9999-12-31".into()), Vec::<Value>::new());
}
