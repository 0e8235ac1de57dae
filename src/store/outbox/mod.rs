//! What is told to all servers that share a database: rows of the outbox, written in the transactions that they tell of, and read past a cursor.
//!
//! Rows become visible in the order in which their transactions end, which is not that of their ids: a cursor that only remembers the last id that it
//! has seen would miss those that come late. On SQLite one transaction writes at a time, so there the two orders are one. PostgreSQL has the id of its
//! transaction in each row, and tells which transactions may still be under way (`pg_snapshot_xmin`): whatever is not visible yet has at least that
//! id, so each look goes back to where the one before could not be sure, and passes over what it has seen. Databases that speak PostgreSQL's protocol
//! without its transaction ids are looked at by time: each look goes back by more than a transaction may take to end after it has written its row,
//! which is the last thing that it does.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement, Value};
use tokio::sync::Notify;
use uuid::Uuid;

use super::place::Place;
use super::{Store, StoreError};

/// What PostgreSQL wakes servers by.
const CHANNEL: &str = "waymark";
/// How long what is told stays to be read. A server that was cut off for longer looks at everything anyway.
const KEPT_HOURS: u32 = 1;
/// How far a look by time goes back.
const WINDOW_SECONDS: u32 = 10;

/// Wakes whoever reads the outbox of this process when something was written by it. A clone is another handle to the same.
#[derive(Clone, Debug, Default)]
pub(super) struct News(Arc<Notify>);

impl News {
    pub(super) fn wake(&self) {
        self.0.notify_one();
    }
}

/// How a database's outbox is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Ids are in the order in which transactions end.
    Ids,
    /// Each row has the id of its transaction.
    Transactions,
    /// There is nothing to go by but the time.
    Time,
}

/// How far the outbox has been read.
#[derive(Debug)]
pub struct Cursor {
    order: Order,
    /// By [`Order::Ids`] the last id; by [`Order::Transactions`] the first transaction that may still have been under way.
    from: Option<String>,
    /// By [`Order::Transactions`] the last id that was given to a row, visible or not.
    last_given: i64,
    /// What has been told already, of that which the next look goes back over.
    seen: HashSet<i64>,
    /// Whether something may have been missed.
    is_lost: bool,
}

impl Cursor {
    /// Whether something may have been missed since this was last asked: the database was put back, or another has taken its place, and its rows or
    /// transactions are counted from less.
    pub fn was_lost(&mut self) -> bool {
        std::mem::take(&mut self.is_lost)
    }
}

/// What is new: whose, or none for the catalogue.
pub type Event = Option<Uuid>;

impl Store {
    /// A cursor that has told all that there is now.
    pub async fn cursor(&self) -> Result<Cursor, StoreError> {
        let order = self.order().await.map_err(|error| self.explain(error))?;
        let mut cursor = Cursor { order, from: None, last_given: 0, seen: HashSet::new(), is_lost: false };
        self.events(&mut cursor).await?;
        Ok(cursor)
    }

    /// What has been told since the last look. What can be told twice is told once.
    pub async fn events(&self, cursor: &mut Cursor) -> Result<Vec<Event>, StoreError> {
        let rows = match cursor.order {
            Order::Ids => self.by_ids(cursor).await,
            Order::Transactions => self.by_transactions(cursor).await,
            Order::Time => self.by_time().await,
        };
        let rows = rows.map_err(|error| self.explain(error))?;
        let new = rows.iter().filter(|(id, _)| !cursor.seen.contains(id)).map(|(_, learner)| *learner);
        let new = new.collect();
        cursor.seen = rows.into_iter().map(|(id, _)| id).collect();
        Ok(new)
    }

    /// Forgets what was told long ago, and what a clock that was ahead says is told later: it would stay until
    /// then.
    pub async fn prune_outbox(&self) -> Result<(), StoreError> {
        let sql = match self.writer.get_database_backend() {
            DbBackend::Postgres => format!(
                "DELETE FROM outbox WHERE told_at < clock_timestamp() - interval '{KEPT_HOURS} hours' \
                 OR told_at > clock_timestamp() + interval '{KEPT_HOURS} hours'"
            ),
            _ => format!(
                "DELETE FROM outbox WHERE told_at < datetime('now', '-{KEPT_HOURS} hours') \
                 OR told_at > datetime('now', '+{KEPT_HOURS} hours')"
            ),
        };
        self.writer.execute_unprepared(&sql).await.map(|_| ()).map_err(|error| self.explain(error))
    }

    /// Waits until this process has written something.
    pub async fn written(&self) {
        self.news.0.notified().await;
    }

    /// Wakes the servers that listen. It is sent beside the transactions, not in them: PostgreSQL has those that notify end one after the other, and one
    /// call for many says as much. Who misses it finds the same in the outbox at the next look.
    pub async fn wake_others(&self) -> Result<(), StoreError> {
        let woken = async {
            if self.order().await? == Order::Transactions {
                self.writer.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
            }
            Ok(())
        };
        woken.await.map_err(|error| self.explain(error))
    }

