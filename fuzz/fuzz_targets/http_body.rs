//! Any body posted to the API is answered: as GraphQL, or with an error of the client's. Nothing panics, and nothing takes long.

#![no_main]

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use waymark::catalog::{Snapshot, parse};
use waymark::config::{AccountSettings, HttpSettings, LiveSettings, ServerSettings};
use waymark::graphql::{Schema, World};
use waymark::http::{Answers, App, Live, Ready, router};
use waymark::service::{Current, Plans};
use waymark_planner::Effort;

const CATALOG: &[u8] = include_bytes!("../seeds/catalog_file/small.yaml");

struct Server {
    router: Router,
    runtime: Runtime,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let catalog = parse("small.yaml", CATALOG).expect("a catalogue without errors");
        let app = App {
            schema: Schema::new(),
            world: Arc::new(World {
                current: Current::new(Snapshot::new(1, catalog)),
                plans: Plans::new(1 << 20),
                effort: Effort(10_000),
                clock: Arc::new(|| DateTime::UNIX_EPOCH),
                learners: None,
            }),
            accounts: AccountSettings::default(),
            server: ServerSettings::default(),
            ready: Ready::default(),
            http: HttpSettings::default(),
            answers: Answers::new(1 << 20, Duration::ZERO),
            live: Live::new(LiveSettings::default(), CancellationToken::new()),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Server { router: router(app), runtime }
    })
}

/// Posts a body; where the answer is none of the protocol's, this panics.
fn post(body: Vec<u8>) {
    let Server { router, runtime } = server();
    let request = Request::post("/graphql").header("content-type", "application/json").body(Body::from(body));
    let (status, answer) = runtime.block_on(async {
        let answer = router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        (parts.status.as_u16(), to_bytes(body, usize::MAX).await.expect("a body"))
    });
    assert!([200, 400, 413].contains(&status), "{status}");
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let object = answer.as_object().expect("an object");
    assert!(object.contains_key("data") || object.contains_key("errors"));
    for error in answer["errors"].as_array().into_iter().flatten() {
        assert!(error["message"].is_string() && error["extensions"]["code"].is_string(), "{error}");
        assert_ne!(error["extensions"]["code"], "INTERNAL", "{error}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    // Once as the body itself, and once as the document of a body whose form is right.
    post(bytes.to_vec());
    if let Ok(query) = std::str::from_utf8(bytes) {
        post(json!({ "query": query, "variables": { "a": 1, "slug": "go" } }).to_string().into_bytes());
    }
});
