//! Roadmaps that are kept: saved, changed, planned anew.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};

use super::once::once;
use super::progress::nothing;
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::ids::Key;
use crate::graphql::inputs::{DateRangeInput, ResourcePreferences, RoadmapInput, StepInput};
use crate::graphql::planning::no_roadmap;
use crate::graphql::price::{ROADMAP, cost};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::graphql::types::{RoadmapChanges, SavedRoadmap};
use crate::graphql::user_errors::{Failed, Text, UserError, UserErrorCode, apart, payload};
use crate::learning::{Changes, Wishes};
use crate::service::Lost;
use crate::service::learners::{Change, Replanned};
use crate::store::Outcome;
use crate::store::learners::caps::is_pruned;
use crate::store::learners::{CapReached, RoadmapKey};

/// A roadmap to keep.
#[derive(InputObject)]
pub(crate) struct SaveRoadmapInput {
    /// What the learner calls it.
    #[doc = stated!(title)]
    title: String,
    /// Where the learner is, where to, and on which terms. What is recorded as known counts beside `skills`.
    roadmap: RoadmapInput,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// Other wishes for a kept roadmap. What is not given stays as it is; null empties what may be empty.
#[derive(InputObject)]
pub(crate) struct UpdateRoadmapInput {
    /// Its global id.
    #[doc = stated!(id)]
    id: ID,
    /// What the learner calls it.
    #[doc = stated!(title)]
    title: Option<String>,
    /// The slug of the role that the learner holds.
    #[doc = stated!(slug)]
    from: MaybeUndefined<String>,
    /// The slug of the target role.
    #[doc = stated!(slug)]
    to: MaybeUndefined<String>,
    /// Steps wanted beyond the target role.
    #[doc = stated!(goals)]
    goals: MaybeUndefined<Vec<StepInput>>,
    /// Steps that the learner holds, beside what is recorded.
    #[doc = stated!(skills)]
    skills: MaybeUndefined<Vec<StepInput>>,
    /// Steps that `from` implies and the learner does not hold.
    #[doc = stated!(skills)]
    gaps: MaybeUndefined<Vec<StepInput>>,
    /// Slugs of topics to use wherever a requirement offers them.
    #[doc = stated!(slugs)]
    prefer: MaybeUndefined<Vec<String>>,
    /// Slugs of topics never to put on the roadmap.
    #[doc = stated!(slugs)]
    avoid: MaybeUndefined<Vec<String>>,
    /// The hours that the learner has in a week.
    hours_per_week: Option<f64>,
    /// The first day.
    start_on: MaybeUndefined<Date>,
    /// The last day that there is.
    finish_by: MaybeUndefined<Date>,
    /// Ranges of days without learning.
    #[doc = stated!(pauses)]
    pauses: MaybeUndefined<Vec<DateRangeInput>>,
    /// What the learner wants of resources.
    resources: MaybeUndefined<ResourcePreferences>,
    /// The `changeNumber` that the client has seen. If the wishes, the title, the plan, or what is
    /// begun, done or skipped has changed since, nothing is done: `CONFLICT`. Time that was logged
    /// is no such change. Without it, other changes since then stay beside this one.
    expected_change_number: Option<i32>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// A kept roadmap.
#[derive(InputObject)]
pub(crate) struct SavedRoadmapInput {
    /// Its global id.
    #[doc = stated!(id)]
    pub(super) id: ID,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// A roadmap that is put aside, or taken up again.
#[derive(InputObject)]
pub(crate) struct ArchiveRoadmapInput {
    /// Its global id.
    #[doc = stated!(id)]
    id: ID,
    /// Whether it is put aside; false takes it up again.
    #[graphql(default = true)]
    archived: bool,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

payload! {
    /// What came of saving.
    SaveRoadmapPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// What came of the change.
    UpdateRoadmapPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
    maybe {
        /// What is different about its steps; null where only the title is another.
        changes: RoadmapChanges,
    }
}

payload! {
    /// What came of it.
    ArchiveRoadmapPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// What came of deleting.
    DeleteRoadmapPayload {
        /// The id that it had.
        deleted_id: ID,
    }
}

payload! {
    /// What came of planning anew.
    ReplanPayload {
        /// The roadmap, at its new version.
        roadmap: SavedRoadmap,
        /// What is different, and why.
        changes: RoadmapChanges,
    }
}

#[derive(Default)]
pub(crate) struct Roadmaps;

#[Object]
impl Roadmaps {
    /// Keeps a roadmap, to follow it. It is planned from what is recorded as known.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn save_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to keep.")] input: SaveRoadmapInput,
    ) -> Option<Result<SaveRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, save, saved));
        SaveRoadmapPayload::from(ctx, came.await.map(SaveRoadmapPayload::of))
    }

