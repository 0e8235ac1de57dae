//! `/calendar/{secret}.ics`: the steps of a kept roadmap, for calendar programs that subscribe.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::Server;
use super::graphql::Refusal;

/// The calendar of a secret. Nothing tells one that is wrong from one that was closed.
pub(super) async fn get(
    State(server): State<Arc<Server>>,
    Path(file): Path<String>,
    request: Request,
) -> Response {
    let peer = request.extensions().get().copied();
    if let Err(seconds) = server.rates.admit(peer, request.headers()) {
        return Refusal::too_often(seconds).into_response();
    }
    let Ok(_place) = server.gate.enter().await else { return Refusal::overloaded().into_response() };
    let scope = server.app.world.scope(None);
    let secret = file.strip_suffix(".ics").unwrap_or_default();
    let found = tokio::select! {
        found = scope.study_calendar(secret) => found,
        () = scope.is_stuck() => return Refusal::unavailable().into_response(),
    };
    match found {
        Ok(Some(calendar)) => {
            let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
            ([kind, (header::CACHE_CONTROL, "private, no-cache")], calendar).into_response()
        }
        Ok(None) => (StatusCode::NOT_FOUND, "There is no calendar here, or not any more.\n").into_response(),
        Err(lost) => Refusal::lost(lost, scope.trouble().is_some()).into_response(),
    }
}
