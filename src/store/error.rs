//! What can go wrong with the database, in words for whoever runs the server.

use std::path::PathBuf;

use sea_orm::DbErr;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL is of no database that is supported.
    #[error("\"{0}\" is no database that Waymark can use: give a file, sqlite://FILE or postgres://USER@HOST/NAME")]
    UnknownUrl(String),
    /// The folder of the database's file can't be made.
    #[error("the folder {} of the database can't be made: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The database can't be opened.
    #[error("the database {database} can't be opened: {reason}")]
    Opening {
        /// Where it is.
        database: String,
        /// Why, and what to do.
        reason: String,
    },
    /// The database was made by a later version of the program.
    #[error("the database {database} was made by a newer version of Waymark (it has the change {migration}): use that version, or another database")]
    Newer {
        /// Where it is.
        database: String,
        /// The first change that this version does not know.
        migration: String,
    },
    /// What the database holds is no catalogue.
    #[error("the catalogue in the database {database} is damaged: {reason}; import it again")]
    Damaged {
        /// Where it is.
        database: String,
        /// What is wrong.
        reason: String,
    },
    /// A statement failed.
    #[error("the database {database} failed: {source}")]
    Failed {
        /// Where it is.
        database: String,
        /// What it said.
        #[source]
        source: DbErr,
    },
}

impl StoreError {
    /// A failure to open.
    pub(super) fn opening(database: &str, error: &DbErr) -> Self {
        Self::Opening { database: database.to_owned(), reason: reason(error) }
    }

    /// A failure after that; a file that is no database shows itself only when it is first used.
    pub(super) fn of(database: &str, error: DbErr) -> Self {
        let text = error.to_string();
        if ["file is not a database", "readonly database", "unable to open", "locked"].iter().any(|part| text.contains(part)) {
            return Self::opening(database, &error);
        }
        Self::Failed { database: database.to_owned(), source: error }
    }
}

/// Whether a statement failed because its table is not there.
pub(super) fn is_missing_table(error: &DbErr) -> bool {
    let text = error.to_string();
    text.contains("no such table") || text.contains("does not exist")
}

fn reason(error: &DbErr) -> String {
    let text = error.to_string();
    let known = [
        ("file is not a database", "the file is not a SQLite database: move it away, or name another one with --database"),
        ("readonly database", "it may not be written: check the rights of the file and of its folder"),
        ("unable to open", "the file can't be read or made: check its path and the rights of its folder"),
        ("locked", "another program holds it: end that program, or wait for it"),
        ("password authentication failed", "the server does not accept the user and the password"),
        ("Connection refused", "no server answers there: is it running, and are host and port right?"),
    ];
    known.iter().find(|(part, _)| text.contains(part)).map_or(text.clone(), |(_, advice)| (*advice).to_owned())
}
