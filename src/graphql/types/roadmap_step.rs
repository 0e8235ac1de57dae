//! `RoadmapStep`.

use async_graphql::{Object, Result};
use waymark_planner as planner;

use super::{Coverage, Measures, Milestone, Reason, Roadmap, Step, count};
use crate::graphql::scalars::Date;

/// A step of a roadmap.
#[derive(Clone)]
pub struct RoadmapStep {
    roadmap: Roadmap,
    position: usize,
}

impl RoadmapStep {
    pub(crate) fn new(roadmap: &Roadmap, position: usize) -> Self {
        Self { roadmap: roadmap.clone(), position }
    }

    fn get(&self) -> &planner::PlannedStep {
        &self.roadmap.plan().steps[self.position]
    }

    fn others(&self, positions: &[usize]) -> Vec<Self> {
        positions.iter().map(|&position| Self::new(&self.roadmap, position)).collect()
    }
}

/// A step in its place on a roadmap.
#[Object]
impl RoadmapStep {
    /// Its place in the order, from 1.
    async fn position(&self) -> i32 {
        count(self.position + 1)
    }

    /// What is learned.
    async fn step(&self) -> Step {
        Step::new(self.roadmap.scope(), self.get().step)
    }

    /// The first milestone that needs it.
    async fn milestone(&self) -> Milestone {
        Milestone::new(&self.roadmap, self.get().milestone)
    }

    /// The sum of the weights of the requirements that it is taken for; 0 where it is only a means.
    async fn weight(&self) -> i32 {
        i32::try_from(self.get().weight).unwrap_or(i32::MAX)
    }

    /// The day in which it begins.
    async fn starts_on(&self) -> Date {
        self.get().starts_on.into()
    }

    /// The day in which it ends.
    async fn finishes_on(&self) -> Date {
        self.get().finishes_on.into()
    }

    /// Whether it is left for later, since not everything fits by `finishBy`.
    async fn deferred(&self) -> bool {
        self.get().deferred
    }

    /// The steps of the roadmap that it needs right before it, in order.
    async fn needs(&self) -> Vec<RoadmapStep> {
        self.others(&self.get().needs)
    }

    /// The steps of the roadmap that need it, in order.
    async fn unlocks(&self) -> Vec<RoadmapStep> {
        self.others(&self.get().unlocks)
    }

    /// Why it is here: the requirements that it serves, in ladder order, each with the shortest chain to it.
    async fn reasons(&self) -> Vec<Reason> {
        let reasons = self.roadmap.plan().reasons(self.position);
        reasons.into_iter().map(|reason| Reason::new(&self.roadmap, reason)).collect()
    }

    /// Whether it lies on the longest chain of hours.
    async fn critical(&self) -> bool {
        self.get().is_critical()
    }

    /// How many hours it may slip before the longest chain grows, as though all steps without order between them ran side by side.
    async fn slack_hours(&self) -> f64 {
        self.get().slack.as_f64()
    }

    /// How much hangs on it among the steps of the roadmap; `step.measures` is the same in the whole catalogue.
    async fn measures(&self) -> Result<Measures> {
        Ok(self.roadmap.measures().await?[self.position].into())
    }

    /// Whether every least-hours roadmap has it; false where another one of the same hours does without.
    async fn necessary(&self) -> Result<bool> {
        Ok(self.roadmap.necessary().await?[self.position])
    }

    /// The resource picked for it; null where none within the learner's wishes covers it.
    async fn coverage(&self) -> Result<Option<Coverage>> {
        let scope = self.roadmap.scope();
        let plan = self.roadmap.resource_plan().await?;
        let mut picked = plan.picks.iter().flat_map(|(_, coverages)| coverages);
        let own = picked.find(|&&coverage| scope.catalog().coverages()[coverage].step == self.get().step);
        Ok(own.map(|&coverage| Coverage::new(scope, coverage)))
    }
}
