//! A TCP socket with time limits of its own.
//!
//! Three things happen below HTTP, where its timers do not reach: a connection that sends nothing, or only half of what HTTP/2 begins with; a
//! client that does not read what it asked for; and the end of a connection on which the client is still sending. A socket that is closed with
//! something unread is reset, and the client never sees the answer that told it why; so what is left is read and dropped, up to a bound.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::Timeouts;
use super::activity::Activity;

/// What HTTP/2 begins with (RFC 9113, 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// What is read and dropped at most after the last answer, in bytes, and how long.
const LINGER_BYTES: usize = 64 << 20;
const LINGER: Duration = Duration::from_secs(10);
/// How long the client may be silent meanwhile.
const LINGER_SILENT: Duration = Duration::from_secs(1);

/// How the answer to a WebSocket's handshake begins, and how its headers do: as hyper writes them in title case, and as RFC 6455 does. Some
/// clients look for the latter to the letter.
const SWITCHING: &[u8] = b"HTTP/1.1 101 ";
const IN_TITLE_CASE: &[u8] = b"\r\nSec-Websocket-";
const AS_SPECIFIED: &[u8] = b"\r\nSec-WebSocket-";

type Timer = Pin<Box<Sleep>>;

/// A TCP socket with time limits. `_held` is dropped with it.
pub(super) struct Socket<P> {
    stream: TcpStream,
    opening: Option<Opening>,
    /// Set while the client takes nothing.
    sending: Option<Timer>,
    send_timeout: Duration,
    lingering: Option<Lingering>,
    activity: Arc<Activity>,
    _held: P,
}

/// The time until it is clear which version of HTTP is spoken.
struct Opening {
    timer: Timer,
    /// How many bytes of the preface of HTTP/2 have come.
    matched: usize,
}

struct Lingering {
    end: Timer,
    silent: Timer,
    dropped: usize,
}

impl<P> Socket<P> {
    pub(super) fn new(stream: TcpStream, held: P, timeouts: Timeouts, activity: Arc<Activity>) -> Self {
        let opening = Some(Opening { timer: Box::pin(sleep(timeouts.header)), matched: 0 });
        let send_timeout = timeouts.send;
        Self { stream, opening, sending: None, send_timeout, lingering: None, activity, _held: held }
    }

    /// Looks at the first bytes, until they tell the version.
    fn look_at(&mut self, bytes: &[u8]) {
        let Some(opening) = &mut self.opening else { return };
        let expected = &PREFACE[opening.matched..];
        let length = bytes.len().min(expected.len());
        opening.matched += length;
        let is_http2 = bytes[..length] == expected[..length];
        if is_http2 && opening.matched == PREFACE.len() {
            self.activity.set_http2();
        }
        if !is_http2 || opening.matched == PREFACE.len() {
            self.opening = None;
        }
    }

    /// The outcome of a write: an error if the client has taken nothing for too long.
    fn wrote(&mut self, cx: &mut Context<'_>, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if wrote.is_ready() {
            self.sending = None;
            return wrote;
        }
        let timer = self.sending.get_or_insert_with(|| Box::pin(sleep(self.send_timeout)));
        ready!(timer.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }

    /// Reads and drops what the client is still sending.
    fn linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let lingering = self.lingering.get_or_insert_with(|| Lingering {
            end: Box::pin(sleep(LINGER)),
            silent: Box::pin(sleep(LINGER_SILENT)),
            dropped: 0,
        });
        let mut scratch = [0; 16 << 10];
        loop {
            if lingering.dropped >= LINGER_BYTES || lingering.end.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            let mut buffer = ReadBuf::new(&mut scratch);
            match Pin::new(&mut self.stream).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    lingering.dropped += buffer.filled().len();
                    lingering.silent = Box::pin(sleep(LINGER_SILENT));
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return lingering.silent.as_mut().poll(cx),
            }
        }
    }
}

impl<P: Unpin> AsyncRead for Socket<P> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_ready() {
            self.look_at(&buffer.filled()[before..]);
            return read;
        }
        let Some(opening) = &mut self.opening else { return Poll::Pending };
        ready!(opening.timer.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

/// The answer to a handshake with its headers as they are specified; `None` if it is something else.
fn as_specified(data: &[u8]) -> Option<Vec<u8>> {
    if !data.starts_with(SWITCHING) {
        return None;
    }
    let mut data = data.to_vec();
    let places = data.windows(IN_TITLE_CASE.len()).enumerate().filter(|(_, window)| *window == IN_TITLE_CASE);
    for place in places.map(|(place, _)| place).collect::<Vec<_>>() {
        data[place..place + AS_SPECIFIED.len()].copy_from_slice(AS_SPECIFIED);
    }
    Some(data)
}

impl<P: Unpin> AsyncWrite for Socket<P> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        let specified = as_specified(data);
        let wrote = Pin::new(&mut self.stream).poll_write(cx, specified.as_deref().unwrap_or(data));
        self.wrote(cx, wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(first) = data.first().filter(|first| first.starts_with(SWITCHING)) {
            return self.poll_write(cx, first);
        }
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(cx, data);
        self.wrote(cx, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.lingering.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        if self.activity.has_unread_body() {
            ready!(self.linger(cx));
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::as_specified;

    #[test]
    fn the_answer_to_a_handshake_has_its_headers_as_they_are_specified() {
        let answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-Websocket-Accept: x\r\n\
                      Sec-Websocket-Protocol: graphql-transport-ws\r\n\r\n";
        let specified = as_specified(answer.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(specified).unwrap(), answer.replace("Websocket", "WebSocket"));
        assert_eq!(as_specified(b"HTTP/1.1 200 OK\r\nSec-Websocket-Accept: x\r\n\r\n"), None);
    }
}
