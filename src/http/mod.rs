//! The whole of HTTP on one page: the routes and what stands around them.

mod client;
mod gate;
mod graphiql;
mod graphql;
mod headers;
mod health;
mod observe;
mod serve;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Redirect;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

use self::client::Rates;
use self::gate::Gate;
use crate::config::{HttpSettings, ServerSettings};
use crate::graphql::{Schema, World};
use crate::telemetry::figures::Requests;

pub use self::graphql::{Answers, Live};
pub use self::health::{Admin, Ready, admin};
pub use self::serve::serve;

/// The largest body that is read, in bytes.
const LARGEST_BODY: usize = 1_000_000;

/// What is served.
pub struct App {
    /// The executable schema.
    pub schema: Schema,
    /// What it answers from.
    pub world: Arc<World>,
    /// How HTTP is spoken.
    pub http: HttpSettings,
    /// What is taken from those who connect.
    pub server: ServerSettings,
    /// What has been answered.
    pub answers: Answers,
    /// The connections that stay open.
    pub live: Live,
    /// Whether requests are welcome.
    pub ready: Ready,
}

/// What the handlers share.
struct Server {
    app: App,
    gate: Gate,
    rates: Rates,
    requests: Requests,
}

/// The routes.
pub fn router(app: App) -> Router {
    let server = Arc::new(Server {
        gate: Gate::new(&app.server),
        rates: Rates::new(&app.server),
        requests: Requests::new(&app.server.metric_operations),
        app,
    });
    // From the outside in. One layer of all, since each would have its own copy of the routes.
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(server.clone(), observe::observe))
        .layer(CompressionLayer::new())
        .layer(map_response(headers::strict))
        .layer(cors(&server.app.http.cors));
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/graphiql") }))
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/ws", get(graphql::ws::get))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/", get(|| async { Redirect::permanent("/graphiql") }))
        .route("/graphiql/{*path}", get(graphiql::file))
        .route("/health", get(health::health))
        .route(
            "/ready",
            get(|State(server): State<Arc<Server>>| async move { health::ready(&server.app.ready) }),
        )
        .fallback(|| async {
            (StatusCode::NOT_FOUND, "There is nothing here. The API is at /graphql, GraphiQL at /graphiql.\n")
        })
        .layer(around)
        .with_state(server)
}

/// What pages of other sites may do: ask as the settings allow them, and without cookies.
fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE])
}
