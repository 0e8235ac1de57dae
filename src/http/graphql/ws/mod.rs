//! `graphql-transport-ws`: queries and subscriptions over one WebSocket.
//!
//! Browsers let any page open a WebSocket to any server and say only where the page is from, so that is looked at first.

mod connection;
mod message;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_graphql::Request as Operation;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::response::{IntoResponse as _, Response};
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::time::timeout;

use self::connection::FAREWELL;
use self::message::{Close, PROTOCOL};
use super::answer::Refusal;
use super::live::{Crowded, Said, Unsent};
use super::logged::{Name, Transport, logged};
use super::{Asked, guard, live};
use crate::graphql::{Asker, busy};
use crate::http::{Server, identity, observe};
use crate::telemetry::figures;

/// The most answers of one connection that are ready and not sent yet: so much of a client that does not read is kept.
const MOST_UNSENT: usize = 4;

/// The buffer of what a WebSocket reads, in bytes: as large as most messages. Each has one, however little it is used.
const READ_BUFFER: usize = 4 << 10;

/// `GET /graphql/ws`.
pub(in crate::http) async fn get(State(server): State<Arc<Server>>, request: Request) -> Response {
    upgrade(server, request).await
}

/// Answers a handshake. What keeps the connection from being used is told by closing it, which clients can see; the status they can't.
pub(super) async fn upgrade(server: Arc<Server>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let message =
                format!("Here a WebSocket is opened, which speaks {PROTOCOL}: {}.", rejection.body_text());
            return Refusal::new(rejection.status(), message).into_response();
        }
    };
    let bytes = server.app.live.terms.message_bytes;
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(bytes).max_frame_size(bytes);
    let upgrade = upgrade.read_buffer_size(READ_BUFFER).write_buffer_size(0);
    let has_protocol = upgrade.selected_protocol().is_some();
    let asked = Asked::new(server, parts, true);
    upgrade.on_upgrade(move |socket| async move {
        if !guard::page(&asked.headers, &asked.server.app.http.cors) {
            return refuse(socket, &Close::Forbidden).await;
        }
        if !has_protocol {
            return refuse(socket, &Close::NoProtocol).await;
        }
        let live = asked.server.app.live.clone();
        let _place = match live.connect(asked.client()) {
            Ok(place) => place,
            Err(crowded) => {
                let (why, close) = match crowded {
                    Crowded::Server => ("connections", Close::Full),
                    Crowded::Client => ("client connections", Close::TooMany),
                };
                figures::refused(why);
                return refuse(socket, &close).await;
            }
        };
        let asked = Arc::new(asked);
        let unsent = Unsent::new(MOST_UNSENT);
        connection::serve(socket, |token, operation| begin(&asked, &unsent, token, operation), &live).await;
    })
}

async fn refuse(mut socket: WebSocket, reason: &Close) {
    // Whoever is gone already needs no reason.
    drop(socket.send(Message::Close(Some(reason.frame()))).await);
    // A socket that is closed with something unread is reset, and the reason lost.
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    drop(timeout(FAREWELL, rest).await);
}

/// Begins an operation. Each counts as a request of its client, and who asks is looked at each time: a token or a session may have been revoked.
fn begin(
    asked: &Arc<Asked>,
    unsent: &Unsent,
    token: Option<String>,
    operation: Operation,
) -> BoxStream<'static, Said> {
    let (asked, unsent, name) = (asked.clone(), unsent.clone(), Name::default());
    let (id, naming) = (asked.id.clone(), name.clone());
    let begun = async move { begun(&asked, unsent, token.as_deref(), operation, &naming).await };
    // In a box, which is there only until it has begun.
    logged(stream::once(begun.boxed()).flatten().boxed(), id, Transport::WebSocket, name)
}

async fn begun(
    asked: &Asked,
    unsent: Unsent,
    token: Option<&str>,
    operation: Operation,
    name: &Name,
) -> BoxStream<'static, Said> {
    let server = &asked.server;
    let refused = |errors| stream::once(ready(Said::Error(errors))).boxed();
    if server.rates.admit(asked.peer, &asked.headers).is_err() {
        figures::refused("rate");
        return refused(vec![busy()]);
    }
    let permit = match live::entered(server).await {
        Ok(permit) => permit,
        Err(errors) => return refused(errors),
    };
    let prepared = match server.app.schema.prepare(operation).await {
        Ok(prepared) => prepared,
        Err(refused) => {
            if let Some(operation) = &refused.operation_name {
                name.get_or_init(|| observe::Operation::new(operation));
            }
            return live::refused(refused);
        }
    };
    // What is answered takes another when its client has read the answer before.
    drop(permit);
    if let Some(operation) = prepared.operation_name() {
        name.get_or_init(|| observe::Operation::new(operation));
    }
    let by = match (identity::asker(server, &asked.headers, asked.peer, false).await, token) {
        (Ok(by), Some(token)) => {
            identity::of_token(server, token).await.map(|who| Asker { who: Some(who), ..by })
        }
        (by, _) => by,
    };
    let begun = by.and_then(|by| {
        let scope = server.app.world.scope_of(by, asked.id.clone());
        live::answers(server, prepared, scope, asked.client(), unsent)
    });
    begun.unwrap_or_else(|refusal| refused(vec![refusal.into_error()]))
}
