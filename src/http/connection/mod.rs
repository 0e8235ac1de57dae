//! One connection, from its first byte to its last: its time limits, its share of what one address may hold, and its end.

mod activity;
mod framing;
mod outbound;
mod socket;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::Service as _;
use tracing::debug;

use self::activity::Activity;
use self::outbound::{Inbound, Outbound};
use self::socket::Socket;
use super::client::Peer;

/// The time limits of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// Until a connection has sent enough to tell HTTP/1 from HTTP/2, and each HTTP/1 request its headers.
    pub(super) header: Duration,
    /// Without an open stream, on HTTP/2. HTTP/1 has the header timeout between requests.
    pub(super) idle: Duration,
    /// Without a byte that the client takes, while there is something to send.
    pub(super) send: Duration,
}

/// Serves a connection until it ends, or the server does. `held` is dropped with the socket, also if a WebSocket takes that over.
pub(super) async fn serve<P: Send + Sync + Unpin + 'static>(
    (stream, peer): (TcpStream, SocketAddr),
    held: P,
    builder: &Builder<TokioExecutor>,
    routes: Router,
    timeouts: Timeouts,
    stop: CancellationToken,
) {
    let activity = Arc::new(Activity::new());
    let socket = Socket::new(stream, held, timeouts, activity.clone());
    let service = {
        let activity = activity.clone();
        service_fn(move |request| answer(routes.clone(), peer, activity.clone(), request))
    };
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(socket), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = activity.stalled(timeouts.send) => {
            debug!("a stream was not read: its connection is closed");
            return;
        }
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = activity.idle(timeouts.idle) => {
            connection.as_mut().graceful_shutdown();
            // A client that does not answer the farewell is not waited for.
            timeout(timeouts.send, connection).await.unwrap_or(Ok(()))
        }
    };
    if let Err(error) = ended {
        debug!(%error, "a connection broke off");
    }
}

/// Answers one request. What is open on HTTP/2 is counted from its headers to the last byte of its answer.
async fn answer(
    mut routes: Router,
    peer: SocketAddr,
    activity: Arc<Activity>,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    if let Some(refusal) = framing::refusal(&request) {
        activity.set_unread_body(true);
        return Ok(refusal);
    }
    request.extensions_mut().insert(Peer(peer));
    let stream = (request.version() == Version::HTTP_2).then(|| activity.open());
    let request = request.map(|body| Body::new(Inbound::new(body, activity)));
    let response = routes.call(request).await.unwrap_or_else(|never| match never {});
    Ok(match stream {
        Some(stream) => response.map(|body| Body::new(Outbound::new(body, stream))),
        None => response,
    })
}
