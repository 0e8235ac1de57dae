//! GraphQL over HTTP, as its specification has it: `GET` for queries, `POST` for everything. Answers that go on are streams of events, or come
//! over a WebSocket.
//!
//! A request passes the guards in the order in which they are cheap: where it comes from, what it takes for an answer, its media type,
//! its size, its form. What gets through is executed on the snapshot and the day of its arrival.

mod answer;
mod guard;
mod live;
mod media;
mod read;
mod sse;
pub(super) mod ws;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

pub(super) use answer::Refusal;
pub use live::Live;

use self::answer::answered;
use self::media::Accepted;
use self::read::Asked;
use super::App;

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
    respond(app, &headers, || read::parameters(&parameters)).await
}

/// `POST /graphql` with a body of JSON.
pub(super) async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let asked = || {
        read::content_type(&headers)?;
        read::body(&body.map_err(|rejection| Refusal::of_body(&rejection))?)
    };
    respond(app, &headers, asked).await
}

async fn respond(app: App, headers: &HeaderMap, asked: impl FnOnce() -> Result<Asked, Refusal>) -> Response {
    let Some(accepted) = Accepted::of(headers) else { return Refusal::not_acceptable().into_response() };
    let asked = guard::origin(headers, &app.http.cors).and_then(|()| asked());
    let response = match asked {
        Err(refusal) => Err(refusal),
        Ok(asked) => executed(&app, asked, accepted).await,
    };
    let mut response = response.unwrap_or_else(|refusal| refusal.in_media(accepted.media()));
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("accept"));
    response
}

async fn executed(app: &App, asked: Asked, accepted: Accepted) -> Result<Response, Refusal> {
    let (media, edition) = (accepted.media(), app.http.edition);
    match app.schema.read(asked.request) {
        Err(refused) if accepted.is_streamed(None) => Ok(sse::streamed(&app.live, live::refused(refused))),
        Err(refused) => Ok(answered(&refused, media, edition)),
        Ok(prepared) => {
            let operation = prepared.operation_type();
            let is_streamed = accepted.is_streamed(operation);
            guard::method(operation, asked.is_get, is_streamed)?;
            if is_streamed {
                return Ok(sse::streamed(&app.live, live::answers(&app.schema, &app.world, prepared)));
            }
            let executed = app.schema.execute(prepared, app.world.scope()).await;
            Ok(answered(&executed, media, edition))
        }
    }
}
