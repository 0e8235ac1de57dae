//! The roadmaps that learners keep.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, DerivePartialModel, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;
use waymark_entity::{roadmap, roadmap_version};

use super::super::{KeyRange, Store, StoreError};
use super::progress::{self, Progress};
use super::{CapReached, RoadmapKey, caps, instant, links, only};

/// A version that takes the place of the current one, with all that goes with it.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The roadmap as it was read: if its plan has changed since, the version is not added.
    pub read: roadmap::Model,
    /// What the roadmap is called from now on, if that is something else.
    pub title: Option<String>,
    /// What the roadmap's wishes are from now on.
    pub wishes: String,
    /// The version; its number follows that of the current one.
    pub version: roadmap_version::Model,
    /// What the learner has done.
    pub done: Progress,
}

/// A version without its plan and its changes, which are large.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "roadmap_version::Entity")]
pub struct VersionHeader {
    /// Counted from 1.
    pub number: i32,
    /// The revision of the catalogue that it was planned on.
    pub catalog_revision: i32,
    /// `SAVED`, `UPDATED`, `REPLANNED` or `SKIPPED`.
    pub cause: String,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
}

impl From<&roadmap_version::Model> for VersionHeader {
    fn from(row: &roadmap_version::Model) -> Self {
        Self {
            number: row.number,
            catalog_revision: row.catalog_revision,
            cause: row.cause.clone(),
            created_at: row.created_at,
        }
    }
}

