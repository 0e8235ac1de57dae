//! What learners have recorded survives what curators rename and retire.

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, step};

const SMALL: &str = include_str!("../fixtures/small.yaml");

/// The small catalogue in which Docker is called containers, and the manager, the documentation and an area otherwise too.
fn renamed() -> String {
    SMALL
        .replace("slug: docker\n", "slug: containers\n    aliases: [docker]\n")
        .replace("slug: manager\n", "slug: team-lead\n    aliases: [manager]\n")
        .replace("slug: docker-docs\n", "slug: container-docs\n    aliases: [docker-docs]\n")
        .replace("slug: services,", "slug: servers, aliases: [services],")
}

/// The small catalogue without a part of its text.
fn without(text: &str, from: &str, to: &str) -> String {
    let (from, to) = (text.find(from).unwrap(), text.find(to).unwrap());
    text[..from].to_owned() + &text[to..]
}

fn asked(client: &Client<'_>, id: &Value, selection: &str) -> Value {
    let query = format!("query Q($id: ID!) {{ savedRoadmap(id: $id) {{ {selection} }} }}");
    client.ask_with(&query, &json!({ "id": id }))["data"]["savedRoadmap"].clone()
}

fn skills(client: &Client<'_>) -> Value {
    let answer =
        client.ask("{ viewer { skillCount skills { nodes { topic level source step { level } } } } }");
    let skills = &answer["data"]["viewer"];
    let nodes = skills["skills"]["nodes"].as_array().unwrap();
    assert_eq!(skills["skillCount"], nodes.len());
    let name = |skill: &Value| {
        let (topic, level) = (skill["topic"].as_str().unwrap(), skill["level"].as_str().unwrap());
        format!("{topic}@{level} {}", skill["source"].as_str().unwrap())
    };
    nodes.iter().map(name).collect()
}

const PROGRESS: &str =
    "progress { stepsDone stepsTotal hoursDone hoursTotal hoursLeft hoursSpent percentByWeight }";

/// Somebody on the way to the manager with one step completed, one begun, and two hours logged on that.
fn under_way(app: &App) -> (Client<'_>, Value) {
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager", "prefer": ["docker"] }));
    let of = |level: &str| json!({ "roadmap": id, "step": step("docker", level) });
    ada.does("completeStep", &of("AWARE"), "roadmap { id }");
    ada.does("startStep", &of("WORKING"), "roadmap { id }");
    let log = json!({ "roadmap": id, "step": step("docker", "WORKING"), "hours": 2 });
    ada.does("logStudy", &log, "entry { id }");
    ada.does("rateResource", &json!({ "resource": "docker-docs", "stars": 5 }), "resource { slug }");
    (ada, id)
}

#[test]
fn former_names_find_what_has_them_now() {
    let app = App::small();
    let ids = "{ area(slug: \"services\") { id } topic(slug: \"docker\") { id steps { id } } role(slug: \"manager\") { id } resource(slug: \"docker-docs\") { id } }";
    let before = app.ask(ids)["data"].clone();
    app.import(&renamed());
    let found = app.ask("{ area(slug: \"services\") { slug aliases } topic(slug: \"docker\") { slug aliases step(level: AWARE) { aliases } } role(slug: \"manager\") { slug aliases } resource(slug: \"docker-docs\") { slug aliases } }");
    assert_eq!(
        found["data"],
        json!({
            "area": { "slug": "servers", "aliases": ["services"] },
            "topic": { "slug": "containers", "aliases": ["docker"], "step": { "aliases": [] } },
            "role": { "slug": "team-lead", "aliases": ["manager"] },
            "resource": { "slug": "container-docs", "aliases": ["docker-docs"] },
        })
    );
    let after = app.ask(ids)["data"].clone();
    let ids = |of: &Value| {
        let step = &of["topic"]["steps"][1];
        [&of["area"], &of["topic"], step, &of["role"], &of["resource"]].map(|thing| thing["id"].clone())
    };
    assert_ne!(ids(&before), ids(&after), "ids are made of slugs");
    let nodes = |ids: &[Value]| {
        app.ask_blocking("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", &json!({ "ids": ids }))["data"]
            ["nodes"]
            .clone()
    };
    assert_eq!(nodes(&ids(&before)), nodes(&ids(&after)));
    let search = app.ask("{ search(text: \"docker-docs\", first: 1) { nodes { ... on Resource { slug } } } topics(filter: { area: \"services\" }) { totalCount } resources(filter: { topic: \"docker\" }) { totalCount } }");
    assert_eq!(search["data"]["search"]["nodes"][0]["slug"], "container-docs");
    assert_eq!(search["data"]["topics"]["totalCount"], 5);
    assert_eq!(search["data"]["resources"]["totalCount"], 2);
}

