//! A copy of the database that lags behind: reads may go to it, but not those of a learner who has written what it does not have yet.
//!
//! How far it is is not guessed from the time. A look notes the place in the log of the server that is written to (its LSN), and the moment before which
//! every transaction has ended there; when the copy has replayed up to that place, whatever was written before that moment is in it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::time::timeout;

use super::place::Place;
use super::{Store, StoreError, connect, count};

/// The most looks that are remembered: minutes of them. A copy that is further behind is not read.
const MOST_LOOKS: usize = 1_000;
/// How long the copy may take to say how far it is, and to give a connection. One that hangs is not read.
const PATIENCE: Duration = Duration::from_secs(1);
/// Nothing is known to be in the copy.
const NEVER: i64 = i64::MIN;

/// The moment before which all transactions that write have ended. Whoever has no id has not written yet.
const ENDED: &str = "SELECT LEAST(MIN(xact_start), statement_timestamp()) FROM pg_stat_activity \
                     WHERE datname = current_database() AND backend_xid IS NOT NULL";
/// A place in the log as a number.
const WRITTEN: &str = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint";
const REPLAYED: &str = "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint";

/// A copy of the database. A clone is another handle to the same.
#[derive(Clone, Debug)]
pub(super) struct Replica {
    pub(super) connection: DatabaseConnection,
    place: Place,
    /// Moments, in microseconds since 1970, with the places in the log.
    looks: Arc<Mutex<VecDeque<(i64, i64)>>>,
    /// What was written before is in it.
    holds_before: Arc<AtomicI64>,
}

impl Store {
    /// The same store, with a copy of it that may be read.
    ///
    /// # Errors
    /// Where either is no PostgreSQL.
    pub async fn with_replica(self, url: &str) -> Result<Self, StoreError> {
        let place: Place = url.parse()?;
        let (Place::Server(_), Place::Server(server)) = (&self.place, &place) else {
            let reason =
                "a copy to read from is one of PostgreSQL, beside a database on PostgreSQL".to_owned();
            return Err(StoreError::Url { reason });
        };
        // Where it is away, it is not read: that is no reason not to start.
        let mut connection = connect::lazy(&place, server, PATIENCE).await?;
        count(&mut connection, &self.statements);
        let (looks, holds_before) = (Arc::default(), Arc::new(AtomicI64::new(NEVER)));
        let replica = Some(Replica { connection, place, looks, holds_before });
        Ok(Self { replica, ..self })
    }

    /// Whether there is a copy.
    pub const fn has_replica(&self) -> bool {
        self.replica.is_some()
    }

    /// The store as somebody reads it who last wrote at some time: from the copy, where that is in it.
    #[must_use]
    pub fn read_by(&self, written_at: Option<DateTime<Utc>>) -> Self {
        let written_at = written_at.map_or(NEVER + 1, |at| at.timestamp_micros());
        let holds = |replica: &&Replica| replica.holds_before.load(Ordering::Relaxed) > written_at;
        match self.replica.as_ref().filter(holds) {
            Some(replica) => Self { reader: replica.connection.clone(), reads_copy: true, ..self.clone() },
            None => self.clone(),
        }
    }

    /// Looks how far the copy is. Where that can't be told, nothing is read from it until it can.
    ///
    /// # Errors
    /// Why it can't.
    pub async fn look_at_replica(&self) -> Result<(), StoreError> {
        let Some(replica) = &self.replica else { return Ok(()) };
        let holds_before = self.holds_before(replica).await;
        replica.holds_before.store(*holds_before.as_ref().unwrap_or(&NEVER), Ordering::Relaxed);
        holds_before.map(|_| ())
    }

    async fn holds_before(&self, replica: &Replica) -> Result<i64, StoreError> {
        let look = async {
            // In this order: whatever has ended by the one is in the log by the other.
            let ended: DateTime<Utc> = value(&self.writer, ENDED).await?;
            Ok((ended.timestamp_micros(), value::<i64>(&self.writer, WRITTEN).await?))
        };
        let look = look.await.map_err(|error| self.explain(error))?;
        let replayed = timeout(PATIENCE, value::<Option<i64>>(&replica.connection, REPLAYED)).await;
        let replayed = replayed.map_err(|_| replica.unreachable("it does not answer"))?;
        let replayed = replayed.map_err(|error| StoreError::explain(&replica.place, error))?;
        let mut looks = replica.looks.lock().unwrap_or_else(PoisonError::into_inner);
        looks.push_back(look);
        if looks.len() > MOST_LOOKS {
            looks.pop_front();
        }
        let Some(replayed) = replayed else {
            return Err(replica.unreachable("it is no copy: it replays no other server's log"));
        };
        let in_it = looks.iter().take_while(|(_, written)| *written <= replayed).count();
        // The last of them stays: nothing newer may come for long.
        looks.drain(..in_it.saturating_sub(1));
        Ok(looks.front().filter(|_| in_it > 0).map_or(NEVER, |(ended, _)| *ended))
    }
}

impl Replica {
    /// What a failure of it means. Where it is away nobody reads from it until a look has found it there again: each would wait for it in vain.
    pub(super) fn explain(&self, error: DbErr) -> StoreError {
        let error = StoreError::explain(&self.place, error);
        if matches!(error, StoreError::Unreachable { .. }) {
            self.holds_before.store(NEVER, Ordering::Relaxed);
        }
        error
    }

    fn unreachable(&self, reason: &str) -> StoreError {
        StoreError::Unreachable { place: self.place.to_string(), reason: reason.to_owned() }
    }
}

async fn value<T: sea_orm::TryGetable>(db: &DatabaseConnection, sql: &str) -> Result<T, DbErr> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?.try_get_by_index(0)
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnAcquireErr;

    use super::*;
    use crate::store::tests::store;

    /// A store with a copy that nobody has ever met, but which is said to have everything.
    async fn with_copy(url: &str) -> Store {
        let store = store(url).await;
        let place: Place = "postgres://localhost:1/waymark".parse().unwrap();
        let Place::Server(server) = &place else { panic!("a server") };
        let connection = connect::lazy(&place, server, PATIENCE).await.unwrap();
        let holds_before = Arc::new(AtomicI64::new(i64::MAX));
        Store { replica: Some(Replica { connection, place, looks: Arc::default(), holds_before }), ..store }
    }

    #[tokio::test]
    async fn a_copy_that_is_away_is_not_read_until_it_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = with_copy(&format!("sqlite://{}/waymark.db", folder.path().display())).await;
        let first = store.read_by(None);
        assert!(first.reads_copy);
        // What goes wrong by itself says nothing of the copy.
        let _ = first.explain(DbErr::RecordNotFound("nothing".into()));
        assert!(store.read_by(None).reads_copy);
        let error = first.explain(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        assert!(
            matches!(&error, StoreError::Unreachable { place, .. } if place.contains("localhost:1")),
            "{error}"
        );
        assert!(!store.read_by(None).reads_copy);
    }
}
