//! `Step`.

use async_graphql::{ID, Result};
use waymark_planner::catalog;
use waymark_planner::ids::StepId;

use super::topic::viewer_level;
use super::{Coverage, Measures, Proficiency, Requirement, Topic};
use crate::graphql::ids::NodeId;
use crate::graphql::plain::plain_object;
use crate::graphql::scope::Scope;

/// A step, in the scope of a request.
#[derive(Clone)]
pub struct Step {
    scope: Scope,
    id: StepId,
}

impl Step {
    pub(crate) fn new(scope: &Scope, id: StepId) -> Self {
        Self { scope: scope.clone(), id }
    }

    fn get(&self) -> &catalog::Step {
        &self.scope.catalog().steps()[self.id]
    }
}

plain_object! {
/// A topic at a level: the unit of learning.
impl Step {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) fn id(&self) -> ID {
        NodeId::Step(self.id).encode(self.scope.catalog())
    }

    /// The topic.
    fn topic(&self) -> Topic {
        Topic::new(&self.scope, self.get().topic)
    }

    /// The level of proficiency.
    fn level(&self) -> Proficiency {
        self.get().level.into()
    }

    /// Steps that it has taken the place of, as `topic@LEVEL`, in alphabetical order: each of them still finds it.
    fn aliases(&self) -> Vec<&str> {
        self.get().aliases.iter().map(|alias| &**alias).collect()
    }

    /// The whole effort to reach the outcome from the level below, learning and practice together, in hours.
    fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// What somebody who holds it can be seen to do.
    fn outcome(&self) -> &str {
        &self.get().outcome
    }

    /// Something to build, change or decide, and how to tell that it worked; null where the catalogue says none.
    fn practice(&self) -> Option<&str> {
        self.get().practice.as_deref()
    }

    /// What must hold before it starts: all of these, the next lower level of its topic first among them.
    fn requires(&self) -> Vec<Requirement> {
        let entries = self.scope.catalog().requires(self.id);
        entries.map(|entry| Requirement::of_entry(&self.scope, entry)).collect()
    }

    /// What is good to have first: it comes earlier where both are in one milestone of a roadmap, and is never forced.
    fn recommends(&self) -> Vec<Requirement> {
        let entries = self.scope.catalog().recommends(self.id);
        entries.map(|entry| Requirement::of_entry(&self.scope, entry)).collect()
    }

    /// The steps that name it in what they require, by topic and level.
    fn unlocks(&self) -> Vec<Step> {
        self.scope.catalog().unlocks(self.id).iter().map(|&step| Self::new(&self.scope, step)).collect()
    }

    /// The resources that teach it, best first: by quality, then fit, price and hours.
    fn coverage(&self) -> Vec<Coverage> {
        self.scope.catalog().taught_by(self.id).iter().map(|&id| Coverage::new(&self.scope, id)).collect()
    }
}
waits {
    /// Whether the learner who asks has recorded to hold it, by this level of its topic or a higher one; null where nobody has said who asks.
    async fn viewer_holds(&self) -> Option<Result<bool>> {
        let found: Result<Option<bool>> = async {
            let Some(level) = viewer_level(&self.scope, self.get().topic).await? else { return Ok(None) };
            Ok(Some(level.is_some_and(|level| level >= self.get().level)))
        }
        .await;
        found.transpose()
    }

    /// How much hangs on it in the catalogue as a whole: whatever a requirement names counts as required.
    async fn measures(&self) -> Result<Measures> {
        let id = self.id;
        Ok(self.scope.of_measures(move |measures| measures[id]).await?.into())
    }
}
}