#[test]
fn inputs_take_former_names_and_see_through_them() {
    let app = App::small();
    app.import(&renamed());
    let query = "query Q($input: RoadmapInput!) { roadmap(input: $input) { hours steps { nodes { step { topic { slug } } } } } }";
    let ask = |input: Value| app.ask_blocking(query, &json!({ "input": input }));
    let by_former = ask(
        json!({ "to": "manager", "skills": [step("docker", "AWARE")], "goals": [step("docker", "WORKING")] }),
    );
    let by_current = ask(
        json!({ "to": "team-lead", "skills": [step("containers", "AWARE")], "goals": [step("containers", "WORKING")] }),
    );
    assert_eq!(by_former, by_current);
    let both = ask(json!({ "to": "manager", "prefer": ["docker"], "avoid": ["containers"] }));
    assert_eq!(both["errors"][0]["extensions"]["argument"], "input.avoid[0]");
    let held = ask(
        json!({ "to": "manager", "skills": [step("docker", "WORKING")], "gaps": [step("containers", "AWARE")] }),
    );
    assert_eq!(held["errors"][0]["extensions"]["argument"], "input.gaps[0]");
    let none = ask(json!({ "to": "manager", "avoid": ["go", "docker"] }));
    assert_eq!(none["errors"][0]["extensions"]["conflict"][0]["argument"], "input.avoid[1]");
}

#[test]
fn a_roadmap_goes_on_under_new_names() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let (ada, id) = under_way(&app);
    let before = asked(&ada, &id, PROGRESS);
    hand.set("2026-01-06");
    app.import(&renamed());
    assert_eq!(asked(&ada, &id, PROGRESS), before);
    let of_both = "a: step(topic: \"docker\", level: AWARE) { topic state } b: step(topic: \"containers\", level: WORKING) { topic state hoursSpent startedAt step { topic { slug } } } input { to { slug } prefer { slug } } studyLog { nodes { topic step { level } } } next { topic level }";
    let seen = asked(&ada, &id, of_both);
    assert_eq!(
        seen,
        json!({
            "a": { "topic": "containers", "state": "COMPLETED" },
            "b": { "topic": "containers", "state": "STARTED", "hoursSpent": 2.0, "startedAt": "2026-01-05T12:00:00+00:00", "step": { "topic": { "slug": "containers" } } },
            "input": { "to": { "slug": "team-lead" }, "prefer": [{ "slug": "containers" }] },
            "studyLog": { "nodes": [{ "topic": "containers", "step": { "level": "WORKING" } }] },
            "next": [{ "topic": "containers", "level": "WORKING" }],
        })
    );
    let replanned = ada.does(
        "replan",
        &json!({ "id": id }),
        "changes { added { topic } gone { topic level because } wishesChanged catalogChanged } roadmap { version { number } }",
    );
    assert_eq!(
        replanned["changes"],
        json!({
            "added": [], "gone": [{ "topic": "containers", "level": "AWARE", "because": "HELD" }],
            "wishesChanged": false, "catalogChanged": true
        })
    );
    assert_eq!(asked(&ada, &id, PROGRESS), before);
    // By the name that an old client still has.
    let of = |topic: &str| json!({ "roadmap": id, "step": step(topic, "WORKING") });
    let state = "roadmap { step(topic: \"docker\", level: WORKING) { topic state startedAt } }";
    let completed = ada.does("completeStep", &of("docker"), state);
    assert_eq!(
        completed["roadmap"]["step"],
        json!({ "topic": "containers", "state": "COMPLETED", "startedAt": "2026-01-05T12:00:00+00:00" })
    );
    assert_eq!(skills(&ada), json!(["containers@AWARE COMPLETED", "containers@WORKING COMPLETED"]));
    let reopened = ada.does("reopenStep", &of("containers"), state);
    assert_eq!(reopened["roadmap"]["step"]["state"], "STARTED");
    assert_eq!(skills(&ada), json!(["containers@AWARE COMPLETED"]));
}

