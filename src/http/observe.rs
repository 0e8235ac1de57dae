//! Around every request: an id, a span, a time, a net for what panics, and what every answer tells browsers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use tokio::time::Instant;
use tracing::{Instrument as _, debug, error, info_span};
use uuid::Uuid;

use super::graphql::Refusal;
use super::{Server, headers};
use crate::telemetry::figures::Outcome;

/// The header that tells which request it is.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that is taken over from a client, in bytes.
const LONGEST_ID: usize = 64;
/// The longest path and the longest name of an operation in the log, in characters.
const LONGEST_PATH: usize = 100;
const LONGEST_NAME: usize = 64;
/// Parameters of routes whose values open something: they stay out of the log.
const SECRETS: [&str; 2] = ["{secret}", "{file}"];

/// What logs, answers and errors name a request by. Goes along in its extensions.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) Arc<str>);

/// New ids, of one process and counted: asking the system for randomness each time would cost more than a cached answer.
pub(super) struct Ids {
    process: String,
    next: AtomicU64,
}

impl Ids {
    /// Of this process: what names a request in the log is nobody's secret, and no answer depends on it.
    #[allow(clippy::disallowed_methods)]
    pub(super) fn new() -> Self {
        Self { process: Uuid::now_v7().simple().to_string(), next: AtomicU64::new(1) }
    }

    fn next(&self) -> Arc<str> {
        format!("{}-{}", self.process, self.next.fetch_add(1, Ordering::Relaxed)).into()
    }
}

/// The name of the operation that was answered, as it may stand in a log: a request can name it as it
/// likes. Goes along in the answer's extensions.
#[derive(Clone, Debug)]
pub(super) struct Operation(Arc<str>);

impl Operation {
    /// Of a name as the request has it. What is no character of a name in GraphQL becomes `?`.
    pub(super) fn new(name: &str) -> Self {
        let clean = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '?' };
        Self(name.chars().take(LONGEST_NAME).map(clean).collect::<String>().into())
    }

    pub(super) fn name(&self) -> &str {
        &self.0
    }
}

/// Milliseconds with three decimals, as the log has them.
pub(super) fn milliseconds(took: Duration) -> f64 {
    #[allow(clippy::cast_precision_loss)] // exact up to three centuries
    let micros = took.as_micros() as f64;
    micros / 1_000.0
}

/// Answers with the request's id, also where a handler panics, and notes how long it took.
pub(super) async fn observe(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = id_of(&request, &server.ids);
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().clone(), path_of(&request));
    let span = info_span!("request", %id, %method, path);
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span).await;
    let mut response = answered.unwrap_or_else(|_| Refusal::panicked(&id).into_response());
    let status = response.status();
    let outcome = match status.as_u16() {
        500.. => Outcome::Failed,
        400.. => Outcome::Refused,
        _ => Outcome::Answered,
    };
    let operation = response.extensions().get::<Operation>().map(Operation::name);
    let took = began.elapsed();
    server.requests.note(operation, outcome, took);
    let (status, milliseconds) = (status.as_u16(), milliseconds(took));
    debug!(request_id = %id, %method, path, status, milliseconds, operation, "answered");
    // What is turned away with 503 is summed up: see `telemetry::refusals`.
    if status >= 500 && status != 503 {
        error!(request_id = %id, %method, path, status, milliseconds, operation, "failed");
    }
    headers::add_strict(response.headers_mut());
    if let Ok(id) = HeaderValue::try_from(&*id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The path as it may stand in a log: bounded, and without what opens something. Of a route with a
/// secret in it the log has the route; of a path that is no route, and may be a misspelt one of those,
/// the beginning.
fn path_of(request: &Request) -> String {
    let path = request.uri().path();
    match request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) {
        Some(route) if SECRETS.iter().any(|secret| route.contains(secret)) => route.to_owned(),
        Some(_) => bounded(path),
        None => {
            let end = path.match_indices('/').nth(1).map_or(path.len(), |(end, _)| end);
            let rest = if end < path.len() { "/…" } else { "" };
            bounded(&path[..end]) + rest
        }
    }
}

fn bounded(path: &str) -> String {
    path.chars().take(LONGEST_PATH).collect()
}

/// The id that a proxy or a client gave, if it can stand in a log, or else a new one.
fn id_of(request: &Request, ids: &Ids) -> Arc<str> {
    let given = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let is_plain = |id: &&str| {
        (1..=LONGEST_ID).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    given.filter(is_plain).map_or_else(|| ids.next(), Into::into)
}
