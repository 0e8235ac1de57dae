//! GraphQL over HTTP, as its specification has it: `GET` for queries, `POST` for everything. Answers that go on are streams of events, or come
//! over a WebSocket.
//!
//! A request passes the guards in the order in which they are cheap: where it comes from, what it takes for an answer, its media type,
//! its size, its form. What gets through is executed on the snapshot and the day of its arrival.

mod answer;
mod cached;
mod guard;
mod live;
mod media;
mod read;
mod sse;
pub(super) mod ws;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

pub(super) use answer::Refusal;
pub use cached::Answers;
pub use live::Live;

use self::answer::answered;
use self::cached::{Finished, Question};
use self::media::Accepted;
use super::App;
use crate::graphql::{Executed, Scope};

/// `GET /graphql?query=…`: queries alone. A person who opens the address in a browser is led to GraphiQL, and who asks for a WebSocket gets it.
pub(super) async fn get(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(parameters): RawQuery,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if let Ok(upgrade) = upgrade {
        return ws::upgraded(app, &headers, upgrade);
    }
    let parameters = parameters.unwrap_or_default();
    if parameters.is_empty() && media::is_browser(&headers) {
        return Redirect::to("/graphiql").into_response();
    }
    respond(app, &headers, true, Ok(parameters.into())).await
}

/// `POST /graphql` with a body of JSON.
pub(super) async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body =
        read::content_type(&headers).and_then(|()| body.map_err(|rejection| Refusal::of_body(&rejection)));
    respond(app, &headers, false, body).await
}

/// Answers what was asked by a text: the parameters of an address, or a body.
async fn respond(app: App, headers: &HeaderMap, is_get: bool, text: Result<Bytes, Refusal>) -> Response {
    let Some(accepted) = Accepted::of(headers) else { return Refusal::not_acceptable().into_response() };
    let response = match guard::origin(headers, &app.http.cors).and(text) {
        Err(refusal) => Err(refusal),
        Ok(text) => answer(&app, headers, accepted, is_get, text).await,
    };
    response.unwrap_or_else(|refusal| said_once(refusal.in_media(accepted.media())))
}

/// The answer that is kept, or else a new one.
async fn answer(
    app: &App,
    headers: &HeaderMap,
    accepted: Accepted,
    is_get: bool,
    text: Bytes,
) -> Result<Response, Refusal> {
    let scope = app.world.scope();
    let revision = scope.snapshot().revision;
    let question = (Question::is_anonymous(headers) && !accepted.is_streamed(None)).then(|| Question {
        text: text.clone(),
        is_get,
        media: accepted.media(),
        is_compressed: Question::takes_gzip(headers),
        today: scope.today(),
    });
    let kept = question.as_ref().and_then(|question| app.answers.get(revision, question));
    let finished = match kept {
        Some(finished) => finished,
        None => match executed(app, accepted, is_get, &text, scope).await? {
            Outcome::Streamed(response) => return Ok(response),
            Outcome::Executed(executed) => match (&executed, question) {
                (Executed::Answered(answer), Some(question)) if answer.errors().is_empty() => {
                    let finished =
                        Arc::new(Finished::new(&question, revision, StatusCode::OK, answer.json()));
                    app.answers.keep(revision, question, finished.clone());
                    finished
                }
                _ => return Ok(said_once(answered(&executed, accepted.media(), app.http.edition))),
            },
        },
    };
    Ok(finished.respond(is_get, headers, app.answers.cache_control()))
}

enum Outcome {
    Executed(Executed),
    Streamed(Response),
}

async fn executed(
    app: &App,
    accepted: Accepted,
    is_get: bool,
    text: &[u8],
    scope: Scope,
) -> Result<Outcome, Refusal> {
    let request = if is_get { read::parameters(text)? } else { read::body(text)? };
    let prepared = match app.schema.read(request) {
        Ok(prepared) => prepared,
        Err(refused) if accepted.is_streamed(None) => {
            return Ok(Outcome::Streamed(sse::streamed(&app.live, live::refused(refused))));
        }
        Err(refused) => return Ok(Outcome::Executed(refused)),
    };
    let operation = prepared.operation_type();
    let is_streamed = accepted.is_streamed(operation);
    guard::method(operation, is_get, is_streamed)?;
    if is_streamed {
        let said = live::answers(&app.schema, &app.world, prepared);
        return Ok(Outcome::Streamed(sse::streamed(&app.live, said)));
    }
    Ok(Outcome::Executed(app.schema.execute(prepared, scope).await))
}

/// For whoever asked, and not to be kept by anybody else.
fn said_once(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}
