//! The database: SQLite in a file, or PostgreSQL.
//!
//! Reads and writes go through pools of their own. SQLite lets one connection write at a time, so its
//! writer pool has exactly one: writers queue in memory. `connect.rs` sees to it that no connection
//! with an open transaction comes back to a pool, `write.rs` begins and commits all transactions,
//! and `health.rs` knows whether the database works.

mod act;
mod backup;
mod catalog;
mod connect;
mod copy;
#[cfg(test)]
mod durability;
mod error;
#[cfg(test)]
mod faults;
mod files;
mod health;
mod keys;
pub mod learners;
mod moved;
mod outbox;
mod page;
mod place;
mod rates;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod upgrades;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::sync::OnceCell;
use waymark_migration::{Migrator, MigratorTrait};

pub use act::{Act, Outcome, Request};
pub use backup::BackupError;
pub use catalog::{Import, NewRevision, Revision};
use connect::Commits;
pub use copy::{Copied, CopyError};
pub use error::StoreError;
use health::Health;
pub use health::Trouble;
pub use outbox::{Cursor, Event, Listener};
use outbox::{News, Order};
pub use page::KeyRange;
use place::Place;
pub use rates::{Claim, Exhausted, Quota};

/// The digits after the second that every instant in the database has at most: milliseconds.
const SUBSECOND_DIGITS: u16 = 3;

/// What PostgreSQL knows the migrations' lock by: "waymark" in ASCII.
const MIGRATION_LOCK: i64 = 0x77_61_79_6d_61_72_6b;

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    place: Place,
    statements: Arc<AtomicU64>,
    /// Grows when the database turns out to have been put back or replaced.
    epoch: Arc<AtomicU64>,
    /// How its outbox is read, once that is known.
    order: Arc<OnceCell<Order>>,
    news: News,
    health: Health,
    /// How many transactions SQLite has committed on the writer.
    commits: Commits,
    /// What is being done, where somebody has asked for it.
    act: Option<Arc<Act>>,
}

impl Store {
    /// Opens the database of a URL: `postgres://…`, `sqlite://path`, `sqlite:path`, or just the path of a SQLite file, which is created
    /// with its folder where it does not exist. Nothing is read or changed yet: see [`Store::migrate`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let place: Place = url.parse()?;
        let (epoch, commits) = (Arc::<AtomicU64>::default(), Commits::default());
        let (mut reader, mut writer) = connect::connect(&place, &epoch, &commits).await?;
        let statements = Arc::<AtomicU64>::default();
        for connection in [&mut reader, &mut writer] {
            count(connection, &statements);
        }
        let (order, news, health) = Default::default();
        Ok(Self { reader, writer, place, statements, epoch, order, news, health, commits, act: None })
    }

    /// The same store while something is done that a learner has asked for.
    #[must_use]
    pub fn during(&self, act: Arc<Act>) -> Self {
        Self { act: Some(act), ..self.clone() }
    }

    /// Opens a database as [`Store::open`] does, but creates no file: `None` where there is none.
    pub async fn open_existing(url: &str) -> Result<Option<Self>, StoreError> {
        match url.parse()? {
            Place::File(file) if !file.exists() => Ok(None),
            _ => Self::open(url).await.map(Some),
        }
    }

    /// Where the database is, without secrets.
    pub fn place(&self) -> String {
        self.place.to_string()
    }

    /// Whether other servers may use the same database.
    pub const fn is_shared(&self) -> bool {
        matches!(self.place, Place::Server(_))
    }

    /// Brings the tables up to this version, all of the way or not at all. Servers that start at the same time take turns.
    ///
    /// # Errors
    /// [`StoreError::Newer`] where a later version has been here: it is left as it is.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let unknown = self.apply_migrations().await.map_err(|error| self.explain(error))?;
        if unknown.is_empty() {
            return Ok(());
        }
        Err(StoreError::Newer { place: self.place.to_string(), changes: unknown.join(", ") })
    }

    /// The connections that are open: for each pool its name, and how many are in use and idle.
    pub fn connections(&self) -> Vec<(&'static str, u32, u32)> {
        let of = |name, connection: &DatabaseConnection| {
            let (size, idle) = if connection.get_database_backend() == DbBackend::Sqlite {
                let pool = connection.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            } else {
                let pool = connection.get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            };
            let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(size);
            (name, size - idle, idle)
        };
        vec![of("reader", &self.reader), of("writer", &self.writer)]
    }

    /// A number in the key of whatever is cached by names that a restore can give to something else.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Relaxed)
    }

    /// Begins a new epoch: the database was put back to an earlier state, or replaced by another.
    pub fn put_back(&self) {
        self.epoch.fetch_add(1, Ordering::Relaxed);
    }

    /// How many statements have been executed.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Waits for what is under way and closes all connections.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await.map_err(|error| self.explain(error))?;
        self.writer.close_by_ref().await.map_err(|error| self.explain(error))
    }

    /// Applies what is pending, unless there are changes that this version does not know: it answers those.
    async fn apply_migrations(&self) -> Result<Vec<String>, DbErr> {
        let transaction = self.begin_write().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let lock = [MIGRATION_LOCK.into()];
            let sql = "SELECT pg_advisory_xact_lock($1)";
            transaction.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, lock)).await?;
        }
        let known = Migrator::migrations();
        let mut unknown = Vec::new();
        for applied in Migrator::get_migration_models(&transaction).await? {
            if !known.iter().any(|known| known.name() == applied.version) {
                unknown.push(applied.version);
            }
        }
        if unknown.is_empty() {
            Migrator::up(&transaction, None).await?;
            self.commit(transaction).await?;
        }
        Ok(unknown)
    }

    fn explain(&self, error: DbErr) -> StoreError {
        let is_from_database = !matches!(error, DbErr::ConnectionAcquire(_));
        let error = StoreError::explain(&self.place, error);
        self.health.note(&error, is_from_database);
        if let Some(act) = &self.act {
            act.fails(&error);
        }
        error
    }
}

/// Has the statements of a connection counted.
fn count(connection: &mut DatabaseConnection, statements: &Arc<AtomicU64>) {
    let counted = statements.clone();
    connection.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
}
