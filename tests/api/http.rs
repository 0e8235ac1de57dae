//! What stands around the schema.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use waymark::config::{HttpSettings, ServerSettings};

use crate::app::App;

const GRAPHQL: &str = "application/graphql-response+json";

#[test]
fn the_pages_are_there_at_their_addresses() {
    let app = App::small();
    let get = |path: &str| app.send(Request::get(path).body(Body::empty()).unwrap());
    for path in ["/", "/plan?from=a&to=b", "/topics/go", "/my", "/curate/topics/go", "/graphiql"] {
        let page = get(path);
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"), "{path}");
        assert_eq!(page.headers()["cache-control"], "no-cache", "{path}");
    }
}

#[test]
fn a_page_that_the_browser_has_is_not_sent_again() {
    let app = App::small();
    let get =
        |tag: &str| app.send(Request::get("/").header("if-none-match", tag).body(Body::empty()).unwrap());
    let page = get("\"another\"");
    assert_eq!(page.status(), StatusCode::OK);
    let again = get(page.headers()["etag"].to_str().unwrap());
    assert_eq!((again.status(), again.body().len()), (StatusCode::NOT_MODIFIED, 0));
}

/// The page names its files by hashes of what is in them.
#[test]
fn what_a_page_is_made_of_is_kept_for_ever_and_sent_compressed() {
    let app = App::small();
    let page = app.send(Request::get("/").body(Body::empty()).unwrap());
    let page = String::from_utf8(page.into_body()).unwrap();
    let script = page.split('"').find(|part| part.starts_with("/assets/index-")).unwrap();
    let get = |encoding: &str| {
        app.send(Request::get(script).header("accept-encoding", encoding).body(Body::empty()).unwrap())
    };
    let plain = get("identity");
    assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable");
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip, br;q=0", "gzip"), ("gzip", "gzip")] {
        let compressed = get(accepted);
        assert_eq!(compressed.headers()["content-encoding"], encoding, "{accepted}");
        assert_eq!(compressed.headers()["vary"], "accept-encoding", "{accepted}");
        assert!(compressed.body().len() * 2 < plain.body().len(), "{accepted}");
    }
}

#[test]
fn only_json_is_taken_and_what_is_not_is_said() {
    let app = App::small();
    let post = |kind: &str, body: &str| {
        let request =
            Request::post("/graphql").header("content-type", kind).body(Body::from(body.to_owned()));
        let answer = app.send(request.unwrap());
        (answer.status(), String::from_utf8(answer.body().clone()).unwrap())
    };
    assert_eq!(post("text/plain", "{\"query\":\"{ __typename }\"}").0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, said) = post("application/json", "{");
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(said.contains("BAD_USER_INPUT"), "{said}");
    assert_eq!(post("application/json", &" ".repeat(1_000_001)).0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(post("application/json; charset=utf-8", "{\"query\":\"{ __typename }\"}").0, StatusCode::OK);
}

#[test]
fn what_is_not_there_is_not_found() {
    let app = App::small();
    let get = |path: &str, accept: &str| {
        app.send(Request::get(path).header("accept", accept).body(Body::empty()).unwrap())
    };
    for path in [
        "/nothing",
        "/topics/go/more",
        "/assets/none.js",
        "/assets/../index.html",
        "/graphiql/assets/none.js",
        "/graphiql/../Cargo.toml",
    ] {
        assert_eq!(get(path, "*/*").status(), StatusCode::NOT_FOUND, "{path}");
    }
    // People are told by the page.
    let page = get("/nothing", "text/html,application/xhtml+xml");
    assert_eq!(
        (page.status(), &page.headers()["cache-control"]),
        (StatusCode::NOT_FOUND, &"no-store".parse().unwrap())
    );
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(get("/nothing", "*/*").body().starts_with(b"There is nothing here."));
}

/// A request with headers, one a line, and the status and JSON of its answer.
fn asked(app: &App, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let answer = sent(app, method, address, headers, body);
    (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap_or_default())
}

fn sent(app: &App, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Response<Vec<u8>> {
    let request = Request::builder().method(method).uri(address);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::from(body.to_owned())).unwrap())
}

