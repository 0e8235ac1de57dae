//! Transactions that write for good: what they do is told to all servers, and noted as what was asked for.

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

use super::Store;
use super::act::{Act, Outcome};
use super::outbox::News;

/// A transaction that writes. Where it is dropped, nothing has happened.
#[derive(Debug)]
pub(super) struct Write {
    transaction: DatabaseTransaction,
    /// Whose something changes; none where it is the catalogue.
    learner: Option<Uuid>,
    act: Option<Arc<Act>>,
    /// What comes of it, for whoever asks for it a second time.
    pub(super) outcome: Outcome,
    news: News,
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
        self.transaction.commit().await?;
        self.news.wake();
        Ok(())
    }
}

impl Store {
    /// A transaction that changes something of a learner's, and keeps other changes of the same learner's away until it ends.
    pub(super) async fn begin_for(&self, learner: Uuid) -> Result<Write, DbErr> {
        let write = self.begin_telling(Some(learner)).await?;
        self.lock(&write, learner).await?;
        Ok(write)
    }

    /// A transaction that changes the catalogue, or adds a learner.
    pub(super) async fn begin_telling(&self, learner: Option<Uuid>) -> Result<Write, DbErr> {
        let transaction = self.begin_write().await?;
        let (act, news) = (self.act.clone(), self.news.clone());
        Ok(Write { transaction, learner, act, outcome: Outcome::default(), news })
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
