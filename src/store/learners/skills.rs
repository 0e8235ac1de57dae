//! What learners know.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;
use waymark_entity::skill;

use super::super::{Store, StoreError};
use super::{CapReached, StepName, caps, is_about, is_any, only, roadmaps};

/// Levels of a topic that a learner does not hold any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// The names that they may be recorded by.
    pub names: Vec<StepName>,
    /// The highest level that is left; it was held by virtue of those above it, where it has no row of its own.
    pub left: Option<StepName>,
}

impl Store {
    /// All that a learner knows, by topic and level.
    pub async fn skills(&self, learner: Uuid) -> Result<Vec<skill::Model>, StoreError> {
        let all = skill::Entity::find()
            .filter(skill::Column::LearnerId.eq(learner))
            .order_by_asc(skill::Column::Topic)
            .order_by_asc(skill::Column::Level)
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// What a learner knows of some topics.
    pub async fn skills_in(&self, learner: Uuid, topics: &[String]) -> Result<Vec<skill::Model>, StoreError> {
        let all = skill::Entity::find()
            .filter(skill::Column::LearnerId.eq(learner))
            .filter(is_any(&self.reader, "topic", topics))
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// Records what a learner knows. What was recorded before stays as it was.
    pub async fn record_skills(
        &self,
        learner: Uuid,
        skills: Vec<skill::Model>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), CapReached>, StoreError> {
        let done = async {
            let write = self.begin_for(learner).await?;
            record(write.db(), skills).await?;
            if let Err(cap) = caps::admit_skills(write.db(), learner).await? {
                return Ok(Err(cap));
            }
            roadmaps::touch_all(write.db(), learner, now).await?;
            write.commit().await.map(Ok)
        };
        done.await.map_err(|error| self.explain(error))
    }

    /// Forgets levels of topics, where they are held.
    pub async fn forget_skills(
        &self,
        learner: Uuid,
        forgotten: &[Forgotten],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let done = async {
            let write = self.begin_for(learner).await?;
            roadmaps::touch_all(write.db(), learner, now).await?;
            for one in forgotten {
                forget(write.db(), learner, one).await?;
            }
            write.commit().await
        };
        done.await.map_err(|error| self.explain(error))
    }
}

/// Records skills; does nothing where there are none.
pub(super) async fn record(db: &impl ConnectionTrait, skills: Vec<skill::Model>) -> Result<(), DbErr> {
    if skills.is_empty() {
        return Ok(());
    }
    skill::Entity::insert_many(skills.into_iter().map(skill::Model::into_active_model))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await
        .map(|_| ())
}

/// Forgets levels of a topic; the level below them is then held by itself.
pub(super) async fn forget(
    db: &impl ConnectionTrait,
    learner: Uuid,
    forgotten: &Forgotten,
) -> Result<(), DbErr> {
    let is_gone =
        || Condition::all().add(skill::Column::LearnerId.eq(learner)).add(is_about(&forgotten.names));
    let Some(held) = only(skill::Entity::find().filter(is_gone()), db).await? else { return Ok(()) };
    skill::Entity::delete_many().filter(is_gone()).exec(db).await?;
    if let Some((topic, level)) = forgotten.left.clone() {
        record(db, vec![skill::Model { topic, level, ..held }]).await?;
    }
    Ok(())
}
