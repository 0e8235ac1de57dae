//! The effort of planning that one request may spend, and all that shares it.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use waymark::catalog::{Snapshot, embedded};
use waymark::graphql::{Schema, World};
use waymark::service::{Current, Plans};
use waymark_planner::Effort;

const ROUTE: &str = "from: \"mid-level-backend-engineer\", to: \"backend-architect\"";

/// A server on the embedded catalogue, without a database.
struct Server {
    world: Arc<World>,
    schema: Schema,
    runtime: Runtime,
}

impl Server {
    /// Each of its requests may spend so many visits.
    fn spending(visits: u64) -> Self {
        let world = World {
            current: Current::new(Snapshot::new(1, embedded().unwrap())),
            plans: Plans::new(1 << 24),
            effort: Effort(visits),
            clock: Arc::new(|| chrono::DateTime::UNIX_EPOCH),
            learners: None,
        };
        let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
        Self { world: Arc::new(world), schema: Schema::new(), runtime }
    }

    fn ask(&self, query: &str) -> Value {
        let answer = self.runtime.block_on(async {
            let prepared = self.schema.prepare(query.into()).await?;
            self.schema.execute(prepared, self.world.scope(None)).await
        });
        serde_json::from_slice(&answer.ok().unwrap().json()).unwrap()
    }
}

/// Several fields of one request, each another question.
fn aliases(count: usize, field: impl Fn(usize) -> String) -> String {
    let fields: Vec<String> = (0..count).map(|i| format!("f{i}: {}", field(i))).collect();
    format!("{{ {} }}", fields.join(" "))
}

fn planned(i: usize, selection: &str) -> String {
    format!("roadmap(input: {{ {ROUTE}, hoursPerWeek: {} }}) {{ {selection} }}", i + 1)
}

/// How many fields were answered, and how many refused for what they cost.
fn outcome(answer: &Value) -> (usize, usize) {
    for error in answer["errors"].as_array().into_iter().flatten() {
        let message = error["message"].as_str().unwrap();
        // Of many errors the first are said, and how many more there are.
        if !message.contains("more errors") {
            assert_eq!(error["extensions"]["code"], "QUERY_TOO_COSTLY", "{error}");
            assert!(message.contains("in another request"), "{error}");
        }
    }
    let fields = answer["data"].as_object().map_or(0, serde_json::Map::len);
    let is_answered =
        |data: &serde_json::Map<String, Value>| data.values().filter(|one| !one.is_null()).count();
    let answered = answer["data"].as_object().map_or(0, is_answered);
    (answered, fields.max(usize::from(answer["errors"].is_array())) - answered)
}

#[test]
fn all_plans_of_a_request_share_its_effort() {
    let server = Server::spending(20_000);
    let (answered, refused) = outcome(&server.ask(&aliases(40, |i| planned(i, "hours"))));
    assert!(answered >= 1 && refused >= 20, "{answered} answered, {refused} refused");
    assert_eq!(answered + refused, 40);
}

#[test]
fn what_is_refused_is_answered_in_another_request_and_what_is_remembered_costs_nothing() {
    let server = Server::spending(20_000);
    let query = aliases(40, |i| planned(i, "hours"));
    let mut before = 0;
    loop {
        let (answered, refused) = outcome(&server.ask(&query));
        assert!(answered > before || refused == 0, "each request gets further");
        if refused == 0 {
            break;
        }
        before = answered;
    }
}

#[test]
fn further_searches_texts_and_placements_share_it_too() {
    let deep = "choices { alternatives { extraHours } } assumedChoices { alternatives { extraHours } } resources { burden }
        complexity steps(first: 1) { nodes { necessary } }";
    let placement = |i| {
        let answers = format!(
            "{{ topic: \"java\", level: WORKING, answer: YES }}, {{ topic: \"git\", level: WORKING, answer: {} }}",
            ["NO", "UNSURE"][i % 2]
        );
        format!(
            "placement(input: {{ {ROUTE}, maxQuestions: {}, answers: [{answers}] }}) {{ settledShare }}",
            i + 1
        )
    };
    let fields: [&dyn Fn(usize) -> String; 4] = [
        &|i| planned(i, deep),
        &|i| planned(i, "export(format: MARKDOWN)"),
        &|i| planned(i, "export(format: SVG)"),
        &placement,
    ];
    for field in fields {
        let server = Server::spending(150_000);
        let answer = server.ask(&aliases(30, field));
        let errors = answer["errors"].as_array().map_or(0, Vec::len);
        assert!(errors >= 1, "{}: nothing was refused", field(0));
        outcome(&answer);
    }
}

#[test]
fn a_comparison_shares_it_and_one_request_of_each_kind_is_answered() {
    let server = Server::spending(Effort::default().0);
    let inputs: Vec<String> = (0..5)
        .map(|i| {
            format!(
                "{{ {ROUTE}, hoursPerWeek: {}, avoid: [\"{}\"] }}",
                3 + i,
                ["php", "go", "rust", "ruby", "kotlin"][i]
            )
        })
        .collect();
    let compare = |selection: &str| {
        format!(
            "compareRoadmaps(inputs: [{}]) {{ options {{ roadmap {{ {selection} }} }} }}",
            inputs.join(", ")
        )
    };
    let all = "choices { alternatives { extraHours } } assumedChoices { alternatives { extraHours } } resources { burden }
        export(format: MARKDOWN) steps(first: 1) { nodes { necessary measures { complexity } } }";
    let answer =
        server.ask(&format!("{{ {} p: placement(input: {{ {ROUTE} }}) {{ asked }} }}", compare(all)));
    assert!(answer["errors"].is_null(), "{}", answer["errors"]);
    let poor = Server::spending(1);
    assert_eq!(outcome(&poor.ask(&format!("{{ {} }}", compare("hours")))), (0, 1));
    assert_eq!(
        outcome(&poor.ask(&aliases(1, |i| planned(i, "hours")))),
        (1, 0),
        "the first plan is always made"
    );
}

/// A last day that leaves out about half: the search for what is kept is the dearest there is.
#[test]
fn deadlines_say_whether_they_are_proven() {
    let server = Server::spending(Effort::default().0);
    let last = |i: usize| {
        let input =
            format!("{ROUTE}, hoursPerWeek: 5, startOn: \"2026-01-01\", finishBy: \"{}-06-30\"", 2026 + i);
        format!(
            "roadmap(input: {{ {input} }}) {{ schedule {{ fits keptValue upperBoundValue provenLargest }} }}"
        )
    };
    let answer = server.ask(&aliases(12, last));
    let mut late = 0;
    for roadmap in answer["data"].as_object().unwrap().values() {
        let schedule = &roadmap["schedule"];
        let value = |field: &str| schedule[field].as_f64().unwrap();
        assert!(
            value("keptValue") <= value("upperBoundValue")
                && value("upperBoundValue") <= 1.01 * value("keptValue")
        );
        assert_eq!(schedule["provenLargest"], json!(schedule["keptValue"] == schedule["upperBoundValue"]));
        late += usize::from(schedule["fits"] == false);
    }
    assert!(late >= 3, "{answer}");
}
