//! Around every request: an id, a span, a time, a net for what panics, and what every answer tells browsers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use tokio::time::Instant;
use tracing::{Instrument as _, debug, info_span};
use uuid::Uuid;

use super::graphql::Refusal;
use super::{Server, headers};
use crate::telemetry::figures::Outcome;

/// The header that tells which request it is.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that is taken over from a client, in bytes.
const LONGEST_ID: usize = 64;

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

/// The name of the operation that was answered. Goes along in the answer's extensions.
#[derive(Clone, Debug)]
pub(super) struct Operation(pub(super) Arc<str>);

/// Answers with the request's id, also where a handler panics, and notes how long it took.
pub(super) async fn observe(State(server): State<Arc<Server>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = id_of(&request, &server.ids);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = info_span!("request", %id, method = %request.method(), path = path_of(&request));
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span).await;
    let mut response = answered.unwrap_or_else(|_| Refusal::panicked(&id).into_response());
    let status = response.status();
    let outcome = match status.as_u16() {
        500.. => Outcome::Failed,
        400.. => Outcome::Refused,
        _ => Outcome::Answered,
    };
    let operation = response.extensions().get::<Operation>().map(|operation| &*operation.0);
    let took = began.elapsed();
    server.requests.note(operation, outcome, took);
    debug!(%id, status = status.as_u16(), operation, ?took, "answered");
    headers::add_strict(response.headers_mut());
    if let Ok(id) = HeaderValue::try_from(&*id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The path as it may stand in a log: what opens something is left out.
fn path_of(request: &Request) -> &str {
    let path = request.uri().path();
    if path.starts_with("/calendar/") { "/calendar/…" } else { path }
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
