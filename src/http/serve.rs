//! From a socket to the routes: connections, their limits, and their end.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use socket2::{SockRef, TcpKeepalive};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::client::of_connection;
use super::concurrency::ClientLimiter;
use super::connection::{self, Timeouts};
use super::gate::room;
use crate::config::{LiveSettings, ServerSettings};
use crate::telemetry::figures;

/// The most bytes of a request's line and headers.
const LARGEST_HEAD: usize = 64 << 10;
/// The most requests at once on one connection of HTTP/2.
const STREAMS: u32 = 100;
/// The most streams that a client opens and resets before they were looked at; beyond it the connection ends (CVE-2023-44487).
const RESET_STREAMS: usize = 20;
/// After how long without a word a connection is tried, and after how long without an answer it is given up.
const KEEPALIVE: Duration = Duration::from_secs(30);
const GIVEN_UP: Duration = Duration::from_mins(1);
/// What the system keeps of what a client has not read yet, in bytes: with none set it is megabytes, for each client that reads nothing.
/// There is room again when a third is taken, so the send timeout asks for as much of a larger answer, ten kilobytes a second or so.
const SEND_BUFFER: usize = 128 << 10;
/// Between two tries where the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a client that may not connect may take to read why.
const FAREWELL: Duration = Duration::from_secs(1);
/// The answer to a client that has as many connections as it may.
const TOO_MANY: &str = "HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n\
    Content-Length: 79\r\nConnection: close\r\n\r\n\
    Your address has as many connections as it may: close one, or try again later.\n";

/// Serves until it is told to stop; then takes no more connections and waits, up to the time that the settings give, for what is under way.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    settings: &ServerSettings,
    live: &LiveSettings,
    stop: CancellationToken,
) {
    let timeouts =
        Timeouts { header: settings.header_timeout, idle: settings.idle_timeout, send: live.send_timeout };
    let builder = Arc::new(builder(settings));
    let room = Arc::new(room(settings.sockets));
    let clients = ClientLimiter::new(settings.client_sockets);
    // Each connection holds a sender: when all are gone, so are the connections.
    let (open, mut all_closed) = mpsc::channel::<()>(1);
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
                // A client that has left already costs the next one no time.
                if error.kind() != ErrorKind::ConnectionAborted {
                    warn!(%error, "a connection could not be taken");
                    sleep(PAUSE).await;
                }
                continue;
            }
        };
        prepare(&stream);
        let client = of_connection(peer, &settings.trusted_proxies);
        let Some(permit) = clients.acquire(client) else {
            figures::refused("client connections");
            debug!(%peer, "a client has as many connections as it may");
            tokio::spawn(async move {
                drop(timeout(FAREWELL, refuse(stream)).await);
                drop(place);
            });
            continue;
        };
        let (builder, routes, stop, open) = (builder.clone(), routes.clone(), stop.clone(), open.clone());
        tokio::spawn(async move {
            connection::serve((stream, peer), (place, permit), &builder, routes, timeouts, stop).await;
            drop(open);
        });
    }
    drop(listener);
    info!(
        connections = open.strong_count() - 1,
        drain_timeout_seconds = settings.drain_timeout.as_secs_f64(),
        "waiting for the requests under way"
    );
    drop(open);
    if timeout(settings.drain_timeout, all_closed.recv()).await.is_err() {
        warn!("some requests were still under way when the time to wait for them was up");
    } else {
        info!("no request is under way any more");
    }
}

/// Says that there are too many connections, and waits until the client has read it: a socket that is closed with something unread is reset.
async fn refuse(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(TOO_MANY.as_bytes()).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map(drop)
}

fn builder(settings: &ServerSettings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(LARGEST_HEAD)
        // As most servers write them: some clients compare names with regard to case.
        .title_case_headers(true)
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_pending_accept_reset_streams(RESET_STREAMS)
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
    drop(socket.set_send_buffer_size(SEND_BUFFER));
    drop(socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE)));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    drop(socket.set_tcp_user_timeout(Some(GIVEN_UP)));
}

#[cfg(test)]
mod tests {
    use super::TOO_MANY;

    #[test]
    fn a_refusal_has_the_length_that_it_says() {
        let (head, body) = TOO_MANY.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{}", body.len());
    }
}
