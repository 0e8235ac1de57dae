//! The connections of a place.

use std::future::Future;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _, Database};
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};

use super::error::is_locked;
use super::moved::Watched;
use super::place::Place;
use super::{StoreError, files};

/// How long to wait for a lock, for a free connection, and for a server to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How long a statement waits for the lock of another program, and a connection that is given back
/// may take to answer.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries of what does not wait by itself.
const PAUSE: Duration = Duration::from_millis(20);
const READERS: u32 = 4;
const SERVER_CONNECTIONS: u32 = 8;
/// A connection that was idle for longer is tried out before it is used: the server may have been restarted.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// How many transactions were committed on a SQLite writer, as SQLite itself tells. A clone is
/// another handle to the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Commits(Arc<AtomicU64>);

impl Commits {
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Opens the reader and the writer. The epoch grows when the file is replaced by another.
pub(super) async fn connect(
    place: &Place,
    epoch: &Arc<AtomicU64>,
    commits: &Commits,
) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    match place {
        Place::File(path) => {
            files::create(path)?;
            let opened = open_file(path, epoch, commits).await;
            let opened = opened.map_err(|error| StoreError::explain(place, error))?;
            files::restrict_all(path);
            Ok(opened)
        }
        Place::Server(options) => {
            let connection = open_server(place, options).await?;
            Ok((connection.clone(), connection))
        }
    }
}

/// Opens a file so that what was acknowledged is on the disk, whatever happens to the machine then:
/// each transaction waits for it (`FULL`).
///
/// The writer comes first: it turns the write-ahead log on, which stays with the file.
async fn open_file(
    path: &Path,
    epoch: &Arc<AtomicU64>,
    commits: &Commits,
) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let watched = Watched::new(path, epoch.clone());
    let file = path.to_owned();
    let mut options = quiet("sqlite:");
    close_moved(&mut options, watched.clone());
    options.max_connections(1).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&file)
            .create_if_missing(true)
            .busy_timeout(LOCK_PATIENCE)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
    });
    let commits = commits.clone();
    options.map_sqlx_sqlite_pool_opts(move |pool| counting(only_clean(pool), &commits));
    let writer = patiently(options).await?;

    let file = path.to_owned();
    let mut options = quiet("sqlite:");
    close_moved(&mut options, watched);
    options.max_connections(READERS).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite.filename(&file).busy_timeout(LOCK_PATIENCE).pragma("query_only", "ON")
    });
    options.map_sqlx_sqlite_pool_opts(only_clean);
    let reader = patiently(options).await?;
    Ok((reader, writer))
}

/// Has connections closed, instead of used again, that have a file which is not at the path any more.
fn close_moved(options: &mut ConnectOptions, watched: Watched) {
    options.map_sqlx_sqlite_before_acquire(move |_, connection| {
        let is_on_file = watched.is_on(connection.age);
        Box::pin(std::future::ready(Ok(is_on_file)))
    });
}

/// Closes each connection whose transaction has not ended, in place of giving it back to the pool.
///
/// SQLite rolls back by itself when its disk fails. The rollback of the driver fails then, and the
/// driver keeps counting a transaction that is gone: later ones would only release savepoints in
/// it, and would be reported as committed and lost.
fn only_clean<DB: Database>(pool: PoolOptions<DB>) -> PoolOptions<DB> {
    pool.after_release(|connection, _| {
        Box::pin(async move {
            // The rollback of a dropped transaction may still be queued: it is done when this answers.
            // Where nobody answers, the connection must not keep its place in the pool.
            let answered = tokio::time::timeout(LOCK_PATIENCE, connection.ping()).await;
            answered.map_err(|_| sqlx::Error::from(io::Error::from(io::ErrorKind::TimedOut)))??;
            Ok(!connection.is_in_transaction())
        })
    })
}

/// Has SQLite count what it commits.
fn counting(pool: SqlitePoolOptions, commits: &Commits) -> SqlitePoolOptions {
    let commits = commits.clone();
    pool.after_connect(move |connection, _| {
        let Commits(count) = commits.clone();
        Box::pin(async move {
            connection.lock_handle().await?.set_commit_hook(move || {
                count.fetch_add(1, Ordering::Relaxed);
                true
            });
            Ok(())
        })
    })
}

/// One connection to a SQLite file, apart from the pools of a store.
pub(super) async fn alone(options: SqliteConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut alone = quiet("sqlite:");
    alone.max_connections(1).map_sqlx_sqlite_opts(move |_| options.clone().busy_timeout(PATIENCE));
    SqlxSqliteConnector::connect(alone).await
}

/// While another starter turns the log on, SQLite reports the file locked at once instead of waiting: so the waiting is done here.
async fn patiently(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut waited = Duration::ZERO;
    loop {
        match SqlxSqliteConnector::connect(options.clone()).await {
            Err(error) if is_locked(&error) && waited < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            result => return result,
        }
    }
}

/// One pool for both: PostgreSQL has any number of writers.
async fn open_server(place: &Place, server: &PgConnectOptions) -> Result<DatabaseConnection, StoreError> {
    // The pool would repeat a refused connection until its time is up and then only say that: this one says why.
    within(PATIENCE, quiet_server(server).connect())
        .await
        .map_err(|reason| StoreError::Unreachable { place: place.to_string(), reason })?;
    open_pool(place, server).await
}

/// As [`quiet`], for connections outside a pool too.
pub(super) fn quiet_server(server: &PgConnectOptions) -> PgConnectOptions {
    server.clone().application_name("waymark").disable_statement_logging()
}

async fn open_pool(place: &Place, server: &PgConnectOptions) -> Result<DatabaseConnection, StoreError> {
    let server = quiet_server(server);
    // The options are logged when tracing is at its finest, so the password is handed over out of their sight.
    let mut options = quiet("postgres://");
    options
        .max_connections(SERVER_CONNECTIONS)
        .map_sqlx_postgres_pool_opts(only_clean)
        .test_before_acquire_if_idle_for(TRUSTED_FOR)
        .map_sqlx_postgres_opts(move |_| server.clone());
    SqlxPostgresConnector::connect(options).await.map_err(|error| StoreError::explain(place, error))
}

/// What both databases have in common: nothing that costs time with each statement.
fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE);
    options
}

async fn within<T, E: ToString>(
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).to_string()),
    }
}
