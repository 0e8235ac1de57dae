//! Transactions: how each of them begins and is committed. Those that change something for learners
//! or the catalogue are told to all servers, and noted under their idempotency key.

use std::sync::Arc;

use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
    Value,
};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Store;
use super::act::{Act, Outcome};

/// A transaction that may write from its first statement on. On SQLite one that turns from reading
/// to writing halfway would fail at once where it should wait.
pub(super) const WRITE: TransactionOptions = TransactionOptions {
    isolation_level: None,
    access_mode: None,
    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
};
/// A transaction that sees one state of the database. SQLite knows no other kind.
const READ: TransactionOptions = TransactionOptions {
    isolation_level: Some(IsolationLevel::RepeatableRead),
    access_mode: Some(AccessMode::ReadOnly),
    sqlite_transaction_mode: None,
};
const READ_SQLITE: TransactionOptions =
    TransactionOptions { isolation_level: None, access_mode: None, sqlite_transaction_mode: None };

/// A transaction that writes. Where it is dropped, nothing has happened.
#[derive(Debug)]
pub(super) struct Write {
    transaction: DatabaseTransaction,
    /// Whose something changes; none where it is the catalogue.
    learner: Option<Uuid>,
    act: Option<Arc<Act>>,
    /// What comes of it, for whoever asks for it a second time.
    pub(super) outcome: Outcome,
    store: Store,
}

impl Write {
    /// What statements are executed by.
    pub(super) const fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Has nobody know afterwards that it was asked for.
    pub(super) fn forget(&mut self) {
        self.act = None;
    }

    /// Makes it last, and tells of it.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        if let Some(act) = &self.act {
            act.keep(&self, &self.outcome).await?;
        }
        let backend = self.transaction.get_database_backend();
        // The database's clock: the age of what is told is looked at by servers whose own may differ.
        let sql = match backend {
            DbBackend::Postgres => "INSERT INTO outbox (learner_id, told_at) VALUES ($1, clock_timestamp())",
            _ => "INSERT INTO outbox (learner_id, told_at) VALUES (?, CURRENT_TIMESTAMP)",
        };
        let told = Statement::from_sql_and_values(backend, sql, [Value::from(self.learner)]);
        self.transaction.execute_raw(told).await?;
        if let Some(act) = &self.act {
            act.ends();
        }
        self.store.commit(self.transaction).await?;
        self.store.news.wake();
        Ok(())
    }
}

impl Store {
    /// Begins a transaction that sees one state of the database from its first statement to its last.
    pub(super) async fn begin_read(&self) -> Result<DatabaseTransaction, DbErr> {
        let is_sqlite = self.reader.get_database_backend() == DbBackend::Sqlite;
        begin(&self.reader, if is_sqlite { READ_SQLITE } else { READ }).await
    }

    /// Begins a transaction that may write from its first statement on. While the database is known
    /// to be locked or out of reach, nobody waits for it: [`Store::watch`] finds out when it is over.
    pub(super) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        tokio::select! {
            begun = begin(&self.writer, WRITE) => begun,
            () = self.health.is_hopeless() => {
                Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
            }
        }
    }

    /// Commits a transaction whose last statement has succeeded, and makes sure that it really is:
    /// a driver that has lost count of its transactions releases a savepoint in place of it. On
    /// PostgreSQL the statement before is the proof: a failed transaction refuses all statements.
    ///
    /// # Errors
    /// Where it is not committed, or nobody can tell.
    pub(super) async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), DbErr> {
        let (is_sqlite, before) =
            (transaction.get_database_backend() == DbBackend::Sqlite, self.commits.count());
        transaction.commit().await?;
        if is_sqlite && self.commits.count() == before {
            return Err(DbErr::Custom("a commit was reported that has not happened".to_owned()));
        }
        self.health.committed();
        Ok(())
    }

    /// A transaction that changes something of a learner's, and keeps other changes of the same learner's away until it ends.
    pub(super) async fn begin_for(&self, learner: Uuid) -> Result<Write, DbErr> {
        let write = self.begin_telling(Some(learner)).await?;
        self.lock(&write, learner).await?;
        Ok(write)
    }

    /// A transaction that changes the catalogue, or adds a learner.
    pub(super) async fn begin_telling(&self, learner: Option<Uuid>) -> Result<Write, DbErr> {
        let transaction = self.begin_write().await?;
        let act = self.act.clone();
        Ok(Write { transaction, learner, act, outcome: Outcome::default(), store: self.clone() })
    }

    /// Takes the learner's row first, so that changes on several rows of one learner never deadlock.
    /// On SQLite nobody else can write until the transaction ends.
    pub(super) async fn lock(&self, write: &Write, learner: Uuid) -> Result<(), DbErr> {
        if write.db().get_database_backend() == DbBackend::Postgres {
            let sql = "SELECT 1 FROM learners WHERE id = $1 FOR NO KEY UPDATE";
            let values = [Value::from(learner)];
            write.db().execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        }
        Ok(())
    }
}

/// Begins a transaction. Where the caller is dropped meanwhile, the transaction ends with it.
pub(super) async fn begin(
    connection: &DatabaseConnection,
    options: TransactionOptions,
) -> Result<DatabaseTransaction, DbErr> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        return connection.begin_with_options(options).await;
    }
    // The driver forgets a BEGIN that was sent and not waited for: the connection would come back to
    // the pool inside a transaction, and what is written on it next would not be committed.
    let connection = connection.clone();
    let begun = async move { connection.begin_with_options(options).await };
    let begun = tokio::spawn(begun.in_current_span()).await;
    begun.map_err(|error| DbErr::Custom(format!("the transaction did not begin: {error}")))?
}
