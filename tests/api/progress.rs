//! Learning itself: steps begun, completed and skipped, time, and when it will be done.

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, step};

fn asked(client: &Client<'_>, id: &Value, selection: &str) -> Value {
    let query = format!("query Q($id: ID!) {{ savedRoadmap(id: $id) {{ {selection} }} }}");
    client.ask_with(&query, &json!({ "id": id }))["data"]["savedRoadmap"].clone()
}

const PROGRESS: &str = "progress { stepsDone stepsTotal hoursDone hoursTotal hoursLeft hoursSpent hoursPlanned percentByHours percentByWeight streakDays streakWeeks }";

#[test]
fn a_step_is_begun_completed_and_taken_back() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let docker = step("docker", "AWARE");
    let of_step = "step(topic: \"docker\", level: AWARE) { state ready startedAt endedAt hoursSpent } next { topic level state }";
    let does = |mutation: &str| {
        ada.does(
            mutation,
            &json!({ "roadmap": id, "step": docker }),
            &format!("roadmap {{ {of_step} {PROGRESS} }}"),
        )["roadmap"]
            .clone()
    };
    let began = does("startStep");
    hand.set("2026-01-08");
    // Beginning again changes nothing.
    assert_eq!(does("startStep")["step"], began["step"]);
    let completed = does("completeStep");
    assert_eq!(does("completeStep")["step"], completed["step"]);
    let again =
        ada.tries("startStep", &json!({ "roadmap": id, "step": docker }), "userErrors { code field }");
    assert_eq!(
        again["data"]["startStep"]["userErrors"],
        json!([{ "code": "INVALID", "field": ["input", "step"] }])
    );
    hand.set("2026-01-09");
    insta::assert_json_snapshot!([&began, &completed]);
    assert_eq!(
        ada.ask("{ viewer { skills { nodes { topic level source } } } }")["data"]["viewer"]["skills"]["nodes"],
        json!([
            { "topic": "docker", "level": "AWARE", "source": "COMPLETED" }
        ])
    );
    let reopened = does("reopenStep");
    assert_eq!(reopened["step"], began["step"]);
    assert_eq!(ada.ask("{ viewer { skillCount } }")["data"]["viewer"]["skillCount"], 0);
    let open = does("reopenStep");
    assert_eq!(
        open["step"],
        json!({ "state": "OPEN", "ready": true, "startedAt": null, "endedAt": null, "hoursSpent": 0.0 })
    );
    let nothing =
        ada.tries("reopenStep", &json!({ "roadmap": id, "step": docker }), "userErrors { code field }");
    assert_eq!(
        nothing["data"]["reopenStep"]["userErrors"],
        json!([{ "code": "INVALID", "field": ["input", "step"] }])
    );
}

#[test]
fn what_is_learned_on_one_roadmap_is_held_on_the_others() {
    let app = App::small();
    let ada = app.learner("ada");
    let [one, other] =
        ["manager", "architect"].map(|to| ada.saves(&json!({ "from": "developer", "to": to })));
    ada.does("completeStep", &json!({ "roadmap": one, "step": step("docker", "AWARE") }), "roadmap { id }");
    let of = |id: &Value| {
        asked(&ada, id, "step(topic: \"docker\", level: AWARE) { state ready } progress { stepsDone }")
    };
    assert_eq!(
        of(&one),
        json!({ "step": { "state": "COMPLETED", "ready": false }, "progress": { "stepsDone": 1 } })
    );
    assert_eq!(
        of(&other),
        json!({ "step": { "state": "HELD", "ready": false }, "progress": { "stepsDone": 1 } })
    );
    ada.does("forgetSkills", &json!({ "skills": [{ "topic": "docker" }] }), "viewer { email }");
    assert_eq!(of(&one)["step"], json!({ "state": "OPEN", "ready": true }));
}

