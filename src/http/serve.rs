//! From a socket to the routes: connections, their limits, and their end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tower::Service as _;
use tracing::{debug, info, warn};

use super::client::Peer;
use super::gate::room;
use crate::config::ServerSettings;

/// The most bytes of a request's line and headers.
const LARGEST_HEAD: usize = 64 << 10;
/// The most requests at once on one connection of HTTP/2.
const STREAMS: u32 = 100;
/// After how long without a word a connection is tried, and after how long without an answer it is given up.
const KEEPALIVE: Duration = Duration::from_secs(30);
const GIVEN_UP: Duration = Duration::from_mins(1);
/// Between two tries where the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until it is told to stop; then takes no more connections and waits, up to the time that the settings give, for what is under way.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    settings: &ServerSettings,
    stop: CancellationToken,
) {
    let builder = Arc::new(builder(settings));
    let room = Arc::new(room(settings.sockets));
    let graceful = GracefulShutdown::new();
    loop {
        let accept = async {
            let place = room.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accept => accepted,
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                warn!(%error, "a connection could not be taken");
                sleep(PAUSE).await;
                continue;
            }
        };
        prepare(&stream);
        let routes = routes.clone();
        let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            let answer = routes.clone().call(request.map(Body::new));
            async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
        });
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        tokio::spawn(async move {
            let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop(listener);
    let connections = graceful.count();
    info!(
        connections,
        drain_timeout_seconds = settings.drain_timeout.as_secs_f64(),
        "waiting for the requests under way"
    );
    if timeout(settings.drain_timeout, graceful.shutdown()).await.is_err() {
        warn!("some requests were still under way when the time to wait for them was up");
    } else {
        info!("no request is under way any more");
    }
}

fn builder(settings: &ServerSettings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(LARGEST_HEAD)
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(LARGEST_HEAD).unwrap_or(u32::MAX))
        .keep_alive_interval(KEEPALIVE)
        .keep_alive_timeout(GIVEN_UP);
    builder
}

/// Has the system give up whoever is gone without a word, whether we would wait for its words or it for ours.
fn prepare(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    // Where the system can't, it is as before.
    drop(stream.set_nodelay(true));
    drop(socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE)));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    drop(socket.set_tcp_user_timeout(Some(GIVEN_UP)));
}