    /// Changes what a kept roadmap is for, or on which terms, and plans it anew.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn update_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateRoadmapInput,
    ) -> Option<Result<UpdateRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, update, updated));
        UpdateRoadmapPayload::from(ctx, came.await)
    }

    /// Puts a kept roadmap aside, or takes it up again.
    async fn archive_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ArchiveRoadmapInput,
    ) -> Option<Result<ArchiveRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, archive, archived));
        ArchiveRoadmapPayload::from(ctx, came.await)
    }

    /// Deletes a kept roadmap with its versions, progress and log. What was learned stays recorded.
    async fn delete_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<DeleteRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, delete, deleted));
        DeleteRoadmapPayload::from(ctx, came.await)
    }

    /// Plans a kept roadmap anew from what is known now, on the catalogue as it is now, and tells what is different and why. What is under way
    /// stays on it unless there is no roadmap with it. Where nothing is different the version stays the same.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn replan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<ReplanPayload>> {
        let came = apart(ctx, once(ctx, &input, plan_anew, planned_anew));
        ReplanPayload::from(ctx, came.await)
    }
}

/// The key of a roadmap of the asker's, who may change it.
pub(super) fn key_of(scope: &Scope, id: &ID, argument: &str) -> Result<RoadmapKey, Failed> {
    let who = scope.with(Right::Write)?;
    match Key::decode(id) {
        Some(Key::Roadmap(key)) => Ok((who.id, key)),
        _ => Err(ApiError::not_found(argument, "roadmap").into()),
    }
}

/// The roadmap of a key.
pub(super) async fn find(scope: &Scope, key: RoadmapKey, argument: &str) -> Result<SavedRoadmap, Failed> {
    let found = SavedRoadmap::find(scope, key).await?;
    found.ok_or_else(|| ApiError::not_found(argument, "roadmap").into())
}

/// Plans a roadmap anew, and tells what is different. Where there is none, the wishes that rule it out are found in the input that has them.
pub(super) async fn replan(
    scope: &Scope,
    key: RoadmapKey,
    change: &Change,
    input: &RoadmapInput,
    argument: &str,
) -> Result<RoadmapChanges, Failed> {
    match scope.learners()?.replan(key, &scope.ground(), change).await? {
        Replanned::Done(changes) => Ok(RoadmapChanges::new(scope, *changes)),
        Replanned::Impossible(none) => Err(no_roadmap(scope.catalog(), input, "input", &none).into()),
        Replanned::Lost(what) => {
            let message = format!(
                "The catalogue does not have {what} any more: say with updateRoadmap where the roadmap leads from and to."
            );
            Err(UserError::new(argument, UserErrorCode::Invalid, message).into())
        }
        Replanned::NotFound => Err(ApiError::not_found(argument, "roadmap").into()),
        Replanned::Busy => Err(given_way(scope)?),
        Replanned::Capped(cap) => Err(cap.into()),
    }
}

/// Has the mutation be done again from its beginning, since others have changed the plan meanwhile;
/// the error that it has if they do so again and again.
pub(super) fn given_way(scope: &Scope) -> Result<Failed, ApiError> {
    scope.learners()?.store.give_way();
    Ok(ApiError::conflict("roadmap").into())
}

