//! `RoadmapStep`.

use async_graphql::{ID, Result, SimpleObject};
use waymark_planner as planner;
use waymark_planner::resources::study_hours;
use waymark_planner::units::Hours;

use super::roadmap::Need;
use super::{Coverage, Measures, Milestone, Reason, Roadmap, Step, count};
use crate::graphql::error::ApiError;
use crate::graphql::plain::{plain_fields, plain_object};
use crate::graphql::roadmap_id;
use crate::graphql::scalars::Date;

/// A step of a roadmap.
#[derive(Clone)]
pub struct RoadmapStep {
    roadmap: Roadmap,
    position: usize,
}

impl RoadmapStep {
    async fn after(&self, need: Need) -> Result<(), ApiError> {
        self.roadmap.after(need).await
    }

    pub(crate) fn new(roadmap: &Roadmap, position: usize) -> Self {
        Self { roadmap: roadmap.clone(), position }
    }

    fn get(&self) -> &planner::PlannedStep {
        &self.roadmap.plan().steps[self.position]
    }

    /// The hours that go into the resource; an error before [`Need::Resources`].
    fn study(&self) -> Result<Hours, ApiError> {
        let catalog = self.roadmap.scope().catalog();
        let step = self.get().step;
        let picked = self.roadmap.picked(step)?.map(|id| &catalog.coverages()[id]);
        Ok(picked.map_or(Hours::ZERO, |coverage| study_hours(catalog, coverage)))
    }

    fn others(&self, positions: &[usize]) -> Vec<Self> {
        positions.iter().map(|&position| Self::new(&self.roadmap, position)).collect()
    }
}

plain_object! {
/// A step in its place on a roadmap.
impl RoadmapStep {
    /// The opaque id, made of the roadmap's and the step: for caches.
    fn id(&self) -> ID {
        let name = self.roadmap.scope().catalog().step_name(self.get().step);
        roadmap_id::of_step(self.roadmap.global_id(), &name)
    }

    /// Its place in the order, from 1.
    fn position(&self) -> i32 {
        count(self.position + 1)
    }

    /// What is learned.
    fn step(&self) -> Step {
        Step::new(self.roadmap.scope(), self.get().step)
    }

    /// The first milestone that needs it.
    fn milestone(&self) -> Milestone {
        Milestone::new(&self.roadmap, self.get().milestone)
    }

    /// The sum of the weights of the requirements that it is taken for; 0 where it is only a means.
    fn weight(&self) -> i32 {
        i32::try_from(self.get().weight).unwrap_or(i32::MAX)
    }

    /// The weight times the hours of the step: what comes early, and what is kept where not all fits, goes by it.
    fn value(&self) -> f64 {
        self.get().value.as_f64()
    }

    /// The day in which it begins.
    fn starts_on(&self) -> Date {
        self.get().starts_on.into()
    }

    /// The day in which it ends.
    fn finishes_on(&self) -> Date {
        self.get().finishes_on.into()
    }

    /// Whether it is left for later, since not everything fits by `finishBy`.
    fn deferred(&self) -> bool {
        self.get().deferred
    }

    /// The steps of the roadmap that it needs right before it, in order.
    fn needs(&self) -> Vec<RoadmapStep> {
        self.others(&self.get().needs)
    }

    /// The steps of the roadmap that need it, in order.
    fn unlocks(&self) -> Vec<RoadmapStep> {
        self.others(&self.get().unlocks)
    }

    /// Why it is here: the requirements that it serves, in ladder order, each with the shortest chain to it.
    fn reasons(&self) -> Vec<Reason> {
        let reasons = self.roadmap.plan().reasons(self.position);
        reasons.into_iter().map(|reason| Reason::new(&self.roadmap, reason)).collect()
    }

    /// Whether it lies on the longest chain of hours.
    fn critical(&self) -> bool {
        self.get().is_critical()
    }

    /// How many hours it may slip before the longest chain grows, as though all steps without order between them ran side by side.
    fn slack_hours(&self) -> f64 {
        self.get().slack.as_f64()
    }
}
after {
    /// How much hangs on it among the steps of the roadmap; `step.measures` is the same in the whole catalogue.
    [Measures] fn measures(&self) -> Result<Measures> {
        Ok(self.roadmap.measures()?[self.position].into())
    }

    /// Whether every least-hours roadmap has it; false where another one of the same hours does without.
    [Necessary] fn necessary(&self) -> Result<bool> {
        Ok(self.roadmap.necessary()?[self.position])
    }

    /// The resource picked to learn it from; null where none within the learner's wishes covers it.
    [Resources] fn coverage(&self) -> Result<Option<Coverage>> {
        let picked = self.roadmap.picked(self.get().step)?;
        Ok(picked.map(|coverage| Coverage::new(self.roadmap.scope(), coverage)))
    }

    /// What to do to reach the step's outcome.
    [Resources] fn practice(&self) -> Result<Practice> {
        let (scope, step) = (self.roadmap.scope(), self.get().step);
        let resource = self.roadmap.exercise(step)?;
        Ok(Practice {
            task: scope.catalog().steps()[step].practice.as_deref().map(str::to_owned),
            resource: resource.map(|coverage| Coverage::new(scope, coverage)),
        })
    }

    /// How many of the step's hours go into its resource: as many as that takes, and no more than the step has; 0 without a resource.
    [Resources] fn study_hours(&self) -> Result<f64> {
        Ok(self.study()?.as_f64())
    }

    /// The rest of the step's hours, which go into practice.
    [Resources] fn practice_hours(&self) -> Result<f64> {
        let hours = self.roadmap.scope().catalog().steps()[self.get().step].hours;
        Ok((hours - self.study()?).as_f64())
    }
}
}

/// What to do to reach a step's outcome, and a resource to do it with.
#[derive(SimpleObject)]
pub struct Practice {
    /// Something to build, change or decide, and how to tell that it worked; null where the catalogue says none.
    task: Option<String>,
    /// An exercise or a project; null where none within the learner's wishes covers the step.
    resource: Option<Coverage>,
}

plain_fields!(Practice { task: Option<String>, resource: Option<Coverage> });

/// A step of a roadmap in a week.
#[derive(SimpleObject)]
pub struct WeekStep {
    /// The step.
    step: RoadmapStep,
    /// The hours that go into it in that week.
    hours: f64,
    /// Whether it ends in that week.
    finishes: bool,
}

impl WeekStep {
    pub(crate) fn new(roadmap: &Roadmap, week: &planner::WeekStep) -> Self {
        let step = RoadmapStep::new(roadmap, week.position);
        Self { step, hours: week.hours.as_f64(), finishes: week.finishes }
    }
}

plain_fields!(WeekStep { step: RoadmapStep, hours: f64, finishes: bool });