#[test]
fn skills_and_ratings_are_found_under_new_names_and_taken_back_by_any() {
    let app = App::small();
    let (ada, id) = under_way(&app);
    app.import(&renamed());
    let seen = "{ topic(slug: \"docker\") { viewerLevel steps { viewerHolds } } resource(slug: \"container-docs\") { viewerRating rating { average count } } }";
    assert_eq!(
        ada.ask(seen)["data"],
        json!({
            "topic": { "viewerLevel": "AWARE", "steps": [{ "viewerHolds": true }, { "viewerHolds": false }] },
            "resource": { "viewerRating": 5, "rating": { "average": 5.0, "count": 1 } }
        })
    );
    let recorded =
        ada.does("recordSkills", &json!({ "skills": [step("docker", "AWARE")] }), "skills { topic source }");
    assert_eq!(recorded["skills"], json!([{ "topic": "containers", "source": "COMPLETED" }]));
    assert_eq!(skills(&ada), json!(["containers@AWARE COMPLETED"]));
    let rate = |stars: Value| {
        let input = json!({ "resource": "docker-docs", "stars": stars });
        ada.does("rateResource", &input, "resource { slug viewerRating rating { count } }")["resource"]
            .clone()
    };
    assert_eq!(
        rate(json!(3)),
        json!({ "slug": "container-docs", "viewerRating": 3, "rating": { "count": 1 } })
    );
    assert_eq!(
        rate(Value::Null),
        json!({ "slug": "container-docs", "viewerRating": null, "rating": { "count": 0 } })
    );
    ada.does("forgetSkills", &json!({ "skills": [{ "topic": "docker" }] }), "viewer { email }");
    assert_eq!(skills(&ada), json!([]));
    let state = asked(&ada, &id, "step(topic: \"containers\", level: AWARE) { state }");
    assert_eq!(state["step"]["state"], "OPEN");
}

