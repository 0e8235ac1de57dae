//! Everything from one database to another, whichever they are: all of it, compared row by row, or nothing.

#[cfg(test)]
mod tests;

use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use sea_orm::sea_query::{ColumnType, Expr, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, Iterable, ModelTrait, Order, PrimaryKeyToColumn as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use waymark_entity as entity;
use waymark_migration::{Migrator, MigratorTrait as _, applied};

use super::catalog::insert;
use super::{Store, StoreError};

/// How many rows are in memory at a time.
const PAGE: usize = 1_000;

/// All tables, each after those that its rows refer to. A new table is a line here.
const TABLES: [Table; 30] = [
    table::<entity::revision::Entity>(),
    table::<entity::alias::Entity>(),
    table::<entity::area::Entity>(),
    table::<entity::topic::Entity>(),
    table::<entity::topic_text::Entity>(),
    table::<entity::step::Entity>(),
    table::<entity::role::Entity>(),
    table::<entity::requirement::Entity>(),
    table::<entity::alternative::Entity>(),
    table::<entity::resource::Entity>(),
    table::<entity::author::Entity>(),
    table::<entity::witness::Entity>(),
    table::<entity::resource_topic::Entity>(),
    table::<entity::coverage::Entity>(),
    table::<entity::server_key::Entity>(),
    table::<entity::former_identity::Entity>(),
    table::<entity::learner::Entity>(),
    table::<entity::owner::Entity>(),
    table::<entity::credential::Entity>(),
    table::<entity::skill::Entity>(),
    table::<entity::rating::Entity>(),
    table::<entity::roadmap::Entity>(),
    table::<entity::roadmap_version::Entity>(),
    table::<entity::step_state::Entity>(),
    table::<entity::study::Entity>(),
    table::<entity::study_step::Entity>(),
    table::<entity::study_week::Entity>(),
    table::<entity::link::Entity>(),
    table::<entity::request::Entity>(),
    table::<entity::rate::Entity>(),
];

/// The one table that is not copied. Its rows tell servers that run on a database what has changed
/// there within the last hour, by that database's transaction ids. Servers that start on the copy
/// read all of it, and begin behind whatever its outbox holds.
#[cfg(test)]
const NOT_COPIED: [&str; 1] = ["outbox"];

/// A table, and how many rows of it were copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// How many.
    pub rows: u64,
}

/// Why nothing was copied. The other database is as it was, but for tables that are up to date.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum CopyError {
    /// The one to copy from is not of this version.
    #[error("{place} is of an earlier version. Bring it up to date first: waymark migrate --database FROM")]
    Behind { place: String },
    /// There is something in the one to copy to.
    #[error(
        "{place} is not empty: there are rows in {table}. Name an empty database, or a file that is not there yet"
    )]
    NotEmpty { place: String, table: String },
    /// A row is not what it was.
    #[error(
        "row {row} of {table}, in the order of its keys, is not in {to} as it is in {from}. Nothing was copied"
    )]
    Different { table: String, row: u64, from: String, to: String },
    /// A database failed.
    #[error("{table}: {error}")]
    Table { table: String, error: StoreError },
    /// A database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Copies everything to another database, which is brought up to date and has to be empty. What is copied is of one moment: what is written
    /// later to this one is not in the other.
    ///
    /// # Errors
    /// Where it can't be done, or a row has not arrived as it was: then nothing is copied.
    pub async fn copy_to(&self, other: &Self) -> Result<Vec<Copied>, CopyError> {
        self.require_current().await?;
        other.migrate().await?;
        let from = Side::new(self, self.begin_read().await.map_err(|error| self.explain(error))?);
        let to = Side::new(other, other.begin_write().await.map_err(|error| other.explain(error))?);
        for table in &TABLES {
            to.keep_to_itself(table).await?;
        }
        let mut copied = Vec::new();
        for table in &TABLES {
            copied.push(Copied { table: (table.name)(), rows: (table.copy)(&from, &to).await? });
        }
        for table in &TABLES {
            (table.compare)(&from, &to).await?;
        }
        other.commit(to.transaction).await.map_err(|error| other.explain(error))?;
        Ok(copied)
    }

    /// Nothing is changed in what is copied from, so it has to be of this version already.
    async fn require_current(&self) -> Result<(), CopyError> {
        let known: Vec<_> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
        let seen = applied(&self.reader).await.map_err(|error| self.explain(error))?;
        let newer: Vec<_> = seen.iter().filter(|change| !known.contains(change)).cloned().collect();
        if !newer.is_empty() {
            return Err(StoreError::Newer { place: self.place(), changes: newer.join(", ") }.into());
        }
        if seen.len() < known.len() {
            return Err(CopyError::Behind { place: self.place() });
        }
        Ok(())
    }
}

