//! `SavedStep`, and how far a learner is with the steps of a version.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Enum, Object, Result};
use chrono::{DateTime, Utc};
use waymark_entity::step_state;
use waymark_planner::units::Hours;

use super::{Proficiency, Role, SavedRoadmap, Step, count};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::learning::{self, Name, PlannedStep, State, StudySums, holds, progress};
use crate::service::learners::Version;

/// How far a learner is with a step.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "learning::State")]
pub enum StepState {
    /// Not begun.
    Open,
    /// Begun.
    Started,
    /// Learned on this roadmap.
    Completed,
    /// Left out.
    Skipped,
    /// Held without having been learned on this roadmap.
    Held,
}

/// The steps of a version with how far each is, and those that were completed before it.
pub(crate) struct Overview {
    pub(crate) version: Arc<Version>,
    states: HashMap<Name, step_state::Model>,
    /// Those of the plan, in order, then the others.
    steps: Vec<learning::Step>,
}

impl Overview {
    pub(crate) fn new(version: Arc<Version>, rows: &[step_state::Model], skills: &BTreeSet<Name>) -> Self {
        let name = |row: &step_state::Model| Name::from_columns(&row.topic, &row.level);
        let states: HashMap<Name, step_state::Model> =
            rows.iter().filter_map(|row| Some((name(row)?, row.clone()))).collect();
        let of = |name: &Name, planned: u64, weight: u32| learning::Step {
            state: state(name, states.get(name), skills),
            hours: Hours::from_millionths(planned),
            name: name.clone(),
            weight,
        };
        let mut steps: Vec<_> =
            version.plan.steps.iter().map(|step| of(&step.step, step.hours, step.weight)).collect();
        let planned: BTreeSet<&Name> = version.plan.steps.iter().map(|step| &step.step).collect();
        let before = rows.iter().filter_map(|row| {
            let name = name(row).filter(|name| !planned.contains(name))?;
            let step = of(&name, row.hours_millionths.unsigned_abs(), row.weight.unsigned_abs());
            (step.state == State::Completed).then_some(step)
        });
        steps.extend(before);
        Self { version, states, steps }
    }

    /// How far the roadmap is, by what was logged.
    pub(crate) fn progress(&self, study: &StudySums) -> learning::Progress {
        progress(&self.steps, |step| study.on(step))
    }

    pub(crate) fn state(&self, position: usize) -> State {
        self.steps[position].state
    }

    /// The steps that can be learned now: what has been begun, then what is open and needs nothing that is not done; in the plan's order, those
    /// that are left for later last.
    pub(crate) fn next(&self) -> Vec<usize> {
        let plan = &self.version.plan.steps;
        let mut next: Vec<usize> = (0..plan.len()).filter(|&position| self.is_ready(position)).collect();
        next.sort_by_key(|&position| {
            (self.state(position) != State::Started, plan[position].deferred, position)
        });
        next
    }

    /// Whether a step can be learned now.
    fn is_ready(&self, position: usize) -> bool {
        let needs = &self.version.plan.steps[position].needs;
        !self.state(position).is_done() && needs.iter().all(|&needed| self.state(needed).is_done())
    }
}

/// What is held is done, by whatever it is held; what is not held is not done, whatever was done before, but it may be unwanted.
fn state(name: &Name, row: Option<&step_state::Model>, skills: &BTreeSet<Name>) -> State {
    let noted = row.map_or(State::Open, |row| State::of(&row.state));
    let is_unwanted = row.is_some_and(|row| row.state == step_state::UNWANTED);
    match (holds(skills, name), noted) {
        (false, State::Skipped) if is_unwanted => noted,
        (true, State::Completed | State::Skipped) | (false, State::Started) => noted,
        (true, _) => State::Held,
        (false, _) => State::Open,
    }
}

/// A step of a kept roadmap, in the scope of a request.
#[derive(Clone)]
pub struct SavedStep {
    roadmap: SavedRoadmap,
    overview: Arc<Overview>,
    position: usize,
}

impl SavedStep {
    pub(crate) fn new(roadmap: &SavedRoadmap, overview: &Arc<Overview>, position: usize) -> Self {
        Self { roadmap: roadmap.clone(), overview: overview.clone(), position }
    }

    fn scope(&self) -> &Scope {
        self.roadmap.scope()
    }

    fn get(&self) -> &PlannedStep {
        &self.overview.version.plan.steps[self.position]
    }

    /// What was noted about it, as far as that still holds.
    fn row(&self) -> Option<&step_state::Model> {
        let is_open = self.overview.state(self.position) == State::Open;
        self.overview.states.get(&self.get().step).filter(|_| !is_open)
    }

    fn others(&self, positions: impl Iterator<Item = usize>) -> Vec<Self> {
        positions.map(|position| Self::new(&self.roadmap, &self.overview, position)).collect()
    }
}

/// A step in its place on a version of a kept roadmap, and how far the learner is with it.
#[Object]
impl SavedStep {
    /// Its place in the order, from 1.
    async fn position(&self) -> i32 {
        count(self.position + 1)
    }

    /// The slug of its topic.
    async fn topic(&self) -> &str {
        &self.get().step.topic
    }

    /// Its level.
    async fn level(&self) -> Proficiency {
        self.get().step.level.into()
    }

    /// What is learned; null where the catalogue does not have it any more.
    async fn step(&self) -> Option<Step> {
        self.get().step.step(self.scope().catalog()).map(|step| Step::new(self.scope(), step))
    }

    /// The learning time, in hours, as it was planned.
    async fn hours(&self) -> f64 {
        Hours::from_millionths(self.get().hours).as_f64()
    }

    /// How much it matters for the target; 0 where it is only a means.
    async fn weight(&self) -> i32 {
        count(self.get().weight)
    }

    /// The role whose milestone it belongs to; null for the learner's own goals, and for a role that is gone.
    async fn role(&self) -> Option<Role> {
        let role = self.scope().catalog().role(self.get().milestone.as_deref()?)?;
        Some(Role::new(self.scope(), role))
    }

    /// The day in which it begins by the plan.
    async fn starts_on(&self) -> Date {
        Date(self.get().starts_on)
    }

    /// The day in which it ends by the plan.
    async fn finishes_on(&self) -> Date {
        Date(self.get().finishes_on)
    }

    /// Whether it is left for later, since not everything fits by the last day.
    async fn deferred(&self) -> bool {
        self.get().deferred
    }

    /// The steps of the version that it needs right before it, in order.
    async fn needs(&self) -> Vec<SavedStep> {
        self.others(self.get().needs.iter().copied())
    }

    /// The steps of the version that need it, in order.
    async fn unlocks(&self) -> Vec<SavedStep> {
        let steps = self.overview.version.plan.steps.iter().enumerate();
        let unlocked = steps.filter(|(_, other)| other.needs.contains(&self.position));
        self.others(unlocked.map(|(position, _)| position))
    }

    /// How far the learner is with it.
    async fn state(&self) -> StepState {
        self.overview.state(self.position).into()
    }

    /// Whether it can be learned now: it is not done, and all that it needs is.
    async fn ready(&self) -> bool {
        self.overview.is_ready(self.position)
    }

    /// When it was begun.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.row().map(|row| row.started_at)
    }

    /// When it was completed, or skipped.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.row().and_then(|row| row.ended_at)
    }

    /// The hours that were logged on it.
    async fn hours_spent(&self) -> Result<f64> {
        Ok(self.roadmap.study().await?.on(&self.get().step).as_f64())
    }
}
