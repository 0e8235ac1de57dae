//! What can go wrong with the database, in words for the person who runs the server. Users of the API never see them.

use std::io;

use sea_orm::sqlx;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

use super::health::Trouble;
use super::place::Place;

// https://sqlite.org/rescode.html
const SQLITE_BUSY: u32 = 5;
const SQLITE_LOCKED: u32 = 6;
const SQLITE_READONLY: u32 = 8;
const SQLITE_IOERR: u32 = 10;
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_CANTOPEN: u32 = 14;
const SQLITE_NOTADB: u32 = 26;
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const PG_READ_ONLY: &str = "25006";
const PG_DISK_FULL: &str = "53100";
const PG_IO_ERROR: &str = "58030";
/// Serialisation failure, and deadlock.
const CONTENDED: [&str; 2] = ["40001", "40P01"];

/// Why the database did not do what it was asked to. A message is whole by itself, and none
/// holds a password.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum StoreError {
    /// The URL names no database.
    #[error("the database URL cannot be used: {reason}")]
    Url { reason: String },
    /// The folder of the database file could not be created.
    #[error(
        "the folder {folder} for the database file cannot be created: {reason}. Create it, or name another file"
    )]
    Folder { folder: String, reason: io::Error },
    /// The file is there and cannot be opened, or could not be created.
    #[error(
        "{place} cannot be opened. Check that it is a file, and that the server may read and write it and its folder"
    )]
    Unreadable { place: String },
    /// The file may be read but not changed.
    #[error("{place} is read-only. Let the server write it and its folder, or name another file")]
    ReadOnly { place: String },
    /// There is no room for more.
    #[error(
        "{place} can't grow: its disk is full. Make room there; the change that it was for has not happened, and can be made again"
    )]
    Full { place: String },
    /// The system could not read or write the file.
    #[error(
        "{place} can't be read or written: {what}. Look whether its disk is full or broken; the change that it was for has not happened"
    )]
    Disk { place: String, what: String },
    /// The file is something else.
    #[error(
        "{place} is not a SQLite database. Name another file, or move it away to begin with an empty database"
    )]
    NotADatabase { place: String },
    /// The database does not hold what Waymark wrote.
    #[error(
        "{place} is damaged: {what}. Restore it from a backup, or move it away and import the catalogue again"
    )]
    Damaged { place: String, what: String },
    /// A lock was not to be had in time.
    #[error("{place} is locked. Stop the program that has it open, or try again when it is done")]
    Locked { place: String },
    /// Others changed the same at the same time, and the database chose to end this one's transaction. It may be tried again.
    #[error("{place} has ended a transaction for the sake of others: {reason}. Try again")]
    Contended { place: String, reason: String },
    /// A request of that name was made before.
    #[error("that was done before, by a request of the same name")]
    Repeated,
    /// The server cannot be reached, or does not let us in.
    #[error(
        "{place} cannot be reached: {reason}. Check that the server runs, and the URL's host, port, user and password"
    )]
    Unreachable { place: String, reason: String },
    /// A later version of Waymark has changed the tables.
    #[error(
        "{place} was made by a newer version of Waymark: it has the changes {changes}. Run that version, or name another database"
    )]
    Newer { place: String, changes: String },
    /// The store was closed, as the server does when it stops.
    #[error("{place} has been closed")]
    Closed { place: String },
    /// Anything else.
    #[error("{place} reports a failure: {error}")]
    Failed { place: String, error: DbErr },
}

impl StoreError {
    /// What a failure at a place means.
    pub(super) fn explain(place: &Place, error: DbErr) -> Self {
        let known = match &error {
            DbErr::ConnectionAcquire(reason) => Some(Self::of_pool(place, *reason)),
            DbErr::RecordNotInserted => Some(Self::Repeated),
            _ => driver_error(&error).and_then(|error| Self::of_driver(place.to_string(), error)),
        };
        known.unwrap_or_else(|| Self::Failed { place: place.to_string(), error })
    }

