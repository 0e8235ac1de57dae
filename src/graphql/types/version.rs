//! `RoadmapVersion`.

use std::sync::Arc;

use async_graphql::{Enum, Object, Result};
use chrono::{DateTime, Utc};
use waymark_planner::units::Hours;

use super::{RoadmapChanges, SavedStep};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::graphql::types::saved_step::Overview;

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

/// A version, in the scope of a request.
#[derive(Clone)]
pub struct RoadmapVersion {
    scope: Scope,
    overview: Arc<Overview>,
}

impl RoadmapVersion {
    pub(crate) fn new(scope: &Scope, overview: Arc<Overview>) -> Self {
        Self { scope: scope.clone(), overview }
    }
}

/// What was planned for a kept roadmap at some time. It stays as it was.
#[Object]
impl RoadmapVersion {
    /// Counted from 1.
    async fn number(&self) -> i32 {
        self.overview.version.row.number
    }

    /// When it was planned.
    async fn created_at(&self) -> DateTime<Utc> {
        self.overview.version.row.created_at
    }

    /// Why.
    async fn cause(&self) -> VersionCause {
        match self.overview.version.row.cause.as_str() {
            "UPDATED" => VersionCause::Updated,
            "REPLANNED" => VersionCause::Replanned,
            "SKIPPED" => VersionCause::Skipped,
            _ => VersionCause::Saved,
        }
    }

    /// The revision of the catalogue that it was planned on.
    async fn catalog_revision(&self) -> i32 {
        self.overview.version.row.catalog_revision
    }

    /// The learning time of its steps, in hours.
    async fn hours(&self) -> f64 {
        Hours::from_millionths(self.overview.version.plan.hours).as_f64()
    }

    /// No set of steps that reaches the target took fewer hours than this.
    async fn lower_bound_hours(&self) -> f64 {
        Hours::from_millionths(self.overview.version.plan.lower_bound).as_f64()
    }

    /// Whether it was proven that no other set of steps took fewer hours.
    async fn proven_minimal(&self) -> bool {
        self.overview.version.plan.hours == self.overview.version.plan.lower_bound
    }

    /// The day in which the first step begins.
    async fn starts_on(&self) -> Date {
        Date(self.overview.version.plan.starts_on)
    }

    /// The day in which the last step ends.
    async fn finishes_on(&self) -> Date {
        Date(self.overview.version.plan.finishes_on)
    }

    /// Whether all of it fits by the learner's last day; true where there is none. Where it does not, the steps that are left for later say so.
    async fn fits(&self) -> bool {
        !self.overview.version.plan.steps.iter().any(|step| step.deferred)
    }

    /// The steps that were left to learn, in order, each with how far the learner is with it now.
    async fn steps(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<SavedStep>> {
        let steps = &self.overview.version.plan.steps;
        let positions: Vec<usize> = (0..steps.len()).collect();
        let step = |position| SavedStep::new(&self.scope, &self.overview, position);
        let page = Page { first, after, last, before };
        Ok(page.of(&positions, |position| steps[position].step.to_string(), step)?)
    }

    /// What is different from the version before, and why; null for the first.
    async fn changes(&self) -> Option<RoadmapChanges> {
        let changes = self.overview.version.changes.clone()?;
        Some(RoadmapChanges::new(&self.scope, changes))
    }
}
