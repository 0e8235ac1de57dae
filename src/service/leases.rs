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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const OTHER: IpAddr = IpAddr::V6(std::net::Ipv6Addr::LOCALHOST);

    /// Two servers on one database, and their time in milliseconds.
    async fn servers(folder: &tempfile::TempDir, quota: Quota) -> ([Leases; 2], Arc<AtomicI64>) {
        let url = folder.path().join("waymark.db").display().to_string();
        let millis = Arc::new(AtomicI64::new(1_767_614_400_000));
        let server = async || {
            let store = Store::open(&url).await.unwrap();
            store.migrate().await.unwrap();
            let millis = millis.clone();
            let clock = move || DateTime::from_timestamp_millis(millis.load(Ordering::Relaxed)).unwrap();
            Leases::new(store, quota, Arc::new(clock))
        };
        ([server().await, server().await], millis)
    }

    /// How many of so many requests are let through, sent to one server after the other.
    async fn admitted(servers: &[Leases; 2], client: IpAddr, requests: usize) -> u32 {
        let mut admitted = 0;
        for request in 0..requests {
            admitted += u32::from(servers[request % 2].count(client).await.is_ok());
        }
        admitted
    }

    #[tokio::test]
    async fn servers_together_let_no_more_through_than_one_would() {
        let folder = tempfile::tempdir().unwrap();
        let (servers, millis) = servers(&folder, Quota { at_once: 32, period: 100_000 }).await;
        // What one has taken and not used the other can't give: an eighth at most.
        let at_once = admitted(&servers, CLIENT, 100).await;
        assert!((28..=32).contains(&at_once), "{at_once}");
        assert!(servers[0].count(CLIENT).await.is_err_and(|seconds| seconds == 1));
        assert_eq!(admitted(&servers, OTHER, 4).await, 4, "others are not held to it");
        // Ten a second from then on.
        let mut later = 0;
        for _ in 0..100 {
            millis.fetch_add(100, Ordering::Relaxed);
            later += admitted(&servers, CLIENT, 4).await;
        }
        assert!((95..=104).contains(&later), "{later}");
    }

    #[tokio::test]
    async fn who_asks_seldom_is_let_through_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let (servers, millis) = servers(&folder, Quota { at_once: 4, period: 1_000_000 }).await;
        for _ in 0..50 {
            assert_eq!(admitted(&servers, CLIENT, 1).await, 1);
            millis.fetch_add(1_000, Ordering::Relaxed);
        }
    }

    #[tokio::test]
    async fn who_asks_much_costs_few_statements() {
        let folder = tempfile::tempdir().unwrap();
        let (servers, _) = servers(&folder, Quota { at_once: 800, period: 1_000 }).await;
        let before = servers[0].store.statements();
        for _ in 0..700 {
            servers[0].count(CLIENT).await.unwrap();
        }
        let statements = servers[0].store.statements() - before;
        assert!(statements < 20, "{statements}");
    }
}
