//! Operations on connections that stay open, in the log: a line for each, when it has ended. What it
//! logs on the way has its span.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt as _};
use tokio::time::Instant;
use tracing::{debug, info_span};

use super::live::Said;
use crate::http::observe::{Operation, milliseconds};

/// The name of an operation, once its document has been read.
pub(super) type Name = Arc<OnceLock<Operation>>;

/// How an operation came, as the log has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    WebSocket,
    EventStream,
}

impl Transport {
    const fn name(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::EventStream => "event stream",
        }
    }
}

/// What is said to an operation, with a line in the log when that has ended, or is dropped.
pub(super) fn logged(
    said: BoxStream<'static, Said>,
    request_id: Option<Arc<str>>,
    transport: Transport,
    name: Name,
) -> BoxStream<'static, Said> {
    let line = Line { request_id, transport, name, began: Instant::now(), answers: 0, outcome: "left" };
    Logged { said, line }.boxed()
}

struct Logged {
    said: BoxStream<'static, Said>,
    line: Line,
}

impl Stream for Logged {
    type Item = Said;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Said>> {
        let Self { said, line } = &mut *self;
        // Made for each look: one that is kept is memory for each of those who wait.
        let id = line.request_id.as_deref().unwrap_or_default();
        let _entered = info_span!("operation", %id, transport = line.transport.name()).entered();
        let next = ready!(said.poll_next_unpin(cx));
        match &next {
            Some(Said::Next(_)) => line.answers += 1,
            Some(Said::Error(_)) => line.outcome = "failed",
            Some(Said::Complete) => line.outcome = "completed",
            None => {}
        }
        Poll::Ready(next)
    }
}

/// The line of an operation, which is written when it is dropped.
struct Line {
    request_id: Option<Arc<str>>,
    transport: Transport,
    name: Name,
    began: Instant,
    answers: u64,
    /// Until something else is said, the client, or the server, has ended it before its end.
    outcome: &'static str,
}

impl Drop for Line {
    fn drop(&mut self) {
        debug!(
            request_id = self.request_id.as_deref(),
            transport = self.transport.name(),
            outcome = self.outcome,
            answers = self.answers,
            milliseconds = milliseconds(self.began.elapsed()),
            operation = self.name.get().map(Operation::name),
            "operation ended"
        );
    }
}