#[test]
fn what_was_completed_counts_when_the_roadmap_is_planned_anew() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    ada.does("completeStep", &json!({ "roadmap": id, "step": step("docker", "AWARE") }), "roadmap { id }");
    let before = asked(&ada, &id, PROGRESS);
    ada.does("replan", &json!({ "id": id }), "changes { summary }");
    assert_eq!(asked(&ada, &id, PROGRESS), before);
    assert_eq!(asked(&ada, &id, "version { steps { totalCount } }")["version"]["steps"]["totalCount"], 1);
    // Taken back it is on the roadmap again.
    let reopened = ada.does(
        "reopenStep",
        &json!({ "roadmap": id, "step": step("docker", "AWARE") }),
        "roadmap { version { number steps { nodes { topic level state } } } }",
    );
    assert_eq!(
        reopened["roadmap"]["version"],
        json!({ "number": 3, "steps": { "nodes": [
        { "topic": "docker", "level": "AWARE", "state": "STARTED" }, { "topic": "docker", "level": "WORKING", "state": "OPEN" }
    ] } })
    );
}

#[test]
fn next_is_what_needs_nothing_that_is_not_done() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    let next = || {
        let next = asked(&ada, &id, "next(first: 20) { topic level state ready }")["next"]
            .as_array()
            .unwrap()
            .clone();
        assert!(next.iter().all(|step| step["ready"] == json!(true)));
        next.iter()
            .map(|step| format!("{}@{}", step["topic"].as_str().unwrap(), step["level"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(next(), ["java@WORKING", "docker@AWARE"]);
    ada.does("startStep", &json!({ "roadmap": id, "step": step("docker", "AWARE") }), "roadmap { id }");
    assert_eq!(next(), ["docker@AWARE", "java@WORKING"]);
    ada.does("completeStep", &json!({ "roadmap": id, "step": step("java", "WORKING") }), "roadmap { id }");
    assert_eq!(next(), ["docker@AWARE", "testing@WORKING", "spring-boot@WORKING"]);
    let too_many = ada.ask_with(
        "query Q($id: ID!) { savedRoadmap(id: $id) { next(first: 21) { topic } } }",
        &json!({ "id": id }),
    );
    assert_eq!(too_many["errors"][0]["extensions"]["argument"], "first");
}

#[test]
fn a_step_is_skipped_because_it_is_known_or_not_wanted_and_the_plan_follows() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    let skip = |topic: &str, level: &str, reason: &str| {
        let input = json!({ "roadmap": id, "step": step(topic, level), "reason": reason });
        ada.tries("skipStep", &input, "changes { summary added { topic because } gone { topic because } } roadmap { version { number cause } input { avoid { slug } } progress { stepsDone stepsTotal } } userErrors { code }")
    };
    insta::assert_json_snapshot!([
        skip("docker", "WORKING", "KNOWN"),
        skip("java", "WORKING", "UNWANTED"),
        skip("kubernetes", "WORKING", "UNWANTED"),
        skip("docker", "WORKING", "KNOWN"),
    ]);
}

#[test]
fn only_steps_of_the_roadmap_are_learned_on_it() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    for mutation in ["startStep", "completeStep"] {
        let answer =
            ada.tries(mutation, &json!({ "roadmap": id, "step": step("dokcer", "AWARE") }), "roadmap { id }");
        assert_eq!(
            answer["errors"][0]["extensions"],
            json!({ "code": "BAD_USER_INPUT", "argument": "input.step", "didYouMean": "docker" })
        );
    }
    let other = ada.tries(
        "logStudy",
        &json!({ "roadmap": id, "step": step("go", "WORKING"), "hours": 1 }),
        "entry { id }",
    );
    assert_eq!(other["errors"][0]["extensions"]["argument"], "input.step");
}

#[test]
fn time_is_logged_on_a_day_and_can_be_taken_back() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager", "hoursPerWeek": 7 }));
    let log = |day: &str, hours: f64, step: Value| {
        let input = json!({ "roadmap": id, "day": day, "hours": hours, "step": step, "note": " Chapter 1 " });
        ada.does("logStudy", &input, "entry { id day hours note topic level step { outcome } loggedAt }")["entry"].clone()
    };
    hand.set("2026-01-12");
    let first = log("2026-01-05", 1.5, step("docker", "AWARE"));
    assert_eq!(first["note"], "Chapter 1");
    log("2026-01-11", 2.0, Value::Null);
    log("2026-01-12", 0.25, step("docker", "AWARE"));
    insta::assert_json_snapshot!(asked(
        &ada,
        &id,
        &format!(
            "{PROGRESS} studyLog {{ totalCount nodes {{ day hours note topic }} }} step(topic: \"docker\", level: AWARE) {{ state hoursSpent }}"
        )
    ));
    let deleted = ada.does(
        "deleteStudy",
        &json!({ "id": first["id"] }),
        "deletedId roadmap { progress { hoursSpent } }",
    );
    assert_eq!(deleted["roadmap"]["progress"]["hoursSpent"], 2.25);
    let again = ada.tries("deleteStudy", &json!({ "id": first["id"] }), "deletedId");
    assert_eq!(again["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[test]
fn what_is_wrong_with_an_entry_comes_back_beside_its_field() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "manager" }));
    for (input, field, code) in [
        (json!({ "hours": 0 }), "hours", "OUT_OF_RANGE"),
        (json!({ "hours": 24.5 }), "hours", "OUT_OF_RANGE"),
        (json!({ "hours": 1, "day": "2026-01-07" }), "day", "OUT_OF_RANGE"),
        (json!({ "hours": 1, "note": "x".repeat(2_001) }), "note", "TOO_LONG"),
        (json!({ "hours": 1, "note": "a\u{0}b" }), "note", "INVALID"),
    ] {
        let mut input = input;
        input["roadmap"] = id.clone();
        let answer = ada.tries("logStudy", &input, "entry { id } userErrors { code field }");
        assert_eq!(
            answer["data"]["logStudy"],
            json!({ "entry": null, "userErrors": [{ "code": code, "field": ["input", field] }] }),
            "{input}"
        );
    }
}

