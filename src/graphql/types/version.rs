//! `RoadmapVersion`.

use std::sync::Arc;

use async_graphql::{Enum, Object, Result};
use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use waymark_planner::units::Hours;

use super::{Overview, RoadmapChanges, SavedRoadmap, SavedStep};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::error::ApiError;
use crate::graphql::scalars::Date;
use crate::service::learners::Version;
use crate::store::learners::VersionHeader;

/// Why a roadmap has another version.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionCause {
    /// It is the first.
    Saved,
    /// The learner wished for something else.
    Updated,
    /// The learner had it planned anew from what was known by then.
    Replanned,
    /// The learner skipped a step.
    Skipped,
}

/// A version of a kept roadmap. Its plan is read only if a field asks for something of it.
#[derive(Clone)]
pub struct RoadmapVersion(Arc<Inner>);

struct Inner {
    roadmap: SavedRoadmap,
    header: VersionHeader,
    planned: OnceCell<Arc<Version>>,
    overview: OnceCell<Arc<Overview>>,
}

impl RoadmapVersion {
    pub(crate) fn new(roadmap: &SavedRoadmap, header: VersionHeader) -> Self {
        let (planned, overview) = Default::default();
        Self(Arc::new(Inner { roadmap: roadmap.clone(), header, planned, overview }))
    }

    /// The current one of a roadmap.
    pub(crate) fn current(roadmap: &SavedRoadmap, version: Arc<Version>) -> Self {
        let (header, planned) = (VersionHeader::from(&version.row), OnceCell::new_with(Some(version)));
        Self(Arc::new(Inner { roadmap: roadmap.clone(), header, planned, overview: OnceCell::new() }))
    }

    /// The version with its plan and its changes.
    async fn planned(&self) -> Result<&Arc<Version>, ApiError> {
        let Inner { roadmap, header, planned, .. } = &*self.0;
        planned.get_or_try_init(|| roadmap.version_of_number(header.number)).await
    }

    /// The same with how far the learner is with its steps.
    async fn overview(&self) -> Result<&Arc<Overview>, ApiError> {
        let Inner { roadmap, header, overview, .. } = &*self.0;
        if header.number == roadmap.row().version {
            return roadmap.overview().await;
        }
        let load = async || roadmap.overview_of(self.planned().await?.clone()).await;
        overview.get_or_try_init(load).await
    }
}

/// What was planned for a kept roadmap at some time. It stays as it was.
#[Object]
impl RoadmapVersion {
    /// Counted from 1.
    async fn number(&self) -> i32 {
        self.0.header.number
    }

    /// When it was planned.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.header.created_at
    }

    /// Why.
    async fn cause(&self) -> VersionCause {
        match self.0.header.cause.as_str() {
            "UPDATED" => VersionCause::Updated,
            "REPLANNED" => VersionCause::Replanned,
            "SKIPPED" => VersionCause::Skipped,
            _ => VersionCause::Saved,
        }
    }

    /// The revision of the catalogue that it was planned on.
    async fn catalog_revision(&self) -> i32 {
        self.0.header.catalog_revision
    }

    /// The learning time of its steps, in hours.
    async fn hours(&self) -> Result<f64> {
        Ok(Hours::from_millionths(self.planned().await?.plan.hours).as_f64())
    }

    /// No set of steps that reaches the target took fewer hours than this.
    async fn lower_bound_hours(&self) -> Result<f64> {
        Ok(Hours::from_millionths(self.planned().await?.plan.lower_bound).as_f64())
    }

    /// Whether it was proven that no other set of steps took fewer hours.
    async fn proven_minimal(&self) -> Result<bool> {
        let plan = &self.planned().await?.plan;
        Ok(plan.hours == plan.lower_bound)
    }

    /// The day in which the first step begins.
    async fn starts_on(&self) -> Result<Date> {
        Ok(Date(self.planned().await?.plan.starts_on))
    }

    /// The day in which the last step ends.
    async fn finishes_on(&self) -> Result<Date> {
        Ok(Date(self.planned().await?.plan.finishes_on))
    }

    /// Whether all of it fits by the learner's last day; true where there is none. Where it does not, the steps that are left for later say so.
    async fn fits(&self) -> Result<bool> {
        Ok(!self.planned().await?.plan.steps.iter().any(|step| step.deferred))
    }

    /// The steps that were left to learn, in order, each with how far the learner is with it now.
    async fn steps(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<SavedStep>> {
        let overview = self.overview().await?;
        let steps = &overview.version.plan.steps;
        let positions: Vec<usize> = (0..steps.len()).collect();
        let step = |position| SavedStep::new(&self.0.roadmap, overview, position);
        let page = Page { first, after, last, before };
        Ok(page.of(&positions, |position| steps[position].step.to_string(), step)?)
    }

    /// What is different from the version before, and why; null for the first.
    async fn changes(&self) -> Option<Result<RoadmapChanges>> {
        let changes = match self.planned().await {
            Ok(version) => version.changes.clone()?,
            Err(error) => return Some(Err(error.into())),
        };
        Some(Ok(RoadmapChanges::new(self.0.roadmap.scope(), changes)))
    }
}
