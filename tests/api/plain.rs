//! What is written in one pass is what the engine resolves field by field. A field that waits in a way of its own makes the engine do it.

use serde_json::Value;

use crate::app::App;

const ROADMAP: &str = r#"roadmap(input: { from: "developer", to: "architect", startOn: "2026-02-02", finishBy: "2026-03-01" })"#;

/// Asks once as it is and once with a field for the engine in the place that is marked, and takes that out of the answer again.
fn both(app: &App, query: &str, waits: &str) -> (Value, Value) {
    let (plain, resolved) = (app.ask(&query.replace('~', "")), app.ask(&query.replace('~', waits)));
    assert!(plain.get("errors").is_none(), "{plain}");
    (plain, without(resolved, "waits"))
}

fn without(mut value: Value, name: &str) -> Value {
    match &mut value {
        Value::Object(fields) => {
            assert!(fields.get(name).is_none_or(|value| !value.is_null()));
            fields.retain(|key, _| key != name);
            fields.values_mut().for_each(|field| *field = without(field.take(), name));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without(item.take(), name)),
        _ => {}
    }
    value
}

#[test]
fn the_catalogue_is_written_as_it_is_resolved() {
    let app = App::nasty();
    let resource = "__typename id slug title kind url isbn doi arxiv standard authors provider year language price quality \
                    for { slug } attested { on by } covers { hours fit section step { id } }";
    let step = "__typename id level hours outcome practice requires { weight anyOf { id level topic { slug } } } recommends { weight anyOf { id } } \
                unlocks { id } coverage { hours section resource { slug } } ~";
    for query in [
        format!(
            "{{ topics(first: 50) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} \
             edges {{ cursor node {{ slug }} }} nodes {{ __typename id slug title names popularity links summary elective area {{ id slug title summary \
             topics(last: 1) {{ nodes {{ slug }} }} }} steps {{ {step} }} resources(first: 2) {{ nodes {{ {resource} }} }} }} }} }}"
        ),
        format!("{{ resources(first: 50) {{ nodes {{ {resource} covers {{ step {{ ~ }} }} }} }} }}")
            .replace("{ ~ }", "{ level ~ }"),
        "{ roles { id slug title summary after { slug } next { slug } requires { weight anyOf { id ~ } } } }"
            .to_owned(),
        format!(
            "{{ search(text: \"a\") {{ nodes {{ __typename ... on Topic {{ slug steps {{ {step} }} }} ... on Role {{ title }} }} }} }}"
        ),
    ] {
        let (plain, resolved) = both(&app, &query, "waits: measures { complexity }");
        assert_eq!(plain, resolved, "{query}");
        assert!(plain.to_string().len() > 300, "{query} asks for too little: {plain}");
    }
}

#[test]
fn a_roadmap_is_written_as_it_is_resolved_with_what_must_be_computed_first() {
    let step = "position weight value studyHours practiceHours practice { task resource { fit } } startsOn finishesOn deferred critical slackHours necessary step { id level } milestone { title position } \
                needs { position } unlocks { position } reasons { role { slug } requirement { weight anyOf { id } } chain { id } } \
                measures { blockingFactor delayFactor complexity centrality } coverage { hours resource { slug } }";
    let query = format!(
        "{{ {ROADMAP} {{ ~ __typename from {{ slug }} to {{ slug }} hours lowerBoundHours provenMinimal weightedCompletion complexity \
         longestPath catalogRevision assumed {{ id }} assumedChoices {{ taken {{ id }} }} milestones {{ title hours startsOn arrivesOn role {{ slug }} steps {{ {step} }} }} \
         steps(first: 3) {{ totalCount nodes {{ {step} }} }} \
         choices {{ taken {{ id }} requirement {{ weight }} alternatives {{ extraHours step {{ id }} }} }} \
         schedule {{ startsOn finishesOn hoursPerWeek finishBy fits neededHoursPerWeek keptValue kept {{ position }} deferred {{ position }} }} \
         resources {{ price hours burden lowerBoundBurden provenMinimal uncovered {{ id }} picks {{ resource {{ slug }} covers {{ hours }} }} }} }} }}"
    );
    let (plain, resolved) = both(&App::small(), &query, "waits: export(format: CSV)");
    assert_eq!(plain, resolved);
    assert!(plain.to_string().len() > 3_000, "{plain}");
}

#[test]
fn aliases_variables_and_their_defaults_are_as_everywhere() {
    let app = App::small();
    let query = "query($n: Int = 2, $level: Proficiency!, $none: Int) { \
        a: topics(first: $n) { many: totalCount nodes { name: slug one: step(level: $level) { hours } } } \
        b: topics(first: $none) { nodes { slug } } }";
    let answer = app.ask_blocking(query, &serde_json::json!({ "level": "WORKING" }));
    assert_eq!(answer["data"]["a"]["nodes"].as_array().unwrap().len(), 2, "{answer}");
    assert!(answer["data"]["a"]["many"].is_i64() && answer["data"]["a"]["nodes"][0].get("one").is_some());
    assert!(answer["data"]["b"]["nodes"].as_array().unwrap().len() > 2);
}

#[test]
fn an_argument_that_is_wrong_deep_inside_is_the_engines_error_with_its_path() {
    let answer =
        App::small().ask("{ topics(first: 1) { nodes { slug resources(first: 0) { totalCount } } } }");
    assert_eq!(answer["errors"][0]["path"][0], "topics", "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["argument"], "first");
}
