//! How far learners are, and the time that they have spent.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;
use waymark_entity::{roadmap, skill, step_state, study};

use super::super::{Store, StoreError};
use super::{
    CapReached, Forgotten, RoadmapKey, caps, is_about, is_any_key, only, roadmaps, skills, study_sums,
};
use crate::store::write::Write;

/// A step by names that outlive imports: the slug of its topic, and its level.
pub type StepName = (String, String);

/// What a learner has done on a roadmap: written whole, or not at all.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The roadmap.
    pub roadmap: RoadmapKey,
    /// When.
    pub now: DateTime<Utc>,
    /// A step that was begun under names that it had before, and goes on under the one that it has now.
    pub renamed: Option<(Vec<StepName>, StepName)>,
    /// A step that is as though it had not been begun.
    pub cleared: Option<StepName>,
    /// A step that is not what it was. What is completed is not begun by this again.
    pub state: Option<step_state::Model>,
    /// A step that is begun where nothing has become of it yet.
    pub begun: Option<step_state::Model>,
    /// Steps of topics that are not avoided any more, by all their names: those that were not wanted are open again.
    pub wanted_again: Vec<StepName>,
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
        Self {
            roadmap,
            now,
            renamed: None,
            cleared: None,
            state: None,
            begun: None,
            wanted_again: Vec::new(),
            skills: Vec::new(),
            forgotten: None,
            study: None,
        }
    }

    /// Whether nothing is done.
    pub fn is_nothing(&self) -> bool {
        self.cleared.is_none()
            && self.state.is_none()
            && self.begun.is_none()
            && self.wanted_again.is_empty()
            && self.study.is_none()
            && !self.changes_skills()
    }

    /// Whether the learner knows something else by it, which is of account for all roadmaps.
    pub fn changes_skills(&self) -> bool {
        !self.skills.is_empty() || self.forgotten.is_some()
    }
}

/// What came of beginning a change of a roadmap.
#[derive(Debug)]
pub enum Begun {
    /// It has begun.
    Yes(Box<Doing>),
    /// There is no such roadmap.
    NotFound,
    /// The plan, or what is begun and done, has changed since it was read.
    Changed,
}

/// A change of a roadmap that has begun: the roadmap is looked at, and then what was done is written. Where this is dropped, nothing has happened.
#[derive(Debug)]
pub struct Doing {
    write: Write,
    /// The roadmap as it is by the change.
    pub roadmap: roadmap::Model,
}

impl Store {
    /// Begins to change a roadmap, and what the learner knows if that changes too. `since` is the
    /// `plan_change` of the roadmap that the change was made from, if it was read before.
    pub async fn begin(
        &self,
        key: RoadmapKey,
        now: DateTime<Utc>,
        changes_skills: bool,
        since: Option<i64>,
    ) -> Result<Begun, StoreError> {
        let begun = async {
            let write = self.begin_for(key.0).await?;
            let roadmap = if changes_skills {
                // What the learner knows is of account for the others too.
                let all = roadmaps::touch_all(write.db(), key.0, now).await?;
                all.into_iter().find(|row| row.id == key.1)
            } else {
                roadmaps::touch(write.db(), key, now).await?
            };
            Ok(match roadmap {
                None => Begun::NotFound,
                Some(roadmap) if since.is_some_and(|since| since != roadmap.plan_change) => Begun::Changed,
                Some(roadmap) => Begun::Yes(Box::new(Doing { write, roadmap })),
            })
        };
        begun.await.map_err(|error| self.explain(error))
    }

    /// Writes what a learner has done, and answers the roadmap as it is then.
    pub async fn finish(
        &self,
        doing: Doing,
        done: Progress,
    ) -> Result<Result<roadmap::Model, CapReached>, StoreError> {
        let Doing { write: mut transaction, mut roadmap } = doing;
        let written = async {
            transaction.outcome.study = done.study.as_ref().map(|study| study.id);
            match write(transaction.db(), done).await? {
                Err(cap) => return Ok(Err(cap)),
                Ok(true) => {
                    roadmaps::touch_plan(transaction.db(), (roadmap.learner_id, roadmap.id)).await?;
                    roadmap.plan_change = roadmap.change;
                }
                Ok(false) => {}
            }
            transaction.commit().await?;
            Ok(Ok(roadmap))
        };
        written.await.map_err(|error| self.explain(error))
    }

