//! `SavedRoadmap`.

use std::sync::Arc;

use async_graphql::parser::types::SelectionSet;
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use waymark_entity::{link, roadmap, study};

use super::saved_step::Overview;
use super::{
    Forecast, Proficiency, Progress, Roadmap, RoadmapVersion, RoadmapWishes, SavedStep, StudyEntry, count,
};
use crate::graphql::connection::{Connection, Page, StoredList, wants_total};
use crate::graphql::error::ApiError;
use crate::graphql::ids::Key;
use crate::graphql::json_text::JsonText;
use crate::graphql::loaders::{FirstStudyDayOf, SkillsOf, StatesOf, StudyDaysOf, StudySumsOf, VersionOf};
use crate::graphql::plain::{Given, Plain, Selected, Written};
use crate::graphql::price::{ROADMAP, cost};
use crate::graphql::scope::Scope;
use crate::learning::{Name, StudySums, Wishes, weekly};
use crate::service::Lost;
use crate::service::ground::Held;
use crate::service::learners::{Version, from_json};
use crate::service::study::StudyDays;
use crate::store::KeyRange;
use crate::store::learners::{RoadmapKey, StudyPlace, VersionHeader};

/// How many next steps are told where nothing is said.
const NEXT: i32 = 3;

/// A kept roadmap, in the scope of a request; shared by everything that hangs on it.
#[derive(Clone)]
pub struct SavedRoadmap(Arc<Inner>);

struct Inner {
    scope: Scope,
    row: roadmap::Model,
    planned: OnceCell<Arc<Version>>,
    overview: OnceCell<Arc<Overview>>,
    study: OnceCell<Arc<StudySums>>,
}

