//! The document pipeline: what is known of the engine's faults is kept out, and what a request costs is bounded before anything walks it.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use waymark::catalog::Snapshot;
use waymark::config::{Limits, SchemaSettings, TrustedMode};
use waymark::graphql::{Schema, Store, World};
use waymark::service::{Current, Plans};
use waymark_planner::Effort;

use crate::app::App;

/// The limit that a document is refused for, with its figure and the most that is answered.
fn refused(app: &App, query: &str) -> (String, u64, u64) {
    let answer = app.ask(query);
    let error = &answer["errors"][0];
    assert!(answer.get("data").is_none(), "{answer}");
    assert_eq!(error["extensions"]["code"], "QUERY_TOO_COSTLY", "{answer}");
    let number = |name: &str| error["extensions"][name].as_u64().unwrap();
    (error["extensions"]["limit"].as_str().unwrap().to_owned(), number("figure"), number("most"))
}

#[test]
fn each_limit_is_named_with_its_figure() {
    let app = App::small();
    let many = |count: usize, item: &str| item.repeat(count);
    let aliases: String = (0..101).fold(String::new(), |mut text, i| {
        let _ = write!(text, "a{i}: slug ");
        text
    });
    for (query, limit, figure, most) in [
        (format!("{{ {} }}", many(4_000, "__typename ")), "tokens", 4_002, 4_000),
        (format!("{{ topics(filter: {}", many(100, "[")), "nesting", 102, 64),
        (format!("{{ {} __typename {} }}", many(24, "topic { "), many(24, "} ")), "levels", 25, 24),
        (format!("{{ topic(slug: \"go\") {{ {aliases} }} }}"), "aliases", 101, 100),
        (format!("{{ {} }}", many(51, "__typename ")), "root fields", 51, 50),
        (format!("{{ __typename {} }}", many(101, "@include(if: true) ")), "directives", 101, 100),
        (
            format!(
                "{{ catalog {{ {} }} }} fragment F on Catalog {{ {} }}",
                many(7, "...F "),
                many(300, "... { a } ")
            ),
            "fragments",
            2_107,
            2_000,
        ),
        (chain(65), "fragments inside one another", 65, 64),
        (operations(41, &format!("nodes(ids: [{}]) {{ id }}", many(200, "1 "))), "values", 8_241, 8_000),
        (
            format!(
                "{{ __schema {{ types {{ {} name {} }} }} }}",
                many(3, "fields { type { "),
                many(3, "} } ")
            ),
            "lists of types inside one another",
            3,
            2,
        ),
        (
            "{ topics(first: 1000000) { nodes { slug title } } }".to_owned(),
            "units of cost",
            3_000_001,
            1_000_000,
        ),
        (
            "{ topics(first: 2147483647) { nodes { slug } } }".to_owned(),
            "units of cost",
            4_294_967_295,
            1_000_000,
        ),
    ] {
        assert_eq!(refused(&app, &query), (limit.to_owned(), figure, most), "{query:.80}");
    }
}

/// So many fragments, each of which spreads the next.
fn chain(length: usize) -> String {
    let mut query = String::from("{ ...F1 }");
    for i in 1..length {
        let _ = write!(query, " fragment F{i} on Query {{ ...F{} }}", i + 1);
    }
    query + &format!(" fragment F{length} on Query {{ __typename }}")
}

/// So many operations that spread one fragment.
fn operations(count: usize, fields: &str) -> String {
    let names = (0..count).fold(String::new(), |mut text, i| {
        let _ = write!(text, "query A{i} {{ ...F }} ");
        text
    });
    format!("{names} fragment F on Query {{ {fields} }}")
}

#[test]
fn fragments_that_double_with_each_level_are_counted_and_not_walked() {
    let app = App::small();
    let mut query = String::from("{ ...F0 }\n");
    for level in 0..60 {
        let _ = writeln!(query, "fragment F{level} on Query {{ ...F{0} ...F{0} }}", level + 1);
    }
    query += "fragment F60 on Query { __typename }";
    // 2⁶⁰ fields.
    assert_eq!(refused(&app, &query), ("fields".to_owned(), 1 << 60, 4_000));
    // More than a number holds.
    let deeper =
        query.replace("fragment F60 on Query { __typename }", "fragment F60 on Query { ...G0 ...G0 }");
    let doubling = (0..60).fold(deeper, |mut text, level| {
        let _ = writeln!(text, "\nfragment G{level} on Query {{ ...G{0} ...G{0} }}", level + 1);
        text
    });
    assert_eq!(refused(&app, &format!("{doubling}\nfragment G60 on Query {{ __typename }}")).1, u64::MAX);
}