/// What was different about the version that came of a request; nothing if none came of it.
pub(super) async fn changes_of(
    scope: &Scope,
    roadmap: &SavedRoadmap,
    outcome: &Outcome,
) -> Result<RoadmapChanges, Failed> {
    let Some(number) = outcome.version else { return Ok(RoadmapChanges::new(scope, Changes::default())) };
    let version = scope.learners()?.version(roadmap.key(), number, scope.catalog()).await?;
    // One that was pruned may still be in memory here, and is not on another server.
    let version = version.filter(|_| !is_pruned(number, roadmap.row().version));
    let version = version.ok_or_else(|| ApiError::gone("input", "version"))?;
    Ok(RoadmapChanges::new(scope, version.changes.clone().unwrap_or_default()))
}

async fn plan_anew(scope: &Scope, input: &SavedRoadmapInput) -> Result<ReplanPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let change = Change::of("REPLANNED", nothing(scope, key));
    let changes = replan(scope, key, &change, &RoadmapInput::default(), "input.id").await?;
    Ok(ReplanPayload::of(find(scope, key, "input.id").await?, changes))
}

async fn planned_anew(
    scope: &Scope,
    input: &SavedRoadmapInput,
    outcome: Outcome,
) -> Result<ReplanPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let roadmap = find(scope, key, "input.id").await?;
    let changes = changes_of(scope, &roadmap, &outcome).await?;
    Ok(ReplanPayload::of(roadmap, changes))
}

async fn saved<I>(scope: &Scope, _: &I, outcome: Outcome) -> Result<SavedRoadmap, Failed> {
    kept_before(scope, &outcome).await
}

/// The roadmap that came of a request.
pub(super) async fn kept_before(scope: &Scope, outcome: &Outcome) -> Result<SavedRoadmap, Failed> {
    let who = scope.with(Right::Write)?;
    find(scope, (who.id, outcome.roadmap.ok_or(Lost::Fault)?), "input").await
}

async fn save(scope: &Scope, input: &SaveRoadmapInput) -> Result<SavedRoadmap, Failed> {
    let who = scope.with(Right::Write)?;
    let title = title("input.title", &input.title)?;
    let recorded = scope.learners()?.skills(who.id, scope.catalog()).await?;
    input.roadmap.check(scope, "input.roadmap", &recorded)?;
    let wishes = Wishes::from(&input.roadmap).current(scope.catalog());
    kept(scope, title, &wishes, &input.roadmap, "input.roadmap").await
}

/// Plans and keeps a roadmap.
pub(super) async fn kept(
    scope: &Scope,
    title: String,
    wishes: &Wishes,
    input: &RoadmapInput,
    argument: &str,
) -> Result<SavedRoadmap, Failed> {
    let who = scope.with(Right::Write)?;
    match scope.learners()?.save(who.id, &scope.ground(), title, wishes).await? {
        Ok(Some(row)) => Ok(SavedRoadmap::new(scope, row)),
        Ok(None) => Err(CapReached::Roadmaps.into()),
        Err(none) => Err(no_roadmap(scope.catalog(), input, argument, &none).into()),
    }
}

async fn updated(
    scope: &Scope,
    input: &UpdateRoadmapInput,
    outcome: Outcome,
) -> Result<UpdateRoadmapPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let roadmap = find(scope, key, "input.id").await?;
    let changes = match outcome.version {
        Some(_) => Some(changes_of(scope, &roadmap, &outcome).await?),
        None => None,
    };
    Ok(UpdateRoadmapPayload::of(roadmap, changes))
}

