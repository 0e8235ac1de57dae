//! Servers that share a database tell each other what is new: by its outbox, which is looked at when somebody has written, and now and then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tracing::{error, info, warn};

use super::{CatalogError, Clock, Current, Notices, stored};
use crate::catalog::CatalogVersion;
use crate::store::{Cursor, Store, StoreError};

/// How long the server waits between two looks where nobody wakes it: what is new is seen within a second.
const PAUSE: Duration = Duration::from_millis(500);
/// Between two looks at least: what comes faster is seen together.
const REST: Duration = Duration::from_millis(20);
/// After so many pauses what was told long ago is forgotten.
const SWEEP_EVERY: u32 = 1_200;

/// What brings about a look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// This process has written something.
    Own,
    /// Others have.
    Others,
    /// It is time to.
    Time,
}

/// What was heard of others.
#[derive(Debug, Default)]
struct Heard {
    others: Notify,
    /// Whether the connection by which they are heard was lost: the database may have been put back, or another server may have taken its place.
    was_lost: AtomicBool,
}

impl Heard {
    fn of_others(&self, is_whole: bool) {
        if !is_whole {
            self.was_lost.store(true, Ordering::Relaxed);
        }
        self.others.notify_one();
    }
}

/// Who looks, for everybody in this process.
struct Follower {
    store: Store,
    current: Current,
    notices: Notices,
    clock: Clock,
    /// `None` before the first look, and where what was told may have been missed.
    cursor: Option<Cursor>,
    /// The newest revision as the database names it (number and digest), and what was loaded for it.
    /// Releases before the second form of digests wrote others, so the two can differ for good.
    loaded: Option<(i32, String, CatalogVersion)>,
    is_failing: bool,
    pauses: u32,
}

/// Puts each revision that appears in the database in the place of the current snapshot, and tells those who follow a learner when something of the
/// learner's has changed, whichever server has written it. Requests under way finish on their snapshot. Ends never: what fails is logged once, and
/// tried again; then anything may have changed, and all are told.
pub async fn follow(store: Store, current: Current, notices: Notices, clock: Clock) {
    let heard = Arc::new(Heard::default());
    // It ends with this.
    let mut listening = JoinSet::new();
    listening.spawn(listen(store.clone(), heard.clone()));
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut follower =
        Follower { store, current, notices, clock, cursor: None, loaded: None, is_failing: false, pauses: 0 };
    loop {
        let cause = tokio::select! {
            () = follower.store.written() => Cause::Own,
            () = heard.others.notified() => Cause::Others,
            _ = ticks.tick() => Cause::Time,
        };
        follower.heed(&heard);
        follower.look(cause).await;
        sleep(REST).await;
    }
}

impl Follower {
    /// Begins anew where others were not heard for a while: how far the outbox was read may mean nothing any more.
    fn heed(&mut self, heard: &Heard) {
        if heard.was_lost.swap(false, Ordering::Relaxed) {
            self.cursor = None;
        }
    }

    /// Looks, and says once where that fails.
    async fn look(&mut self, cause: Cause) {
        let store = self.store.clone();
        // A look that hangs would keep the server from following for long after the database is back.
        let looked = store.while_reachable(self.try_look(cause)).await;
        match looked.map_err(CatalogError::from).flatten() {
            Ok(()) => self.is_failing = false,
            Err(error) => {
                self.cursor = None;
                if !self.is_failing {
                    error!(%error, "what is new in the database can't be followed: the server answers on the catalogue that it has");
                }
                self.is_failing = true;
            }
        }
        if cause == Cause::Time {
            // What is left is swept up the next time.
            drop(store.while_reachable(self.sweep()).await);
        }
    }

    async fn try_look(&mut self, cause: Cause) -> Result<(), CatalogError> {
        if cause == Cause::Own {
            self.store.wake_others().await?;
            // Nobody here waits for it.
            if !self.notices.is_followed() {
                return Ok(());
            }
        }
        let is_catalog_new = self.tell().await?;
        if is_catalog_new || cause == Cause::Time {
            self.follow_catalog().await?;
        }
        Ok(())
    }

