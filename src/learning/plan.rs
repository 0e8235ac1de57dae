//! A roadmap as it is kept: enough to follow it, and to tell a later one from it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use waymark_planner::{Catalog, Roadmap};

use super::Name;
use crate::dates::to_date;

/// A roadmap of some day, with the steps in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The first working day.
    pub starts_on: NaiveDate,
    /// The day in which the last step ends.
    pub finishes_on: NaiveDate,
    /// The hours of all steps, in millionths.
    pub hours: u64,
    /// No set of steps that reaches the target takes fewer, in millionths.
    pub lower_bound: u64,
    /// The steps to learn.
    pub steps: Vec<PlannedStep>,
    /// What was decided between alternatives.
    pub choices: Vec<Choice>,
    /// What the learner was known to hold, beyond what is assumed.
    pub skills: BTreeSet<Name>,
    /// What the learner was taken to hold by virtue of a role, or of what requires it.
    pub assumed: BTreeSet<Name>,
    /// What had been begun.
    pub begun: BTreeSet<Name>,
}

/// A step of a kept roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStep {
    /// The step.
    pub step: Name,
    /// The learning time, in millionths of an hour.
    pub hours: u64,
    /// How much it matters for the target; 0 where it is a means alone.
    pub weight: u32,
    /// The slug of the role whose milestone it belongs to; none for the learner's own goals.
    pub milestone: Option<String>,
    /// The day in which it begins.
    pub starts_on: NaiveDate,
    /// The day in which it ends.
    pub finishes_on: NaiveDate,
    /// Whether it is left for later, since not everything fits.
    pub deferred: bool,
    /// The steps of the roadmap that it needs right before it, by position from 0.
    pub needs: Vec<usize>,
}

/// A decision between alternatives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// What the requirement offers, ascending.
    pub any_of: Vec<Name>,
    /// What was taken.
    pub taken: Name,
}

impl Plan {
    /// A computed roadmap as it is kept.
    pub fn of(catalog: &Catalog, roadmap: &Roadmap) -> Self {
        let name = |step| Name::of(catalog, step);
        let names = |steps: &[_]| steps.iter().map(|&step| Name::of(catalog, step)).collect();
        let steps = roadmap.steps.iter().map(|planned| PlannedStep {
            step: name(planned.step),
            hours: catalog.steps()[planned.step].hours.millionths(),
            weight: planned.weight,
            milestone: roadmap.milestones[planned.milestone]
                .role
                .map(|role| catalog.roles()[role].slug.to_string()),
            starts_on: to_date(planned.starts_on),
            finishes_on: to_date(planned.finishes_on),
            deferred: planned.deferred,
            needs: planned.needs.clone(),
        });
        let choices = roadmap.taken(catalog).into_iter().map(|(entry, taken)| {
            let mut any_of: Vec<_> = catalog.any_of(entry).iter().map(|&step| name(step)).collect();
            any_of.sort_unstable();
            Choice { any_of, taken: name(taken) }
        });
        Self {
            starts_on: to_date(roadmap.schedule.starts_on),
            finishes_on: to_date(roadmap.schedule.finishes_on),
            hours: roadmap.hours.millionths(),
            lower_bound: roadmap.lower_bound.millionths(),
            steps: steps.collect(),
            choices: choices.collect(),
            skills: names(&roadmap.request.skills),
            assumed: names(&roadmap.assumed),
            begun: names(&roadmap.request.begun),
        }
    }

    /// The place of a step, from 0.
    pub fn position(&self, step: &Name) -> Option<usize> {
        self.steps.iter().position(|planned| planned.step == *step)
    }

    /// The day on which each milestone is reached, by the slug of its role, in their order.
    pub fn arrivals(&self) -> Vec<(Option<&str>, NaiveDate)> {
        let mut arrivals: Vec<(Option<&str>, NaiveDate)> = Vec::new();
        for step in &self.steps {
            let milestone = step.milestone.as_deref();
            // What is left for later stands behind the other milestones.
            match arrivals.iter_mut().find(|(other, _)| *other == milestone) {
                Some((_, day)) => *day = step.finishes_on.max(*day),
                None => arrivals.push((milestone, step.finishes_on)),
            }
        }
        arrivals
    }
}
