//! Concurrency limiter by client address: how much of something one client may hold at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Concurrency limiter by client address. A clone counts together with its original.
#[derive(Clone)]
pub(super) struct ClientLimiter {
    most: usize,
    held: Arc<Held>,
}

#[derive(Default)]
struct Held(Mutex<HashMap<IpAddr, usize>>);

/// One of those that a client holds, until it is dropped.
pub(super) struct ClientPermit {
    client: Option<IpAddr>,
    held: Arc<Held>,
}

impl ClientLimiter {
    pub(super) fn new(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// A permit for a client; `None` if it holds as many as it may. A client that is not known is not counted.
    pub(super) fn acquire(&self, client: Option<IpAddr>) -> Option<ClientPermit> {
        if let Some(client) = client {
            let mut held = self.held.lock();
            let count = held.entry(client).or_default();
            if *count >= self.most {
                if *count == 0 {
                    held.remove(&client);
                }
                return None;
            }
            *count += 1;
        }
        Some(ClientPermit { client, held: self.held.clone() })
    }
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ClientPermit {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut held = self.held.lock();
        if let Some(count) = held.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                held.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_its_own_limit_and_nothing_is_kept_of_those_that_left() {
        let limiter = ClientLimiter::new(2);
        let (one, other) = ("192.0.2.1".parse().ok(), "192.0.2.2".parse().ok());
        let held = [limiter.acquire(one), limiter.acquire(one)];
        assert!(held.iter().all(Option::is_some) && limiter.acquire(one).is_none());
        assert!(limiter.acquire(other).is_some());
        assert!((0..9).all(|_| limiter.acquire(None).is_some()));
        drop(held);
        assert!(limiter.acquire(one).is_some() && limiter.held.lock().is_empty());
        assert!(ClientLimiter::new(0).acquire(one).is_none());
    }
}
