//! Bodies on their way: whether a request's was read, and whether an answer's is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};

use super::activity::{Activity, Stream};

/// The most bytes of an answer that are handed to HTTP/2 at once: as much is kept for a client that reads nothing.
const CHUNK: usize = 16 << 10;

/// The body of a request. Notes whether it was read to its end.
pub(super) struct Inbound {
    body: Incoming,
    activity: Arc<Activity>,
}

impl Inbound {
    pub(super) fn new(body: Incoming, activity: Arc<Activity>) -> Self {
        activity.set_unread_body(!body.is_end_stream());
        Self { body, activity }
    }
}

impl hyper::body::Body for Inbound {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.activity.set_unread_body(false);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer on HTTP/2, in chunks: the next one is asked for when the client has taken the last, so a client that takes none is noticed.
pub(super) struct Outbound {
    body: Body,
    /// What the body gave, and was not handed over yet.
    rest: Bytes,
    has_begun: bool,
    stream: Stream,
}

impl Outbound {
    pub(super) fn new(body: Body, stream: Stream) -> Self {
        stream.handed_over();
        Self { body, rest: Bytes::new(), has_begun: false, stream }
    }
}

impl hyper::body::Body for Outbound {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.stream.taken();
        self.has_begun = true;
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => return Poll::Ready(other),
            }
        }
        let size = CHUNK.min(self.rest.len());
        let chunk = self.rest.split_to(size);
        self.stream.handed_over();
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    /// Only for a body without anything in it. Otherwise not before it was asked for what follows: only then the client has taken all.
    fn is_end_stream(&self) -> bool {
        !self.has_begun && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.body.size_hint();
        let rest = self.rest.len() as u64;
        match hint.exact() {
            Some(exact) => hint.set_exact(exact + rest),
            None => hint.set_lower(hint.lower() + rest),
        }
        hint
    }
}
