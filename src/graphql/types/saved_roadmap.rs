//! `SavedRoadmap`.

use std::sync::Arc;

use async_graphql::parser::types::SelectionSet;
use async_graphql::{ID, Object, Result};
use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use waymark_entity::{link, roadmap};

use super::saved_step::Overview;
use super::{
    Forecast, Proficiency, Progress, Roadmap, RoadmapVersion, RoadmapWishes, SavedStep, StudyEntry, count,
};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::error::ApiError;
use crate::graphql::ids::Key;
use crate::graphql::loaders::{SkillsOf, StatesOf, StudyOf, VersionOf};
use crate::graphql::plain::{Given, Plain, Selected, Written};
use crate::graphql::scope::Scope;
use crate::learning::{Name, Wishes};
use crate::service::Lost;
use crate::service::ground::Held;
use crate::service::learners::{Version, from_json};
use crate::store::learners::RoadmapKey;

/// How many next steps are told where nothing is said.
const NEXT: i32 = 3;

/// A kept roadmap, in the scope of a request; shared by everything that hangs on it.
#[derive(Clone)]
pub struct SavedRoadmap(Arc<Inner>);

struct Inner {
    scope: Scope,
    row: roadmap::Model,
    overview: OnceCell<Arc<Overview>>,
}

impl SavedRoadmap {
    pub(crate) fn new(scope: &Scope, row: roadmap::Model) -> Self {
        Self(Arc::new(Inner { scope: scope.clone(), row, overview: OnceCell::new() }))
    }

    /// The one of a key; `None` where there is none.
    pub(crate) async fn find(scope: &Scope, key: RoadmapKey) -> Result<Option<Self>, ApiError> {
        let row = scope.learners()?.store.roadmap(key).await?;
        Ok(row.map(|row| Self::new(scope, row)))
    }

    pub(crate) fn row(&self) -> &roadmap::Model {
        &self.0.row
    }

    pub(crate) fn key(&self) -> RoadmapKey {
        (self.row().learner_id, self.row().id)
    }

    fn scope(&self) -> &Scope {
        &self.0.scope
    }

    pub(crate) fn wishes(&self) -> Result<Wishes, ApiError> {
        Ok(from_json::<Wishes>(&self.row().wishes)?.current(self.scope().catalog()))
    }

    /// The current version with how far its steps are.
    pub(crate) async fn overview(&self) -> Result<&Arc<Overview>, ApiError> {
        self.0.overview.get_or_try_init(|| self.overview_of(self.row().version)).await
    }

    /// The current version alone.
    pub(crate) async fn planned(&self) -> Result<Arc<Version>, ApiError> {
        let (learners, catalog) = (self.scope().learners()?, self.scope().catalog());
        let version = learners.version(self.key(), self.row().version, catalog).await?;
        Ok(version.ok_or(Lost)?)
    }

    async fn overview_of(&self, number: i32) -> Result<Arc<Overview>, ApiError> {
        let (key, loaders) = (self.key(), self.scope().loaders()?);
        let is_current = number == self.row().version;
        let (version, states, study, skills) = tokio::try_join!(
            loaders.load(VersionOf { roadmap: key, number, is_current }),
            loaders.load(StatesOf(key)),
            loaders.load(StudyOf(key)),
            loaders.load(SkillsOf(key.0)),
        )?;
        let version: Arc<Version> = version.ok_or(Lost)?;
        let (states, study) = (states.unwrap_or_default(), study.unwrap_or_default());
        Ok(Arc::new(Overview::new(version, &states, study, &skills.unwrap_or_default())))
    }

    pub(crate) async fn version(&self) -> Result<RoadmapVersion, ApiError> {
        Ok(RoadmapVersion::new(self.scope(), self.overview().await?.clone()))
    }

    pub(crate) async fn progress(&self) -> Result<Progress, ApiError> {
        let (overview, today) = (self.overview().await?, self.scope().today());
        Ok(Progress::new(overview, &self.wishes()?, self.row().created_at, today))
    }

    async fn link(&self, kind: &str) -> Result<Option<link::Model>> {
        Ok(self.scope().learners()?.store.link(self.key(), kind).await.map_err(ApiError::from)?)
    }
}

