//! What goes on on a connection: the streams that are open, and those whose client does not read.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

/// What goes on on a connection.
pub(super) struct Activity {
    state: watch::Sender<State>,
    /// The streams that wait for their client to take something, and since when.
    unread: Mutex<HashMap<u64, Instant>>,
    next_stream: AtomicU64,
    /// Whether a request came whose body was not read to its end.
    has_unread_body: AtomicBool,
}

#[derive(Clone, Copy, Default)]
struct State {
    is_http2: bool,
    open: usize,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self {
            state: watch::Sender::new(State::default()),
            unread: Mutex::default(),
            next_stream: AtomicU64::new(0),
            has_unread_body: AtomicBool::new(true),
        }
    }

    /// Notes that the connection speaks HTTP/2.
    pub(super) fn set_http2(&self) {
        self.state.send_modify(|state| state.is_http2 = true);
    }

    /// A new stream, open until it is dropped.
    pub(super) fn open(self: &Arc<Self>) -> Stream {
        self.state.send_modify(|state| state.open += 1);
        Stream { activity: self.clone(), id: self.next_stream.fetch_add(1, Ordering::Relaxed) }
    }

    /// Waits until HTTP/2 is spoken and no stream has been open for so long. Pings do not count.
    pub(super) async fn idle(&self, patience: Duration) {
        let mut state = self.state.subscribe();
        loop {
            if state.wait_for(|state| state.is_http2 && state.open == 0).await.is_err() {
                return std::future::pending().await;
            }
            if timeout(patience, state.wait_for(|state| state.open > 0)).await.is_err() {
                return;
            }
        }
    }

    /// Waits until some stream's client has taken nothing for so long.
    pub(super) async fn stalled(&self, patience: Duration) {
        let mut state = self.state.subscribe();
        loop {
            if state.wait_for(|state| state.open > 0).await.is_err() {
                return std::future::pending().await;
            }
            let oldest = self.unread().values().min().copied();
            match oldest.map(|since| since.elapsed()) {
                Some(elapsed) if elapsed >= patience => return,
                Some(elapsed) => sleep(patience.saturating_sub(elapsed)).await,
                None => sleep(patience).await,
            }
        }
    }

    /// Notes whether the last request's body was left unread.
    pub(super) fn set_unread_body(&self, is_unread: bool) {
        self.has_unread_body.store(is_unread, Ordering::Relaxed);
    }

    /// Whether the client may still be sending what nobody reads.
    pub(super) fn has_unread_body(&self) -> bool {
        self.has_unread_body.load(Ordering::Relaxed)
    }

    fn unread(&self) -> MutexGuard<'_, HashMap<u64, Instant>> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open stream of HTTP/2.
pub(super) struct Stream {
    activity: Arc<Activity>,
    id: u64,
}

impl Stream {
    /// Something was handed over, and the client has not taken it yet.
    pub(super) fn handed_over(&self) {
        self.activity.unread().insert(self.id, Instant::now());
    }

    /// The client has taken it.
    pub(super) fn taken(&self) {
        self.activity.unread().remove(&self.id);
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.taken();
        self.activity.state.send_modify(|state| state.open -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn http2_is_idle_only_without_a_stream() {
        let activity = Arc::new(Activity::new());
        // HTTP/1 has its own timer.
        assert!(timeout(2 * PATIENCE, activity.idle(PATIENCE)).await.is_err());
        activity.set_http2();
        let stream = activity.open();
        assert!(timeout(2 * PATIENCE, activity.idle(PATIENCE)).await.is_err());
        drop(stream);
        let began = Instant::now();
        activity.idle(PATIENCE).await;
        assert_eq!(began.elapsed(), PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_is_stalled_only_while_its_client_takes_nothing() {
        let activity = Arc::new(Activity::new());
        let (waits, unread) = (activity.open(), activity.open());
        waits.handed_over();
        waits.taken();
        assert!(timeout(3 * PATIENCE, activity.stalled(PATIENCE)).await.is_err());
        unread.handed_over();
        let began = Instant::now();
        activity.stalled(PATIENCE).await;
        assert_eq!(began.elapsed(), PATIENCE);
    }
}
