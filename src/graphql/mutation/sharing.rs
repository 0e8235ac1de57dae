//! Kept roadmaps in the sight of others: of those who have a secret, and of calendars.

use std::collections::BTreeSet;

use async_graphql::{Context, InputObject, Object, Result};
use waymark_entity::link;

use super::once::once;
use super::roadmaps::{SavedRoadmapInput, find, kept, kept_before, key_of, title};
use crate::accounts::Secret;
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::inputs::RoadmapInput;
use crate::graphql::price::{ROADMAP, cost};
use crate::graphql::query::shared;
use crate::graphql::scope::Scope;
use crate::graphql::types::{SavedRoadmap, calendar_path};
use crate::graphql::user_errors::{Failed, apart, payload};
use crate::learning::Wishes;
use crate::store::Outcome;
use crate::store::learners::instant;

/// A shared roadmap to take over.
#[derive(InputObject)]
pub(crate) struct CopyRoadmapInput {
    /// The secret that it was shared by. Requests are told apart by their `clientMutationId`, and not by the secret.
    #[doc = stated!(secret)]
    #[graphql(secret)]
    secret: String,
    /// What the learner calls it; as it is called there if not given.
    #[doc = stated!(title)]
    title: Option<String>,
    /// The slug of the role that the copying learner holds; none if not given.
    #[doc = stated!(slug)]
    from: Option<String>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week. Where
    /// what came of it was deleted since, that is `NOT_FOUND`.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

payload! {
    /// What came of sharing.
    ShareRoadmapPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
        /// The secret for `sharedRoadmap(secret)`: who has it can read the roadmap.
        secret: String,
    }
}

payload! {
    /// What came of taking it back.
    UnshareRoadmapPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// What came of copying.
    CopyRoadmapPayload {
        /// The learner's own.
        roadmap: SavedRoadmap,
    }
}

payload! {
    /// A calendar.
    StudyCalendarPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
        /// Where the calendar is, as a path on this server: for calendar programs to subscribe to. Who has it can read the steps and their days.
        path: String,
    }
}

payload! {
    /// What came of closing it.
    CloseStudyCalendarPayload {
        /// The roadmap.
        roadmap: SavedRoadmap,
    }
}

#[derive(Default)]
pub(crate) struct Sharing;

#[Object]
impl Sharing {
    /// Lets those who have a secret read a kept roadmap. Sharing it again gives the same secret.
    async fn share_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<ShareRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, share, shared_before));
        ShareRoadmapPayload::from(ctx, came.await)
    }

    /// Takes the secret back: nobody reads the roadmap by it any more, and sharing it again makes another.
    async fn unshare_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<UnshareRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, unshare, stands));
        UnshareRoadmapPayload::from(ctx, came.await.map(UnshareRoadmapPayload::of))
    }

    /// Takes a shared roadmap over as one's own: its target, its topics preferred and avoided and its hours, planned from what the copying learner
    /// knows, from today.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn copy_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CopyRoadmapInput,
    ) -> Option<Result<CopyRoadmapPayload>> {
        let came = apart(ctx, once(ctx, &input, copy, copied));
        CopyRoadmapPayload::from(ctx, came.await.map(CopyRoadmapPayload::of))
    }

    /// Makes a calendar of the steps of a kept roadmap that follows it, at a secret address. Asking again gives the same.
    async fn study_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<StudyCalendarPayload>> {
        let came = apart(ctx, once(ctx, &input, open_calendar, opened_before));
        StudyCalendarPayload::from(ctx, came.await)
    }

    /// Closes the calendar: its address leads nowhere any more.
    async fn close_study_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SavedRoadmapInput,
    ) -> Option<Result<CloseStudyCalendarPayload>> {
        let came = apart(ctx, once(ctx, &input, close_calendar, stands));
        CloseStudyCalendarPayload::from(ctx, came.await.map(CloseStudyCalendarPayload::of))
    }
}

async fn share(scope: &Scope, input: &SavedRoadmapInput) -> Result<ShareRoadmapPayload, Failed> {
    let (roadmap, secret) = open(scope, input, link::SHARE).await?;
    Ok(ShareRoadmapPayload::of(roadmap, secret))
}