/// A roadmap that a learner keeps and follows.
#[Object]
impl SavedRoadmap {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) async fn id(&self) -> ID {
        Key::Roadmap(self.row().id).encode()
    }

    /// What the learner calls it.
    async fn title(&self) -> &str {
        &self.row().title
    }

    /// What the learner asked for. What is recorded as known counts beside it.
    async fn input(&self) -> Result<RoadmapWishes> {
        Ok(RoadmapWishes::new(self.scope(), self.wishes()?))
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row().created_at
    }

    /// When something about it changed last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row().updated_at
    }

    /// When it was put aside; null where it was not.
    async fn archived_at(&self) -> Option<DateTime<Utc>> {
        self.row().archived_at
    }

    /// Grows with whatever changes about it: for `roadmapChanged(since)`.
    async fn change_number(&self) -> i32 {
        count(self.row().change)
    }

    /// The current version: the steps that are left, with their days.
    #[graphql(name = "version")]
    async fn current_version(&self) -> Result<RoadmapVersion> {
        Ok(self.version().await?)
    }

    /// All versions, newest first.
    async fn versions(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<RoadmapVersion>> {
        let store = &self.scope().learners()?.store;
        let numbers = store.version_numbers(self.key()).await.map_err(ApiError::from)?;
        let page = Page { first, after, last, before }.cut(&numbers, |number| number.to_string())?;
        let overviews = page.items.iter().map(|&number| self.overview_of(number));
        let overviews = futures_util::future::try_join_all(overviews).await?;
        let nodes = overviews.into_iter().map(|overview| RoadmapVersion::new(self.scope(), overview));
        Ok(page.filled(nodes.collect()))
    }

    /// A version by its number; null where there is none.
    async fn version_of(
        &self,
        #[graphql(desc = "The number, from 1.")] number: i32,
    ) -> Option<Result<RoadmapVersion>> {
        let found: Result<Option<RoadmapVersion>> = async {
            let store = &self.scope().learners()?.store;
            if !store.version_numbers(self.key()).await.map_err(ApiError::from)?.contains(&number) {
                return Ok(None);
            }
            Ok(Some(RoadmapVersion::new(self.scope(), self.overview_of(number).await?)))
        }
        .await;
        found.transpose()
    }

    /// Whether the catalogue has moved on since the current version was planned: `replan` tells what that means for it.
    async fn is_outdated(&self) -> Result<bool> {
        Ok(self.overview().await?.version.is_outdated(self.scope().snapshot()))
    }

    /// The current version as a computed roadmap, with its reasons, choices and resources, and to export; null where the catalogue has moved on.
    async fn roadmap(&self) -> Option<Result<Plain<Roadmap>>> {
        let found: Result<Option<Plain<Roadmap>>> = async {
            let version = &self.overview().await?.version;
            if version.is_outdated(self.scope().snapshot()) {
                return Ok(None);
            }
            let wishes = Wishes { start_on: Some(version.plan.starts_on), ..self.wishes()? };
            let (skills, begun) = (version.plan.skills.clone(), version.plan.begun.clone());
            let held = Held { skills, begun, is_under_way: false };
            let planned = self.scope().ground().plan(&wishes, &held).await.map_err(ApiError::from)?;
            let resources = wishes.resources.as_ref().map(Into::into).unwrap_or_default();
            Ok(planned.ok().map(|planned| Plain(Roadmap::new(self.scope(), planned, resources))))
        }
        .await;
        found.transpose()
    }

    /// How far the learner is.
    #[graphql(name = "progress")]
    async fn current_progress(&self) -> Result<Progress> {
        Ok(self.progress().await?)
    }

    /// The steps that can be learned now, best first: what has been begun, then what needs nothing that is not done, in the plan's order.
    async fn next(
        &self,
        #[graphql(desc = "How many, 1 to 20.", default_with = "NEXT")] first: i32,
    ) -> Result<Vec<SavedStep>> {
        let first = usize::try_from(first).ok().filter(|first| (1..=20).contains(first));
        let first = first.ok_or_else(|| ApiError::argument("first", "first must be from 1 to 20."))?;
        let overview = self.overview().await?;
        let next = overview.next().into_iter().take(first);
        Ok(next.map(|position| SavedStep::new(self.scope(), overview, position)).collect())
    }

    /// A step of the current version; null where it does not have it.
    async fn step(
        &self,
        #[graphql(desc = "The slug of its topic.")] topic: String,
        #[graphql(desc = "Its level.")] level: Proficiency,
    ) -> Option<Result<SavedStep>> {
        let found: Result<Option<SavedStep>> = async {
            let overview = self.overview().await?;
            let name = Name { topic, level: level.into() }.wanted(self.scope().catalog());
            let position = overview.version.plan.position(&name);
            Ok(position.map(|position| SavedStep::new(self.scope(), overview, position)))
        }
        .await;
        found.transpose()
    }

    /// When the learner will be done.
    async fn forecast(&self) -> Result<Forecast> {
        let (overview, today) = (self.overview().await?, self.scope().today());
        Ok(Forecast::new(overview, self.wishes()?, self.row().id, today))
    }

    /// The time that the learner has logged, latest day first.
    async fn study_log(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<StudyEntry>> {
        let study = &self.overview().await?.study;
        let places: Vec<usize> = (0..study.len()).rev().collect();
        let entry = |place: usize| StudyEntry::new(self.scope(), study[place].clone());
        let page = Page { first, after, last, before };
        Ok(page.of(&places, |place| study[place].id.to_string(), entry)?)
    }

    /// The secret of the view that is shared with others, for `sharedRoadmap`; null where it is not shared.
    async fn share_secret(&self) -> Option<Result<String>> {
        let found: Result<Option<String>> =
            async { Ok(self.link(link::SHARE).await?.map(|link| link.secret)) }.await;
        found.transpose()
    }

    /// Where the calendar of its steps is, as a path on this server to subscribe to; null where there is none.
    async fn calendar_path(&self) -> Option<Result<String>> {
        let found: Result<Option<String>> =
            async { Ok(self.link(link::CALENDAR).await?.map(|link| calendar_path(&link.secret))) }.await;
        found.transpose()
    }
}

/// The path of a calendar.
pub(crate) fn calendar_path(secret: &str) -> String {
    format!("/calendar/{secret}.ics")
}

/// What is a learner's waits for the database: the engine resolves it.
impl Written for SavedRoadmap {
    fn select(_: &SelectionSet, _: &Given<'_>) -> Option<Vec<Selected>> {
        None
    }

    fn write(&self, _: &[Selected], _: &mut Vec<u8>) -> Option<()> {
        None
    }
}