fn post(app: &App, accept: &str, body: &Value) -> (u16, Value) {
    let headers = [("content-type", "application/json"), ("accept", accept)];
    asked(app, "POST", "/graphql", &headers, &body.to_string())
}

#[test]
fn a_request_that_is_not_executed_has_no_data() {
    let app = App::small();
    for query in ["{", "{ nothing }", "query A { __typename } query B { __typename }"] {
        for (accept, status) in [(GRAPHQL, 400), ("application/json", 200)] {
            let (got, answer) = post(&app, accept, &json!({ "query": query }));
            assert_eq!(got, status, "{query} {accept}");
            assert!(
                answer.get("data").is_none() && answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
            );
        }
    }
    // One that is executed has it, be it null.
    let (status, answer) =
        post(&app, GRAPHQL, &json!({ "query": "{ roadmap(input: { to: \"nobody\" }) { hours } }" }));
    assert_eq!((status, answer.get("data").is_some()), (200, true), "{answer}");
}

#[test]
fn get_is_for_queries() {
    let app = App::small();
    let get =
        |parameters: &str| asked(&app, "GET", &format!("/graphql?{parameters}"), &[("accept", GRAPHQL)], "");
    assert_eq!(get("query=%7B__typename%7D"), (200, json!({ "data": { "__typename": "Query" } })));
    let two = "query=query%20A%7Ba%3A__typename%7D%20query%20B%7Bb%3A__typename%7D";
    assert_eq!(get(&format!("{two}&operationName=B")).1, json!({ "data": { "b": "Query" } }));
    let with =
        "query=query(%24s%3AString!)%7Btopic(slug%3A%24s)%7Btitle%7D%7D&variables=%7B%22s%22%3A%22go%22%7D";
    assert_eq!(get(with).1["data"]["topic"]["title"], "Go");
    for wrong in [
        "",
        "query",
        "operationName=A",
        "query=%7Ba%7D&query=%7Bb%7D",
        "query=%7Ba%7D&variables=%7B",
        "query=%7Ba%7D&variables=1",
    ] {
        let (status, answer) = get(wrong);
        assert_eq!(status, 400, "{wrong}");
        assert!(answer["errors"][0]["message"].is_string(), "{wrong}");
    }
    for (kind, body) in [
        ("mutation", "mutation%7B__typename%7D"),
        ("subscription", "subscription%7BcatalogChanged%7BpreviousRevision%7D%7D"),
    ] {
        let refused = sent(&app, "GET", &format!("/graphql?query={body}"), &[("accept", GRAPHQL)], "");
        assert_eq!(
            (refused.status().as_u16(), refused.headers()["allow"].to_str().unwrap()),
            (405, "POST"),
            "{kind}"
        );
    }
    let put = sent(&app, "PUT", "/graphql", &[], "");
    assert_eq!((put.status().as_u16(), put.headers()["allow"].to_str().unwrap()), (405, "GET,HEAD,POST"));
}

#[test]
fn who_prefers_a_stream_of_events_gets_one() {
    let app = App::small();
    let streamed = |query: &str| {
        let headers = [("content-type", "application/json"), ("accept", "text/event-stream")];
        let answer = sent(&app, "POST", "/graphql", &headers, &json!({ "query": query }).to_string());
        assert_eq!(
            (answer.status(), answer.headers()["content-type"].to_str().unwrap()),
            (StatusCode::OK, "text/event-stream")
        );
        String::from_utf8(answer.into_body()).unwrap()
    };
    assert_eq!(
        streamed("{ __typename }"),
        "event: next\ndata: {\"data\":{\"__typename\":\"Query\"}}\n\nevent: complete\ndata: \ndata: \n\n"
    );
    let wrong = streamed("subscription { nothing }");
    assert!(
        wrong.starts_with("event: next\ndata: {\"errors\":")
            && wrong.ends_with("event: complete\ndata: \ndata: \n\n"),
        "{wrong}"
    );
    let mutation = [("accept", "text/event-stream")];
    assert_eq!(sent(&app, "GET", "/graphql?query=mutation%7B__typename%7D", &mutation, "").status(), 405);
}

