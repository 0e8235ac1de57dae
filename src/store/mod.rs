//! The database: SeaORM and nothing above it.
//!
//! SQLite has one writer: it gets a pool of one connection, whose transactions begin immediate, and readers get a pool of their own.
//! PostgreSQL shares one pool.

mod catalog;
mod error;
mod rows;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use waymark_migration::Migrator;

pub use catalog::{Import, Revision};
pub use error::StoreError;

/// How long a connection waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that read at the same time.
const READERS: u32 = 8;
/// The key of the advisory lock that migrations hold on PostgreSQL: the letters `waymark`.
const MIGRATION_LOCK: i64 = 0x0077_6179_6d61_726b;

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    name: String,
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Store {
    /// Opens a database by URL: `sqlite://FILE`, `postgres://…`, or the path of a SQLite file, which is made where it is not there.
    ///
    /// # Errors
    /// Where it can't be opened, in words for whoever runs the server.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let name = without_password(url);
            let pool = connect(url.to_owned(), READERS).await.map_err(|error| StoreError::opening(&name, &error))?;
            return Ok(Self { name, reader: pool.clone(), writer: pool });
        }
        let file = sqlite_file(url).ok_or_else(|| StoreError::UnknownUrl(without_password(url)))?;
        let name = file.display().to_string();
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::Folder { path: folder.to_owned(), source: error })?;
        }
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let opening = |error| StoreError::opening(&name, &error);
        let writer = connect(url.clone(), 1).await.map_err(opening)?;
        // The writer makes the file and sets its journal; a reader could find neither.
        writer.execute_unprepared("PRAGMA user_version").await.map_err(|error| StoreError::opening(&name, &error))?;
        let reader = connect(url, READERS).await.map_err(|error| StoreError::opening(&name, &error))?;
        Ok(Self { name, reader, writer })
    }

    /// Opens a database as [`Store::open`] does, but makes no file: `None` where there is none.
    ///
    /// # Errors
    /// Where it is there and can't be opened.
    pub async fn open_existing(url: &str) -> Result<Option<Self>, StoreError> {
        let missing = sqlite_file(url).is_some_and(|file| !file.exists());
        if missing { Ok(None) } else { Self::open(url).await.map(Some) }
    }

    /// Brings the tables up to date. Any number of processes may do so at once.
    ///
    /// # Errors
    /// Where the database was made by a newer version, or can't be written.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.refuse_newer().await?;
        let transaction = self.begin_write().await?;
        if self.is_postgres() {
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            self.check(transaction.execute_unprepared(&lock).await)?;
        }
        self.check(Migrator::up(&transaction, None).await)?;
        self.check(transaction.commit().await)
    }

    /// Ends all connections.
    ///
    /// # Errors
    /// Where one does not end well.
    pub async fn close(self) -> Result<(), StoreError> {
        let Self { name, reader, writer } = self;
        let closed = reader.close().await.and(writer.close().await);
        closed.map_err(|error| StoreError::of(&name, error))
    }

    /// Where the database is, without secrets.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    /// Writes begin immediate on SQLite: a deferred one fails where another writer is faster, instead of waiting.
    async fn begin_write(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            isolation_level: None,
            access_mode: None,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        };
        self.check(self.writer.begin_with_options(options).await)
    }

    /// Reads of several tables see one state of them.
    async fn begin_read(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            isolation_level: self.is_postgres().then_some(IsolationLevel::RepeatableRead),
            access_mode: self.is_postgres().then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        };
        self.check(self.reader.begin_with_options(options).await)
    }

    /// A migration that this program does not know was made by a later one, which may have changed anything.
    async fn refuse_newer(&self) -> Result<(), StoreError> {
        let applied = match Migrator::get_migration_models(&self.writer).await {
            Ok(applied) => applied,
            // The table of migrations comes with the first.
            Err(error) if error::is_missing_table(&error) => return Ok(()),
            Err(error) => return Err(StoreError::of(&self.name, error)),
        };
        let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
        match applied.into_iter().find(|migration| !known.contains(&migration.version)) {
            Some(newer) => Err(StoreError::Newer { database: self.name.clone(), migration: newer.version }),
            None => Ok(()),
        }
    }

    fn check<T>(&self, result: Result<T, sea_orm::DbErr>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::of(&self.name, error))
    }
}

async fn connect(url: String, connections: u32) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        // All three are on by default, and cost time on each statement.
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(PATIENCE)
        });
    Database::connect(options).await
}

/// The file of `sqlite://FILE`, `sqlite:FILE` (both with or without a query) or of a plain path.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = match url.strip_prefix("sqlite:") {
        Some(rest) => rest.strip_prefix("//").unwrap_or(rest).split('?').next()?,
        None if url.contains("://") => return None,
        None => url,
    };
    (!path.is_empty() && !path.contains(":memory:")).then(|| Path::new(path).to_owned())
}

/// A URL as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        None => format!("{scheme}://{rest}"),
    }
}
