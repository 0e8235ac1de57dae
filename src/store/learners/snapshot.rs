//! Everything that is kept about a learner, as of one moment, read row by row.

use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction, DbErr, EntityTrait, Order, QueryFilter as _,
    QueryOrder as _, Select,
};
use uuid::Uuid;
use waymark_entity::{credential, learner, link, rating, roadmap, roadmap_version, skill, step_state, study};

use super::super::catalog::{self, Revision};
use super::super::copy::in_bytes;
use super::super::{Store, StoreError};
use super::only;

/// A read transaction over all rows of a learner. It ends when this is dropped.
///
/// Rows come in the order of their keys, the same on each database, and only a few are in memory at a time. The transaction takes a connection and
/// has the database keep old rows: whoever passes rows on to somebody slow has to end it in time.
#[derive(Debug)]
pub struct Snapshot {
    transaction: DatabaseTransaction,
    store: Store,
    /// The account.
    pub account: learner::Model,
}

impl Store {
    /// Begins to read all that is kept about a learner; `None` if there is no such account.
    pub async fn snapshot(&self, learner: Uuid) -> Result<Option<Snapshot>, StoreError> {
        let begun = async {
            let transaction = self.begin_read().await?;
            let account = only(learner::Entity::find_by_id(learner), &transaction).await?;
            Ok(account.map(|account| Snapshot { transaction, store: self.clone(), account }))
        };
        begun.await.map_err(|error| self.explain(error))
    }
}

/// Rows of a table.
type Rows<'a, M> = Result<BoxStream<'a, Result<M, StoreError>>, StoreError>;

impl Snapshot {
    /// Sessions or tokens.
    pub async fn credentials(&self, kind: &str) -> Rows<'_, credential::Model> {
        let rows = credential::Entity::find()
            .filter(credential::Column::LearnerId.eq(self.account.id))
            .filter(credential::Column::Kind.eq(kind));
        self.rows(rows, &[credential::Column::Id]).await
    }

    /// Recorded skills.
    pub async fn skills(&self) -> Rows<'_, skill::Model> {
        let rows = skill::Entity::find().filter(skill::Column::LearnerId.eq(self.account.id));
        self.rows(rows, &[skill::Column::Topic, skill::Column::Level]).await
    }

    /// Ratings of resources.
    pub async fn ratings(&self) -> Rows<'_, rating::Model> {
        let rows = rating::Entity::find().filter(rating::Column::LearnerId.eq(self.account.id));
        self.rows(rows, &[rating::Column::Resource]).await
    }

    /// The roadmap that was saved after another; the first one after none.
    pub async fn roadmap_after(&self, last: Option<Uuid>) -> Result<Option<roadmap::Model>, StoreError> {
        let mut rows = roadmap::Entity::find().filter(roadmap::Column::LearnerId.eq(self.account.id));
        if let Some(last) = last {
            rows = rows.filter(roadmap::Column::Id.gt(last));
        }
        self.rows(rows, &[roadmap::Column::Id]).await?.try_next().await
    }

    /// The versions of a roadmap.
    pub async fn versions(&self, roadmap: Uuid) -> Rows<'_, roadmap_version::Model> {
        let rows = roadmap_version::Entity::find()
            .filter(roadmap_version::Column::LearnerId.eq(self.account.id))
            .filter(roadmap_version::Column::RoadmapId.eq(roadmap));
        self.rows(rows, &[roadmap_version::Column::Number]).await
    }

    /// The steps of a roadmap that were begun.
    pub async fn states(&self, roadmap: Uuid) -> Rows<'_, step_state::Model> {
        let rows = step_state::Entity::find()
            .filter(step_state::Column::LearnerId.eq(self.account.id))
            .filter(step_state::Column::RoadmapId.eq(roadmap));
        self.rows(rows, &[step_state::Column::Topic, step_state::Column::Level]).await
    }

    /// The log of a roadmap, in the order in which it was written.
    pub async fn study(&self, roadmap: Uuid) -> Rows<'_, study::Model> {
        let rows = study::Entity::find()
            .filter(study::Column::LearnerId.eq(self.account.id))
            .filter(study::Column::RoadmapId.eq(roadmap));
        self.rows(rows, &[study::Column::Id]).await
    }

    /// The links to a roadmap.
    pub async fn links(&self, roadmap: Uuid) -> Rows<'_, link::Model> {
        let rows = link::Entity::find()
            .filter(link::Column::LearnerId.eq(self.account.id))
            .filter(link::Column::RoadmapId.eq(roadmap));
        self.rows(rows, &[link::Column::Kind]).await
    }

    /// The revisions of the catalogue that the learner made.
    pub async fn revisions(&self) -> Rows<'_, Revision> {
        let rows = catalog::revisions_by(&self.transaction, self.account.id).await;
        let rows = rows.map_err(|error| self.explain(error))?;
        Ok(rows.map_err(|error| self.explain(error)).boxed())
    }

    async fn rows<E: EntityTrait>(&self, select: Select<E>, keys: &[E::Column]) -> Rows<'_, E::Model>
    where
        E::Model: Send,
    {
        let backend = self.transaction.get_database_backend();
        let ordered =
            keys.iter().fold(select, |select, &key| select.order_by(in_bytes(key, backend), Order::Asc));
        let rows = ordered.stream(&self.transaction).await.map_err(|error| self.explain(error))?;
        Ok(rows.map_err(|error| self.explain(error)).boxed())
    }

    fn explain(&self, error: DbErr) -> StoreError {
        self.store.explain(error)
    }
}
