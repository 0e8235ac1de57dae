//! The catalogue as an aggregate: written whole as a new revision, read whole.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable,
    QueryOrder,
};
use waymark_entity::{
    alternative, area, catalog_revision, coverage, requirement, resource, resource_author, role, step, topic,
};
use waymark_planner::Catalog;

use super::rows::{Rows, to_draft};
use super::{Store, StoreError};

/// The most values that one statement binds: SQLite allows 32,766, PostgreSQL 65,535.
const MOST_BINDS: usize = 30_000;

/// A revision of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts up from 1.
    pub number: u64,
    /// When it was imported, to the microsecond.
    pub imported_at: DateTime<Utc>,
    /// The fingerprint of its content.
    pub digest: String,
    /// Where it came from.
    pub source: String,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The revision that the database holds now.
    pub revision: Revision,
    /// Whether the import made it; not where the catalogue was there already.
    pub is_new: bool,
}

impl Store {
    /// Puts a catalogue in the place of the one that is there, in one transaction, as a new revision. One with the digest of the
    /// current revision changes nothing.
    ///
    /// # Errors
    /// Where the database fails; it then holds what it held before.
    pub async fn import(&self, catalog: &Catalog, digest: &str, source: &str, now: DateTime<Utc>) -> Result<Import, StoreError> {
        let transaction = self.begin_write().await?;
        let imported = self.check(replace(&transaction, catalog, digest, source, now).await)?;
        self.check(transaction.commit().await)?;
        Ok(imported)
    }

    /// The revision that the database holds; `None` before the first import.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn current_revision(&self) -> Result<Option<Revision>, StoreError> {
        self.check(newest(&self.reader).await)
    }

    /// The catalogue that the database holds with its revision; `None` before the first import.
    ///
    /// # Errors
    /// Where the database fails, or holds no valid catalogue.
    pub async fn load(&self) -> Result<Option<(Revision, Catalog)>, StoreError> {
        let transaction = self.begin_read().await?;
        let Some(revision) = self.check(newest(&transaction).await)? else { return Ok(None) };
        let rows = self.check(read(&transaction).await)?;
        self.check(transaction.commit().await)?;
        let damaged = |reason: String| StoreError::Damaged { database: self.name().to_owned(), reason };
        let draft = to_draft(rows).map_err(damaged)?;
        let catalog = Catalog::new(draft).map_err(|problems| damaged(format!("{} problems in it", problems.len())))?;
        Ok(Some((revision, catalog)))
    }
}

async fn replace(
    transaction: &DatabaseTransaction,
    catalog: &Catalog,
    digest: &str,
    source: &str,
    now: DateTime<Utc>,
) -> Result<Import, DbErr> {
    if transaction.get_database_backend() == sea_orm::DbBackend::Postgres {
        // Two imports at once would take the same number; SQLite has one writer anyway.
        transaction.execute_unprepared("LOCK TABLE catalog_revisions IN EXCLUSIVE MODE").await?;
    }
    let current = newest(transaction).await?;
    if let Some(revision) = current.as_ref().filter(|revision| revision.digest == digest) {
        return Ok(Import { revision: revision.clone(), is_new: false });
    }
    write(transaction, Rows::new(catalog)).await?;
    let revision = Revision {
        number: current.map_or(1, |revision| revision.number + 1),
        imported_at: now.trunc_subsecs(6),
        digest: digest.to_owned(),
        source: source.to_owned(),
    };
    let row = catalog_revision::ActiveModel {
        number: Set(i64::try_from(revision.number).unwrap_or(i64::MAX)),
        imported_at: Set(revision.imported_at),
        digest: Set(revision.digest.clone()),
        source: Set(revision.source.clone()),
    };
    row.insert(transaction).await?;
    Ok(Import { revision, is_new: true })
}

async fn newest<C: ConnectionTrait>(connection: &C) -> Result<Option<Revision>, DbErr> {
    let row = catalog_revision::Entity::find().order_by_desc(catalog_revision::Column::Number).one(connection).await?;
    Ok(row.map(|row| Revision {
        number: u64::try_from(row.number).unwrap_or_default(),
        imported_at: row.imported_at,
        digest: row.digest,
        source: row.source,
    }))
}

async fn write(transaction: &DatabaseTransaction, rows: Rows) -> Result<(), DbErr> {
    // What belongs to these goes with them.
    resource::Entity::delete_many().exec(transaction).await?;
    role::Entity::delete_many().exec(transaction).await?;
    area::Entity::delete_many().exec(transaction).await?;
    insert::<area::Entity, _>(transaction, rows.areas).await?;
    insert::<topic::Entity, _>(transaction, rows.topics).await?;
    insert::<step::Entity, _>(transaction, rows.steps).await?;
    insert::<role::Entity, _>(transaction, rows.roles).await?;
    insert::<requirement::Entity, _>(transaction, rows.requirements).await?;
    insert::<alternative::Entity, _>(transaction, rows.alternatives).await?;
    insert::<resource::Entity, _>(transaction, rows.resources).await?;
    insert::<resource_author::Entity, _>(transaction, rows.authors).await?;
    insert::<coverage::Entity, _>(transaction, rows.coverages).await
}

async fn insert<E, M>(transaction: &DatabaseTransaction, rows: Vec<M>) -> Result<(), DbErr>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel> + Clone,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let columns = <E::Column as Iterable>::iter().count();
    for batch in rows.chunks(MOST_BINDS / columns) {
        let models = batch.iter().cloned().map(|row| row.into_active_model().reset_all());
        E::insert_many(models).exec_without_returning(transaction).await?;
    }
    Ok(())
}

async fn read(transaction: &DatabaseTransaction) -> Result<Rows, DbErr> {
    Ok(Rows {
        areas: area::Entity::find().order_by_asc(area::Column::Id).all(transaction).await?,
        topics: topic::Entity::find().order_by_asc(topic::Column::Id).all(transaction).await?,
        steps: step::Entity::find().order_by_asc(step::Column::Id).all(transaction).await?,
        roles: role::Entity::find().order_by_asc(role::Column::Id).all(transaction).await?,
        requirements: requirement::Entity::find().order_by_asc(requirement::Column::Id).all(transaction).await?,
        alternatives: alternative::Entity::find().all(transaction).await?,
        resources: resource::Entity::find().order_by_asc(resource::Column::Id).all(transaction).await?,
        authors: resource_author::Entity::find()
            .order_by_asc(resource_author::Column::ResourceId)
            .order_by_asc(resource_author::Column::Position)
            .all(transaction)
            .await?,
        coverages: coverage::Entity::find().all(transaction).await?,
    })
}
