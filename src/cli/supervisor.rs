//! What the service manager is told, in the protocol of `sd_notify(3)`: that the server is ready, that it
//! is alive, and that it ends. Without `NOTIFY_SOCKET` in the environment nobody is told anything.

use std::time::Duration;

/// The states of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It answers requests.
    Ready,
    /// It is alive.
    Alive,
    /// It was told to end, and does so.
    Stopping,
}

/// Tells the service manager. One that can't be told is said in the log, and does not keep the server
/// from serving.
#[cfg(unix)]
pub(super) fn tell(state: State) {
    use sd_notify::NotifyState;
    let state = match state {
        State::Ready => NotifyState::Ready,
        State::Alive => NotifyState::Watchdog,
        State::Stopping => NotifyState::Stopping,
    };
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the service manager could not be told how the server is");
    }
}

/// There is no such service manager.
#[cfg(not(unix))]
pub(super) fn tell(_: State) {}

/// How long the service manager waits for a sign of life, where it does (`WatchdogSec`).
#[cfg(unix)]
fn patience() -> Option<Duration> {
    sd_notify::watchdog_enabled()
}

#[cfg(not(unix))]
fn patience() -> Option<Duration> {
    None
}

/// Tells the service manager again and again that the server is alive, where it wants to know. Ends
/// never.
pub(super) async fn keep_telling_alive() {
    if let Some(patience) = patience() {
        signs_of_life(patience, || tell(State::Alive)).await;
    }
}

/// Gives a sign of life twice as often as is waited for one, as `sd_watchdog_enabled(3)` advises. It is
/// given by the runtime that serves requests, and only after it has run another task: a runtime whose
/// threads are blocked gives none.
async fn signs_of_life(patience: Duration, tell: impl Fn()) {
    loop {
        let progress = tokio::spawn(tokio::task::yield_now());
        if progress.await.is_ok() {
            tell();
        }
        tokio::time::sleep(patience / 2).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::time::{Instant, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn signs_of_life_come_twice_as_often_as_they_are_waited_for() {
        let (signs, began) = (Cell::new(0), Instant::now());
        let telling = signs_of_life(Duration::from_secs(10), || signs.set(signs.get() + 1));
        timeout(Duration::from_secs(29), telling).await.unwrap_err();
        assert_eq!((signs.get(), began.elapsed()), (6, Duration::from_secs(29)));
    }
}