    /// A connection that hears when others have written; `None` where the database has nothing of the kind.
    pub async fn listen(&self) -> Result<Option<Listener>, StoreError> {
        let Place::Server(options) = &self.place else { return Ok(None) };
        if self.order().await.map_err(|error| self.explain(error))? != Order::Transactions {
            return Ok(None);
        }
        let unreachable = |error: sea_orm::sqlx::Error| StoreError::Unreachable {
            place: self.place.to_string(),
            reason: error.to_string(),
        };
        let options = (**options).clone().application_name("waymark listener");
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&pool).await.map_err(unreachable)?;
        listener.listen(CHANNEL).await.map_err(unreachable)?;
        Ok(Some(Listener(listener)))
    }

    /// What kind of database it is does not change.
    async fn order(&self) -> Result<Order, DbErr> {
        let find = async || -> Result<Order, DbErr> {
            Ok(match self.writer.get_database_backend() {
                DbBackend::Postgres if waymark_migration::has_transaction_ids(&self.writer).await? => {
                    Order::Transactions
                }
                DbBackend::Postgres => Order::Time,
                _ => Order::Ids,
            })
        };
        self.order.get_or_try_init(find).await.copied()
    }

    async fn by_ids(&self, cursor: &mut Cursor) -> Result<Vec<(i64, Event)>, DbErr> {
        let rows = match &cursor.from {
            Some(last) => {
                let last = Value::from(last.parse::<i64>().unwrap_or_default());
                let sql = "SELECT id, learner_id FROM outbox WHERE id > ? ORDER BY id";
                self.told(sql, [last]).await?.iter().map(event).collect::<Result<Vec<_>, _>>()?
            }
            // The sequence's last value, since the last row may have been pruned.
            None => Vec::new(),
        };
        let before = cursor.from.as_deref().and_then(|from| from.parse::<i64>().ok());
        let last = match (rows.last(), before) {
            (Some((id, _)), _) => *id,
            (None, None) => self.last_id().await?,
            // What was given since the rows were read is left for the next look.
            (None, Some(before)) => before.min(self.last_id().await?),
        };
        cursor.is_lost |= before.is_some_and(|before| last < before);
        cursor.from = Some(last.to_string());
        Ok(rows)
    }

    async fn last_id(&self) -> Result<i64, DbErr> {
        let sql = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'outbox'";
        let rows = self.told(sql, []).await?;
        rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))
    }

    async fn by_transactions(&self, cursor: &mut Cursor) -> Result<Vec<(i64, Event)>, DbErr> {
        // In one statement, so that the rows and the horizon are of one moment.
        let sql = "SELECT outbox.id, outbox.learner_id, horizon.xmin::text, COALESCE(horizon.given, 0) FROM \
                   (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin, \
                   pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')::regclass) AS given) AS horizon \
                   LEFT JOIN outbox ON outbox.xid >= COALESCE($1::text::xid8, horizon.xmin) ORDER BY outbox.id";
        let rows = self.told(sql, [Value::from(cursor.from.clone())]).await?;
        let from: Option<String> = rows.first().map(|row| row.try_get_by_index(2)).transpose()?;
        let number = |from: &Option<String>| from.as_deref().and_then(|from| from.parse::<u64>().ok());
        let given: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(3))?;
        // A database that was put back into the same server goes on counting transactions, but not rows.
        cursor.is_lost |= number(&from) < number(&cursor.from) || given < cursor.last_given;
        cursor.from = from;
        cursor.last_given = given;
        let is_told = |row: &&QueryResult| matches!(row.try_get_by_index::<Option<i64>>(0), Ok(Some(_)));
        rows.iter().filter(is_told).map(event).collect()
    }

    async fn by_time(&self) -> Result<Vec<(i64, Event)>, DbErr> {
        let sql = format!(
            "SELECT id, learner_id FROM outbox WHERE told_at > clock_timestamp() - interval '{WINDOW_SECONDS} seconds'"
        );
        self.told(&sql, []).await?.iter().map(event).collect()
    }

    async fn told<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Vec<QueryResult>, DbErr> {
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), sql, values);
        self.reader.query_all_raw(statement).await
    }
}

fn event(row: &QueryResult) -> Result<(i64, Event), DbErr> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

/// A connection that hears when others have written.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Waits until something was written, or until what was may have been missed, since the connection was lost and is there again: then it is false.
    ///
    /// # Errors
    /// Why it can't be had again at the moment.
    pub async fn heard(&mut self) -> Result<bool, String> {
        self.0.try_recv().await.map(|heard| heard.is_some()).map_err(|error| error.to_string())
    }
}
