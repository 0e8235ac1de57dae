//! How much is executed at once. Beyond that requests wait, a few and for a short time, and beyond that they are turned away: a server that is
//! asked more than it can do answers some well rather than all badly.

use std::sync::Arc;
use std::time::Duration;

use metrics::{Gauge, gauge};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config::ServerSettings;
use crate::telemetry::figures::{self, Counted};

/// Requests executed at once for each processor: more than one, since some wait for the database or for a plan that another computes.
const FOR_EACH_PROCESSOR: usize = 8;

/// The gate before execution.
pub(super) struct Gate {
    running: Arc<Semaphore>,
    waiting: Semaphore,
    patience: Duration,
    figure: Gauge,
}

/// A place among those of which there may be so many, counted until it is dropped.
pub(super) struct Place {
    _room: OwnedSemaphorePermit,
    _counted: Counted,
}

impl Place {
    pub(super) fn new(room: OwnedSemaphorePermit, figure: &Gauge) -> Self {
        Self { _room: room, _counted: Counted::new(figure) }
    }
}

/// Room for so many, or for as many as can be counted.
pub(super) fn room(places: usize) -> Semaphore {
    Semaphore::new(places.min(Semaphore::MAX_PERMITS))
}

/// There is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

impl Gate {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let running = if settings.running == 0 { FOR_EACH_PROCESSOR * processors } else { settings.running };
        Self {
            running: Arc::new(room(running)),
            waiting: room(settings.waiting),
            patience: settings.wait_timeout,
            figure: gauge!(figures::RUNNING),
        }
    }

    /// Whether whoever comes now would be turned away: worth asking before anything is done for it.
    pub(super) fn is_full(&self) -> bool {
        self.running.available_permits() == 0 && self.waiting.available_permits() == 0
    }

    /// A place. Those who wait get theirs in the order in which they came.
    pub(super) async fn enter(&self) -> Result<Place, Full> {
        Ok(Place::new(self.found().await?, &self.figure))
    }

    async fn found(&self) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = self.running.clone().try_acquire_owned() {
            return Ok(place);
        }
        let _waits = self.waiting.try_acquire().map_err(|_| Full)?;
        let place = timeout(self.patience, self.running.clone().acquire_owned()).await;
        place.map_err(|_| Full)?.map_err(|_| Full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_does_not_fit_waits_and_what_waits_too_long_or_is_too_much_is_turned_away() {
        let settings = ServerSettings { running: 1, waiting: 1, ..ServerSettings::default() };
        let gate = Gate::new(&settings);
        let first = gate.enter().await.unwrap();
        // One waits until its time is up, another finds no place to wait.
        let (waited, turned_away) = tokio::join!(gate.enter(), gate.enter());
        assert_eq!((waited.err(), turned_away.err()), (Some(Full), Some(Full)));
        let (second, ()) = tokio::join!(gate.enter(), async { drop(first) });
        assert!(second.is_ok());
    }
}
