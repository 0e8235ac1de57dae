//! Whether the database does what it is asked to, for `/ready`, the metrics and the log.
//!
//! Failures are noted where they are explained ([`Store::explain`]). Whether they are over is found
//! out by a probe of its own, so that an idle server recovers too: a real write each second while
//! something is wrong, and one every half minute otherwise, so that a full disk is known before
//! somebody loses time to it. PostgreSQL is also asked for a sign of life twice a second, on a
//! connection outside the pool: a busy pool says nothing about the database.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{Connection as _, Executor as _};
use sea_orm::{ConnectionTrait as _, DbErr};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tracing::{error, info};

use super::connect::quiet_server;
use super::place::Place;
use super::write::{WRITE, begin};
use super::{Store, StoreError};

/// The time between two looks.
const EVERY: Duration = Duration::from_millis(400);
/// How long PostgreSQL may take to give a sign of life.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long PostgreSQL may be away before it counts as unreachable. A restart may be shorter.
const GRACE: Duration = Duration::from_secs(1);
/// The time between two writes of the probe while something is wrong.
const RETRY_EVERY: Duration = Duration::from_secs(1);
/// The time between two writes of the probe while nothing is known to be wrong.
const WRITE_EVERY: Duration = Duration::from_secs(30);

/// A write that the next sweep of `rates` removes. It changes a page each time.
const PROBE: &str = "INSERT INTO rates (name, free_at) VALUES ('probe', 1) \
                     ON CONFLICT (name) DO UPDATE SET free_at = rates.free_at + 1";

/// A reason why the database cannot be used for a while. Its `Display` is for everybody: it tells
/// nothing of where the database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server of the database does not answer.
    Unreachable,
    /// Another program holds the lock for writing.
    Locked,
    /// There is no room.
    Full,
    /// The system cannot read or write the file.
    Disk,
    /// The database may not be written.
    ReadOnly,
    /// The file does not hold what was written.
    Damaged,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "the database cannot be reached",
            Self::Locked => "another program keeps the database locked",
            Self::Full => "the disk of the database is full",
            Self::Disk => "the disk of the database cannot be read or written",
            Self::ReadOnly => "the database may not be written",
            Self::Damaged => "the database is damaged",
        })
    }
}

/// What is known of a database's failures. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Health {
    trouble: watch::Sender<Option<Trouble>>,
    /// How many failures there were, by kind.
    errors: Arc<Mutex<BTreeMap<&'static str, u64>>>,
    /// How many of them were of the disk.
    of_disk: Arc<AtomicU64>,
    /// How many transactions that write have been committed.
    commits: Arc<AtomicU64>,
    /// Whether somebody finds out when it is over.
    is_watched: Arc<AtomicBool>,
}

impl Health {
    /// Notes a failure, and what it shows of the database as a whole. That PostgreSQL is unreachable
    /// is for the probe to say: one connection that breaks does not show it. That no connection was to
    /// be had shows nothing: others may be slow, or what is wrong may be known already.
    pub(super) fn note(&self, error: &StoreError, is_from_database: bool) {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        *errors.entry(error.kind()).or_default() += 1;
        drop(errors);
        match error.trouble().filter(|_| is_from_database) {
            None | Some(Trouble::Unreachable) => {}
            Some(trouble) => {
                if trouble != Trouble::Locked {
                    self.of_disk.fetch_add(1, Ordering::Relaxed);
                }
                self.begin(trouble, error);
            }
        }
    }

    /// Notes that a transaction was committed.
    pub(super) fn committed(&self) {
        self.commits.fetch_add(1, Ordering::Relaxed);
    }

    /// What is wrong.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        *self.trouble.borrow()
    }

    /// Waits until there is no use in waiting for the database, as long as somebody watches it.
    pub(super) async fn is_hopeless(&self) {
        if !self.is_watched.load(Ordering::Relaxed) {
            return std::future::pending().await;
        }
        self.is_any(&[Trouble::Locked, Trouble::Unreachable]).await;
    }

    async fn is_any(&self, reasons: &[Trouble]) {
        let is_any = |trouble: &Option<Trouble>| trouble.is_some_and(|trouble| reasons.contains(&trouble));
        // The sender is in this handle, so there is always something to wait for.
        let _ = self.trouble.subscribe().wait_for(is_any).await;
    }

    fn begin(&self, trouble: Trouble, error: &StoreError) {
        let before = self.trouble.send_replace(Some(trouble));
        if before.is_none() {
            error!(%error, "the database fails: changes are refused until it works again");
        }
    }

    fn end(&self) {
        if self.trouble.send_replace(None).is_some() {
            info!("the database works again");
        }
    }
}

impl Store {
    /// What is wrong with the database, as far as it is known.
    pub fn trouble(&self) -> Option<Trouble> {
        self.health.trouble()
    }