/// What came of adding a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionAdded {
    /// It is there.
    Yes,
    /// The plan of the roadmap is not as it was read any more: it is not there.
    Changed,
    /// Something is done with it that does not fit: it is not there.
    Capped(CapReached),
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

    /// Adds a version, and deletes one that is kept no longer.
    pub async fn add_version(&self, new: NewVersion) -> Result<VersionAdded, StoreError> {
        let added = async {
            let (key, number) = ((new.read.learner_id, new.read.id), new.version.number);
            let mut write = self.begin_for(key.0).await?;
            let mut change = plan_changed(key, new.version.created_at)
                .col_expr(roadmap::Column::Wishes, new.wishes.into())
                .col_expr(roadmap::Column::Version, number.into())
                .filter(roadmap::Column::PlanChange.eq(new.read.plan_change));
            if let Some(title) = new.title {
                change = change.col_expr(roadmap::Column::Title, title.into());
            }
            if change.exec(write.db()).await?.rows_affected == 0 {
                return Ok(VersionAdded::Changed);
            }
            if new.done.changes_skills() {
                touch_all(write.db(), key.0, new.version.created_at).await?;
            }
            write.outcome.version = Some(number);
            roadmap_version::Entity::insert(new.version.into_active_model())
                .exec_without_returning(write.db())
                .await?;
            caps::prune_versions(write.db(), key, number).await?;
            if let Err(cap) = progress::write(write.db(), new.done).await? {
                return Ok(VersionAdded::Capped(cap));
            }
            write.commit().await?;
            Ok(VersionAdded::Yes)
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// Gives a roadmap another title; `false` if its plan is not as it was read any more, or it is
    /// not there. `since` is its `plan_change` as it was read.
    pub async fn set_title(
        &self,
        key: RoadmapKey,
        title: &str,
        since: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let change = plan_changed(key, now)
            .col_expr(roadmap::Column::Title, title.into())
            .filter(roadmap::Column::PlanChange.eq(since));
        self.set(key, change).await
    }

    /// Puts a roadmap aside, or takes it up again; `false` if it is not there.
    pub async fn set_archived(
        &self,
        key: RoadmapKey,
        archived_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let archived_at = archived_at.map(instant).into();
        self.set(key, changed(key, now).col_expr(roadmap::Column::ArchivedAt, archived_at)).await
    }

    async fn set(
        &self,
        key: RoadmapKey,
        change: sea_orm::UpdateMany<roadmap::Entity>,
    ) -> Result<bool, StoreError> {
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

    /// A page of the roadmaps of a learner, newest first; of those that were put aside too, where they are included.
    pub async fn roadmap_page(
        &self,
        learner: Uuid,
        include_archived: bool,
        range: &KeyRange<Uuid>,
    ) -> Result<Vec<roadmap::Model>, StoreError> {
        let after = range.after.map(|after| roadmap::Column::Id.lt(after));
        let before = range.before.map(|before| roadmap::Column::Id.gt(before));
        let rows = listed(learner, include_archived)
            .filter(Condition::all().add_option(after).add_option(before))
            .order_by(roadmap::Column::Id, range.order())
            .limit(range.limit)
            .all(&self.reader)
            .await;
        rows.map(|rows| range.in_order(rows)).map_err(|error| self.explain(error))
    }

    /// The number of roadmaps of a learner.
    pub async fn roadmap_count(&self, learner: Uuid, include_archived: bool) -> Result<u64, StoreError> {
        let count = listed(learner, include_archived).count(&self.reader).await;
        count.map_err(|error| self.explain(error))
    }

    /// Some versions of roadmaps of a learner, by the roadmap and the number, with their plans and changes.
    pub async fn versions(
        &self,
        learner: Uuid,
        wanted: &[(Uuid, i32)],
    ) -> Result<Vec<roadmap_version::Model>, StoreError> {
        let all = roadmap_version::Entity::find()
            .filter(roadmap_version::Column::LearnerId.eq(learner))
            .filter(is_any_version(&self.reader, wanted))
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// A page of the versions of a roadmap, newest first, without their plans and changes.
    pub async fn version_page(
        &self,
        key: RoadmapKey,
        range: &KeyRange<i32>,
    ) -> Result<Vec<VersionHeader>, StoreError> {
        let after = range.after.map(|after| roadmap_version::Column::Number.lt(after));
        let before = range.before.map(|before| roadmap_version::Column::Number.gt(before));
        let rows = versions_of(key)
            .filter(Condition::all().add_option(after).add_option(before))
            .order_by(roadmap_version::Column::Number, range.order())
            .limit(range.limit)
            .into_partial_model()
            .all(&self.reader)
            .await;
        rows.map(|rows| range.in_order(rows)).map_err(|error| self.explain(error))
    }

    /// A version of a roadmap, without its plan and changes.
    pub async fn version_header(
        &self,
        key: RoadmapKey,
        number: i32,
    ) -> Result<Option<VersionHeader>, StoreError> {
        let of_number = versions_of(key).filter(roadmap_version::Column::Number.eq(number));
        let found = of_number.into_partial_model().all(&self.reader).await;
        found.map(|mut rows| rows.pop()).map_err(|error| self.explain(error))
    }

    /// The number of versions of a roadmap.
    pub async fn version_count(&self, key: RoadmapKey) -> Result<u64, StoreError> {
        versions_of(key).count(&self.reader).await.map_err(|error| self.explain(error))
    }
}

fn versions_of((learner, roadmap): RoadmapKey) -> Select<roadmap_version::Entity> {
    roadmap_version::Entity::find()
        .filter(roadmap_version::Column::LearnerId.eq(learner))
        .filter(roadmap_version::Column::RoadmapId.eq(roadmap))
}

/// Whether a row is one of some versions, all bound as one.
fn is_any_version(db: &impl ConnectionTrait, wanted: &[(Uuid, i32)]) -> SimpleExpr {
    let wanted: Vec<_> =
        wanted.iter().map(|(roadmap, number)| (roadmap.simple().to_string(), number)).collect();
    // Texts and numbers alone, so this does not fail.
    let wanted = serde_json::to_string(&wanted).unwrap_or_else(|_| "[]".to_owned());
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "(roadmap_id, number) IN (SELECT (value->>0)::uuid, (value->>1)::integer FROM jsonb_array_elements($1::jsonb))"
        }
        _ => "(roadmap_id, number) IN (SELECT unhex(value->>0), value->>1 FROM json_each(?))",
    };
    Expr::cust_with_values(sql, [wanted])
}

/// The roadmaps that a learner sees listed.
fn listed(learner: Uuid, include_archived: bool) -> Select<roadmap::Entity> {
    let is_there = (!include_archived).then(|| roadmap::Column::ArchivedAt.is_null());
    of_learner(learner).filter(Condition::all().add_option(is_there))
}

fn of_learner(learner: Uuid) -> Select<roadmap::Entity> {
    roadmap::Entity::find().filter(roadmap::Column::LearnerId.eq(learner))
}

fn is((learner, id): RoadmapKey) -> Expr {
    roadmap::Column::LearnerId.eq(learner).and(roadmap::Column::Id.eq(id))
}

/// The statement that says that something about a roadmap has changed.
fn changed(key: RoadmapKey, now: DateTime<Utc>) -> sea_orm::UpdateMany<roadmap::Entity> {
    grown(now).filter(is(key))
}

/// The statement that says that the plan of a roadmap, its wishes or its title have changed.
fn plan_changed(key: RoadmapKey, now: DateTime<Utc>) -> sea_orm::UpdateMany<roadmap::Entity> {
    let next = Expr::col(roadmap::Column::Change).add(1);
    changed(key, now).col_expr(roadmap::Column::PlanChange, next)
}

/// Notes that what is begun, done or skipped on a roadmap is part of its last change.
pub(super) async fn touch_plan(db: &impl ConnectionTrait, key: RoadmapKey) -> Result<(), DbErr> {
    let touched = roadmap::Entity::update_many()
        .col_expr(roadmap::Column::PlanChange, Expr::col(roadmap::Column::Change))
        .filter(is(key));
    touched.exec(db).await.map(|_| ())
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
