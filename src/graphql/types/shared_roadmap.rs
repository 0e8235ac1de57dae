//! `SharedRoadmap`.

use async_graphql::{Object, Result};
use chrono::{DateTime, Utc};

use super::{Progress, RoadmapVersion, Role, SavedRoadmap};
use crate::graphql::scope::Scope;

/// What others may see of a kept roadmap.
pub struct SharedRoadmap {
    scope: Scope,
    roadmap: SavedRoadmap,
}

impl SharedRoadmap {
    pub(crate) fn new(scope: &Scope, roadmap: SavedRoadmap) -> Self {
        Self { scope: scope.clone(), roadmap }
    }

    fn role(&self, slug: Option<&str>) -> Option<Role> {
        Some(Role::new(&self.scope, self.scope.catalog().role(slug?)?))
    }
}

/// A roadmap that its learner shows to those who have the secret: to read, and to copy. Whose it is, and the entries of the log, are not told; sums of
/// their hours are.
#[Object]
impl SharedRoadmap {
    /// What the learner calls it.
    async fn title(&self) -> &str {
        &self.roadmap.row().title
    }

    /// When something about it changed last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.roadmap.row().updated_at
    }

    /// The role that the learner holds.
    async fn from(&self) -> Option<Result<Role>> {
        let found: Result<Option<Role>> =
            async { Ok(self.role(self.roadmap.wishes()?.from.as_deref())) }.await;
        found.transpose()
    }

    /// The target role.
    async fn to(&self) -> Option<Result<Role>> {
        let found: Result<Option<Role>> = async { Ok(self.role(self.roadmap.wishes()?.to.as_deref())) }.await;
        found.transpose()
    }

    /// The current version.
    async fn version(&self) -> Result<RoadmapVersion> {
        Ok(self.roadmap.version().await?)
    }

    /// How far the learner is.
    async fn progress(&self) -> Result<Progress> {
        Ok(self.roadmap.progress().await?)
    }
}
