//! Whether the server lives, whether it is ready for requests, and its figures.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics::{counter, gauge};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::graphql::World;
use crate::service::Watched;
use crate::telemetry::figures;

/// Whether requests are welcome: from the time that the catalogue is there, until the server is told
/// to end, while the database works. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    is_set: Arc<AtomicBool>,
    database: Arc<OnceLock<Watched>>,
}

impl Ready {
    /// Says that they are, as long as a database works.
    pub fn begin(&self, database: Watched) {
        self.database.get_or_init(|| database);
        self.is_set.store(true, Ordering::Release);
    }

    /// Says that they are not any more.
    pub fn end(&self) {
        self.is_set.store(false, Ordering::Release);
    }
}

/// `/health`: the process lives and answers.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// `/ready`: the database is migrated and works, the catalogue is loaded, and the server is not about
/// to end.
pub(super) fn ready(ready: &Ready) -> (StatusCode, String) {
    let why = if ready.is_set.load(Ordering::Acquire) {
        ready.database.get().and_then(Watched::trouble)
    } else {
        Some("it starts, or it ends".to_owned())
    };
    match why {
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
        None => (StatusCode::OK, "ready\n".to_owned()),
    }
}

/// What those who run the server ask, at an address of its own: from the very start, so that a server that migrates for long says that it lives.
#[derive(Clone)]
pub struct Admin {
    /// The figures.
    pub figures: PrometheusHandle,
    /// Whether requests are welcome.
    pub ready: Ready,
    /// For the revision, as soon as it is there.
    pub world: Arc<OnceLock<Arc<World>>>,
}

/// The routes of the address for those who run the server.
pub fn admin(admin: Admin) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/health", get(health))
        .route("/ready", get(|State(admin): State<Admin>| async move { ready(&admin.ready) }))
        .with_state(admin)
}

async fn metrics(State(admin): State<Admin>) -> Response {
    if let Some(world) = admin.world.get() {
        gauge!(figures::REVISION).set(f64::from(world.current.pin().revision));
    }
    if let Some(database) = admin.ready.database.get() {
        counter!(figures::STATEMENTS).absolute(database.statements());
        for (kind, count) in database.errors() {
            counter!(figures::ERRORS, "kind" => kind).absolute(count);
        }
        for (pool, state, connections) in database.figures() {
            gauge!(figures::POOL, "pool" => pool, "state" => state).set(f64::from(connections));
        }
    }
    admin.figures.run_upkeep();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, admin.figures.render()).into_response()
}
