//! Where the database is, as the URL says it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use super::StoreError;

/// A file or a server. Its `Display` is for messages: it never shows a password.
#[derive(Clone)]
pub(super) enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, and how to sign in.
    Server(Box<PgConnectOptions>),
}

impl FromStr for Place {
    type Err = StoreError;

    fn from_str(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
        match scheme {
            "sqlite" => sqlite_file(url, rest),
            "postgres" | "postgresql" => server(url),
            // The URL may hold a password: no more of it than the scheme.
            _ if rest.starts_with("//") => {
                Err(bad(format!("`{scheme}://` is none of `sqlite://`, `postgres://` and `postgresql://`")))
            }
            _ => file(Path::new(url)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "the database file {}", path.display()),
            Self::Server(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                let (host, port) = (options.get_host(), options.get_port());
                write!(f, "the database {database} on {host}:{port} (user {})", options.get_username())
            }
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn sqlite_file(url: &str, rest: &str) -> Result<Place, StoreError> {
    if let Some((_, parameters)) = rest.split_once('?')
        && !matches!(parameters, "mode=rwc" | "mode=rw")
    {
        return Err(bad(format!("`?{parameters}` is not supported after the path: only `?mode=rwc` is")));
    }
    if rest.trim_start_matches('/').starts_with(":memory:") {
        return file(Path::new(":memory:"));
    }
    let options: SqliteConnectOptions = url.parse().map_err(|error| bad(format!("{error}")))?;
    file(options.get_filename())
}

fn file(path: &Path) -> Result<Place, StoreError> {
    match path.to_str() {
        Some("") => Err(bad("it is empty: name a file or a PostgreSQL server".into())),
        // Each connection would have a database of its own, and lose it when it closes.
        Some(":memory:") => Err(bad("a database in memory is not supported: name a file".into())),
        _ => Ok(Place::File(path.to_owned())),
    }
}

fn server(url: &str) -> Result<Place, StoreError> {
    let options = url
        .parse()
        .map_err(|error| bad(format!("{error} (its form is postgres://user:password@host:port/database)")))?;
    Ok(Place::Server(Box::new(options)))
}

fn bad(reason: String) -> StoreError {
    StoreError::Url { reason }
}
