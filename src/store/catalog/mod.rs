//! The catalogue in the database: the content of its newest revision, and the log of all.

mod draft;
mod rows;
#[cfg(test)]
mod tests;

use chrono::{DateTime, SubsecRound, Utc};
use futures_util::{Stream, TryStreamExt as _};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter as _, QueryOrder, QuerySelect as _, Select, SelectGetableTuple, Selector,
};
use tracing::{Instrument as _, debug_span};
use uuid::Uuid;
use waymark_entity::revision;
use waymark_planner::Catalog;
use waymark_planner::draft::Draft;

use self::rows::Rows;
pub(super) use self::rows::insert;
use super::{SUBSECOND_DIGITS, Store, StoreError};

/// The newest revisions of which is kept what was in them.
pub(super) const KEPT_CONTENTS: i32 = 1_000;

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
    /// The learner who made it, if one did. The account may be gone.
    pub author: Option<Uuid>,
    /// What its author says about it.
    pub message: Option<String>,
}

/// What is to be the next revision.
#[derive(Clone, Debug)]
pub struct NewRevision<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// What it is summed up to.
    pub digest: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// The learner who makes it, if one does.
    pub author: Option<Uuid>,
    /// What its author says about it.
    pub message: Option<&'a str>,
    /// The catalogue as it is kept for later, packed.
    pub content: Vec<u8>,
    /// The revision that it is to follow; any if not given.
    pub expected: Option<i32>,
}

/// The outcome of an import, with the revision that the database holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// This import made it.
    New(Revision),
    /// It held the same content before.
    Same(Revision),
    /// It is not the one that was to be followed: nothing was done.
    Conflict(Revision),
}

impl Import {
    /// The revision that the database holds now.
    pub fn revision(&self) -> &Revision {
        match self {
            Self::New(revision) | Self::Same(revision) | Self::Conflict(revision) => revision,
        }
    }

    /// Whether this import made it.
    pub fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }
}

impl Store {
    /// Replaces the catalogue by another, all of it or nothing, and appends a revision; does nothing where the digest is that of the
    /// newest revision, or that is not the one expected. Imports at the same time take turns, and whoever reads meanwhile reads the old one.
    pub async fn import(&self, new: NewRevision<'_>, now: DateTime<Utc>) -> Result<Import, StoreError> {
        let replaced = self.replace(new, now).instrument(debug_span!("database", statement = "import"));
        replaced.await.map_err(|error| self.explain(error))
    }

    /// The revisions of numbers from one to another, newest first.
    pub async fn revisions(&self, from: i32, to: i32) -> Result<Vec<Revision>, StoreError> {
        let numbered = revision::Entity::find()
            .filter(revision::Column::Number.between(from, to))
            .order_by_desc(revision::Column::Number);
        let rows = without_content(numbered).all(&self.reader).await.map_err(|error| self.explain(error))?;
        Ok(rows.into_iter().map(Revision::from).collect())
    }

    /// What was in a revision, packed as it was imported; nothing where it was not kept, or there is no such revision.
    pub async fn revision_content(&self, number: i32) -> Result<Option<Vec<u8>>, StoreError> {
        let content = revision::Entity::find_by_id(number)
            .select_only()
            .column(revision::Column::Content)
            .into_tuple::<Option<Vec<u8>>>()
            .one(&self.reader)
            .await;
        Ok(content.map_err(|error| self.explain(error))?.flatten())
    }

    /// Keeps what is in a revision that an earlier release has made without keeping it.
    pub async fn keep_content(&self, number: i32, content: Vec<u8>) -> Result<(), StoreError> {
        let kept = revision::Entity::update_many()
            .col_expr(revision::Column::Content, content.into())
            .filter(revision::Column::Number.eq(number))
            .filter(revision::Column::Content.is_null())
            .exec(&self.writer)
            .await;
        kept.map(|_| ()).map_err(|error| self.explain(error))
    }

    /// Whether a catalogue of this digest has come from a source before.
    pub async fn has_come(&self, source: &str, digest: &str) -> Result<bool, StoreError> {
        let same = revision::Entity::find()
            .filter(revision::Column::Source.eq(source))
            .filter(revision::Column::Digest.eq(digest));
        let found = without_content(same.limit(1)).one(&self.reader).await;
        Ok(found.map_err(|error| self.explain(error))?.is_some())
    }

