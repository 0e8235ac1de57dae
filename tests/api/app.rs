//! A server without a socket: the router over a database in a folder that goes with it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use chrono::{TimeZone, Utc};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use waymark::accounts::Entropy;
use waymark::config::{AccountSettings, HttpSettings, LiveSettings, ServerSettings};
use waymark::graphql::{Schema, World};
use waymark::http::{Answers, App as State, Live, Ready, router};
use waymark::service::{self, Clock, Current, Learners, Plans};
use waymark::store::Store;
use waymark_planner::Effort;

/// The router, and the runtime and the folder that it lives in.
pub(crate) struct App {
    router: Router,
    pub(crate) world: Arc<World>,
    runtime: tokio::runtime::Runtime,
    _folder: TempDir,
}

impl App {
    /// On the small catalogue of the fixtures.
    pub(crate) fn small() -> Self {
        Self::speaking(HttpSettings::default())
    }

    /// As [`App::small`], with settings of HTTP.
    pub(crate) fn speaking(http: HttpSettings) -> Self {
        Self::start(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml")), http)
    }

    /// On the catalogue whose texts mean something to one format or another.
    pub(crate) fn nasty() -> Self {
        Self::start(
            Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nasty.yaml")),
            HttpSettings::default(),
        )
    }

    /// On the catalogue that the server brings.
    pub(crate) fn embedded() -> Self {
        Self::start(None, HttpSettings::default())
    }

    /// On the small catalogue, with a clock of its own.
    pub(crate) fn at(clock: Clock) -> Self {
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml");
        Self::start_as(Some(&catalog), HttpSettings::default(), ServerSettings::default(), clock)
    }

    /// On the catalogue that the server brings, with settings of what it takes.
    pub(crate) fn taking(server: ServerSettings) -> Self {
        Self::start_as(None, HttpSettings::default(), server, Self::clock())
    }

    fn start(catalog: Option<&Path>, http: HttpSettings) -> Self {
        Self::start_as(catalog, http, ServerSettings::default(), Self::clock())
    }

    /// The day of all answers.
    fn clock() -> Clock {
        Arc::new(|| Utc.with_ymd_and_hms(2026, 1, 5, 12, 0, 0).unwrap())
    }

    fn start_as(catalog: Option<&Path>, http: HttpSettings, server: ServerSettings, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (snapshot, store) = runtime.block_on(async {
            let store = Store::open(&folder.path().join("waymark.db").display().to_string()).await.unwrap();
            store.migrate().await.unwrap();
            service::start(&store, catalog, &clock).await.unwrap();
            // As the database gives it back.
            let snapshot = service::stored(&store).await.unwrap().unwrap();
            (snapshot, store)
        });
        let learners = Learners::new(store, clock.clone(), entropy(), None).unwrap();
        let world = Arc::new(World {
            current: Current::new(snapshot),
            plans: Plans::new(1 << 20),
            effort: Effort::default(),
            clock,
            learners: Some(learners),
        });
        let state = State {
            schema: Schema::new(),
            world: world.clone(),
            answers: Answers::new(1 << 20, Duration::from_secs(http.max_age)),
            http,
            accounts: AccountSettings::default(),
            server,
            ready: Ready::default(),
            live: Live::new(LiveSettings::default(), CancellationToken::new()),
        };
        Self { router: router(state), world, runtime, _folder: folder }
    }

    /// The answer to any request.
    pub(crate) fn send(&self, request: Request<Body>) -> Response<Vec<u8>> {
        self.runtime.block_on(self.answered(request))
    }

    /// The beginning of an answer that goes on: while the rest of it is not read, its request is under way.
    pub(crate) fn begin(&self, request: Request<Body>) -> Body {
        self.runtime.block_on(async {
            let mut body = self.router.clone().oneshot(request).await.unwrap().into_body();
            body.frame().await.unwrap().unwrap();
            body
        })
    }

    async fn answered(&self, request: Request<Body>) -> Response<Vec<u8>> {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        Response::from_parts(parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    /// The JSON answer to a query.
    pub(crate) fn ask_blocking(&self, query: &str, variables: &Value) -> Value {
        self.post(&json!({ "query": query, "variables": variables }))
    }

    /// The JSON answer to a body.
    pub(crate) fn post(&self, body: &Value) -> Value {
        serde_json::from_slice(&self.posted(body)).unwrap()
    }

    fn posted(&self, body: &Value) -> Vec<u8> {
        let request = Request::post("/graphql").header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).into_body()
    }

    /// The text of the answer to a query without variables, its fields in the order of the query.
    pub(crate) fn ask_text(&self, query: &str) -> String {
        String::from_utf8(self.posted(&json!({ "query": query }))).unwrap()
    }

    /// The answer to a query without variables.
    pub(crate) fn ask(&self, query: &str) -> Value {
        self.ask_blocking(query, &Value::Null)
    }
}

/// The same secrets each time, all of them different.
fn entropy() -> Entropy {
    let made = AtomicU64::new(0);
    Arc::new(move |buffer| {
        let number = made.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (i, byte) in buffer.iter_mut().enumerate() {
            *byte = number[i % 8] ^ u8::try_from(i).unwrap();
        }
    })
}