    /// The steps that have been begun of some roadmaps of a learner, oldest first.
    pub async fn states(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
    ) -> Result<Vec<step_state::Model>, StoreError> {
        let all = step_state::Entity::find()
            .filter(step_state::Column::LearnerId.eq(learner))
            .filter(is_any_key(&self.reader, "roadmap_id", roadmaps))
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
        let found =
            only(step_state::Entity::find_by_id((learner, roadmap, topic, level)), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// Takes back time that was logged, and tells of which roadmap; `None` where there is no such entry.
    pub async fn delete_study(
        &self,
        learner: Uuid,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Uuid>, StoreError> {
        let deleted = async {
            let mut write = self.begin_for(learner).await?;
            let Some(entry) = only(study::Entity::find_by_id((learner, id)), write.db()).await? else {
                return Ok(None);
            };
            write.outcome.roadmap = Some(entry.roadmap_id);
            study::Entity::delete_by_id((learner, id)).exec(write.db()).await?;
            study_sums::remove(write.db(), &entry).await?;
            roadmaps::touch(write.db(), (learner, entry.roadmap_id), now).await?;
            write.commit().await?;
            Ok(Some(entry.roadmap_id))
        };
        deleted.await.map_err(|error| self.explain(error))
    }
}

/// Writes what was done on a roadmap. Answers whether what is begun, done or skipped has changed.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    done: Progress,
) -> Result<Result<bool, CapReached>, DbErr> {
    let (learner, roadmap) = done.roadmap;
    let mut has_changed = done.cleared.is_some() || done.state.is_some() || !done.wanted_again.is_empty();
    if let Some(study) = &done.study
        && let Err(cap) = caps::admit_study(db, study).await?
    {
        return Ok(Err(cap));
    }
    if let Some((former, now)) = done.renamed.filter(|(former, _)| !former.is_empty()) {
        rename(db, done.roadmap, &former, now).await?;
    }
    if let Some((topic, level)) = done.cleared {
        step_state::Entity::delete_by_id((learner, roadmap, topic, level)).exec(db).await?;
    }
    if !done.wanted_again.is_empty() {
        let unwanted = step_state::Entity::delete_many()
            .filter(step_state::Column::LearnerId.eq(learner))
            .filter(step_state::Column::RoadmapId.eq(roadmap))
            .filter(step_state::Column::State.eq(step_state::UNWANTED))
            .filter(is_about(&done.wanted_again));
        unwanted.exec(db).await?;
    }
    if let Some(state) = done.state {
        save_state(db, state).await?;
    }
    if let Some(begun) = done.begun {
        let insert = step_state::Entity::insert(begun.into_active_model());
        let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        has_changed |= insert.exec_without_returning(db).await? > 0;
    }
    if !done.skills.is_empty() {
        skills::record(db, done.skills).await?;
        if let Err(cap) = caps::admit_skills(db, learner).await? {
            return Ok(Err(cap));
        }
    }
    if let Some(forgotten) = done.forgotten {
        skills::forget(db, learner, &forgotten).await?;
    }
    if let Some(study) = done.study {
        study_sums::add(db, &study).await?;
        study::Entity::insert(study.into_active_model()).exec_without_returning(db).await?;
    }
    Ok(Ok(has_changed))
}

/// Gives what was noted about a step under former names, the latest of it, the name that the step has now; what is noted under that stays.
async fn rename(
    db: &impl ConnectionTrait,
    (learner, roadmap): RoadmapKey,
    former: &[StepName],
    (topic, level): StepName,
) -> Result<(), DbErr> {
    let is_former = || {
        Condition::all()
            .add(step_state::Column::LearnerId.eq(learner))
            .add(step_state::Column::RoadmapId.eq(roadmap))
            .add(is_about(former))
    };
    let rows = step_state::Entity::find().filter(is_former()).all(db).await?;
    let Some(latest) = rows.into_iter().max_by_key(|row| row.started_at) else { return Ok(()) };
    step_state::Entity::delete_many().filter(is_former()).exec(db).await?;
    let insert = step_state::Entity::insert(step_state::Model { topic, level, ..latest }.into_active_model());
    let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(db).await.map(|_| ())
}

/// Keeps how far a learner is with a step, in place of what it was before; when it was begun stays.
async fn save_state(db: &impl ConnectionTrait, state: step_state::Model) -> Result<(), DbErr> {
    use step_state::Column::{EndedAt, HoursMillionths, LearnerId, Level, RoadmapId, State, Topic, Weight};
    let mut replaces = OnConflict::columns([LearnerId, RoadmapId, Topic, Level])
        .update_columns([State, HoursMillionths, Weight, EndedAt])
        .to_owned();
    if state.state == step_state::STARTED {
        // Of two devices one may have completed it meanwhile.
        replaces.action_and_where(Expr::col((step_state::Entity, State)).ne(step_state::COMPLETED));
    }
    let insert = step_state::Entity::insert(state.into_active_model()).on_conflict(replaces);
    insert.exec_without_returning(db).await.map(|_| ())
}
