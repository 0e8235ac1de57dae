//! What learners think of resources.

use sea_orm::sea_query::{Expr, Func, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DeleteMany, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;
use waymark_entity::rating;

use super::super::{Store, StoreError};
use super::{CapReached, caps, is_any};

impl Store {
    /// Keeps what a learner thinks of a resource, in place of what it was before, be that under names that the resource had then.
    pub async fn rate(
        &self,
        rating: rating::Model,
        former: &[String],
    ) -> Result<Result<(), CapReached>, StoreError> {
        let replaces = OnConflict::columns([rating::Column::LearnerId, rating::Column::Resource])
            .update_columns([rating::Column::Stars, rating::Column::RatedAt])
            .to_owned();
        let kept = async {
            let learner = rating.learner_id;
            let write = self.begin_for(learner).await?;
            if !former.is_empty() {
                by(write.db(), learner, former).exec(write.db()).await?;
            }
            let insert = rating::Entity::insert(rating.into_active_model()).on_conflict(replaces);
            insert.exec_without_returning(write.db()).await?;
            if let Err(cap) = caps::admit_ratings(write.db(), learner).await? {
                return Ok(Err(cap));
            }
            write.commit().await.map(Ok)
        };
        kept.await.map_err(|error| self.explain(error))
    }

    /// Takes back what a learner thought of a resource, by all its names.
    pub async fn unrate(&self, learner: Uuid, names: &[String]) -> Result<(), StoreError> {
        let deleted = async {
            let write = self.begin_for(learner).await?;
            by(write.db(), learner, names).exec(write.db()).await?;
            write.commit().await
        };
        deleted.await.map_err(|error| self.explain(error))
    }

    /// What a learner thinks of some resources: the slug and the stars.
    pub async fn ratings_by(
        &self,
        learner: Uuid,
        resources: &[String],
    ) -> Result<Vec<(String, i32)>, StoreError> {
        let all = rating::Entity::find()
            .select_only()
            .columns([rating::Column::Resource, rating::Column::Stars])
            .filter(rating::Column::LearnerId.eq(learner))
            .filter(is_any(&self.reader, "resource", resources))
            .into_tuple()
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// What all learners think of some resources: the slug, the sum of the stars and how many rated it.
    pub async fn ratings_of(&self, resources: &[String]) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let sum = Expr::expr(Func::sum(Expr::col(rating::Column::Stars))).cast_as("bigint");
        let all = rating::Entity::find()
            .select_only()
            .column(rating::Column::Resource)
            .column_as(sum, "sum")
            .column_as(rating::Column::Stars.count(), "count")
            .filter(is_any(&self.reader, "resource", resources))
            .group_by(rating::Column::Resource)
            .into_tuple()
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }
}

/// The statement that deletes what a learner thinks of resources.
fn by(db: &impl ConnectionTrait, learner: Uuid, resources: &[String]) -> DeleteMany<rating::Entity> {
    rating::Entity::delete_many()
        .filter(rating::Column::LearnerId.eq(learner))
        .filter(is_any(db, "resource", resources))
}