/// One of the two databases, in a transaction.
struct Side<'a> {
    store: &'a Store,
    transaction: DatabaseTransaction,
}

impl<'a> Side<'a> {
    const fn new(store: &'a Store, transaction: DatabaseTransaction) -> Self {
        Self { store, transaction }
    }

    /// Keeps others from writing to a table until the transaction ends. It has to be empty.
    async fn keep_to_itself(&self, table: &Table) -> Result<(), CopyError> {
        let name = (table.name)();
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let lock = format!("LOCK TABLE {name} IN EXCLUSIVE MODE");
            self.transaction.execute_unprepared(&lock).await.map_err(|error| self.of_table(&name, error))?;
        }
        if (table.is_empty)(self).await? {
            return Ok(());
        }
        Err(CopyError::NotEmpty { place: self.store.place(), table: name })
    }

    fn of_table(&self, table: &str, error: DbErr) -> CopyError {
        CopyError::Table { table: table.to_owned(), error: self.store.explain(error) }
    }
}

type Work<'a, T> = BoxFuture<'a, Result<T, CopyError>>;

/// What is done with a table, whatever its columns are.
struct Table {
    name: fn() -> String,
    is_empty: for<'a> fn(&'a Side<'_>) -> Work<'a, bool>,
    copy: for<'a> fn(&'a Side<'_>, &'a Side<'_>) -> Work<'a, u64>,
    compare: for<'a> fn(&'a Side<'_>, &'a Side<'_>) -> Work<'a, ()>,
}

const fn table<E>() -> Table
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + ModelTrait<Entity = E> + PartialEq + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    Table { name: name::<E>, is_empty: is_empty::<E>, copy: copy::<E>, compare: compare::<E> }
}

fn name<E: EntityTrait>() -> String {
    E::default().table_name().to_owned()
}

fn is_empty<'a, E: EntityTrait>(side: &'a Side<'_>) -> Work<'a, bool>
where
    E::Model: Send + Sync,
{
    Box::pin(async move {
        let found = E::find().limit(1).all(&side.transaction).await;
        Ok(found.map_err(|error| side.of_table(&name::<E>(), error))?.is_empty())
    })
}

fn copy<'a, E>(from: &'a Side<'_>, to: &'a Side<'_>) -> Work<'a, u64>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + ModelTrait<Entity = E> + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    Box::pin(async move {
        let mut pages = rows::<E>(from).await?.try_chunks(PAGE);
        let mut copied = 0;
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| error.1)?;
            copied += page.len() as u64;
            insert(&to.transaction, page).await.map_err(|error| to.of_table(&name::<E>(), error))?;
        }
        Ok(copied)
    })
}

fn compare<'a, E>(from: &'a Side<'_>, to: &'a Side<'_>) -> Work<'a, ()>
where
    E: EntityTrait,
    E::Model: PartialEq + Send + Sync,
{
    Box::pin(async move {
        let (mut here, mut there) = (rows::<E>(from).await?, rows::<E>(to).await?);
        for row in 1.. {
            let (one, other) = (here.try_next().await?, there.try_next().await?);
            if one.is_none() && other.is_none() {
                break;
            }
            if one != other {
                let (table, from, to) = (name::<E>(), from.store.place(), to.store.place());
                return Err(CopyError::Different { table, row, from, to });
            }
        }
        Ok(())
    })
}

/// All rows of a table, one after the other, in the order of their keys.
async fn rows<'a, E: EntityTrait>(
    side: &'a Side<'_>,
) -> Result<impl Stream<Item = Result<E::Model, CopyError>> + Unpin + Send + 'a, CopyError>
where
    E::Model: Send,
{
    let backend = side.transaction.get_database_backend();
    let ordered = E::PrimaryKey::iter().fold(E::find(), |select: Select<E>, key| {
        select.order_by(in_bytes(key.into_column(), backend), Order::Asc)
    });
    let found =
        ordered.stream(&side.transaction).await.map_err(|error| side.of_table(&name::<E>(), error))?;
    Ok(Box::pin(found.map_err(|error| side.of_table(&name::<E>(), error))))
}

/// A column to order by. Texts by their bytes, as SQLite has them, and not as PostgreSQL's language would.
pub(super) fn in_bytes<C: ColumnTrait>(column: C, backend: DbBackend) -> SimpleExpr {
    let is_text = matches!(column.def().get_column_type(), ColumnType::Text | ColumnType::String(_));
    if is_text && backend == DbBackend::Postgres {
        return Expr::cust(format!("\"{}\" COLLATE \"C\"", column.as_str()));
    }
    Expr::col(column)
}