    /// Tells those who follow learners; whether the catalogue is told to be another.
    async fn tell(&mut self) -> Result<bool, StoreError> {
        let Some(cursor) = &mut self.cursor else {
            // In this order: what is written in between is seen by whoever looks after it was told to.
            self.cursor = Some(self.store.cursor().await?);
            self.notices.tell_all();
            return Ok(true);
        };
        let mut is_catalog_new = false;
        for event in self.store.events(cursor).await? {
            match event {
                Some(learner) => self.notices.tell(learner),
                None => is_catalog_new = true,
            }
        }
        if cursor.was_lost() {
            self.store.put_back();
            self.notices.tell_all();
            is_catalog_new = true;
        }
        Ok(is_catalog_new)
    }

    /// Puts what the database holds in the place of the current snapshot, where that is another. The
    /// content decides, not the number: the database may have been put back, or replaced by another.
    async fn follow_catalog(&mut self) -> Result<(), CatalogError> {
        let at_hand = self.current.pin();
        let version = at_hand.version();
        let Some(newest) = self.store.current_revision().await? else { return Ok(()) };
        let is_loaded = |(number, digest, loaded): &(i32, String, CatalogVersion)| {
            (*number, digest, *loaded) == (newest.number, &newest.digest, version)
        };
        if version.is(newest.number, &newest.digest) || self.loaded.as_ref().is_some_and(is_loaded) {
            return Ok(());
        }
        let Some(snapshot) = stored(&self.store).await? else { return Ok(()) };
        let found = snapshot.version();
        self.loaded = Some((newest.number, newest.digest, found));
        if found == version {
            return Ok(());
        }
        let is_later = found.revision > version.revision;
        // Where another has come meanwhile, the next look compares with that one.
        if self.current.replace(&at_hand, snapshot) {
            if !is_later {
                self.store.put_back();
            }
            let (revision, digest) = (found.revision, found.id.to_string());
            let said = if is_later {
                "the catalogue has a new revision"
            } else {
                "the database was put back or replaced: it holds another catalogue"
            };
            info!(revision, digest, previous_revision = version.revision, "{said}");
        }
        Ok(())
    }

    /// Now and then forgets what was told long ago.
    async fn sweep(&mut self) {
        self.pauses = (self.pauses + 1) % SWEEP_EVERY;
        if self.pauses != 0 || self.is_failing {
            return;
        }
        let now = (self.clock)();
        let former = self.store.prune_former(now).await;
        for swept in [self.store.prune_outbox().await, self.store.prune_rates(now).await, former] {
            if let Err(error) = swept {
                warn!(%error, "what was told long ago can't be forgotten");
            }
        }
    }
}

/// Hears when others have written, where the database says so. When the connection was lost, something may have been missed, so that is heard too.
async fn listen(store: Store, heard: Arc<Heard>) {
    let mut is_first = true;
    loop {
        match store.listen().await {
            Ok(None) => return,
            Ok(Some(mut listener)) => {
                heard.of_others(is_first);
                is_first = false;
                while let Ok(is_whole) = listener.heard().await {
                    heard.of_others(is_whole);
                }
            }
            // Whoever looks says what is wrong.
            Err(_) => {}
        }
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::catalog::{Snapshot, embedded};

    #[tokio::test]
    async fn everybody_is_told_to_look_where_others_were_not_heard_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/waymark.db", folder.path().display())).await.unwrap();
        store.migrate().await.unwrap();
        let current = Current::new(Snapshot::new(1, embedded().unwrap()));
        let notices = Notices::default();
        let clock: Clock = Arc::new(|| "2026-01-05T12:00:00Z".parse().unwrap());
        let mut ada = notices.follow(Uuid::from_u128(1));
        let mut follower = Follower {
            store,
            current,
            notices,
            clock,
            cursor: None,
            loaded: None,
            is_failing: false,
            pauses: 0,
        };
        let heard = Heard::default();
        let mut told = async |heard: &Heard| {
            follower.heed(heard);
            follower.look(Cause::Others).await;
            let is_told = ada.has_changed().unwrap();
            ada.mark_unchanged();
            is_told
        };
        assert!(told(&heard).await, "what came before the first look is not known");
        heard.of_others(true);
        assert!(!told(&heard).await, "nothing is told by others");
        heard.of_others(false);
        assert!(told(&heard).await);
        assert!(!told(&heard).await);
    }
}
