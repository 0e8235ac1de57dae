//! The catalogue in the database: the content of its newest revision, and the log of all.

mod draft;
mod rows;
#[cfg(test)]
mod tests;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel, QueryOrder,
};
use tracing::{Instrument as _, debug_span};
use waymark_entity::revision;
use waymark_planner::Catalog;
use waymark_planner::draft::Draft;

use self::rows::Rows;
pub(super) use self::rows::insert;
use super::{SUBSECOND_DIGITS, Store, StoreError};

/// An import that changed the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counted from 1.
    pub number: i32,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// What its content was summed up to.
    pub digest: String,
    /// Where it came from.
    pub source: String,
}

/// The outcome of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The revision that the database holds now.
    pub revision: Revision,
    /// Whether this import made it; otherwise it held the same content before.
    pub is_new: bool,
}

impl Store {
    /// Replaces the catalogue by another, all of it or nothing, and appends a revision; does nothing where the digest is that of the
    /// newest revision. Imports at the same time take turns, and whoever reads meanwhile reads the old one.
    pub async fn import(
        &self,
        catalog: &Catalog,
        digest: &str,
        source: &str,
        now: DateTime<Utc>,
    ) -> Result<Import, StoreError> {
        let imported_at = now.trunc_subsecs(SUBSECOND_DIGITS);
        let next = Revision { number: 1, imported_at, digest: digest.to_owned(), source: source.to_owned() };
        let replaced = self.replace(catalog, next).instrument(debug_span!("database", statement = "import"));
        replaced.await.map_err(|error| self.explain(error))
    }

    /// The newest revision; `None` before the first import.
    pub async fn current_revision(&self) -> Result<Option<Revision>, StoreError> {
        newest(&self.reader).await.map_err(|error| self.explain(error))
    }

    /// The newest revision and its content, both of one moment; `None` before the first import.
    pub async fn load(&self) -> Result<Option<(Revision, Draft)>, StoreError> {
        let read = self.read().instrument(debug_span!("database", statement = "load"));
        let Some((revision, rows)) = read.await.map_err(|error| self.explain(error))? else {
            return Ok(None);
        };
        match draft::draft(rows) {
            Ok(draft) => Ok(Some((revision, draft))),
            Err(what) => Err(StoreError::Damaged { place: self.place.to_string(), what }),
        }
    }

    async fn replace(&self, catalog: &Catalog, mut next: Revision) -> Result<Import, DbErr> {
        let transaction = self.begin_write().await?;
        lock(&transaction).await?;
        if let Some(newest) = newest(&transaction).await? {
            if newest.digest == next.digest {
                return Ok(Import { revision: newest, is_new: false });
            }
            next.number = newest.number + 1;
        }
        Rows::delete(&transaction).await?;
        Rows::from(catalog).insert(&transaction).await?;
        let row = revision::Model::from(next.clone()).into_active_model();
        revision::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(Import { revision: next, is_new: true })
    }

    async fn read(&self) -> Result<Option<(Revision, Rows)>, DbErr> {
        let transaction = self.begin_read().await?;
        let Some(revision) = newest(&transaction).await? else { return Ok(None) };
        let rows = Rows::read(&transaction).await?;
        transaction.commit().await?;
        Ok(Some((revision, rows)))
    }
}

/// Keeps other imports away until the transaction ends. On SQLite it has done so since it began; on PostgreSQL a lock that shuts out its
/// own kind, and no reader, does.
async fn lock(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let sql = "LOCK TABLE catalog_revisions IN SHARE ROW EXCLUSIVE MODE";
        transaction.execute_unprepared(sql).await?;
    }
    Ok(())
}

async fn newest(db: &impl ConnectionTrait) -> Result<Option<Revision>, DbErr> {
    let row = revision::Entity::find().order_by_desc(revision::Column::Number).one(db).await?;
    Ok(row.map(Revision::from))
}

impl From<revision::Model> for Revision {
    fn from(row: revision::Model) -> Self {
        let revision::Model { number, imported_at, digest, source } = row;
        Self { number, imported_at, digest, source }
    }
}

impl From<Revision> for revision::Model {
    fn from(revision: Revision) -> Self {
        let Revision { number, imported_at, digest, source } = revision;
        Self { number, imported_at, digest, source }
    }
}
