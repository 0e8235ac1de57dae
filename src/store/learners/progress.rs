//! How far learners are, and the time that they have spent.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;
use waymark_entity::{roadmap, skill, step_state, study};

use super::super::{Store, StoreError};
use super::{Forgotten, RoadmapKey, roadmaps, skills};

/// A step by names that outlive imports: the slug of its topic, and its level.
pub type StepName = (String, String);

/// What a learner has done on a roadmap: written whole, or not at all.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The roadmap.
    pub roadmap: RoadmapKey,
    /// When.
    pub now: DateTime<Utc>,
    /// A step that is not what it was.
    pub state: Option<step_state::Model>,
    /// A step that is as though it had not been begun.
    pub cleared: Option<StepName>,
    /// What the learner knows by it.
    pub skills: Vec<skill::Model>,
    /// What the learner does not know after all.
    pub forgotten: Option<Forgotten>,
    /// Time spent.
    pub study: Option<study::Model>,
}

impl Progress {
    /// Nothing yet.
    pub const fn new(roadmap: RoadmapKey, now: DateTime<Utc>) -> Self {
        Self { roadmap, now, state: None, cleared: None, skills: Vec::new(), forgotten: None, study: None }
    }
}

impl Store {
    /// Writes what a learner has done, and answers the roadmap as it is then; `None`, and nothing is written, where there is none.
    pub async fn progress(&self, done: Progress) -> Result<Option<roadmap::Model>, StoreError> {
        let written = async {
            let transaction = self.begin_write().await?;
            let Some(roadmap) = touched(&transaction, &done).await? else { return Ok(None) };
            if let Some(state) = done.state {
                save_state(&transaction, state).await?;
            }
            if let Some((topic, level)) = done.cleared {
                let (learner, roadmap) = done.roadmap;
                let key = (learner, roadmap, topic, level);
                step_state::Entity::delete_by_id(key).exec(&transaction).await?;
            }
            skills::record(&transaction, done.skills).await?;
            if let Some(forgotten) = done.forgotten {
                skills::forget(&transaction, done.roadmap.0, &forgotten).await?;
            }
            if let Some(study) = done.study {
                study::Entity::insert(study.into_active_model()).exec_without_returning(&transaction).await?;
            }
            transaction.commit().await?;
            Ok(Some(roadmap))
        };
        written.await.map_err(|error| self.explain(error))
    }

    /// The steps that have been begun of one roadmap of a learner, or of all, oldest first.
    pub async fn states(
        &self,
        learner: Uuid,
        roadmap: Option<Uuid>,
    ) -> Result<Vec<step_state::Model>, StoreError> {
        let of_one = roadmap.map(|roadmap| step_state::Column::RoadmapId.eq(roadmap));
        let all = step_state::Entity::find()
            .filter(step_state::Column::LearnerId.eq(learner))
            .filter(Condition::all().add_option(of_one))
            .order_by_asc(step_state::Column::StartedAt)
            .order_by_asc(step_state::Column::Topic)
            .order_by_asc(step_state::Column::Level)
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// One of the steps of a roadmap that have been begun.
    pub async fn state(
        &self,
        (learner, roadmap): RoadmapKey,
        (topic, level): StepName,
    ) -> Result<Option<step_state::Model>, StoreError> {
        let found = step_state::Entity::find_by_id((learner, roadmap, topic, level)).one(&self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// The time that was spent on one roadmap of a learner, or on all, by day.
    pub async fn study(&self, learner: Uuid, roadmap: Option<Uuid>) -> Result<Vec<study::Model>, StoreError> {
        let of_one = roadmap.map(|roadmap| study::Column::RoadmapId.eq(roadmap));
        let all = study::Entity::find()
            .filter(study::Column::LearnerId.eq(learner))
            .filter(Condition::all().add_option(of_one))
            .order_by_asc(study::Column::StudiedOn)
            .order_by_asc(study::Column::Id)
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// Takes back time that was logged, and tells of which roadmap; `None` where there is no such entry.
    pub async fn delete_study(
        &self,
        learner: Uuid,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Uuid>, StoreError> {
        let deleted = async {
            let transaction = self.begin_write().await?;
            let Some(entry) = study::Entity::find_by_id((learner, id)).one(&transaction).await? else {
                return Ok(None);
            };
            study::Entity::delete_by_id((learner, id)).exec(&transaction).await?;
            roadmaps::touch(&transaction, (learner, entry.roadmap_id), now).await?;
            transaction.commit().await?;
            Ok(Some(entry.roadmap_id))
        };
        deleted.await.map_err(|error| self.explain(error))
    }
}

/// The roadmap as it is by what was done. What the learner knows is of account for the others too.
async fn touched(db: &impl ConnectionTrait, done: &Progress) -> Result<Option<roadmap::Model>, DbErr> {
    let (learner, roadmap) = done.roadmap;
    if done.skills.is_empty() && done.forgotten.is_none() {
        return roadmaps::touch(db, done.roadmap, done.now).await;
    }
    let all = roadmaps::touch_all(db, learner, done.now).await?;
    Ok(all.into_iter().find(|row| row.id == roadmap))
}

/// Keeps how far a learner is with a step, in place of what it was before; when it was begun stays.
pub(super) async fn save_state(db: &impl ConnectionTrait, state: step_state::Model) -> Result<(), DbErr> {
    use step_state::Column::{EndedAt, HoursMillionths, LearnerId, Level, RoadmapId, State, Topic, Weight};
    let replaces = OnConflict::columns([LearnerId, RoadmapId, Topic, Level])
        .update_columns([State, HoursMillionths, Weight, EndedAt])
        .to_owned();
    let insert = step_state::Entity::insert(state.into_active_model()).on_conflict(replaces);
    insert.exec_without_returning(db).await.map(|_| ())
}