#[test]
fn who_opens_the_address_in_a_browser_is_led_to_graphiql() {
    let app = App::small();
    let page = sent(&app, "GET", "/graphql", &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")], "");
    assert_eq!((page.status().as_u16(), page.headers()["location"].to_str().unwrap()), (303, "/graphiql"));
}

#[test]
fn the_form_of_a_request_is_strict() {
    let app = App::small();
    let query = "{ __typename }";
    for (body, said) in [
        (json!([{ "query": query }]), "batches are not taken"),
        (json!("query"), "must be a JSON object"),
        (json!({}), "\"query\" is missing"),
        (json!({ "query": 1 }), "\"query\" must be a string"),
        (json!({ "query": query, "operationName": 1 }), "\"operationName\" must be"),
        (json!({ "query": query, "variables": [] }), "\"variables\" must be"),
        (json!({ "query": query, "extensions": "x" }), "\"extensions\" must be"),
    ] {
        let (status, answer) = post(&app, GRAPHQL, &body);
        assert_eq!(status, 400, "{body}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(said), "{answer}");
    }
    let nulls = json!({ "query": query, "operationName": null, "variables": null, "extensions": null });
    assert_eq!(post(&app, GRAPHQL, &nulls).0, 200);
    let body = json!({ "query": query }).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=latin1",
        "",
    ] {
        assert_eq!(asked(&app, "POST", "/graphql", &[("content-type", kind)], &body).0, 415, "{kind}");
    }
    assert_eq!(asked(&app, "POST", "/graphql", &[], &body).0, 415);
    assert_eq!(post(&app, "text/html", &json!({ "query": query })).0, 406);
}

#[test]
fn another_site_is_not_answered_unless_the_settings_name_it() {
    let query = "/graphql?query=%7B__typename%7D";
    let from = |app: &App, site: &str, origin: &str| {
        sent(app, "GET", query, &[("sec-fetch-site", site), ("origin", origin)], "")
    };
    let app = App::small();
    assert_eq!(from(&app, "same-origin", "http://here.example").status(), StatusCode::OK);
    assert_eq!(from(&app, "none", "").status(), StatusCode::OK);
    for site in ["cross-site", "same-site"] {
        let refused = from(&app, site, "https://example.org");
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{site}");
        assert!(String::from_utf8_lossy(refused.body()).contains("FORBIDDEN"));
        assert!(!refused.headers().contains_key("access-control-allow-origin"));
    }
    let open =
        App::speaking(HttpSettings { cors: vec!["https://example.org".into()], ..HttpSettings::default() });
    let answered = from(&open, "cross-site", "https://example.org");
    assert_eq!(answered.status(), StatusCode::OK);
    assert_eq!(answered.headers()["access-control-allow-origin"], "https://example.org");
    assert_eq!(from(&open, "cross-site", "https://example.com").status(), StatusCode::FORBIDDEN);
    let exposed = answered.headers()["access-control-expose-headers"].to_str().unwrap();
    assert_eq!(exposed, "etag,retry-after,x-request-id");
    let preflight = [
        ("origin", "https://example.org"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let allowed = sent(&open, "OPTIONS", "/graphql", &preflight, "");
    assert_eq!(
        allowed.headers()["access-control-allow-headers"],
        "accept,authorization,content-type,apollo-require-preflight,apollographql-client-name,\
         apollographql-client-version,baggage,graphql-require-preflight,sentry-trace,traceparent,tracestate,\
         x-apollo-operation-name,x-request-id"
    );
    assert_eq!(allowed.headers()["access-control-max-age"], "7200");
    assert!(
        !sent(&app, "OPTIONS", "/graphql", &preflight, "")
            .headers()
            .contains_key("access-control-allow-origin")
    );
}

#[test]
fn answers_are_compressed_for_those_who_take_it() {
    let app = App::embedded();
    let body = json!({ "query": "{ topics(first: 50) { nodes { title summary } } }" }).to_string();
    // Somebody's, so that it is not kept; and everybody's.
    for more in [("cookie", "a=b"), ("accept", "*/*")] {
        for (accepted, encoding) in [
            ("gzip", "gzip"),
            ("br", "br"),
            ("zstd", "zstd"),
            ("gzip;q=0.9, br;q=0.8", "gzip"),
            ("*", "zstd"),
        ] {
            let headers = [("content-type", "application/json"), ("accept-encoding", accepted), more];
            let answer = sent(&app, "POST", "/graphql", &headers, &body);
            assert_eq!(answer.headers()["content-encoding"], encoding, "{accepted} {more:?}");
            assert!(answer.headers().get_all("vary").iter().any(|vary| vary == "accept, accept-encoding"));
        }
        let headers = [("content-type", "application/json"), ("accept-encoding", "gzip;q=0, br;q=0"), more];
        assert!(!sent(&app, "POST", "/graphql", &headers, &body).headers().contains_key("content-encoding"));
    }
    // A stream of events goes out as it comes, and what is small as it is.
    for (accept, query) in [("text/event-stream", &*body), ("*/*", r#"{"query":"{ __typename }"}"#)] {
        let headers =
            [("content-type", "application/json"), ("accept-encoding", "gzip, br, zstd"), ("accept", accept)];
        assert!(
            !sent(&app, "POST", "/graphql", &headers, query).headers().contains_key("content-encoding"),
            "{accept}"
        );
    }
}

#[test]
fn json_is_strict_where_readers_differ() {
    let app = App::small();
    let post = |body: &str| {
        let headers = [("content-type", "application/json"), ("accept", GRAPHQL)];
        let (status, answer) = asked(&app, "POST", "/graphql", &headers, body);
        (status, answer["errors"][0]["message"].as_str().unwrap_or_default().to_owned())
    };
    for (body, said) in [
        ("", "The body is empty"),
        (" ", "The body is empty"),
        ("{\"query\":\"{ __typename }\"} x", "The body is not JSON (line 1, column 28)"),
        ("{\"query\":\"{ __typename }\",\"query\":\"{ areas { slug } }\"}", "the name \"query\" twice"),
        ("{\"query\":\"{ __typename }\",\"variables\":{\"a\":[{\"b\":1,\"b\":2}]}}", "the name \"b\" twice"),
    ] {
        let (status, message) = post(body);
        assert!(status == 400 && message.contains(said), "{body}: {status} {message}");
    }
    assert_eq!(post("\u{feff}{\"query\":\"{ __typename }\"}").0, 200);
    let twice = "/graphql?query=%7B__typename%7D&variables=%7B%22a%22%3A1%2C%22a%22%3A1%7D";
    assert_eq!(asked(&app, "GET", twice, &[("accept", GRAPHQL)], "").0, 400);
    let long = asked(&app, "POST", "/graphql", &[("content-type", &"x".repeat(5000))], "{}").1;
    assert!(long.to_string().len() < 500, "{long}");
}

#[test]
fn the_address_may_end_with_a_slash() {
    let app = App::small();
    let headers = [("content-type", "application/json")];
    let body = json!({ "query": "{ __typename }" }).to_string();
    assert_eq!(asked(&app, "POST", "/graphql/", &headers, &body).0, 200);
    assert_eq!(asked(&app, "GET", "/graphql/?query=%7B__typename%7D", &[], "").0, 200);
    assert_eq!(sent(&app, "PUT", "/graphql/", &[], "").status(), 405);
}

#[test]
fn every_answer_tells_browsers_what_they_may_do() {
    let app = App::small();
    for (path, policy) in [
        ("/graphql?query=%7B__typename%7D", "default-src 'none'"),
        ("/graphiql", "default-src 'self'"),
        ("/", "default-src 'none'; script-src 'self'; style-src 'self';"),
        ("/nothing", "default-src 'none'"),
    ] {
        let answer = sent(&app, "GET", path, &[], "");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "no-referrer");
        let said = header("content-security-policy");
        assert!(said.starts_with(policy) && said.contains("frame-ancestors 'none'"), "{said}");
        assert!(!said.contains("script-src 'self' ") && !said.contains("unsafe-eval"), "{said}");
    }
}

#[test]
fn a_handler_that_panics_answers_with_the_requests_id_and_the_server_goes_on() {
    let is_broken = Arc::new(AtomicBool::new(false));
    let clock = is_broken.clone();
    let app = App::at(Arc::new(move || {
        assert!(!clock.load(Ordering::SeqCst), "on purpose");
        chrono::DateTime::UNIX_EPOCH
    }));
    is_broken.store(true, Ordering::SeqCst);
    let body = json!({ "query": "{ __typename }" }).to_string();
    let headers = [("content-type", "application/json"), ("x-request-id", "id-7")];
    let failed = sent(&app, "POST", "/graphql", &headers, &body);
    assert_eq!((failed.status().as_u16(), failed.headers()["x-request-id"].to_str().unwrap()), (500, "id-7"));
    let answer: Value = serde_json::from_slice(failed.body()).unwrap();
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "INTERNAL", "requestId": "id-7" }));
    assert!(!answer.to_string().contains("on purpose"));
    is_broken.store(false, Ordering::SeqCst);
    assert_eq!(sent(&app, "POST", "/graphql", &headers, &body).status(), 200);
}

