//! What attackers and their tools try: the checks of graphql-cop and of the OWASP cheat sheet for GraphQL, each as a request.
//! `docs/security.md` is the list.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::app::App;

/// The status and the text of an answer.
fn sent(app: &App, method: &str, address: &str, kind: &str, body: &str) -> (u16, String) {
    let request = Request::builder().method(method).uri(address).header("content-type", kind);
    let answer = app.send(request.body(Body::from(body.to_owned())).unwrap());
    (answer.status().as_u16(), String::from_utf8_lossy(answer.body()).into_owned())
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

fn repeated(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, i| {
        let _ = write!(text, "{} ", item(i));
        text
    })
}

#[test]
fn aliases_are_bounded() {
    let query = format!("{{ {} }}", repeated(101, |i| format!("alias{i}: __typename")));
    assert_eq!(code(&App::small().ask(&query)), "QUERY_TOO_COSTLY");
}

#[test]
fn the_same_field_many_times_is_resolved_once_and_bounded() {
    let app = App::small();
    let query = |count| format!("{{ topic(slug: \"go\") {{ {} }} }}", repeated(count, |_| "slug".to_owned()));
    assert_eq!(app.ask(&query(500))["data"]["topic"], json!({ "slug": "go" }));
    assert_eq!(code(&app.ask(&query(4_000))), "QUERY_TOO_COSTLY");
}

#[test]
fn directives_are_bounded() {
    let query = format!("{{ __typename {} }}", repeated(101, |_| "@aa".to_owned()));
    assert_eq!(code(&App::small().ask(&query)), "QUERY_TOO_COSTLY");
}

#[test]
fn circles_through_the_introspection_are_bounded() {
    let circle = |rounds: usize| {
        format!(
            "{{ __schema {{ types {{ {} name {} }} }} }}",
            "fields { type { ".repeat(rounds),
            "} } ".repeat(rounds)
        )
    };
    let app = App::small();
    assert!(app.ask(&circle(2))["data"]["__schema"].is_object());
    assert_eq!(code(&app.ask(&circle(6))), "QUERY_TOO_COSTLY");
}

#[test]
fn circles_through_the_catalogue_are_bounded() {
    let circle = |rounds: usize| {
        let inner = "steps { topic { ".repeat(rounds);
        format!("{{ topics(first: 100) {{ nodes {{ {inner} slug {} }} }} }}", "} } ".repeat(rounds))
    };
    let app = App::small();
    assert!(app.ask(&circle(2))["data"]["topics"].is_object());
    assert_eq!(code(&app.ask(&circle(8))), "QUERY_TOO_COSTLY");
}

#[test]
fn many_roadmaps_at_once_have_their_price() {
    let roadmaps = |count| {
        repeated(count, |i| {
            format!("r{i}: roadmap(input: {{ to: \"architect\", hoursPerWeek: {} }}) {{ hours }}", i + 1)
        })
    };
    let app = App::small();
    assert_eq!(app.ask(&format!("{{ {} }}", roadmaps(3)))["data"].as_object().unwrap().len(), 3);
    let within: Value = app.ask(&format!("{{ topics(first: 100) {{ nodes {{ slug }} }} {} }}", roadmaps(49)));
    assert!(within["data"].is_object(), "{within}");
    assert_eq!(code(&app.ask(&format!("{{ {} }}", roadmaps(51)))), "QUERY_TOO_COSTLY");
}

#[test]
fn a_text_without_end_is_refused_before_it_is_parsed() {
    let app = App::small();
    for text in [
        "{".repeat(200_000),
        "[".repeat(200_000),
        format!("{{ topics(first: {}", "(".repeat(200_000)),
        "a ".repeat(200_000),
    ] {
        assert_eq!(code(&app.ask(&text)), "QUERY_TOO_COSTLY", "{text:.20}");
    }
    let long = json!({ "query": " ".repeat(1_000_001) }).to_string();
    let (status, answer) = sent(&app, "POST", "/graphql", "application/json", &long);
    assert!(status == 413 && answer.contains("QUERY_TOO_COSTLY"), "{status} {answer:.200}");
}

#[test]
fn batches_are_not_taken() {
    let batch = Value::Array(vec![json!({ "query": "{ __typename }" }); 10]).to_string();
    assert_eq!(sent(&App::small(), "POST", "/graphql", "application/json", &batch).0, 400);
}

#[test]
fn forms_of_other_sites_are_not_taken() {
    let app = App::small();
    let body = "query=%7B__typename%7D";
    for kind in ["application/x-www-form-urlencoded", "text/plain"] {
        assert_eq!(sent(&app, "POST", "/graphql", kind, body).0, 415, "{kind}");
    }
    // Parts come with a header that no form can send.
    assert_eq!(sent(&app, "POST", "/graphql", "multipart/form-data; boundary=x", body).0, 403);
    assert_eq!(sent(&app, "GET", "/graphql?query=mutation%7B__typename%7D", "text/plain", "").0, 405);
}

#[test]
fn nothing_of_the_inside_is_told() {
    let app = App::small();
    for query in [
        "query { systemUpdate }",
        "{ node(id: \"' OR 1=1 --\") { id } }",
        "{ topic(slug: \"'; DROP TABLE topics; --\") { slug } }",
        "query($a: [[[[Int]]]]) { __typename }",
        "{ roadmap(input: { to: \"architect\", hoursPerWeek: -1 }) { hours } }",
        "{ search(text: \"%_\\u0000\", first: 5) { nodes { __typename } } }",
    ] {
        let answer = app.ask(query).to_string().to_lowercase();
        for word in ["stack", "panick", ".rs", "sqlite", "select ", "tracing", "rust", "async_graphql"] {
            assert!(!answer.contains(word), "{query}: {answer}");
        }
    }
}
