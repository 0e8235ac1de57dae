//! How often clients may ask, on all servers together. Asking the database about each request would cost more than most answers: a server takes some
//! at once for those who ask much, and counts them down by itself. No client is given more than its quota, whichever servers it asks.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use tokio::sync::Mutex;

use super::Clock;
use crate::accounts::digest;
use crate::store::{Quota, Store};

/// The most clients that are remembered at once, and for how long after they have asked.
const CLIENTS: u64 = 100_000;
const REMEMBERED: Duration = Duration::from_mins(1);
/// Whoever has used up what was taken within so long asks much.
const SOON: TimeDelta = TimeDelta::seconds(1);
/// The most that is taken at once, as a part of what may be done at once: what one server holds the others can't give.
const PART: u32 = 8;

/// What this server has taken for its clients.
pub struct Leases {
    store: Store,
    quota: Quota,
    clock: Clock,
    held: Cache<IpAddr, Arc<Mutex<Lease>>>,
}

/// What was taken for a client.
#[derive(Default)]
struct Lease {
    left: u32,
    /// How much it was.
    size: u32,
    taken_at: DateTime<Utc>,
    /// There is nothing to be had before.
    refused_until: Option<DateTime<Utc>>,
}

impl Leases {
    /// Those of a store whose clients may ask so often.
    pub fn new(store: Store, quota: Quota, clock: Clock) -> Self {
        let held = Cache::builder().max_capacity(CLIENTS).time_to_idle(REMEMBERED).build();
        Self { store, quota, clock, held }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// In how many seconds the next one may be made. Where the database can't be asked, everybody is let through: they will hear from it.
    pub async fn count(&self, client: IpAddr) -> Result<(), u64> {
        let lease = self.held.get_with(client, Arc::default);
        let mut lease = lease.lock().await;
        let now = (self.clock)();
        if lease.left == 0 {
            self.renew(&mut lease, client, now).await?;
        }
        lease.left = lease.left.saturating_sub(1);
        Ok(())
    }

    async fn renew(&self, lease: &mut Lease, client: IpAddr, now: DateTime<Utc>) -> Result<(), u64> {
        if let Some(until) = lease.refused_until.filter(|until| *until > now) {
            return Err(seconds(until - now));
        }
        let name = digest(&format!("request {client}"));
        let most = (self.quota.at_once / PART).max(1);
        let is_soon = now - lease.taken_at < SOON;
        let size = if is_soon { (2 * lease.size).clamp(1, most) } else { 1 };
        for size in [size, 1] {
            match self.store.take(&name, self.quota, size, now).await {
                Ok(Ok(())) => {
                    *lease = Lease { left: size, size, taken_at: now, refused_until: None };
                    return Ok(());
                }
                Ok(Err(_)) if size > 1 => {}
                Ok(Err(millis)) => {
                    let wait = TimeDelta::milliseconds(millis.try_into().unwrap_or(i64::MAX));
                    lease.refused_until = Some(now + wait);
                    return Err(seconds(wait));
                }
                Err(error) => {
                    tracing::warn!(%error, "how often a client asks can't be counted");
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Whole ones, and at least one.
fn seconds(wait: TimeDelta) -> u64 {
    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1_000).max(1)
}
