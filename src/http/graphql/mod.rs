//! GraphQL over HTTP, as its specification has it: `GET` for queries, `POST` for everything.
//!
//! A request passes the guards in the order in which they are cheap: where it comes from, what it takes for an answer, its media type,
//! its size, its form. What gets through is executed on the snapshot and the day of its arrival.

mod answer;
mod guard;
mod media;
mod read;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

pub(super) use answer::Refusal;

use self::answer::answered;
use self::media::Media;
use self::read::Asked;
use super::App;
use crate::graphql::{Executed, Scope};

/// `GET /graphql?query=…`: queries alone. A person who opens the address in a browser is led to GraphiQL.
pub(super) async fn get(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(parameters): RawQuery,
) -> Response {
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
    let Some(media) = Media::accepted(headers) else { return Refusal::not_acceptable().into_response() };
    let asked = guard::origin(headers, &app.http.cors).and_then(|()| asked());
    let edition = app.http.edition;
    let mut response = match asked {
        Err(refusal) => refusal.in_media(media),
        Ok(asked) => match executed(app, asked).await {
            Err(refusal) => refusal.in_media(media),
            Ok(executed) => answered(&executed, media, edition),
        },
    };
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("accept"));
    response
}

async fn executed(app: App, asked: Asked) -> Result<Executed, Refusal> {
    let prepared = match app.schema.read(asked.request) {
        Ok(prepared) => prepared,
        Err(refused) => return Ok(refused),
    };
    guard::method(prepared.operation_type(), asked.is_get)?;
    let today = (app.clock)().date_naive();
    let scope = Scope::new(app.current.pin(), app.plans, today, app.effort);
    Ok(app.schema.execute(prepared, scope).await)
}