async fn open_calendar(scope: &Scope, input: &SavedRoadmapInput) -> Result<StudyCalendarPayload, Failed> {
    let (roadmap, secret) = open(scope, input, link::CALENDAR).await?;
    Ok(StudyCalendarPayload::of(roadmap, calendar_path(&secret)))
}

async fn shared_before(
    scope: &Scope,
    input: &SavedRoadmapInput,
    _: Outcome,
) -> Result<ShareRoadmapPayload, Failed> {
    let (roadmap, secret) = there(scope, input, link::SHARE).await?;
    Ok(ShareRoadmapPayload::of(roadmap, secret))
}

async fn opened_before(
    scope: &Scope,
    input: &SavedRoadmapInput,
    _: Outcome,
) -> Result<StudyCalendarPayload, Failed> {
    let (roadmap, secret) = there(scope, input, link::CALENDAR).await?;
    Ok(StudyCalendarPayload::of(roadmap, calendar_path(&secret)))
}

async fn unshare(scope: &Scope, input: &SavedRoadmapInput) -> Result<SavedRoadmap, Failed> {
    close(scope, input, link::SHARE).await
}

async fn close_calendar(scope: &Scope, input: &SavedRoadmapInput) -> Result<SavedRoadmap, Failed> {
    close(scope, input, link::CALENDAR).await
}

/// The roadmap as it is by now.
async fn stands(scope: &Scope, input: &SavedRoadmapInput, _: Outcome) -> Result<SavedRoadmap, Failed> {
    find(scope, key_of(scope, &input.id, "input.id")?, "input.id").await
}

async fn copied(scope: &Scope, _: &CopyRoadmapInput, outcome: Outcome) -> Result<SavedRoadmap, Failed> {
    kept_before(scope, &outcome).await
}

/// The address of a kind that was made for a roadmap.
async fn there(
    scope: &Scope,
    input: &SavedRoadmapInput,
    kind: &str,
) -> Result<(SavedRoadmap, String), Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let link = scope.learners()?.store.link(key, kind).await?;
    let link = link.ok_or_else(|| ApiError::gone("input.id", "address"))?;
    Ok((find(scope, key, "input.id").await?, link.secret))
}

async fn copy(scope: &Scope, input: &CopyRoadmapInput) -> Result<SavedRoadmap, Failed> {
    scope.with(Right::Write)?;
    let Some(shared) = shared(scope, &input.secret).await? else {
        let message = "No roadmap is shared by this secret, or not any more.";
        let error = ApiError::new(Code::NotFound, message);
        return Err(error.with("argument", async_graphql::Value::from("input.secret")).into());
    };
    let title = title("input.title", input.title.as_deref().unwrap_or(&shared.row().title))?;
    // What the other one knows and has, and when, is not the copying learner's.
    let wishes = Wishes {
        from: input.from.clone(),
        resources: None,
        skills: Vec::new(),
        gaps: Vec::new(),
        start_on: None,
        finish_by: None,
        pauses: Vec::new(),
        ..shared.wishes()?
    };
    let input = RoadmapInput::of(scope.catalog(), &wishes);
    input.check(scope, "input", &BTreeSet::new())?;
    kept(scope, title, &wishes, &input, "input").await
}

/// The address of a kind for a roadmap, made where there is none.
async fn open(
    scope: &Scope,
    input: &SavedRoadmapInput,
    kind: &str,
) -> Result<(SavedRoadmap, String), Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    find(scope, key, "input.id").await?;
    let learners = scope.learners()?;
    let link = link::Model {
        secret: Secret::new(&learners.entropy).text(),
        kind: kind.to_owned(),
        learner_id: key.0,
        roadmap_id: key.1,
        created_at: instant(scope.now()),
    };
    let link = learners.store.add_link(link).await?;
    Ok((find(scope, key, "input.id").await?, link.secret))
}

async fn close(scope: &Scope, input: &SavedRoadmapInput, kind: &str) -> Result<SavedRoadmap, Failed> {
    let key = key_of(scope, &input.id, "input.id")?;
    let learners = scope.learners()?;
    learners.store.delete_link(key, kind, scope.now()).await?;
    find(scope, key, "input.id").await
}
