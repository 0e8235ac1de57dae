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
use crate::service::Pools;
use crate::telemetry::figures;

/// Whether requests are welcome: from the time that the catalogue is there, until the server is told to end. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub struct Ready(Arc<AtomicBool>);

impl Ready {
    /// Says whether they are.
    pub fn set(&self, is_ready: bool) {
        self.0.store(is_ready, Ordering::Release);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// `/health`: the process lives and answers.
pub(super) async fn health() -> &'static str {
    "alive\n"
}

/// `/ready`: the database is migrated, the catalogue loaded, and the server is not about to end.
pub(super) fn ready(ready: &Ready) -> (StatusCode, &'static str) {
    if ready.is_set() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready: it starts, or it ends\n")
    }
}

/// What those who run the server ask, at an address of its own: from the very start, so that a server that migrates for long says that it lives.
#[derive(Clone)]
pub struct Admin {
    /// The figures.
    pub figures: PrometheusHandle,
    /// Whether requests are welcome.
    pub ready: Ready,
    /// What is looked at for each answer, as soon as it is there.
    pub watched: Arc<OnceLock<Watched>>,
}

/// What has figures of its own at each moment.
pub struct Watched {
    /// For the revision.
    pub world: Arc<World>,
    /// For the connections to the database.
    pub pools: Pools,
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
    if let Some(Watched { world, pools }) = admin.watched.get() {
        gauge!(figures::REVISION).set(f64::from(world.current.pin().revision));
        counter!(figures::STATEMENTS).absolute(pools.statements());
        for (pool, state, connections) in pools.figures() {
            gauge!(figures::POOL, "pool" => pool, "state" => state).set(f64::from(connections));
        }
    }
    admin.figures.run_upkeep();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, admin.figures.render()).into_response()
}
