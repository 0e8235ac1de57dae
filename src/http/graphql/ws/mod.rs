//! `graphql-transport-ws`: queries and subscriptions over one WebSocket.
//!
//! Browsers let any page open a WebSocket to any server and say only where the page is from, so that is looked at first.

mod connection;
mod message;
#[cfg(test)]
mod tests;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};

use self::message::{Close, PROTOCOL};
use super::answer::Refusal;
use super::{guard, live};
use crate::http::App;

/// `GET /graphql/ws`, to be upgraded.
pub(in crate::http) async fn upgrade(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    match upgrade {
        Ok(upgrade) => upgraded(app, &headers, upgrade),
        Err(rejection) => Refusal::new(
            rejection.status(),
            format!("Here a WebSocket is opened, which speaks {PROTOCOL}: {}.", rejection.body_text()),
        )
        .into_response(),
    }
}

/// Answers a handshake. What keeps the connection from being used is told by closing it, which clients can see; the status they can't.
pub(super) fn upgraded(app: App, headers: &HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let bytes = app.live.terms.message_bytes;
    let is_welcome = guard::page(headers, &app.http.cors);
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(bytes).max_frame_size(bytes);
    let has_protocol = upgrade.selected_protocol().is_some();
    upgrade.on_upgrade(move |socket| async move {
        if !is_welcome {
            return refuse(socket, &Close::Forbidden).await;
        }
        if !has_protocol {
            return refuse(socket, &Close::NoProtocol).await;
        }
        let Some(_place) = app.live.enter() else { return refuse(socket, &Close::Full).await };
        let answers = |request| live::asked(&app.schema, &app.world, request);
        connection::serve(socket, answers, &app.live).await;
    })
}

async fn refuse(mut socket: WebSocket, reason: &Close) {
    // Whoever is gone already needs no reason.
    drop(socket.send(Message::Close(Some(reason.frame()))).await);
}
