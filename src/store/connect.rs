//! The connections of a place.

use std::future::Future;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};

use super::error::is_locked;
use super::moved::Watched;
use super::place::Place;
use super::{StoreError, files};

/// How long to wait for a lock, for a free connection, and for a server to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries of what does not wait by itself.
const PAUSE: Duration = Duration::from_millis(20);
const READERS: u32 = 4;
const SERVER_CONNECTIONS: u32 = 8;
/// A connection that was idle for longer is tried out before it is used: the server may have been restarted.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Opens the reader and the writer. The epoch grows when the file is replaced by another.
pub(super) async fn connect(
    place: &Place,
    epoch: &Arc<AtomicU64>,
) -> Result<(DatabaseConnection, DatabaseConnection), StoreError> {
    match place {
        Place::File(path) => {
            files::create(path)?;
            let opened = open_file(path, epoch).await.map_err(|error| StoreError::explain(place, error))?;
            files::restrict_all(path);
            Ok(opened)
        }
        Place::Server(options) => {
            let connection = open_server(place, options).await?;
            Ok((connection.clone(), connection))
        }
    }
}

/// What was answered as done is on the disk, whatever the machine goes through then: each transaction waits for it (`FULL`).
///
/// The writer first: it creates the file and turns the write-ahead log on, which stays with the file.
async fn open_file(
    path: &Path,
    epoch: &Arc<AtomicU64>,
) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let watched = Watched::new(path, epoch.clone());
    let file = path.to_owned();
    let mut options = quiet("sqlite:");
    close_moved(&mut options, watched.clone());
    options.max_connections(1).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&file)
            .create_if_missing(true)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
    });
    let writer = patiently(options).await?;

    let file = path.to_owned();
    let mut options = quiet("sqlite:");
    close_moved(&mut options, watched);
    options.max_connections(READERS).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite.filename(&file).busy_timeout(PATIENCE).pragma("query_only", "ON")
    });
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

fn quiet_server(server: &PgConnectOptions) -> PgConnectOptions {
    server.clone().application_name("waymark").disable_statement_logging()
}

async fn open_pool(place: &Place, server: &PgConnectOptions) -> Result<DatabaseConnection, StoreError> {
    let server = quiet_server(server);
    // The options are logged when tracing is at its finest, so the password is handed over out of their sight.
    let mut options = quiet("postgres://");
    options
        .max_connections(SERVER_CONNECTIONS)
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
