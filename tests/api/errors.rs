//! What a wrong request gets: a code, the argument, and the nearest name that exists.

use serde_json::json;

use crate::app::App;

#[test]
fn everything_wrong_with_an_input_is_reported_together() {
    let answer = App::small().ask_blocking(
        "query R($input: RoadmapInput!) { roadmap(input: $input) { hours } }",
        &json!({ "input": {
            "from": "develloper",
            "goals": [{ "topic": "java", "level": "EXPERT" }],
            "skills": [{ "topic": "java", "level": "WORKING" }, { "topic": "jave", "level": "WORKING" }],
            "gaps": [{ "topic": "java", "level": "WORKING" }],
            "prefer": ["go"],
            "avoid": ["go", "kubernets"],
            "hoursPerWeek": 0,
            "startOn": "2026-03-01",
            "finishBy": "2026-02-01",
            "pauses": [{ "from": "2026-04-02", "to": "2026-04-01" }],
            "resources": { "languages": [], "preferKinds": ["BOOK"], "excludeKinds": ["BOOK"], "budget": -1, "hourValue": 0 },
        } }),
    );
    insta::assert_json_snapshot!(answer);
}

#[test]
fn a_roadmap_leads_somewhere() {
    let answer = App::small().ask("{ roadmap(input: { from: \"developer\" }) { hours } }");
    assert_eq!(answer["data"], json!({ "roadmap": null }));
    assert_eq!(
        answer["errors"][0]["extensions"],
        json!({ "code": "BAD_USER_INPUT", "argument": "input.to" })
    );
}

#[test]
fn wishes_that_leave_no_way_are_named_with_the_requirement_and_the_chain() {
    let answer = App::small().ask(
        "{ roadmap(input: { to: \"architect\", avoid: [\"go\", \"docker\", \"java\"], prefer: [\"testing\"] }) { hours } }",
    );
    insta::assert_json_snapshot!(answer["errors"]);
}

#[test]
fn one_failure_among_aliases_leaves_the_others() {
    let answer = App::small().ask(
        "{ good: roadmap(input: { to: \"manager\" }) { hours } bad: roadmap(input: { to: \"manger\" }) { hours } }",
    );
    assert_eq!(answer["data"], json!({ "good": { "hours": 86.0 }, "bad": null }));
    assert_eq!(answer["errors"][0]["path"], json!(["bad"]));
    assert_eq!(answer["errors"][0]["extensions"]["didYouMean"], "manager");
}

#[test]
fn what_the_document_gets_wrong_has_a_code_too() {
    let app = App::small();
    for query in ["{ topik }", "{", "{ topic(slug: 7) { slug } }", "query Q($x: Date!) { areas { slug } }"] {
        let answer = app.ask(query);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{query}: {answer}");
    }
}

#[test]
fn a_filter_on_an_unknown_area_says_which_is_meant() {
    let answer = App::small().ask("{ topics(filter: { area: \"language\" }) { totalCount } }");
    let extensions =
        json!({ "code": "BAD_USER_INPUT", "argument": "filter.area", "didYouMean": "languages" });
    assert_eq!(answer["errors"][0]["extensions"], extensions);
}

#[test]
fn what_is_wrong_with_compared_inputs_names_which() {
    let app = App::small();
    let one = app.ask("{ compareRoadmaps(inputs: [{ to: \"manager\" }]) { decideBy } }");
    assert_eq!(one["errors"][0]["extensions"]["argument"], "inputs");
    let two = app.ask("{ compareRoadmaps(inputs: [{ to: \"manger\" }, { to: \"manager\", avoid: [\"gopher\"] }]) { decideBy } }");
    let argument = |i: usize| two["errors"][i]["extensions"]["argument"].clone();
    assert_eq!([argument(0), argument(1)], ["inputs[0].to", "inputs[1].avoid[0]"]);
}