    /// Waits until the database cannot be reached.
    pub async fn unreachable(&self) {
        self.health.is_any(&[Trouble::Unreachable]).await;
    }

    /// Waits for what needs the database, as long as that can be reached.
    ///
    /// # Errors
    /// Where it cannot, whether what was waited for would have come to its end or not.
    pub async fn while_reachable<T>(&self, work: impl Future<Output = T>) -> Result<T, StoreError> {
        tokio::select! {
            done = work => Ok(done),
            () = self.unreachable() => Err(self.is_unreachable()),
        }
    }

    /// The failure of whatever waits for a database that cannot be reached.
    fn is_unreachable(&self) -> StoreError {
        StoreError::Unreachable { place: self.place(), reason: "it does not answer".to_owned() }
    }

    /// How many failures there were, by kind.
    pub fn errors(&self) -> Vec<(&'static str, u64)> {
        let errors = self.health.errors.lock().unwrap_or_else(PoisonError::into_inner);
        errors.iter().map(|(kind, count)| (*kind, *count)).collect()
    }

    /// Finds out whether the database works, again and again. Never ends.
    pub async fn watch(&self) {
        self.health.is_watched.store(true, Ordering::Relaxed);
        let mut probe = Probe::new();
        loop {
            probe.look(self).await;
            sleep(EVERY).await;
        }
    }

    /// Writes something in a transaction, as any change does.
    async fn write_probe(&self) -> Result<(), StoreError> {
        let written = async {
            // Not refused for what is known to be wrong: this is how it is known to be over.
            let transaction = begin(&self.writer, WRITE).await?;
            transaction.execute_unprepared(PROBE).await?;
            self.commit(transaction).await
        };
        written.await.map_err(|error| self.explain(error))
    }
}

/// What looks after a database.
struct Probe {
    /// To PostgreSQL alone.
    connection: Option<PgConnection>,
    /// Since when PostgreSQL gives no sign of life.
    silent_since: Option<Instant>,
    wrote_at: Instant,
    /// How many commits, and how many failures of the disk, there were at that time.
    commits: u64,
    of_disk: u64,
}

impl Probe {
    fn new() -> Self {
        Self { connection: None, silent_since: None, wrote_at: Instant::now(), commits: 0, of_disk: 0 }
    }

    async fn look(&mut self, store: &Store) {
        if let Place::Server(server) = &store.place {
            let began = Instant::now();
            if let Err(reason) = self.reach(server).await {
                self.connection = None;
                if self.silent_since.get_or_insert(began).elapsed() >= GRACE {
                    let error = StoreError::Unreachable { place: store.place(), reason };
                    store.health.begin(Trouble::Unreachable, &error);
                }
                return;
            }
            self.silent_since = None;
        }
        if self.is_due(store) {
            self.write(store).await;
        }
    }

    /// Asks PostgreSQL for a sign of life.
    async fn reach(&mut self, server: &PgConnectOptions) -> Result<(), String> {
        let reached = async {
            let connection = match &mut self.connection {
                Some(connection) => connection,
                none => none.insert(PgConnection::connect_with(&quiet_server(server)).await?),
            };
            connection.ping().await
        };
        match timeout(PATIENCE, reached).await {
            Ok(reached) => reached.map_err(|error| error.to_string()),
            Err(_) => Err("it does not answer".to_owned()),
        }
    }

    /// Whether a write would tell anything new.
    fn is_due(&mut self, store: &Store) -> bool {
        let commits = store.health.commits.load(Ordering::Relaxed);
        if store.trouble().is_some() {
            return self.wrote_at.elapsed() >= RETRY_EVERY;
        }
        if commits != self.commits {
            (self.wrote_at, self.commits) = (Instant::now(), commits);
        }
        self.wrote_at.elapsed() >= WRITE_EVERY
    }

    /// Writes. Where the disk failed others meanwhile, one small write that succeeds shows nothing.
    async fn write(&mut self, store: &Store) {
        let written = match self.connection.as_mut() {
            // The pool may be taken by those who wait for what was paused.
            Some(connection) => match timeout(PATIENCE, connection.execute(PROBE)).await {
                Ok(written) => written.map(|_| ()).map_err(|error| store.explain(of_probe(error))),
                Err(_) => return self.connection = None,
            },
            None => store.write_probe().await,
        };
        let (health, before) = (&store.health, self.of_disk);
        (self.wrote_at, self.of_disk) = (Instant::now(), health.of_disk.load(Ordering::Relaxed));
        if written.is_ok() && self.of_disk == before {
            health.end();
        }
    }
}

fn of_probe(error: sea_orm::sqlx::Error) -> DbErr {
    DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error.into()))
}

#[cfg(test)]
mod tests;
