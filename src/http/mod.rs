//! The whole of HTTP on one page: the routes and the layers around them.

mod graphiql;
mod graphql;
mod headers;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

use self::graphql::Refusal;
use crate::config::HttpSettings;
use crate::graphql::{Schema, World};

pub use self::graphql::{Answers, Live};

/// The largest body that is read.
const LARGEST_BODY: usize = 1_000_000;

/// What the handlers share.
#[derive(Clone)]
pub struct App {
    /// The executable schema.
    pub schema: Schema,
    /// What it answers from.
    pub world: World,
    /// How HTTP is spoken.
    pub http: HttpSettings,
    /// What has been answered.
    pub answers: Answers,
    /// The connections that stay open.
    pub live: Live,
}

/// The routes.
pub fn router(app: App) -> Router {
    let cors = cors(&app.http.cors);
    let routes = Router::new()
        .route("/", get(|| async { Redirect::temporary("/graphiql") }))
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/ws", get(graphql::ws::upgrade))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/", get(|| async { Redirect::permanent("/graphiql") }))
        .route("/graphiql/{*path}", get(graphiql::file))
        .fallback(|| async {
            (StatusCode::NOT_FOUND, "There is nothing here. The API is at /graphql, GraphiQL at /graphiql.\n")
        })
        .layer(cors);
    headers::strict(routes)
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        // Outermost: a handler that panics answers 500, and the server goes on.
        .layer(CatchPanicLayer::custom(|_| Refusal::panicked().into_response()))
        .with_state(app)
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