#[test]
fn what_has_taken_the_place_of_something_is_held_as_far_as_that_was_learned() {
    let app = App::small();
    let ada = app.learner("ada");
    let record = json!({ "skills": [step("go", "PROFICIENT"), step("docker", "AWARE"), step("kubernetes", "WORKING")] });
    ada.does("recordSkills", &record, "viewer { email }");
    let id = ada
        .saves(&json!({ "to": "architect", "goals": [step("go", "PROFICIENT")], "avoid": ["spring-boot"] }));
    // Java is taught in place of Go, and knowing of Docker is no step any more; Kubernetes goes without anything in its place.
    let edited = without(SMALL, "  - slug: go\n", "  - slug: testing\n");
    let edited = without(&edited, "  - slug: go-web-services\n", "  - slug: docker\n");
    let edited = without(&edited, "  - slug: kubernetes\n", "roles:\n")
        .replace("slug: java\n", "slug: java\n    aliases: [go]\n")
        .replace("slug: spring-boot\n", "slug: spring\n    aliases: [spring-boot, go-web-services]\n")
        .replace("      AWARE: { hours: 4, outcome: Runs an image. }\n", "")
        .replace(
            "      WORKING: { hours: 12, outcome: Builds a small image. }",
            "      WORKING: { hours: 12, outcome: Builds a small image., aliases: [docker@AWARE] }",
        )
        .replace("      - { step: kubernetes@WORKING, weight: 3 }\n", "      - docker@WORKING\n")
        .replace("      - { step: docker@AWARE, hours: 3 }\n", "")
        .replace("{ step: docker@AWARE, hours: 4 }, ", "")
        .replace("      - { step: kubernetes@WORKING, hours: 30 }\n", "");
    app.import(&edited);
    assert_eq!(skills(&ada), json!(["docker@AWARE SAID", "java@PROFICIENT SAID", "kubernetes@WORKING SAID"]));
    let seen = asked(
        &ada,
        &id,
        "input { goals { level topic { slug } } avoid { slug } } version { steps { nodes { topic level state } } }",
    );
    assert_eq!(seen["input"]["goals"], json!([{ "level": "PROFICIENT", "topic": { "slug": "java" } }]));
    assert_eq!(seen["input"]["avoid"], json!([{ "slug": "spring" }]));
    ada.does("updateRoadmap", &json!({ "id": id, "avoid": null }), "changes { summary }");
    let seen = asked(&ada, &id, "version { steps { nodes { topic level } } }");
    let names: Vec<_> =
        seen["version"]["steps"]["nodes"].as_array().unwrap().iter().map(|step| &step["topic"]).collect();
    assert_eq!(
        names,
        ["docker", "spring"],
        "Java is held as Go was, with the testing that it requires, and Docker as far as it was learned"
    );
}

#[test]
fn a_plan_with_steps_that_have_become_one_has_that_once() {
    let app = App::small();
    let (ada, id) = under_way(&app);
    let joined = renamed()
        .replace("      AWARE: { hours: 4, outcome: Runs an image. }\n", "")
        .replace("{ step: docker@AWARE, hours: 4 }, ", "")
        .replace("      - { step: docker@AWARE, hours: 3 }\n", "")
        .replace(", recommends: [docker@AWARE]", "");
    app.import(&joined);
    let seen = asked(
        &ada,
        &id,
        "version { steps { totalCount nodes { topic level state hours hoursSpent } } } progress { stepsTotal }",
    );
    // Who knows of it does not know how to do it.
    assert_eq!(
        seen,
        json!({
            "version": { "steps": { "totalCount": 1, "nodes": [
                { "topic": "containers", "level": "WORKING", "state": "STARTED", "hours": 16.0, "hoursSpent": 2.0 }
            ] } },
            "progress": { "stepsTotal": 1 }
        })
    );
    let replanned = ada.does("replan", &json!({ "id": id }), "changes { added { topic } gone { topic } }");
    assert_eq!(replanned["changes"], json!({ "added": [], "gone": [] }));
}

#[test]
fn what_was_not_wanted_can_be_wanted_again_by_another_name() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    let skip = json!({ "roadmap": id, "step": step("java", "WORKING"), "reason": "UNWANTED" });
    ada.does("skipStep", &skip, "roadmap { id }");
    app.import(&SMALL.replace("slug: java\n", "slug: jvm\n    aliases: [java]\n"));
    let state = || {
        asked(&ada, &id, "versionOf(number: 1) { steps(first: 1) { nodes { topic state } } }")["versionOf"]["steps"]["nodes"][0].clone()
    };
    assert_eq!(state(), json!({ "topic": "jvm", "state": "SKIPPED" }));
    let updated =
        ada.does("updateRoadmap", &json!({ "id": id, "avoid": [] }), "roadmap { input { avoid { slug } } }");
    assert_eq!(updated["roadmap"]["input"]["avoid"], json!([]));
    assert_eq!(state(), json!({ "topic": "jvm", "state": "OPEN" }));
}

fn viewer_level(client: &Client<'_>, topic: &str) -> Value {
    let query = format!("{{ topic(slug: \"{topic}\") {{ viewerLevel steps {{ level viewerHolds }} }} }}");
    client.ask(&query)["data"]["topic"].clone()
}

