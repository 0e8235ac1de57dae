//! Placement: questions that find out what a learner knows.

use serde_json::{Value, json};

use crate::app::App;

const QUERY: &str = "query P($input: PlacementInput!) { placement(input: $input) {
    next { text step { level topic { slug } } } asked expectedLeft settledShare
    skills { level topic { slug } } gaps { level topic { slug } } } }";

fn place(app: &App, input: &Value) -> Value {
    app.ask_blocking(QUERY, &json!({ "input": input }))
}

fn inputs(steps: &Value) -> Vec<Value> {
    let of = |step: &Value| json!({ "topic": step["topic"]["slug"], "level": step["level"] });
    steps.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn questions_lead_to_skills_that_a_roadmap_takes() {
    let app = App::embedded();
    let mut answers: Vec<Value> = Vec::new();
    let placed = loop {
        let input = json!({ "from": "mid-level-backend-engineer", "to": "senior-backend-engineer", "answers": answers });
        let answer = place(&app, &input);
        let placed = answer["data"]["placement"].clone();
        assert!(answer["errors"].is_null(), "{answer}");
        if placed["next"].is_null() {
            break placed;
        }
        assert!(placed["expectedLeft"].as_i64().unwrap() > 0);
        let mut given = inputs(&json!([placed["next"]["step"]])).remove(0);
        assert!(
            answers
                .iter()
                .all(|answer| answer["topic"] != given["topic"] || answer["level"] != given["level"])
        );
        given["answer"] = "YES".into();
        answers.push(given);
        assert!(answers.len() <= 30);
    };
    assert_eq!(placed["asked"].as_u64().unwrap(), answers.len() as u64);
    assert!(placed["settledShare"].as_f64().unwrap() >= 0.95);
    assert_eq!(placed["gaps"], json!([]));
    let input = json!({
        "from": "mid-level-backend-engineer",
        "to": "senior-backend-engineer",
        "skills": inputs(&placed["skills"]),
        "gaps": inputs(&placed["gaps"]),
    });
    let roadmap = app.ask_blocking(
        "query R($input: RoadmapInput!) { roadmap(input: $input) { hours } }",
        &json!({ "input": input }),
    );
    assert!(roadmap["errors"].is_null(), "{roadmap}");
}

#[test]
fn everything_wrong_with_a_placement_is_reported_together() {
    let app = App::small();
    let input = json!({
        "to": "architekt",
        "maxQuestions": 0,
        "answers": [{ "topic": "jave", "level": "WORKING", "answer": "YES" }],
    });
    let answer = place(&app, &input);
    let mut arguments: Vec<_> = answer["errors"].as_array().unwrap().iter().collect();
    arguments.sort_by_key(|error| error["extensions"]["argument"].to_string());
    let arguments: Vec<_> =
        arguments.iter().map(|error| error["extensions"]["argument"].as_str().unwrap()).collect();
    assert_eq!(arguments, ["input.answers[0].topic", "input.maxQuestions", "input.to"]);
}

#[test]
fn wishes_that_leave_no_way_are_named_by_a_placement_too() {
    let app = App::small();
    let answer = place(&app, &json!({ "to": "architect", "avoid": ["go", "docker", "java"] }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NO_ROADMAP");
}
