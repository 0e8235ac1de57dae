//! A body that is written while it is read, with bounds to both.
//!
//! The writer is a task of its own: a body is asked for more only if its reader takes some, so that by itself it would never notice that nobody does.

use std::convert::identity;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};
use tracing::debug;

use crate::service::export::{Sink, Stopped, Unfinished};

/// How long a reader may take for a piece. With pieces of 32 kB that is the slowest line that is waited for: 26 kilobits a second.
const PIECE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a reader is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// With each piece.
    piece: Duration,
    /// In all.
    whole: Duration,
}

impl Patience {
    pub(super) const fn new(whole: Duration) -> Self {
        Self { piece: PIECE_TIMEOUT, whole }
    }
}

/// A part of a body. A body that ends without [`Part::End`] is not whole.
enum Part {
    Piece(Bytes),
    End,
}

/// Where the writer puts its pieces: the next one is asked for when the last one was taken.
pub(super) struct Pieces {
    parts: mpsc::Sender<Part>,
    patience: Duration,
}

impl Pieces {
    async fn put(&self, part: Part) -> Result<(), Stopped> {
        match timeout(self.patience, self.parts.send(part)).await {
            Ok(Ok(())) => Ok(()),
            // The reader is gone, or as good as gone.
            Ok(Err(_)) | Err(_) => Err(Stopped),
        }
    }
}

impl Sink for Pieces {
    async fn take(&mut self, piece: Vec<u8>) -> Result<(), Stopped> {
        self.put(Part::Piece(piece.into())).await
    }
}

/// A body with what `write` writes. Its connection is closed before its end if the writer fails or the reader is too slow, so that nobody takes a part for
/// the whole.
pub(super) fn written<F>(patience: Patience, write: impl FnOnce(Pieces) -> F) -> Body
where
    F: Future<Output = Result<(), Unfinished>> + Send + 'static,
{
    let (parts, body) = mpsc::channel(1);
    let until = Instant::now() + patience.whole;
    let writing = write(Pieces { parts: parts.clone(), patience: patience.piece });
    tokio::spawn(async move {
        let done = timeout_at(until, writing).await.map_err(|_| Unfinished::Stopped).and_then(identity);
        match done {
            Ok(()) => drop(Pieces { parts, patience: patience.piece }.put(Part::End).await),
            Err(why) => debug!(?why, "an export broke off"),
        }
    });
    Body::from_stream(stream::unfold(Some(body), async |body| {
        let mut body = body?;
        match body.recv().await {
            Some(Part::Piece(piece)) => Some((Ok(piece), Some(body))),
            Some(Part::End) => None,
            None => Some((Err(io::Error::from(io::ErrorKind::UnexpectedEof)), None)),
        }
    }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http_body_util::BodyExt as _;
    use tokio::sync::Notify;

    use super::*;
    use crate::service::Lost;

    const PATIENCE: Patience = Patience { piece: Duration::from_secs(10), whole: Duration::from_mins(5) };

    /// A body of so many pieces, and the sign that its writer has ended.
    fn pieces(count: usize) -> (Body, Arc<Notify>) {
        let ended = Arc::new(Notify::new());
        let writer = ended.clone();
        let body = written(PATIENCE, |mut pieces| async move {
            let _ended = Ended(writer);
            for _ in 0..count {
                pieces.take(b"piece".to_vec()).await?;
            }
            Ok(())
        });
        (body, ended)
    }

    /// Tells that a writer has ended, whichever way.
    struct Ended(Arc<Notify>);

    impl Drop for Ended {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_has_all_pieces() {
        let (body, _) = pieces(100);
        assert_eq!(body.collect().await.unwrap().to_bytes(), "piece".repeat(100));
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_takes_nothing_is_given_up() {
        let began = Instant::now();
        let (mut body, ended) = pieces(100);
        body.frame().await.unwrap().unwrap();
        ended.notified().await;
        assert_eq!(began.elapsed(), PATIENCE.piece);
        // What there is can still be read, and then it is not whole.
        assert!(body.collect().await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_is_slow_for_too_long_is_given_up() {
        let began = Instant::now();
        let (mut body, ended) = pieces(usize::MAX);
        let slow = async {
            while let Some(Ok(_)) = body.frame().await {
                tokio::time::sleep(PATIENCE.piece / 2).await;
            }
        };
        tokio::join!(slow, ended.notified());
        assert!(began.elapsed() < PATIENCE.whole + 3 * PATIENCE.piece, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_is_gone_ends_the_writer_at_once() {
        let began = Instant::now();
        let (body, ended) = pieces(usize::MAX);
        drop(body);
        ended.notified().await;
        assert_eq!(began.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_writer_that_fails_or_panics_does_not_pass_for_one_that_has_ended() {
        let fails = written(PATIENCE, |mut pieces| async move {
            pieces.take(b"piece".to_vec()).await?;
            Err(Unfinished::Lost(Lost::Fault))
        });
        assert!(fails.collect().await.is_err());
        let panics = written(PATIENCE, |_| async { panic!("as a writer may") });
        assert!(panics.collect().await.is_err());
    }
}
