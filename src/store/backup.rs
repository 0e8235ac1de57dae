//! Copies of a SQLite database while it is in use. SQLite makes them itself, so a copy is of one moment, however much is written meanwhile.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement};

use super::files::create_private;
use super::place::Place;
use super::{Store, StoreError, connect};

/// Why there is no copy. Whatever had been written of it is gone again.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum BackupError {
    /// Something is there already.
    #[error("{file} is there already. Name another file, or move it away")]
    Exists { file: String },
    /// The file could not be made, written, or given its name.
    #[error(
        "the copy can't be written to {file}: {reason}. Look whether its folder is there, may be written to and has room"
    )]
    File { file: String, reason: io::Error },
    /// There is no room for the copy.
    #[error(
        "the copy can't be written to {file}: its disk is full. Make room there, or name a file on another disk"
    )]
    Full { file: String },
    /// What was written is not what it should be.
    #[error(
        "the copy in {file} was not whole, and has been removed: {what}. Check the disk, and the database itself"
    )]
    NotWhole { file: String, what: String },
    /// PostgreSQL has a program for it.
    #[error(
        "{place} is copied by PostgreSQL's own program: pg_dump --format=custom --file={file} \"$WAYMARK_DATABASE\" (and pg_restore brings it back)"
    )]
    Server { place: String, file: String },
    /// The database itself fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Writes a copy of the database to a file that is not there yet, and checks it. The file has its name once it is whole and on the disk.
    ///
    /// # Errors
    /// Where it can't be done: no file is left then.
    pub async fn backup(&self, file: &Path) -> Result<(), BackupError> {
        let Place::File(database) = &self.place else {
            return Err(BackupError::Server { place: self.place(), file: file.display().to_string() });
        };
        if file.exists() {
            return Err(exists(file));
        }
        let partial = Partial::new(file)?;
        copy(database, &partial.path).await.map_err(|error| self.of_copy(file, error))?;
        let found = check(&partial.path).await.map_err(|error| self.of_copy(file, error))?;
        if found != "ok" {
            return Err(BackupError::NotWhole { file: file.display().to_string(), what: found });
        }
        partial.keep_as(file)
    }

    /// Of what fails for want of room or by the disk it is the copy's that is meant.
    fn of_copy(&self, file: &Path, error: DbErr) -> BackupError {
        let file = file.display().to_string();
        match self.explain(error) {
            StoreError::Full { .. } => BackupError::Full { file },
            StoreError::Disk { what, .. } => BackupError::File { file, reason: io::Error::other(what) },
            error => BackupError::Store(error),
        }
    }
}

/// On a connection of its own, as those that read may not write anything, a copy neither.
async fn copy(database: &Path, to: &Path) -> Result<(), DbErr> {
    let source = connect::alone(SqliteConnectOptions::new().filename(database)).await?;
    let values = [to.display().to_string().into()];
    let copied = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", values);
    let copied = source.execute_raw(copied).await.map(|_| ());
    source.close().await?;
    copied
}

/// What SQLite finds wrong with a file; `ok` where that is nothing.
async fn check(file: &Path) -> Result<String, DbErr> {
    // Nobody else has it: so it is read without a lock, and no files come to lie beside it.
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let copy = connect::alone(options).await?;
    let found = first_text(&copy, "PRAGMA integrity_check(1)").await;
    copy.close().await?;
    found
}

async fn first_text(db: &DatabaseConnection, sql: &str) -> Result<String, DbErr> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.try_get_by_index(0))
}

/// A copy that is being made, beside where it will be. It goes where it is not kept.
struct Partial {
    path: PathBuf,
}

impl Partial {
    /// An empty file, for its owner alone: there are addresses and secrets in a database. What was left by a copy that was broken off goes.
    fn new(file: &Path) -> Result<Self, BackupError> {
        let mut path = file.as_os_str().to_owned();
        path.push(".partial");
        let path = PathBuf::from(path);
        let created = match std::fs::remove_file(&path) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(reason),
            _ => create_private(&path),
        };
        created.map(|_| Self { path }).map_err(|reason| failed(file, reason))
    }

    /// Gives it its name, as soon as all of it is on the disk. Where something has got there first, that stays.
    fn keep_as(self, file: &Path) -> Result<(), BackupError> {
        let kept = File::open(&self.path).and_then(|copy| copy.sync_all()).and_then(|()| {
            name(&self.path, file)?;
            sync_folder(file)
        });
        kept.map_err(|reason| match reason.kind() {
            io::ErrorKind::AlreadyExists => exists(file),
            _ => failed(file, reason),
        })
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Where it can't be removed now, the next copy does.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Gives a file a name that nothing has yet.
fn name(partial: &Path, file: &Path) -> io::Result<()> {
    // Unlike moving it, a second name replaces nothing; but not every file system has them.
    std::fs::hard_link(partial, file)
        .or_else(|reason| if file.exists() { Err(reason) } else { std::fs::rename(partial, file) })
}

/// So that the name is on the disk too.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) { File::open(folder.unwrap_or(Path::new(".")))?.sync_all() } else { Ok(()) }
}

fn exists(file: &Path) -> BackupError {
    BackupError::Exists { file: file.display().to_string() }
}

fn failed(file: &Path, reason: io::Error) -> BackupError {
    BackupError::File { file: file.display().to_string(), reason }
}