impl SavedRoadmap {
    pub(crate) fn new(scope: &Scope, row: roadmap::Model) -> Self {
        let (planned, overview, study) = Default::default();
        Self(Arc::new(Inner { scope: scope.clone(), row, planned, overview, study }))
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

    pub(super) fn scope(&self) -> &Scope {
        &self.0.scope
    }

    pub(crate) fn wishes(&self) -> Result<Wishes, ApiError> {
        Ok(from_json::<Wishes>(&self.row().wishes)?.current(self.scope().catalog()))
    }

    /// The current version with how far its steps are.
    pub(crate) async fn overview(&self) -> Result<&Arc<Overview>, ApiError> {
        let load = async || self.overview_of(self.planned().await?.clone()).await;
        self.0.overview.get_or_try_init(load).await
    }

    /// The current version alone.
    pub(crate) async fn planned(&self) -> Result<&Arc<Version>, ApiError> {
        self.0.planned.get_or_try_init(|| self.version_of_number(self.row().version)).await
    }

    /// A version that is there, with its plan.
    pub(super) async fn version_of_number(&self, number: i32) -> Result<Arc<Version>, ApiError> {
        let version = self.scope().loaders()?.load(VersionOf { roadmap: self.key(), number }).await?;
        Ok(version.ok_or(Lost::Fault)?)
    }

    /// A version with how far its steps are.
    pub(super) async fn overview_of(&self, version: Arc<Version>) -> Result<Arc<Overview>, ApiError> {
        let (key, loaders) = (self.key(), self.scope().loaders()?);
        let (states, skills) = tokio::try_join!(loaders.load(StatesOf(key)), loaders.load(SkillsOf(key.0)))?;
        Ok(Arc::new(Overview::new(version, &states.unwrap_or_default(), &skills.unwrap_or_default())))
    }

    /// The sums of the log.
    pub(super) async fn study(&self) -> Result<&Arc<StudySums>, ApiError> {
        let load = async || -> Result<_, ApiError> {
            let sums = self.scope().loaders()?.load(StudySumsOf(self.key())).await?;
            Ok(sums.unwrap_or_default())
        };
        self.0.study.get_or_try_init(load).await
    }

    async fn study_days(&self) -> Result<Arc<StudyDays>, ApiError> {
        let key = StudyDaysOf(self.key(), self.scope().today());
        Ok(self.scope().loaders()?.load(key).await?.unwrap_or_default())
    }

    pub(crate) async fn version(&self) -> Result<RoadmapVersion, ApiError> {
        Ok(RoadmapVersion::current(self, self.planned().await?.clone()))
    }

    pub(crate) async fn progress(&self) -> Result<Progress, ApiError> {
        let (overview, study, days) = tokio::try_join!(self.overview(), self.study(), self.study_days())?;
        let today = self.scope().today();
        Ok(Progress::new(overview, study, &days, &self.wishes()?, self.row().created_at, today))
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
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<RoadmapVersion>> {
        let page = Page { first, after, last, before }.read(&Versions(self), wants_total(ctx)).await?;
        Ok(page.map(|header| RoadmapVersion::new(self, header)))
    }

    /// A version by its number; null where there is none.
    async fn version_of(
        &self,
        #[graphql(desc = "The number, from 1.")] number: i32,
    ) -> Option<Result<RoadmapVersion>> {
        let found: Result<Option<RoadmapVersion>> = async {
            let store = &self.scope().learners()?.store;
            let header = store.version_header(self.key(), number).await.map_err(ApiError::from)?;
            Ok(header.map(|header| RoadmapVersion::new(self, header)))
        }
        .await;
        found.transpose()
    }

    /// Whether the catalogue has moved on since the current version was planned: `replan` tells what that means for it.
    async fn is_outdated(&self) -> Result<bool> {
        Ok(self.planned().await?.is_outdated(self.scope().snapshot()))
    }

    /// The current version as a computed roadmap, with its reasons, choices and resources, and to export; null where the catalogue has moved on.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn roadmap(&self) -> Option<Result<Plain<Roadmap>>> {
        let found: Result<Option<Plain<Roadmap>>> = async {
            let version = self.planned().await?;
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
        Ok(next.map(|position| SavedStep::new(self, overview, position)).collect())
    }

    /// A step of the current version; null where it does not have it.
    async fn step(
        &self,
        #[graphql(desc = "The slug of its topic. At most 100 characters.")] topic: String,
        #[graphql(desc = "Its level.")] level: Proficiency,
    ) -> Option<Result<SavedStep>> {
        let found: Result<Option<SavedStep>> = async {
            let overview = self.overview().await?;
            let name = Name { topic, level: level.into() }.wanted(self.scope().catalog());
            let position = overview.version.plan.position(&name);
            Ok(position.map(|position| SavedStep::new(self, overview, position)))
        }
        .await;
        found.transpose()
    }

    /// When the learner will be done.
    async fn forecast(&self) -> Result<Forecast> {
        let first_day = self.scope().loaders()?.load(FirstStudyDayOf(self.key()));
        let (overview, study, days, first_day) =
            tokio::try_join!(self.overview(), self.study(), self.study_days(), first_day)?;
        let today = self.scope().today();
        let pace = weekly(first_day, &days, today);
        Ok(Forecast::new(overview, study, pace, self.wishes()?, self.row().id, today))
    }

    /// The time that the learner has logged, latest day first.
    async fn study_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<StudyEntry>> {
        let page = Page { first, after, last, before }.read(&StudyLog(self), wants_total(ctx)).await?;
        Ok(page.map(|entry| StudyEntry::new(self.scope(), entry)))
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

/// The versions of a roadmap, newest first.
struct Versions<'a>(&'a SavedRoadmap);

impl StoredList for Versions<'_> {
    type Key = i32;
    type Item = VersionHeader;

    async fn place(&self, cursor: &str) -> Result<Option<i32>, ApiError> {
        let Ok(number) = cursor.parse() else { return Ok(None) };
        let found = self.0.scope().learners()?.store.version_header(self.0.key(), number).await?;
        Ok(found.map(|header| header.number))
    }

    async fn read(&self, range: &KeyRange<i32>) -> Result<Vec<VersionHeader>, ApiError> {
        Ok(self.0.scope().learners()?.store.version_page(self.0.key(), range).await?)
    }

    async fn count(&self) -> Result<u64, ApiError> {
        Ok(self.0.scope().learners()?.store.version_count(self.0.key()).await?)
    }

    fn cursor(header: &VersionHeader) -> String {
        header.number.to_string()
    }
}

/// The log of a roadmap, latest day first.
struct StudyLog<'a>(&'a SavedRoadmap);

impl StoredList for StudyLog<'_> {
    type Key = StudyPlace;
    type Item = study::Model;

    async fn place(&self, cursor: &str) -> Result<Option<StudyPlace>, ApiError> {
        let Ok(id) = cursor.parse() else { return Ok(None) };
        let (learner, roadmap) = self.0.key();
        let entry = self.0.scope().learners()?.store.study_entry(learner, id).await?;
        let entry = entry.filter(|entry| entry.roadmap_id == roadmap);
        Ok(entry.map(|entry| (entry.studied_on, entry.id)))
    }

    async fn read(&self, range: &KeyRange<StudyPlace>) -> Result<Vec<study::Model>, ApiError> {
        let (learners, catalog) = (self.0.scope().learners()?, self.0.scope().catalog());
        Ok(learners.study_page(self.0.key(), range, catalog).await?)
    }

    async fn count(&self) -> Result<u64, ApiError> {
        Ok(self.0.scope().learners()?.store.study_count(self.0.key()).await?)
    }

    fn cursor(entry: &study::Model) -> String {
        entry.id.to_string()
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

    fn write(&self, _: &[Selected], _: &mut JsonText) -> Option<()> {
        None
    }
}