#[test]
fn a_fragment_that_spreads_itself_is_refused_as_what_it_is() {
    let app = App::small();
    for query in [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    ] {
        let answer = app.ask(query);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        assert!(answer.get("data").is_none());
    }
}

#[test]
fn what_is_selected_twice_is_one_field() {
    let app = App::small();
    let answer = app.ask(
        "query { topic(slug: \"go\") { slug ...T } ...Q topic(slug: \"go\") { area { slug } steps { level } } }
         fragment Q on Query { topic(slug: \"go\") { title ... on Topic { area { title } } } }
         fragment T on Topic { slug steps { hours ... @include(if: true) { level } } }",
    );
    let topic = &answer["data"]["topic"];
    assert_eq!(topic["area"], json!({ "slug": "languages", "title": "Languages" }), "{answer}");
    assert_eq!(topic["steps"][0], json!({ "hours": 50.0, "level": "WORKING" }));
    assert_eq!(topic.as_object().unwrap().len(), 4);
}

#[test]
fn an_object_behind_an_interface_gets_what_applies_to_it() {
    let app = App::small();
    let id = app.ask("{ topic(slug: \"go\") { id } }")["data"]["topic"]["id"].clone();
    let query = format!(
        "{{ node(id: {id}) {{ __typename ...N ... on Topic {{ slug title }} ... on Role {{ slug }} ... on Topic {{ title area {{ slug }} }} }} }}
         fragment N on Node {{ id ... on Topic {{ title }} }}"
    );
    let answer = app.ask(&query);
    let expected = json!({ "__typename": "Topic", "id": id, "slug": "go", "title": "Go", "area": { "slug": "languages" } });
    assert_eq!(answer["data"]["node"], expected, "{answer}");
}

#[test]
fn skip_and_include_decide_with_variables_and_their_defaults() {
    let app = App::small();
    let query = "query($yes: Boolean! = true, $no: Boolean!) {
          a: topic(slug: \"go\") @include(if: $no) { slug }
          b: topic(slug: \"go\") @skip(if: $no) { slug }
          ...F @include(if: $yes)
          ... @skip(if: $yes) { d: topic(slug: \"go\") { slug } }
        }
        fragment F on Query { c: topic(slug: \"go\") @include(if: $yes) @skip(if: $no) { slug } }";
    let keys = |variables: Value| {
        let answer = app.ask_blocking(query, &variables);
        answer["data"].as_object().unwrap_or_else(|| panic!("{answer}")).keys().cloned().collect::<String>()
    };
    assert_eq!(keys(json!({ "no": false })), "bc");
    assert_eq!(keys(json!({ "no": true, "yes": false })), "ad");
}

#[test]
fn a_document_is_validated_as_it_was_written() {
    let app = App::small();
    for wrong in [
        "{ __typename } fragment Unused on Query { __typename }",
        "query($unused: Int) { __typename }",
        "{ topic(slug: \"go\") { slug } topic(slug: \"java\") { slug } }",
        "{ topic(slug: \"go\") @include(if: $undefined) { slug } }",
        "{ ...Missing }",
        "{ topic(slug: \"go\") { nothing } }",
        "{ topic(slug: \"go\") { slug { inner } } }",
    ] {
        let answer = app.ask(wrong);
        assert!(answer.get("data").is_none(), "{wrong}: {answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}");
    }
}

#[test]
fn one_of_several_operations_is_executed() {
    let app = App::small();
    let ask = |name: Value| {
        let body = json!({ "query": "query A { a: __typename ...F } query B { b: __typename ...F } fragment F on Query { f: __typename }", "operationName": name });
        app.post(&body)
    };
    assert_eq!(ask(json!("B")), json!({ "data": { "b": "Query", "f": "Query" } }));
    assert_eq!(ask(json!("C"))["errors"][0]["message"], "The document has no operation \"C\".");
    assert_eq!(
        ask(Value::Null)["errors"][0]["message"],
        "The document has several operations: say in \"operationName\" which is meant."
    );
}

/// The cost of a request.
fn cost(app: &App, query: &str, variables: &Value) -> u64 {
    let body = json!({ "query": query, "variables": variables, "extensions": { "cost": true } });
    let answer = app.post(&body);
    answer["extensions"]["cost"]["cost"].as_u64().unwrap_or_else(|| panic!("{answer:#}"))
}

#[test]
fn lists_in_arguments_and_variables_cost_by_their_length() {
    let app = App::small();
    let literal = "{ roadmap(input: { goals: [{ topic: \"go\", level: WORKING }], avoid: [\"java\", \"rust\"] }) { hours } }";
    assert_eq!(cost(&app, literal, &json!({})), 2_000 + 1 + 3);
    let query = "query($input: RoadmapInput!) { roadmap(input: $input) { hours } }";
    let goal = json!({ "topic": "go", "level": "WORKING" });
    let with = |goals: usize| json!({ "input": { "goals": vec![goal.clone(); goals], "avoid": ["java"] } });
    assert_eq!(cost(&app, query, &with(1)), 2_000 + 1 + 2);
    assert_eq!(cost(&app, query, &with(40)), 2_000 + 1 + 41);
    // What is answered for each item of an argument costs as often.
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(cost(&app, query, &json!({ "ids": ["a", "b", "c"] })), 3 * (2_000 + 1) + 3);
    let input = json!({ "to": "architect" });
    let query = "query($inputs: [RoadmapInput!]!) { compareRoadmaps(inputs: $inputs) { options { roadmap { hours } } } }";
    let entry = 1 + 5 * (2_000 + 1);
    assert_eq!(cost(&app, query, &json!({ "inputs": [input, input] })), 2 * (4_000 + entry) + 2);
}

/// A field that plans, reads revisions or changes the catalogue says what that costs.
#[test]
fn fields_that_compute_say_their_cost_in_the_schema() {
    let sdl = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql")).unwrap();
    let schema = apollo_compiler::Schema::parse_and_validate(sdl, "schema.graphql").unwrap();
    let computes = |ty: &str| {
        let changes_catalog = schema.type_field(ty, "diff").is_ok();
        ["Roadmap", "RoadmapComparison", "ResourcePlan", "Placement"].contains(&ty) || changes_catalog
    };
    let mut found = 0;
    for (name, definition) in &schema.types {
        let Some(object) = definition.as_object() else { continue };
        for field in object.fields.values().filter(|field| computes(field.ty.inner_named_type())) {
            // What is shown of a revision is no change of it.
            if field.ty.inner_named_type() == "CatalogRevision"
                || name.ends_with("Connection")
                || name.ends_with("Edge")
            {
                continue;
            }
            assert!(field.directives.has("cost"), "{name}.{}", field.name);
            found += 1;
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn the_bill_is_shown_when_asked_for() {
    let app = App::small();
    let query = "{ topics(first: 3) { nodes { slug steps { level } } } roadmap(input: { to: \"architect\" }) { hours } }";
    let body = json!({ "query": query, "extensions": { "cost": true } });
    let answer = app.post(&body);
    // topics, and three times: nodes, slug, steps and five times its level; the plan, and its hours.
    let expected = json!({ "depth": 4, "fields": 7, "rootFields": 2, "aliases": 0, "directives": 0, "cost": 1 + 3 * 8 + 2_000 + 1 });
    assert_eq!(answer["extensions"]["cost"], expected, "{answer}");
    assert!(app.ask(query).get("extensions").is_none());
}

#[test]
fn the_introspection_of_tools_is_within_the_limits() {
    let answer = App::small().ask(include_str!("introspection.graphql"));
    assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query", "{answer}");
    let types = answer["data"]["__schema"]["types"].as_array().unwrap();
    let node = types.iter().find(|kind| kind["name"] == "Node").unwrap();
    assert!(
        node["possibleTypes"].as_array().unwrap().len() > 3
            && node["fields"][0]["type"]["ofType"]["name"] == "ID"
    );
}

/// The answer of a schema with settings of its own.
fn with(settings: &SchemaSettings, query: &str) -> Value {
    let schema = Schema::with(settings, Store::new());
    let snapshot = Snapshot::new(1, waymark::catalog::read("tests/fixtures/small.yaml").unwrap());
    let world = std::sync::Arc::new(World {
        current: Current::new(snapshot),
        plans: Plans::new(0),
        effort: Effort::default(),
        clock: std::sync::Arc::new(|| chrono::DateTime::UNIX_EPOCH),
        learners: None,
    });
    let answers = wait(async {
        let at_once = schema.execute(schema.prepare(query.into()).await?, world.scope(None)).await?;
        // WebSockets and event streams take answers from a stream.
        let mut stream = schema.stream(schema.prepare(query.into()).await?, world.scope(None)).await;
        Ok((at_once.json(), stream.next().await.unwrap().json()))
    });
    match answers {
        Err(waymark::graphql::Refused { errors, .. }) => json!({ "errors": errors }),
        Ok((at_once, streamed)) => {
            assert_eq!(at_once, streamed);
            serde_json::from_slice(&at_once).unwrap()
        }
    }
}

/// Waits for something in a runtime of its own.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn introspection_can_be_turned_off() {
    let hidden = SchemaSettings { no_introspection: true, ..SchemaSettings::default() };
    for query in ["{ __schema { queryType { name } } }", "{ __type(name: \"Topic\") { name } }"] {
        assert!(with(&SchemaSettings::default(), query)["data"].to_string().contains("name"), "{query}");
        assert!(!with(&hidden, query).to_string().contains("\"name\""), "{query}");
    }
    assert_eq!(with(&hidden, "{ __typename }")["data"]["__typename"], "Query");
}

#[test]
fn suggestions_can_be_turned_off() {
    let said =
        |settings: &SchemaSettings| with(settings, "{ topicz { slug } }")["errors"][0]["message"].to_string();
    assert!(said(&SchemaSettings::default()).contains("Did you mean"));
    assert!(
        !said(&SchemaSettings { no_suggestions: true, ..SchemaSettings::default() }).contains("Did you mean")
    );
}

#[test]
fn a_limit_is_a_setting() {
    let limits = Limits { root_fields: 1, ..Limits::default() };
    let answer =
        with(&SchemaSettings { limits, ..SchemaSettings::default() }, "{ a: __typename b: __typename }");
    assert_eq!(answer["errors"][0]["extensions"]["most"], 1, "{answer}");
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[test]
fn a_document_that_was_sent_with_its_hash_is_known_by_it() {
    let app = App::small();
    let query = "{ topic(slug: \"go\") { title } }";
    let ask = |query: Option<&str>, hash: Value| {
        let mut body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } });
        if let Some(query) = query {
            body["query"] = query.into();
        }
        app.post(&body)
    };
    let unknown = ask(None, json!(hash(query)));
    assert_eq!(unknown["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let answer = json!({ "data": { "topic": { "title": "Go" } } });
    assert_eq!(ask(Some(query), json!(hash(query))), answer);
    assert_eq!(ask(None, json!(hash(query))), answer);
    assert_eq!(ask(None, json!(hash(query).to_uppercase())), answer);
    for wrong in [json!(hash("other")), json!("short"), json!(1), Value::Null] {
        let refused = ask(Some(query), wrong.clone());
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}");
    }
    let address = format!(
        "/graphql?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22{}%22%7D%7D",
        hash(query)
    );
    let by_get = app.send(Request::get(address).body(Body::empty()).unwrap());
    assert_eq!(serde_json::from_slice::<Value>(by_get.body()).unwrap(), answer);
}

#[test]
fn trusted_documents_are_preferred_or_alone() {
    let (trusted, other) = ("{ __typename }", "{ a: __typename }");
    let manifest = json!({ hash(trusted): trusted }).to_string();
    let read = |mode, query: &str, named: bool| {
        let schema = Schema::with(&SchemaSettings::default(), Store::trusting(&manifest, mode).unwrap());
        let mut request = async_graphql::Request::new(if named { "" } else { query });
        if named {
            let extension = json!({ "version": 1, "sha256Hash": hash(query) });
            request
                .extensions
                .insert("persistedQuery".into(), async_graphql::Value::from_json(extension).unwrap());
        }
        match wait(schema.prepare(request)) {
            Ok(_) => "answered".to_owned(),
            Err(refused) => {
                serde_json::to_value(&refused.errors[0]).unwrap()["extensions"]["code"].to_string()
            }
        }
    };
    let (unknown, forbidden) = ("\"PERSISTED_QUERY_NOT_FOUND\"", "\"FORBIDDEN\"");
    for (mode, by_hash, other_by_hash, other_by_text) in [
        (TrustedMode::Off, unknown, unknown, "answered"),
        (TrustedMode::Prefer, "answered", unknown, "answered"),
        (TrustedMode::Only, "answered", forbidden, forbidden),
    ] {
        assert_eq!(read(mode, trusted, true), by_hash, "{mode:?}");
        assert_eq!(read(mode, trusted, false), "answered", "{mode:?}");
        assert_eq!(read(mode, other, true), other_by_hash, "{mode:?}");
        assert_eq!(read(mode, other, false), other_by_text, "{mode:?}");
    }
    let wrong = json!({ "0".repeat(64): trusted }).to_string();
    assert!(Store::trusting(&wrong, TrustedMode::Only).err().unwrap().contains(&hash(trusted)));
    assert!(Store::trusting("[]", TrustedMode::Only).err().unwrap().contains("JSON object"));
}

#[test]
fn a_document_is_named_by_the_id_that_its_manifest_gives_it() {
    let text = "query Name { __typename }";
    let operation = json!({ "id": "names/1", "name": "Name", "type": "query", "body": text });
    let apollo = |operations: Value| json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": operations });
    let (hash, prefixed) = (hash(text), format!("sha256:{}", hash(text)));
    for (manifest, known) in [
        (json!({ &hash: text }), vec![&*hash, &*prefixed]),
        (json!({ &prefixed: text }), vec![&*hash, &*prefixed]),
        (
            json!({ "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12": text }),
            vec!["2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", &*prefixed],
        ),
        (apollo(json!([operation])), vec!["names/1", &*hash]),
    ] {
        let store = Store::trusting(&manifest.to_string(), TrustedMode::Only).unwrap();
        let schema = Schema::with(&SchemaSettings::default(), store);
        let is_known = |id: &str| {
            let mut request = async_graphql::Request::new("");
            request.extensions.insert("documentId".into(), id.into());
            wait(schema.prepare(request)).is_ok_and(|prepared| prepared.operation_name() == Some("Name"))
        };
        assert!(known.iter().all(|id| is_known(id)), "{manifest}");
        assert!(!is_known("names/2") && !is_known(&hash[1..]), "{manifest}");
    }
    let twice = apollo(json!([operation, { "id": "names/1", "body": "{ other: __typename }" }]));
    assert!(Store::trusting(&twice.to_string(), TrustedMode::Only).err().unwrap().contains("two documents"));
    let wrong = json!({ &prefixed: "{ other: __typename }" });
    assert!(Store::trusting(&wrong.to_string(), TrustedMode::Only).err().unwrap().contains("SHA-256"));
}

#[test]
fn a_document_id_stands_in_place_of_the_document_over_http() {
    let app = App::small();
    let query = "{ topic(slug: \"go\") { title } }";
    let id = format!("sha256:{}", hash(query));
    let unknown = app.post(&json!({ "documentId": id }));
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(query) } });
    let answer = app.post(&json!({ "query": query, "extensions": persisted }));
    assert_eq!(app.post(&json!({ "documentId": id })), answer);
    let by_get = app.send(Request::get(format!("/graphql?documentId={id}")).body(Body::empty()).unwrap());
    assert_eq!(serde_json::from_slice::<Value>(by_get.body()).unwrap(), answer);
    for wrong in
        [json!({ "documentId": id, "query": query }), json!({ "documentId": 1 }), json!({ "documentId": "" })]
    {
        assert_eq!(app.post(&wrong)["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}");
    }
    // In the extensions, where the engine's requests have it, it means nothing.
    let beside = app.post(&json!({ "query": "{ __typename }", "extensions": { "documentId": id } }));
    assert_eq!(beside["data"]["__typename"], "Query");
}

#[test]
fn a_document_is_parsed_once_and_answers_the_same() {
    let app = App::small();
    let query =
        "query($slug: String!, $yes: Boolean!) { topic(slug: $slug) { title slug @include(if: $yes) } }";
    for (slug, yes) in [("go", true), ("java", false), ("go", false)] {
        let answer = app.ask_blocking(query, &json!({ "slug": slug, "yes": yes }));
        assert_eq!(answer["data"]["topic"].as_object().unwrap().len(), if yes { 2 } else { 1 }, "{answer}");
    }
}

#[test]
fn a_request_with_an_error_in_its_variables_does_nothing() {
    let app = App::small();
    let learner = app.learner("ada");
    let skills = || {
        learner.ask("{ viewer { skills { totalCount } } }")["data"]["viewer"]["skills"]["totalCount"].clone()
    };
    let document = "mutation($first: RecordSkillsInput!, $second: RecordSkillsInput!) {
          first: recordSkills(input: $first) { clientMutationId } second: recordSkills(input: $second) { clientMutationId } }";
    let right = json!({ "skills": [{ "topic": "go", "level": "WORKING" }] });
    for (wrong, message) in [
        (
            json!({ "skills": [{ "topic": "go", "level": "GREAT" }] }),
            "$second.skills[0].level\" must be a value of Proficiency",
        ),
        (json!({ "skills": [{ "topic": "go" }] }), "$second.skills[0].level\" is missing"),
        (json!({ "skills": [], "nothing": 1 }), "$second\" has no field \"nothing\""),
        (Value::Null, "$second\" may not be null"),
    ] {
        let answer = learner.ask_with(document, &json!({ "first": right, "second": wrong }));
        assert!(answer.get("data").is_none(), "{answer}");
        let error = &answer["errors"][0];
        assert!(error["message"].as_str().unwrap().contains(message), "{answer}");
        assert_eq!(error["locations"], json!([{ "line": 1, "column": 38 }]), "{answer}");
        assert!(error["extensions"]["variable"].as_str().unwrap().starts_with("second"), "{answer}");
        assert_eq!(skills(), 0);
    }
    let answer = learner.ask_with(document, &json!({ "first": right }));
    assert!(
        answer.get("data").is_none()
            && answer["errors"][0]["message"].as_str().unwrap().contains("is missing")
    );
    assert_eq!(skills(), 0);
}

#[test]
fn errors_are_few_short_and_tell_no_secrets() {
    let app = App::small();
    let said = |query: &str, variables: Value| {
        let answer = app.ask_blocking(query, &variables);
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        errors.iter().map(|error| error["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let unknown: Vec<String> = (0..40).map(|i| format!("nothing{i}")).collect();
    let many = said(&format!("{{ {} }}", unknown.join(" ")), json!({}));
    assert_eq!((many.len(), many[19].as_str()), (20, "There are 21 more errors: mend these first."));
    let items = said("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": vec![true; 1_000] }));
    assert_eq!((items.len(), items[19].as_str()), (20, "There are 981 more errors: mend these first."));

    let long = "x".repeat(5_000);
    for query in [
        format!("{{ {long} }}"),
        format!("{{ topic({long}: 1, slug: \"go\") {{ slug }} }}"),
        format!("{{ topics(orderBy: {long}) {{ totalCount }} }}"),
        format!("{{ topics(filter: {{ {long}: 1 }}) {{ totalCount }} }}"),
        format!("query(${long}: Int) {{ __typename }}"),
        format!("{{ ...{long} }}"),
        format!("{{ __typename @{long} }}"),
        format!("{{ ... on {long} {{ id }} }}"),
        format!("fragment {long} on Query {{ __typename }} {{ __typename }}"),
        format!("{{ {long}: topic(slug: \"go\") {{ slug }} {long}: topic(slug: \"java\") {{ slug }} }}"),
        format!("{{ roadmap(input: {{ to: \"architect\", startOn: \"{long}\" }}) {{ hours }} }}"),
        format!("{{ topic(slug: \"go\") {{ slug }} }} & {long}"),
    ] {
        for message in said(&query, json!({})) {
            assert!(message.len() < 300, "{query:.60}: {message}");
        }
    }

    for (query, variables) in [
        (
            "mutation($input: SignInInput!) { signIn(input: $input) { clientMutationId } }",
            json!({ "input": { "email": "a", "password": ["hunter2"] } }),
        ),
        (
            "mutation($p: Int!) { signIn(input: { email: \"a\", password: $p }) { clientMutationId } }",
            json!({ "p": "hunter2" }),
        ),
        (
            "mutation { signIn(input: { email: \"a\", password: [\"hunter2\"] }) { clientMutationId } }",
            json!({}),
        ),
        ("mutation { signIn(input: { email: \"a\", password: \"hunter2 }) { clientMutationId } }", json!({})),
        (
            "mutation { signIn(input: { email: \"a\", password \"hunter2\" }) { clientMutationId } }",
            json!({}),
        ),
        ("mutation { signIn(input: { email: \"a\" } \"hunter2\") { clientMutationId } }", json!({})),
    ] {
        let messages = said(query, variables).join(" ");
        assert!(!messages.is_empty() && !messages.contains("hunter2"), "{query}: {messages}");
    }
}

#[test]
fn a_scalar_of_ours_says_in_its_own_words_what_it_takes() {
    let app = App::small();
    let query =
        "query($day: Date) { __typename roadmap(input: { to: \"architect\", startOn: $day }) { hours } }";
    let answer = app.ask_blocking(query, &json!({ "day": "tomorrow" }));
    assert_eq!(
        answer["errors"][0]["message"],
        "\"tomorrow\" is not a day of the form 2026-11-23, from 1970 to 9999."
    );
    let answer = app.ask_blocking(query, &json!({ "day": 1 }));
    assert_eq!(
        answer["errors"][0]["message"],
        "A value of the type Date is expected here, and it was given none that fits."
    );
}

#[test]
fn documents_that_nobody_writes_are_read_all_the_same() {
    let app = App::small();
    let many = |count: usize, item: &str| item.repeat(count);
    for query in [
        format!("{{ catalog {{ {} }} }}", many(3_900, "revision ")),
        chain(64),
        format!("{{ {} __typename {} }}", many(62, "... { "), many(62, "} ")),
        operations(500, "__typename"),
        format!("{{ __typename {} }}", many(900_000, ",")),
        format!("{{ __typename # {}\n }}", many(900_000, "x")),
        format!("{{ topic(slug: \"{}\") {{ slug }} }}", many(100_000, "\\u00e9")),
    ] {
        let name = query.starts_with("query").then_some("A1");
        let answer = app.post(&json!({ "query": query, "operationName": name }));
        assert!(answer["data"].is_object(), "{query:.60}: {answer}");
    }
    let cycles: String = (0..150).fold(String::from("{ ...F0 }"), |mut text, i| {
        let _ = write!(text, " fragment F{i} on Query {{ ...F{} ...F{} }}", (i + 1) % 150, i * 7 % 150);
        text
    });
    assert!(app.ask(&cycles).get("data").is_none());
}

#[test]
fn an_answer_has_only_so_many_bytes_and_is_never_sent_in_part() {
    let with_most = |answer: usize, query: &str| {
        let limits = Limits { answer, ..Limits::default() };
        with(&SchemaSettings { limits, ..SchemaSettings::default() }, query)
    };
    // Written in one pass, by the engine field by field, and as one long text.
    let roadmap = r#"roadmap(input: { to: "architect", startOn: "2026-02-02" })"#;
    for query in [
        "{ topics(first: 100) { nodes { title summary } } }".to_owned(),
        "{ __schema { types { name description } } }".to_owned(),
        format!("{{ {roadmap} {{ export(format: MARKDOWN) }} }}"),
        format!("{{ a: {roadmap} {{ hours }} {} }}", "b: topics(first: 9) { nodes { title } } "),
    ] {
        let whole = with_most(8 << 20, &query);
        let bytes = whole.to_string().len();
        assert!(whole["data"].is_object() && whole.get("errors").is_none(), "{whole}");
        assert_eq!(with_most(bytes, &query), whole);
        let refused = with_most(bytes - 1, &query);
        assert_eq!(
            (&refused["data"], refused["errors"].as_array().unwrap().len()),
            (&Value::Null, 1),
            "{refused}"
        );
        let extensions = &refused["errors"][0]["extensions"];
        let said = json!({ "code": "QUERY_TOO_COSTLY", "limit": "bytes of the answer", "most": bytes - 1 });
        assert_eq!(extensions, &said, "{query}");
    }
}
