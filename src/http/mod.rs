//! The whole of HTTP on one page: the routes and the layers around them.

mod graphiql;
mod graphql;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use waymark_planner::Effort;

use crate::graphql::Schema;
use crate::service::{Clock, Current, Plans};

/// The largest body that is read.
const LARGEST_BODY: usize = 1_000_000;

/// What the handlers share.
#[derive(Clone)]
pub struct App {
    /// The executable schema.
    pub schema: Schema,
    /// The current snapshot of the catalogue.
    pub current: Current,
    /// What has been planned.
    pub plans: Plans,
    /// What the planner may do for one search.
    pub effort: Effort,
    /// Tells the day.
    pub clock: Clock,
}

/// The routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/graphiql") }))
        .route("/graphql", post(graphql::answer))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/", get(|| async { Redirect::permanent("/graphiql") }))
        .route("/graphiql/{*path}", get(graphiql::file))
        .fallback(|| async {
            (StatusCode::NOT_FOUND, "There is nothing here. The API is at /graphql, GraphiQL at /graphiql.\n")
        })
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        // Outermost: a handler that panics answers 500, and the server goes on.
        .layer(CatchPanicLayer::new())
        .with_state(app)
}