async fn update(scope: &Scope, input: &UpdateRoadmapInput) -> Result<UpdateRoadmapPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let title = input.title.as_deref().map(|text| title("input.title", text)).transpose()?;
    let roadmap = find(scope, key, "input.id").await?;
    let since = roadmap.row().plan_change;
    if input.expected_change_number.is_some_and(|expected| since > i64::from(expected)) {
        return Err(ApiError::conflict("roadmap").into());
    }
    let before = RoadmapInput::of(scope.catalog(), &roadmap.wishes()?);
    let (before, wanted) = (Wishes::from(&before), input.over(before));
    let wishes = Wishes::from(&wanted).current(scope.catalog());
    if wishes == before {
        let store = &scope.learners()?.store;
        if let Some(title) = title
            && !store.set_title(key, &title, since, scope.now()).await?
        {
            return Err(given_way(scope)?);
        }
        return Ok(UpdateRoadmapPayload::of(find(scope, key, "input.id").await?, None));
    }
    // Gaps that were named before may be filled by now.
    wanted.check(scope, "input", &BTreeSet::new())?;
    // What others have changed meanwhile is not written over.
    let since = Some(since);
    let change = Change { since, title, wishes: Some(wishes), ..Change::of("UPDATED", nothing(scope, key)) };
    let changes = replan(scope, key, &change, &wanted, "input.id").await?;
    Ok(UpdateRoadmapPayload::of(find(scope, key, "input.id").await?, Some(changes)))
}

impl UpdateRoadmapInput {
    /// What was wished for, with what is given in its place.
    fn over(&self, mut wishes: RoadmapInput) -> RoadmapInput {
        fn set<T: Clone>(field: &mut T, given: Option<&T>) {
            if let Some(given) = given {
                field.clone_from(given);
            }
        }
        fn set_or_empty<T: Clone>(field: &mut Option<T>, given: &MaybeUndefined<T>) {
            match given {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => *field = None,
                MaybeUndefined::Value(value) => *field = Some(value.clone()),
            }
        }
        fn set_list<T: Clone>(field: &mut Vec<T>, given: &MaybeUndefined<Vec<T>>) {
            match given {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => field.clear(),
                MaybeUndefined::Value(value) => field.clone_from(value),
            }
        }
        set_or_empty(&mut wishes.from, &self.from);
        set_or_empty(&mut wishes.to, &self.to);
        set_list(&mut wishes.goals, &self.goals);
        set_list(&mut wishes.skills, &self.skills);
        set_list(&mut wishes.gaps, &self.gaps);
        set_list(&mut wishes.prefer, &self.prefer);
        set_list(&mut wishes.avoid, &self.avoid);
        set(&mut wishes.hours_per_week, self.hours_per_week.as_ref());
        set_or_empty(&mut wishes.start_on, &self.start_on);
        set_or_empty(&mut wishes.finish_by, &self.finish_by);
        set_list(&mut wishes.pauses, &self.pauses);
        set_or_empty(&mut wishes.resources, &self.resources);
        wishes
    }
}

async fn archive(scope: &Scope, input: &ArchiveRoadmapInput) -> Result<ArchiveRoadmapPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let learners = scope.learners()?;
    let archived_at = input.archived.then(|| scope.now());
    learners.store.set_archived(key, archived_at, scope.now()).await?;
    Ok(ArchiveRoadmapPayload::of(find(scope, key, "input.id").await?))
}

async fn archived(
    scope: &Scope,
    input: &ArchiveRoadmapInput,
    _: Outcome,
) -> Result<ArchiveRoadmapPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    Ok(ArchiveRoadmapPayload::of(find(scope, key, "input.id").await?))
}

async fn deleted(
    scope: &Scope,
    input: &SavedRoadmapInput,
    _: Outcome,
) -> Result<DeleteRoadmapPayload, Failed> {
    scope.with(Right::Write)?;
    Ok(DeleteRoadmapPayload::of(input.id.clone()))
}

async fn delete(scope: &Scope, input: &SavedRoadmapInput) -> Result<DeleteRoadmapPayload, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let learners = scope.learners()?;
    if !learners.store.delete_roadmap(key).await? {
        return Err(ApiError::not_found("input.id", "roadmap").into());
    }
    Ok(DeleteRoadmapPayload::of(input.id.clone()))
}

pub(super) fn title(path: &str, text: &str) -> Result<String, UserError> {
    Text { path, what: "title" }.required(text)
}