    /// The newest revision that nobody has signed: what was last brought by files or by the program, and not made of it by curators.
    pub async fn newest_unsigned(&self) -> Result<Option<Revision>, StoreError> {
        let unsigned = revision::Entity::find()
            .filter(revision::Column::AuthorId.is_null())
            .order_by_desc(revision::Column::Number);
        let found = without_content(unsigned.limit(1)).one(&self.reader).await;
        Ok(found.map_err(|error| self.explain(error))?.map(Revision::from))
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

    async fn replace(&self, new: NewRevision<'_>, now: DateTime<Utc>) -> Result<Import, DbErr> {
        let mut write = self.begin_telling(None).await?;
        lock(write.db()).await?;
        let newest = newest(write.db()).await?;
        let number = newest.as_ref().map_or(1, |newest| newest.number + 1);
        if let Some(newest) = newest {
            if new.expected.is_some_and(|expected| expected != newest.number) {
                return Ok(Import::Conflict(newest));
            }
            if newest.digest == new.digest {
                return Ok(Import::Same(newest));
            }
        }
        Rows::delete(write.db()).await?;
        Rows::from(new.catalog).insert(write.db()).await?;
        let row = revision::Model {
            number,
            imported_at: now.trunc_subsecs(SUBSECOND_DIGITS),
            digest: new.digest.to_owned(),
            source: new.source.to_owned(),
            author_id: new.author,
            message: new.message.map(str::to_owned),
            content: Some(new.content),
        };
        let revision = Revision::from(&row);
        revision::Entity::insert(row.into_active_model()).exec_without_returning(write.db()).await?;
        forget_content(write.db(), number - KEPT_CONTENTS).await?;
        write.outcome.revision = Some(number);
        write.commit().await?;
        Ok(Import::New(revision))
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

/// Deletes what was in the revisions up to a number; that they were made stays.
async fn forget_content(db: &impl ConnectionTrait, last: i32) -> Result<(), DbErr> {
    let forgotten = revision::Entity::update_many()
        .col_expr(revision::Column::Content, Expr::value(None::<Vec<u8>>))
        .filter(revision::Column::Number.lte(last))
        .filter(revision::Column::Content.is_not_null());
    forgotten.exec(db).await.map(|_| ())
}

async fn newest(db: &impl ConnectionTrait) -> Result<Option<Revision>, DbErr> {
    let newest = revision::Entity::find().order_by_desc(revision::Column::Number);
    Ok(without_content(newest).one(db).await?.map(Revision::from))
}

/// The revisions that somebody has made, oldest first.
pub(super) async fn revisions_by(
    db: &DatabaseTransaction,
    author: Uuid,
) -> Result<impl Stream<Item = Result<Revision, DbErr>> + Send, DbErr> {
    let by_author = revision::Entity::find()
        .filter(revision::Column::AuthorId.eq(author))
        .order_by_asc(revision::Column::Number);
    Ok(without_content(by_author).stream(db).await?.map_ok(Revision::from))
}

/// A row but for its content.
type Row = (i32, DateTime<Utc>, String, String, Option<Uuid>, Option<String>);

/// Revisions without what was in them, which is large.
fn without_content(select: Select<revision::Entity>) -> Selector<SelectGetableTuple<Row>> {
    let columns = [
        revision::Column::Number,
        revision::Column::ImportedAt,
        revision::Column::Digest,
        revision::Column::Source,
        revision::Column::AuthorId,
        revision::Column::Message,
    ];
    select.select_only().columns(columns).into_tuple()
}

impl From<Row> for Revision {
    fn from((number, imported_at, digest, source, author, message): Row) -> Self {
        Self { number, imported_at, digest, source, author, message }
    }
}

impl From<&revision::Model> for Revision {
    fn from(row: &revision::Model) -> Self {
        let row = row.clone();
        let revision::Model { number, imported_at, digest, source, author_id, message, content: _ } = row;
        Self { number, imported_at, digest, source, author: author_id, message }
    }
}
