//! `POST /graphql`.

use async_graphql::Request;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::App;
use crate::graphql::Scope;

/// Answers one GraphQL request on the snapshot and the day of its arrival.
pub(super) async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request = match read(&headers, body) {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    let today = (app.clock)().date_naive();
    let scope = Scope::new(app.current.pin(), app.plans, today, app.effort);
    Json(app.schema.execute(request, scope).await).into_response()
}

/// A request that is refused before it is a GraphQL request.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = json!({ "message": self.1, "extensions": { "code": "BAD_USER_INPUT" } });
        (self.0, Json(json!({ "errors": [error] }))).into_response()
    }
}

fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Request, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        let message = format!("The content type is \"{kind}\": send application/json.");
        return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let body = body.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    serde_json::from_slice(&body).map_err(|error| {
        let message = format!(
            "The body is not a GraphQL request in JSON ({error}): send {{\"query\": …, \"variables\": …}}."
        );
        Refusal(StatusCode::BAD_REQUEST, message)
    })
}
