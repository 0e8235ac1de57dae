//! The limit: what a server can do that answers by hand, without GraphQL.
//!
//! It holds the same catalogue, calls the same planner, and gives the same bytes as Waymark for the queries of `benches/http/queries`,
//! and for no others: each has a path and a function of its own. `limit write` makes a catalogue of any size.

mod json;
mod learner;
mod plan;
mod topics;
mod writes;

use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use clap::Parser;
use waymark::catalog;
use waymark_planner::Catalog;
use waymark_planner::testing::generator;

/// The seed of the written catalogues: any will do, as long as it stays.
const SEED: u64 = 7;

#[derive(Parser)]
enum Command {
    /// Answers until it is ended
    Serve {
        /// The address to listen on
        #[arg(long)]
        listen: SocketAddr,
        /// The catalogue; the embedded one if absent
        #[arg(long)]
        catalog: Option<PathBuf>,
        /// A database of Waymark's to write to; nothing is written if absent
        #[arg(long)]
        database: Option<PathBuf>,
    },
    /// Writes a generated catalogue
    Write {
        /// How many steps it has
        steps: usize,
        /// The folder
        path: PathBuf,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    match Command::parse() {
        Command::Serve { listen, catalog, database } => serve(listen, catalog, database).await,
        Command::Write { steps, path } => {
            let generated = Catalog::new(generator::generate(steps, SEED));
            let catalog =
                generated.map_err(|problems| format!("the draft has {} problems", problems.len()))?;
            Ok(catalog::write(&catalog, path)?)
        }
    }
}

async fn serve(
    listen: SocketAddr,
    path: Option<PathBuf>,
    database: Option<PathBuf>,
) -> Result<(), Box<dyn Error>> {
    let catalog = match path {
        Some(path) => catalog::read(path),
        None => catalog::embedded(),
    };
    let catalog = catalog.map_err(|diagnostics| diagnostics.to_string())?;
    let app = Arc::new(App { catalog, answers: Mutex::default() });
    let writes = match database {
        Some(path) => Router::new()
            .route("/complete-step", post(writes::complete_step))
            .route("/log-study", post(writes::log_study))
            .with_state(writes::Database::open(&path).await?),
        None => Router::new(),
    };
    let routes = Router::new()
        .route("/topics", post(nested))
        .route("/page", post(page))
        .route("/roadmap", post(roadmap))
        .route("/cached-roadmap", post(cached_roadmap))
        .with_state(app)
        .merge(writes);
    let listener = tokio::net::TcpListener::bind(listen).await?;
    Ok(axum::serve(listener, routes).await?)
}

struct App {
    catalog: Catalog,
    /// Finished answers by the body of their request.
    answers: Mutex<HashMap<Bytes, Bytes>>,
}

/// Reads the body, as any server must, and needs nothing of it: the query is known.
async fn nested(State(app): State<Arc<App>>, _body: Bytes) -> Response {
    answer(topics::nested(&app.catalog))
}

async fn page(State(app): State<Arc<App>>, _body: Bytes) -> Response {
    answer(topics::page(&app.catalog))
}

async fn roadmap(State(app): State<Arc<App>>, body: Bytes) -> Response {
    planned(&app.catalog, &body).map_or_else(refusal, answer)
}

async fn cached_roadmap(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let answers = || app.answers.lock().unwrap_or_else(PoisonError::into_inner);
    let known = answers().get(&body).cloned();
    let Some(finished) = known.or_else(|| Some(planned(&app.catalog, &body)?.into())) else {
        return refusal();
    };
    answers().entry(body).or_insert_with(|| finished.clone());
    answer(finished)
}

fn planned(catalog: &Catalog, body: &[u8]) -> Option<Vec<u8>> {
    let request = learner::request(catalog, body)?;
    let roadmap = waymark_planner::plan(catalog, request).ok()?;
    Some(plan::roadmap(catalog, &roadmap))
}

fn answer(json: impl Into<Bytes>) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], json.into()).into_response()
}

fn refusal() -> Response {
    StatusCode::BAD_REQUEST.into_response()
}
