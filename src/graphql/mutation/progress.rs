//! Learning itself: steps begun, completed and skipped, and the time that they take.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::Days;
use waymark_entity::{roadmap, skill, step_state, study};
use waymark_planner::units::Hours;

use super::once::once;
use super::roadmaps::{changes_of, find, given_way, key_of, replan};
use super::skills::forgotten;
use crate::catalog::nearest::nearest;
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::ids::Key;
use crate::graphql::inputs::{RoadmapInput, StepInput, known_topic};
use crate::graphql::price::{ROADMAP, cost};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::graphql::types::{RoadmapChanges, SavedRoadmap, SkillSource, StudyEntry};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload, trimmed};
use crate::learning::{Name, PlannedStep, holds};
use crate::service::Lost;
use crate::service::learners::Change;
use crate::store::Outcome;
use crate::store::learners::{Begun, Doing, Progress, RoadmapKey, instant};

/// The most hours of a day.
const MOST_HOURS: f64 = 24.0;

/// A step of a kept roadmap.
#[derive(InputObject)]
pub(crate) struct RoadmapStepInput {
    /// The global id of the roadmap.
    #[doc = stated!(id)]
    roadmap: ID,
    /// The step.
    step: StepInput,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// A step that is left out.
#[derive(InputObject)]
pub(crate) struct SkipStepInput {
    /// The global id of the roadmap.
    #[doc = stated!(id)]
    roadmap: ID,
    /// The step.
    step: StepInput,
    /// Why.
    reason: SkipReason,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// Why a step is left out.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SkipReason {
    /// The learner knows it already: it is recorded as a skill.
    Known,
    /// The learner does not want it: its topic is avoided from now on.
    Unwanted,
}

/// Time spent.
#[derive(InputObject)]
pub(crate) struct LogStudyInput {
    /// The global id of the roadmap.
    #[doc = stated!(id)]
    roadmap: ID,
    /// The step that it was spent on: it counts as begun then.
    step: Option<StepInput>,
    /// How many hours: above 0, at most 24.
    hours: f64,
    /// The day; today (UTC) if not given. Tomorrow at the latest, since it may be tomorrow where the learner is.
    day: Option<Date>,
    /// What is worth noting.
    #[doc = stated!(note)]
    note: Option<String>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// An entry of the log.
#[derive(InputObject)]
pub(crate) struct DeleteStudyInput {
    /// Its id.
    #[doc = stated!(id)]
    id: ID,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

payload! {
    /// What came of it.
    StepPayload {
        /// The roadmap, with how far its steps are.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// What came of skipping.
    SkipStepPayload {
        /// The roadmap, planned anew without the step.
        roadmap: SavedRoadmap,
        /// What that does to the plan, and why.
        changes: RoadmapChanges,
    }
}

payload! {
    /// What came of logging.
    LogStudyPayload {
        /// The entry.
        entry: StudyEntry,
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// What came of deleting.
    DeleteStudyPayload {
        /// The id that it had.
        deleted_id: ID,
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

#[derive(Default)]
pub(crate) struct Steps;

#[Object]
impl Steps {
    /// Notes that the learner has begun with a step. It then stays on the roadmap when that is planned anew, and comes as early there as it can.
    async fn start_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The step of a roadmap.")] input: RoadmapStepInput,
    ) -> Option<Result<StepPayload>> {
        let came = apart(ctx, once(ctx, &input, start, stands));
        StepPayload::from(ctx, came.await)
    }

    /// Notes that the learner has learned a step. It is a skill from then on, which all roadmaps of the learner see.
    async fn complete_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The step of a roadmap.")] input: RoadmapStepInput,
    ) -> Option<Result<StepPayload>> {
        let came = apart(ctx, once(ctx, &input, complete, stands));
        StepPayload::from(ctx, came.await)
    }

    /// Takes a step back by one: what was completed is under way again, and what was begun or skipped is open. The skill that came of it is
    /// forgotten, with the higher levels of its topic. A step that is not on the current version is put on it again.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn reopen_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The step of a roadmap.")] input: RoadmapStepInput,
    ) -> Option<Result<StepPayload>> {
        let came = apart(ctx, once(ctx, &input, reopen, stands));
        StepPayload::from(ctx, came.await)
    }

    /// Leaves a step out, plans the roadmap anew, and tells what that does to it.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn skip_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The step of a roadmap, and why.")] input: SkipStepInput,
    ) -> Option<Result<SkipStepPayload>> {
        let came = apart(ctx, once(ctx, &input, skip, skipped));
        SkipStepPayload::from(ctx, came.await)
    }

    /// Notes time that the learner has spent.
    async fn log_study(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much, when and on what.")] input: LogStudyInput,
    ) -> Option<Result<LogStudyPayload>> {
        let came = apart(ctx, once(ctx, &input, log, logged));
        LogStudyPayload::from(ctx, came.await)
    }

    /// Takes back time that was noted.
    async fn delete_study(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entry.")] input: DeleteStudyInput,
    ) -> Option<Result<DeleteStudyPayload>> {
        let came = apart(ctx, once(ctx, &input, delete_study, deleted_study));
        DeleteStudyPayload::from(ctx, came.await)
    }
}

async fn start(scope: &Scope, input: &RoadmapStepInput) -> Result<StepPayload, Failed> {
    let (key, roadmap) = roadmap_of(scope, &input.roadmap).await?;
    let planned = on_roadmap(scope, roadmap.row(), &input.step).await?;
    let (learners, catalog) = (scope.learners()?, scope.catalog());
    let row = learners.state(key, &planned.step, catalog).await?;
    let is_completed = row.is_some_and(|row| row.state == step_state::COMPLETED);
    if is_completed && holds(&learners.skills(key.0, catalog).await?, &planned.step) {
        let message = format!("{} is completed: take that back with reopenStep first.", planned.step);
        return Err(UserError::new("input.step", UserErrorCode::Invalid, message).into());
    }
    let done = Progress {
        // What was completed and is not held any more begins anew.
        cleared: is_completed.then(|| planned.step.columns()),
        state: Some(state(scope, key, &planned, step_state::STARTED)),
        ..about(scope, key, &planned.step)
    };
    write(scope, done, roadmap.row().plan_change).await.map(StepPayload::of)
}

async fn complete(scope: &Scope, input: &RoadmapStepInput) -> Result<StepPayload, Failed> {
    let (key, doing) = begin(scope, &input.roadmap, true).await?;
    let planned = on_roadmap(scope, &doing.roadmap, &input.step).await?;
    let done = Progress {
        state: Some(state(scope, key, &planned, step_state::COMPLETED)),
        skills: vec![skill_of(scope, key, &planned.step, SkillSource::Completed)],
        ..about(scope, key, &planned.step)
    };
    finish(scope, doing, done).await.map(StepPayload::of)
}

async fn reopen(scope: &Scope, input: &RoadmapStepInput) -> Result<StepPayload, Failed> {
    let (key, roadmap) = roadmap_of(scope, &input.roadmap).await?;
    let name = Name::from(&input.step).wanted(scope.catalog());
    known_topic(scope.catalog(), "input.step.topic", &name.topic)?;
    let Some(row) = scope.learners()?.state(key, &name, scope.catalog()).await? else {
        let message = format!("{name} has not been begun on this roadmap: there is nothing to take back.");
        return Err(UserError::new("input.step", UserErrorCode::Invalid, message).into());
    };
    let (is_completed, is_unwanted) = (row.state == step_state::COMPLETED, row.state == step_state::UNWANTED);
    let is_skill = is_completed || row.state == step_state::KNOWN;
    let again = step_state::Model { state: step_state::STARTED.to_owned(), ended_at: None, ..row };
    let done = Progress {
        cleared: Some(name.columns()),
        state: is_completed.then_some(again),
        forgotten: is_skill.then(|| forgotten(scope.catalog(), &name.topic, Some(name.level))),
        ..about(scope, key, &name)
    };
    // What was done before the current version was planned, or is not wanted, is not on it.
    if !is_unwanted && roadmap.planned().await?.plan.position(&name).is_some() {
        return write(scope, done, roadmap.row().plan_change).await.map(StepPayload::of);
    }
    let unavoided = is_unwanted.then(|| name.topic.clone());
    let since = Some(roadmap.row().plan_change);
    let change = Change { since, unavoided, ..Change::of("REPLANNED", done) };
    replan(scope, key, &change, &RoadmapInput::default(), "input.roadmap").await?;
    Ok(StepPayload::of(find(scope, key, "input.roadmap").await?))
}

async fn skip(scope: &Scope, input: &SkipStepInput) -> Result<SkipStepPayload, Failed> {
    let (key, roadmap) = roadmap_of(scope, &input.roadmap).await?;
    let planned = on_roadmap(scope, roadmap.row(), &input.step).await?;
    let is_known = input.reason == SkipReason::Known;
    let named = if is_known { step_state::KNOWN } else { step_state::UNWANTED };
    let skill = is_known.then(|| skill_of(scope, key, &planned.step, SkillSource::Said));
    let done = Progress {
        state: Some(state(scope, key, &planned, named)),
        skills: skill.into_iter().collect(),
        ..about(scope, key, &planned.step)
    };
    let avoided = (!is_known).then(|| planned.step.topic.clone());
    let since = Some(roadmap.row().plan_change);
    let change = Change { since, avoided, ..Change::of("SKIPPED", done) };
    let changes = replan(scope, key, &change, &RoadmapInput::default(), "input.roadmap").await?;
    Ok(SkipStepPayload::of(find(scope, key, "input.roadmap").await?, changes))
}

async fn log(scope: &Scope, input: &LogStudyInput) -> Result<LogStudyPayload, Failed> {
    let note = trimmed(input.note.as_deref());
    let (hours, day) = (hours(input.hours)?, day(scope, input.day)?);
    let (key, doing) = begin(scope, &input.roadmap, false).await?;
    let planned = match &input.step {
        Some(step) => Some(on_roadmap(scope, &doing.roadmap, step).await?),
        None => None,
    };
    let (topic, level) = planned.as_ref().map(|planned| planned.step.columns()).unzip();
    let entry = study::Model {
        learner_id: key.0,
        id: scope.learners()?.fresh_id(),
        roadmap_id: key.1,
        topic,
        level,
        studied_on: day.0,
        hours_millionths: i64::try_from(hours.millionths()).unwrap_or(i64::MAX),
        note,
        logged_at: instant(scope.now()),
    };
    let nothing =
        planned.as_ref().map_or_else(|| nothing(scope, key), |planned| about(scope, key, &planned.step));
    let done = Progress {
        study: Some(entry.clone()),
        // Whoever spends time on a step that has not been begun begins with it.
        begun: planned.as_ref().map(|planned| state(scope, key, planned, step_state::STARTED)),
        ..nothing
    };
    let roadmap = finish(scope, doing, done).await?;
    Ok(LogStudyPayload::of(StudyEntry::new(scope, entry), roadmap))
}

async fn delete_study(scope: &Scope, input: &DeleteStudyInput) -> Result<DeleteStudyPayload, Failed> {
    let who = scope.with(Right::Write)?;
    let not_found = || Failed::from(ApiError::not_found("input.id", "entry"));
    let Some(Key::Study(entry)) = Key::decode(&input.id) else { return Err(not_found()) };
    let learners = scope.learners()?;
    let roadmap = learners.store.delete_study(who.id, entry, scope.now()).await?.ok_or_else(not_found)?;
    let roadmap = find(scope, (who.id, roadmap), "input.id").await?;
    Ok(DeleteStudyPayload::of(input.id.clone(), roadmap))
}

async fn deleted_study(
    scope: &Scope,
    input: &DeleteStudyInput,
    outcome: Outcome,
) -> Result<DeleteStudyPayload, Failed> {
    let who = scope.with(Right::Write)?;
    let roadmap = outcome.roadmap.ok_or(Lost::Fault)?;
    Ok(DeleteStudyPayload::of(input.id.clone(), find(scope, (who.id, roadmap), "input.id").await?))
}

/// The roadmap as it is by now.
async fn stands(scope: &Scope, input: &RoadmapStepInput, _: Outcome) -> Result<StepPayload, Failed> {
    Ok(StepPayload::of(roadmap_of(scope, &input.roadmap).await?.1))
}

async fn skipped(scope: &Scope, input: &SkipStepInput, outcome: Outcome) -> Result<SkipStepPayload, Failed> {
    let roadmap = roadmap_of(scope, &input.roadmap).await?.1;
    let changes = changes_of(scope, &roadmap, &outcome).await?;
    Ok(SkipStepPayload::of(roadmap, changes))
}

async fn logged(scope: &Scope, input: &LogStudyInput, outcome: Outcome) -> Result<LogStudyPayload, Failed> {
    let (key, roadmap) = roadmap_of(scope, &input.roadmap).await?;
    let entry = outcome.study.ok_or(Lost::Fault)?;
    let entry = scope.learners()?.study_entry(key.0, entry, scope.catalog()).await?;
    let entry = entry.ok_or_else(|| ApiError::gone("input", "entry"))?;
    Ok(LogStudyPayload::of(StudyEntry::new(scope, entry), roadmap))
}

async fn roadmap_of(scope: &Scope, id: &ID) -> Result<(RoadmapKey, SavedRoadmap), Failed> {
    let key = key_of(scope, id, "input.roadmap")?;
    Ok((key, find(scope, key, "input.roadmap").await?))
}

/// A step of the current version of a roadmap.
async fn on_roadmap(
    scope: &Scope,
    roadmap: &roadmap::Model,
    step: &StepInput,
) -> Result<PlannedStep, Failed> {
    let key = (roadmap.learner_id, roadmap.id);
    let version =
        scope.learners()?.version(key, roadmap.version, scope.catalog()).await?.ok_or(Lost::Fault)?;
    let name = Name::from(step).wanted(scope.catalog());
    let plan = &version.plan;
    if let Some(position) = plan.position(&name) {
        return Ok(plan.steps[position].clone());
    }
    let near = nearest(&name.topic, plan.steps.iter().map(|planned| &*planned.step.topic));
    let near = near.filter(|near| *near != name.topic);
    let message = format!("{name} is not on the current version of the roadmap.");
    Err(ApiError::unknown("input.step", message, near).into())
}

/// Nothing done yet.
pub(super) fn nothing(scope: &Scope, key: RoadmapKey) -> Progress {
    Progress::new(key, scope.now())
}

/// Nothing done yet about a step. Whatever was noted about it before it had its name is noted under that from now on.
fn about(scope: &Scope, key: RoadmapKey, step: &Name) -> Progress {
    let former: Vec<_> = step.former(scope.catalog()).iter().map(Name::columns).collect();
    Progress { renamed: Some((former, step.columns())), ..nothing(scope, key) }
}

/// Begins to change a roadmap of the asker's, in one transaction with what is found out about it.
async fn begin(scope: &Scope, id: &ID, changes_skills: bool) -> Result<(RoadmapKey, Doing), Failed> {
    let key = key_of(scope, id, "input.roadmap")?;
    let begun = scope.learners()?.store.begin(key, scope.now(), changes_skills, None).await?;
    Ok((key, doing_of(scope, begun)?))
}

/// The change that has begun. One that was made from what is not so any more is made again.
fn doing_of(scope: &Scope, begun: Begun) -> Result<Doing, Failed> {
    match begun {
        Begun::Yes(doing) => Ok(*doing),
        Begun::NotFound => Err(ApiError::not_found("input.roadmap", "roadmap").into()),
        Begun::Changed => Err(given_way(scope)?),
    }
}

/// Writes what was begun; the roadmap as it is then.
async fn finish(scope: &Scope, doing: Doing, done: Progress) -> Result<SavedRoadmap, Failed> {
    let row = scope.learners()?.store.finish(doing, done).await??;
    Ok(SavedRoadmap::new(scope, row))
}

/// Writes what was done on a roadmap whose `plan_change` was `since`; the roadmap as it is then.
async fn write(scope: &Scope, done: Progress, since: i64) -> Result<SavedRoadmap, Failed> {
    let (key, now, changes_skills) = (done.roadmap, done.now, done.changes_skills());
    let begun = scope.learners()?.store.begin(key, now, changes_skills, Some(since)).await?;
    finish(scope, doing_of(scope, begun)?, done).await
}

fn state(
    scope: &Scope,
    (learner, roadmap): RoadmapKey,
    planned: &PlannedStep,
    state: &str,
) -> step_state::Model {
    let (now, (topic, level)) = (instant(scope.now()), planned.step.columns());
    step_state::Model {
        learner_id: learner,
        roadmap_id: roadmap,
        topic,
        level,
        state: state.to_owned(),
        hours_millionths: i64::try_from(planned.hours).unwrap_or(i64::MAX),
        weight: i32::try_from(planned.weight).unwrap_or(i32::MAX),
        started_at: now,
        ended_at: (state != step_state::STARTED).then_some(now),
    }
}

fn skill_of(scope: &Scope, key: RoadmapKey, name: &Name, source: SkillSource) -> skill::Model {
    let (topic, level) = name.columns();
    let (source, recorded_at) = (source.name().to_owned(), instant(scope.now()));
    skill::Model { learner_id: key.0, topic, level, source, recorded_at }
}

fn hours(hours: f64) -> Result<Hours, UserError> {
    Hours::positive(hours).filter(|_| hours <= MOST_HOURS).ok_or_else(|| {
        let message = format!("{hours} hours: give more than 0 and at most {MOST_HOURS}.");
        UserError::new("input.hours", UserErrorCode::OutOfRange, message)
    })
}

fn day(scope: &Scope, day: Option<Date>) -> Result<Date, UserError> {
    let today = scope.today();
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let day = day.unwrap_or(Date(today));
    if day.0 <= tomorrow {
        return Ok(day);
    }
    let message = format!("{day} is still to come: log time when it has been spent.");
    Err(UserError::new("input.day", UserErrorCode::OutOfRange, message))
}