fn request(accept: &str, query: &str) -> Request<Body> {
    let request =
        Request::post("/graphql").header("content-type", "application/json").header("accept", accept);
    request.body(Body::from(json!({ "query": query }).to_string())).unwrap()
}

#[test]
fn what_does_not_fit_is_turned_away_and_told_when_to_come_again() {
    let app = App::taking(ServerSettings { running: 1, waiting: 0, ..ServerSettings::default() });
    let kept = || app.send(request("*/*", "{ __typename }")).status();
    let other = || app.send(request("*/*", "{ catalog { revision } }"));
    assert_eq!(kept(), 200);
    let under_way = app.under_way(request("*/*", LONG));
    let refused = other();
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (503, "1"));
    assert!(String::from_utf8_lossy(refused.body()).contains("RATE_LIMITED"));
    // What is kept is answered all the same, and when the place is free again, so is the rest.
    assert_eq!(kept(), 200);
    drop(under_way);
    assert_eq!(other().status(), 200);
}

/// A field that plans, and searches further.
macro_rules! searching {
    ($name:literal, $hours:literal) => {
        concat!(
            $name,
            ":roadmap(input:{to:\"backend-architect\",hoursPerWeek:",
            $hours,
            "}){choices{alternatives{extraHours}} resources{burden} steps(first:100){nodes{necessary}}} "
        )
    };
}

/// What takes hundreds of times as long to answer as a timer needs to ring, and waits dozens of times on the way: the thread that asks may
/// be kept from running for longer than one search takes.
pub(crate) const LONG: &str = concat!(
    "{",
    searching!("a", 1),
    searching!("b", 2),
    searching!("c", 3),
    searching!("d", 4),
    searching!("e", 5),
    searching!("f", 6),
    searching!("g", 7),
    searching!("h", 8),
    "}"
);

#[test]
fn what_takes_too_long_is_given_up() {
    let app = App::taking(ServerSettings { execution_timeout: Duration::ZERO, ..ServerSettings::default() });
    let given_up = app.send(request("*/*", LONG));
    assert_eq!(given_up.status(), 503);
    assert!(String::from_utf8_lossy(given_up.body()).contains("QUERY_TOO_COSTLY"));
}