#[test]
fn the_forecast_says_nothing_of_a_short_record_and_then_when_most_arrive() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect", "hoursPerWeek": 6, "pauses": [{ "from": "2026-03-02", "to": "2026-03-08" }] }),
    );
    let forecast = || {
        asked(
            &ada,
            &id,
            "forecast { hoursLeft planned weeksObserved weeksNeeded observed { hoursPerWeek p50 p80 p95 } }",
        )["forecast"]
            .clone()
    };
    let log = |day: &str, hours: f64| {
        hand.set(day);
        ada.does(
            "logStudy",
            &json!({ "roadmap": id, "step": step("java", "WORKING"), "hours": hours }),
            "entry { id }",
        );
    };
    log("2026-01-05", 4.0);
    log("2026-01-13", 8.0);
    log("2026-01-27", 2.0);
    let short = forecast();
    hand.set("2026-02-03");
    let told = forecast();
    insta::assert_json_snapshot!([short, told.clone()]);
    assert_eq!(forecast(), told, "it does not flicker");
}

#[test]
fn whoever_has_arrived_has_nothing_left() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    for level in ["AWARE", "WORKING"] {
        ada.does("completeStep", &json!({ "roadmap": id, "step": step("docker", level) }), "roadmap { id }");
    }
    let done = asked(
        &ada,
        &id,
        "progress { percentByHours percentByWeight hoursLeft } next { topic } forecast { planned hoursLeft }",
    );
    assert_eq!(
        done,
        json!({
            "progress": { "percentByHours": 100.0, "percentByWeight": 100.0, "hoursLeft": 0.0 }, "next": [],
            "forecast": { "planned": "2026-01-05", "hoursLeft": 0.0 }
        })
    );
}

#[test]
fn what_was_not_wanted_can_be_wanted_again() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    let java = step("java", "WORKING");
    let skip = json!({ "roadmap": id, "step": java, "reason": "UNWANTED" });
    ada.does("skipStep", &skip, "roadmap { id }");
    // What is recorded meanwhile has nothing to do with it.
    ada.does("recordSkills", &json!({ "skills": [step("java", "PROFICIENT")] }), "viewer { email }");
    let old = asked(&ada, &id, "versionOf(number: 1) { steps(first: 1) { nodes { topic state } } }");
    assert_eq!(old["versionOf"]["steps"]["nodes"][0], json!({ "topic": "java", "state": "SKIPPED" }));
    let reopened = ada.does(
        "reopenStep",
        &json!({ "roadmap": id, "step": java }),
        "roadmap { input { avoid { slug } } }",
    );
    assert_eq!(reopened["roadmap"]["input"]["avoid"], json!([]));
    assert_eq!(ada.ask("{ viewer { skillCount } }")["data"]["viewer"]["skillCount"], 1);
    let nothing = ada.tries("reopenStep", &json!({ "roadmap": id, "step": java }), "userErrors { code }");
    assert_eq!(nothing["data"]["reopenStep"]["userErrors"][0]["code"], "INVALID");
}
