//! The whole of HTTP on one page: the routes and what stands around them.

mod calendar;
mod client;
mod concurrency;
mod connection;
mod embedded;
mod export;
mod gate;
mod graphiql;
mod graphql;
mod headers;
mod health;
mod identity;
mod observe;
mod pages;
mod serve;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

use self::client::Rates;
use self::export::Exports;
use self::gate::Gate;
use self::observe::Ids;
use crate::config::{AccountSettings, HttpSettings, ServerSettings};
use crate::graphql::{EXPORT_PATH, Schema, World};
use crate::telemetry::figures::Requests;

pub use self::graphql::{Answers, Live};
pub use self::health::{Admin, Ready, admin};
pub use self::serve::serve;

/// The largest body that is read, in bytes.
const LARGEST_BODY: usize = 1_000_000;
/// How long browsers need not ask again whether a page of another site may send a request.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_hours(2);

/// The headers that pages of other sites may send: those of GraphQL clients, and of traces.
const CORS_REQUEST_HEADERS: [HeaderName; 13] = [
    header::ACCEPT,
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    HeaderName::from_static("apollo-require-preflight"),
    HeaderName::from_static("apollographql-client-name"),
    HeaderName::from_static("apollographql-client-version"),
    HeaderName::from_static("baggage"),
    HeaderName::from_static("graphql-require-preflight"),
    HeaderName::from_static("sentry-trace"),
    HeaderName::from_static("traceparent"),
    HeaderName::from_static("tracestate"),
    HeaderName::from_static("x-apollo-operation-name"),
    observe::REQUEST_ID,
];
/// The headers of answers that they may read.
const CORS_ANSWER_HEADERS: [HeaderName; 3] = [header::ETAG, header::RETRY_AFTER, observe::REQUEST_ID];

/// What is served.
pub struct App {
    /// The executable schema.
    pub schema: Schema,
    /// What it answers from.
    pub world: Arc<World>,
    /// How HTTP is spoken.
    pub http: HttpSettings,
    /// How those who ask are recognised.
    pub accounts: AccountSettings,
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
    exports: Exports,
    requests: Requests,
    ids: Ids,
}

/// The routes.
pub fn router(app: App) -> Router {
    let server = Arc::new(Server {
        gate: Gate::new(&app.server),
        rates: Rates::new(&app.server),
        exports: Exports::new(&app.server),
        requests: Requests::new(&app.server.metric_operations),
        ids: Ids::new(),
        app,
    });
    // One layer of all, since each would cost every request an allocation and a copy of the routes.
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(server.clone(), observe::observe))
        .option_layer(cors(&server.app.http.cors));
    let graphiql = Router::new()
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/", get(|| async { Redirect::permanent("/graphiql") }))
        .route("/graphiql/{*path}", get(graphiql::file));
    let pages = pages::PAGES.iter().fold(Router::new(), |router, path| router.route(path, get(pages::page)));
    let pages = pages.route("/assets/{*path}", get(pages::asset)).route("/favicon.svg", get(pages::icon));
    // What is compressed already is left alone.
    let embedded = graphiql.merge(pages).layer(CompressionLayer::new());
    Router::new()
        .merge(embedded)
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/", get(graphql::get).post(graphql::post))
        .route("/graphql/ws", get(graphql::ws::get))
        .route("/calendar/{file}", get(calendar::get))
        .route(EXPORT_PATH, get(export::get).layer(CompressionLayer::new()))
        .route("/health", get(health::health))
        .route(
            "/ready",
            get(|State(server): State<Arc<Server>>| async move { health::ready(&server.app.ready) }),
        )
        .fallback(pages::nothing)
        .layer(around)
        .with_state(server)
}

/// What pages of other sites may do: ask as the settings allow them, with a token but without cookies.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(CORS_REQUEST_HEADERS)
        .expose_headers(CORS_ANSWER_HEADERS)
        .max_age(PREFLIGHT_MAX_AGE);
    (!origins.is_empty()).then(|| layer.allow_origin(origins))
}
