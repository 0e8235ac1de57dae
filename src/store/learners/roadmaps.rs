//! The roadmaps that learners keep.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;
use waymark_entity::{roadmap, roadmap_version};

use super::super::{Store, StoreError};
use super::progress::{self, Progress};
use super::{RoadmapKey, instant, links, only};

/// A version that takes the place of the current one, with all that goes with it.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The roadmap as it was read: where it has changed since, the version is not added.
    pub read: roadmap::Model,
    /// What the roadmap is called from now on.
    pub title: String,
    /// What the roadmap's wishes are from now on.
    pub wishes: String,
    /// The version; its number follows that of the current one.
    pub version: roadmap_version::Model,
    /// What the learner has done.
    pub done: Progress,
}

impl Store {
    /// Adds a roadmap with its first version; `false` where its learner has so many already.
    pub async fn add_roadmap(
        &self,
        roadmap: roadmap::Model,
        version: roadmap_version::Model,
        most: u64,
    ) -> Result<bool, StoreError> {
        let added = async {
            let mut write = self.begin_for(roadmap.learner_id).await?;
            if of_learner(roadmap.learner_id).count(write.db()).await? >= most {
                return Ok(false);
            }
            write.outcome.roadmap = Some(roadmap.id);
            roadmap::Entity::insert(roadmap.into_active_model()).exec_without_returning(write.db()).await?;
            roadmap_version::Entity::insert(version.into_active_model())
                .exec_without_returning(write.db())
                .await?;
            write.commit().await?;
            Ok(true)
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// Adds a version; `false` where the roadmap is not as it was read any more.
    pub async fn add_version(&self, new: NewVersion) -> Result<bool, StoreError> {
        let added = async {
            let mut write = self.begin_for(new.read.learner_id).await?;
            let moved = roadmap::Entity::update_many()
                .col_expr(roadmap::Column::Title, new.title.into())
                .col_expr(roadmap::Column::Wishes, new.wishes.into())
                .col_expr(roadmap::Column::Version, new.version.number.into())
                .col_expr(roadmap::Column::Change, (new.read.change + 1).into())
                .col_expr(roadmap::Column::UpdatedAt, new.version.created_at.into())
                .filter(is((new.read.learner_id, new.read.id)))
                .filter(roadmap::Column::Change.eq(new.read.change))
                .exec(write.db())
                .await?;
            if moved.rows_affected == 0 {
                return Ok(false);
            }
            if new.done.changes_skills() {
                touch_all(write.db(), new.read.learner_id, new.version.created_at).await?;
            }
            write.outcome.version = Some(new.version.number);
            roadmap_version::Entity::insert(new.version.into_active_model())
                .exec_without_returning(write.db())
                .await?;
            progress::write(write.db(), new.done).await?;
            write.commit().await?;
            Ok(true)
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// Gives a roadmap another title, or puts it aside or back; `false` where there is none.
    pub async fn set_roadmap(
        &self,
        key: RoadmapKey,
        title: Option<&str>,
        archived_at: Option<Option<DateTime<Utc>>>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let mut change = changed(key, now);
        if let Some(title) = title {
            change = change.col_expr(roadmap::Column::Title, title.into());
        }
        if let Some(archived_at) = archived_at {
            change = change.col_expr(roadmap::Column::ArchivedAt, archived_at.map(instant).into());
        }
        let set = async {
            let write = self.begin_for(key.0).await?;
            let is_there = change.exec(write.db()).await?.rows_affected > 0;
            if is_there {
                write.commit().await?;
            }
            Ok(is_there)
        };
        set.await.map_err(|error| self.explain(error))
    }

    /// Deletes a roadmap with all its versions and its log; `false` where there is none.
    pub async fn delete_roadmap(&self, key: RoadmapKey) -> Result<bool, StoreError> {
        let deleted = async {
            let write = self.begin_for(key.0).await?;
            links::disown(write.db(), key).await?;
            let is_there = roadmap::Entity::delete_by_id(key).exec(write.db()).await?.rows_affected > 0;
            if is_there {
                write.commit().await?;
            }
            Ok(is_there)
        };
        deleted.await.map_err(|error| self.explain(error))
    }

    /// The roadmap of a key.
    pub async fn roadmap(&self, key: RoadmapKey) -> Result<Option<roadmap::Model>, StoreError> {
        let found = only(roadmap::Entity::find_by_id(key), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// The roadmaps of a learner, newest first.
    pub async fn roadmaps(&self, learner: Uuid) -> Result<Vec<roadmap::Model>, StoreError> {
        let all = of_learner(learner).order_by_desc(roadmap::Column::Id).all(&self.reader).await;
        all.map_err(|error| self.explain(error))
    }

    /// A version of a roadmap.
    pub async fn version(
        &self,
        (learner, roadmap): RoadmapKey,
        number: i32,
    ) -> Result<Option<roadmap_version::Model>, StoreError> {
        let found = only(roadmap_version::Entity::find_by_id((learner, roadmap, number)), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// The current versions of all roadmaps of a learner.
    pub async fn current_versions(&self, learner: Uuid) -> Result<Vec<roadmap_version::Model>, StoreError> {
        let number = Expr::col((roadmap::Entity, roadmap::Column::Version));
        let is_current = Expr::col((roadmap_version::Entity, roadmap_version::Column::Number)).eq(number);
        let all = roadmap_version::Entity::find()
            .inner_join(roadmap::Entity)
            .filter(roadmap_version::Column::LearnerId.eq(learner))
            .filter(is_current)
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// The numbers of a roadmap's versions, newest first.
    pub async fn version_numbers(&self, (learner, roadmap): RoadmapKey) -> Result<Vec<i32>, StoreError> {
        let numbers = roadmap_version::Entity::find()
            .select_only()
            .column(roadmap_version::Column::Number)
            .filter(roadmap_version::Column::LearnerId.eq(learner))
            .filter(roadmap_version::Column::RoadmapId.eq(roadmap))
            .order_by_desc(roadmap_version::Column::Number)
            .into_tuple()
            .all(&self.reader)
            .await;
        numbers.map_err(|error| self.explain(error))
    }
}

fn of_learner(learner: Uuid) -> sea_orm::Select<roadmap::Entity> {
    roadmap::Entity::find().filter(roadmap::Column::LearnerId.eq(learner))
}

fn is((learner, id): RoadmapKey) -> Expr {
    roadmap::Column::LearnerId.eq(learner).and(roadmap::Column::Id.eq(id))
}

/// The statement that says that something about a roadmap has changed.
fn changed(key: RoadmapKey, now: DateTime<Utc>) -> sea_orm::UpdateMany<roadmap::Entity> {
    grown(now).filter(is(key))
}

fn grown(now: DateTime<Utc>) -> sea_orm::UpdateMany<roadmap::Entity> {
    roadmap::Entity::update_many()
        .col_expr(roadmap::Column::Change, Expr::col(roadmap::Column::Change).add(1))
        .col_expr(roadmap::Column::UpdatedAt, instant(now).into())
}

/// Notes that what a learner knows has changed, and with it how far all the learner's roadmaps are; the roadmaps as they are then.
pub(super) async fn touch_all(
    db: &impl ConnectionTrait,
    learner: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<roadmap::Model>, DbErr> {
    grown(now).filter(roadmap::Column::LearnerId.eq(learner)).exec_with_returning(db).await
}

/// Notes that something about a roadmap has changed; the roadmap as it is then, `None` where there is none.
pub(super) async fn touch(
    db: &impl ConnectionTrait,
    key: RoadmapKey,
    now: DateTime<Utc>,
) -> Result<Option<roadmap::Model>, DbErr> {
    Ok(changed(key, now).exec_with_returning(db).await?.into_iter().next())
}