    /// The kind of failure, as the metrics name it.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Url { .. } => "url",
            Self::Folder { .. } | Self::Unreadable { .. } => "unreadable",
            Self::ReadOnly { .. } => "read only",
            Self::Full { .. } => "full",
            Self::Disk { .. } => "disk",
            Self::NotADatabase { .. } | Self::Damaged { .. } => "damaged",
            Self::Locked { .. } => "locked",
            Self::Contended { .. } => "contended",
            Self::Repeated => "repeated",
            Self::Unreachable { .. } => "unreachable",
            Self::Newer { .. } => "newer",
            Self::Closed { .. } => "closed",
            Self::Failed { .. } => "other",
        }
    }

    /// What is wrong with the database as a whole, where it is more than one statement's failure.
    pub const fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Unreachable { .. } => Some(Trouble::Unreachable),
            Self::Locked { .. } => Some(Trouble::Locked),
            Self::Full { .. } => Some(Trouble::Full),
            Self::Disk { .. } | Self::Unreadable { .. } => Some(Trouble::Disk),
            Self::ReadOnly { .. } => Some(Trouble::ReadOnly),
            Self::NotADatabase { .. } | Self::Damaged { .. } => Some(Trouble::Damaged),
            _ => None,
        }
    }

    fn of_pool(place: &Place, reason: ConnAcquireErr) -> Self {
        let name = place.to_string();
        match (reason, place) {
            (ConnAcquireErr::ConnectionClosed, _) => Self::Closed { place: name },
            (ConnAcquireErr::Timeout, Place::File(_)) => Self::Locked { place: name },
            (ConnAcquireErr::Timeout, Place::Server(_)) => {
                Self::Unreachable { place: name, reason: "no connection was to be had in time".into() }
            }
        }
    }

    fn of_driver(place: String, error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Io(reason) => Some(Self::Unreachable { place, reason: reason.to_string() }),
            sqlx::Error::Tls(reason) => Some(Self::Unreachable { place, reason: reason.to_string() }),
            sqlx::Error::Database(database) => match database.try_downcast_ref::<SqliteError>() {
                Some(sqlite) => Self::of_sqlite(place, sqlite),
                None => Self::of_postgres(place, &**database),
            },
            _ => None,
        }
    }

    fn of_sqlite(place: String, error: &SqliteError) -> Option<Self> {
        Some(match sqlite_code(error) {
            SQLITE_BUSY | SQLITE_LOCKED => Self::Locked { place },
            SQLITE_READONLY => Self::ReadOnly { place },
            SQLITE_FULL => Self::Full { place },
            SQLITE_IOERR => Self::Disk { place, what: error.message().to_owned() },
            SQLITE_CORRUPT => Self::Damaged { place, what: error.message().to_owned() },
            SQLITE_CANTOPEN => Self::Unreadable { place },
            SQLITE_NOTADB => Self::NotADatabase { place },
            _ => return None,
        })
    }

    fn of_postgres(place: String, error: &dyn DatabaseError) -> Option<Self> {
        let what = error.message().to_owned();
        match &*error.code()? {
            code if CONTENDED.contains(&code) => Some(Self::Contended { place, reason: what }),
            code if is_unreachable(code) => Some(Self::Unreachable { place, reason: what }),
            PG_READ_ONLY => Some(Self::ReadOnly { place }),
            PG_DISK_FULL => Some(Self::Full { place }),
            PG_IO_ERROR => Some(Self::Disk { place, what }),
            _ => None,
        }
    }
}

/// Whether another connection holds a lock on the SQLite file.
pub(super) fn is_locked(error: &DbErr) -> bool {
    let Some(sqlx::Error::Database(database)) = driver_error(error) else { return false };
    let sqlite = database.try_downcast_ref::<SqliteError>();
    sqlite.is_some_and(|sqlite| matches!(sqlite_code(sqlite), SQLITE_BUSY | SQLITE_LOCKED))
}

/// The primary result code, of which the extended ones are variations.
fn sqlite_code(error: &SqliteError) -> u32 {
    error.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default() & 0xff
}

fn driver_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// PostgreSQL's codes for: connection failures, sign-in refused, no such database, too many connections, server going down or not yet up.
fn is_unreachable(code: &str) -> bool {
    ["08", "28", "3D"].iter().any(|class| code.starts_with(class))
        || ["53300", "57P01", "57P02", "57P03"].contains(&code)
}