#[test]
fn whoever_held_a_level_that_is_no_more_holds_the_one_below() {
    let app = App::small();
    let (ada, curator) = (app.learner("ada"), app.curator("grace"));
    let expert = json!({ "topic": "docker", "level": "EXPERT", "hours": 80, "outcome": "Writes a runtime." });
    curator.does("createStep", &expert, "step { level }");
    ada.does("recordSkills", &json!({ "skills": [step("docker", "EXPERT")] }), "viewer { email }");
    let id = ada.saves(&json!({ "to": "manager", "goals": [step("docker", "EXPERT")], "skills": [step("docker", "EXPERT")] }));
    curator.does("retireStep", &json!({ "step": step("docker", "EXPERT") }), "catalog { revision }");
    assert_eq!(
        viewer_level(&ada, "docker"),
        json!({ "viewerLevel": "WORKING", "steps": [
            { "level": "AWARE", "viewerHolds": true }, { "level": "WORKING", "viewerHolds": true }
        ] })
    );
    assert_eq!(skills(&ada), json!(["docker@WORKING SAID"]));
    let seen = asked(&ada, &id, "input { skills { level } }");
    assert_eq!(seen["input"]["skills"], json!([{ "level": "WORKING" }]));
    let replanned = ada.does("replan", &json!({ "id": id }), "changes { added { topic } }");
    assert_eq!(replanned["changes"]["added"], json!([]), "what is below was not lost");
    let mine =
        ada.ask("{ roadmap(input: { to: \"manager\" }, asViewer: true) { steps { nodes { step { topic { slug } } } } } }");
    assert!(!mine["data"].to_string().contains("docker"), "{mine:#}");
    // By either level it can be taken back.
    let forget = json!({ "skills": [{ "topic": "docker", "level": "EXPERT" }] });
    ada.does("forgetSkills", &forget, "viewer { email }");
    assert_eq!(skills(&ada), json!(["docker@WORKING SAID"]));
    ada.does(
        "forgetSkills",
        &json!({ "skills": [{ "topic": "docker", "level": "AWARE" }] }),
        "viewer { email }",
    );
    assert_eq!(skills(&ada), json!([]));
}

#[test]
fn nobody_comes_to_hold_a_higher_level_because_it_takes_the_place_of_a_lower_one() {
    let app = App::small();
    let (ada, curator) = (app.learner("ada"), app.curator("grace"));
    ada.does("recordSkills", &json!({ "skills": [step("docker", "AWARE")] }), "viewer { email }");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let retire = json!({ "step": step("docker", "AWARE"), "replacement": step("docker", "WORKING") });
    curator.does("retireStep", &retire, "replacement { level }");
    assert_eq!(
        viewer_level(&ada, "docker"),
        json!({ "viewerLevel": "AWARE", "steps": [{ "level": "WORKING", "viewerHolds": false }] })
    );
    let kept = ada.ask("{ viewer { skills { nodes { topic level step { level } } } } }");
    assert_eq!(
        kept["data"]["viewer"]["skills"]["nodes"],
        json!([{ "topic": "docker", "level": "AWARE", "step": null }])
    );
    ada.does("replan", &json!({ "id": id }), "changes { summary }");
    let planned = asked(&ada, &id, "version { steps { nodes { topic level } } }");
    assert_eq!(planned["version"]["steps"]["nodes"], json!([step("docker", "WORKING")]));
    // Nor by saying so again.
    let again =
        ada.tries("recordSkills", &json!({ "skills": [step("docker", "AWARE")] }), "viewer { email }");
    assert_eq!(again["errors"][0]["extensions"]["argument"], "input.skills[0].level", "{again:#}");
    let asks = json!({ "to": "manager", "skills": [step("docker", "AWARE")] });
    let asks = ada.ask_with(
        "query Q($input: RoadmapInput!) { roadmap(input: $input) { hours } }",
        &json!({ "input": asks }),
    );
    assert_eq!(asks["errors"][0]["extensions"]["argument"], "input.skills[0].level", "{asks:#}");
}
