//! `Reason`, `Choice` and `Alternative`.

use async_graphql::SimpleObject;
use waymark_planner::{self as planner, Need};

use super::{Requirement, Roadmap, Role, Step};
use crate::graphql::plain::{plain_fields, plain_object};
use crate::graphql::scope::Scope;

/// A reason, in the scope of a request.
pub struct Reason {
    roadmap: Roadmap,
    reason: planner::Reason,
}

impl Reason {
    pub(crate) fn new(roadmap: &Roadmap, reason: planner::Reason) -> Self {
        Self { roadmap: roadmap.clone(), reason }
    }
}

plain_object! {
/// A requirement that the step serves, and the shortest chain of steps from it to that requirement, both ends included.
impl Reason {
    /// The requirement: of a role on the way, or a goal of the learner's own as one of weight 1.
    fn requirement(&self) -> Requirement {
        Requirement::of_need(self.roadmap.scope(), self.reason.need)
    }

    /// The role that requires it; null for a goal.
    fn role(&self) -> Option<Role> {
        match self.reason.need {
            Need::Role(role, _) => Some(Role::new(self.roadmap.scope(), role)),
            Need::Goal(_) => None,
        }
    }

    /// The steps from this one to the one that satisfies the requirement, each needed by the next.
    fn chain(&self) -> Vec<Step> {
        let steps = &self.roadmap.plan().steps;
        self.reason
            .chain
            .iter()
            .map(|&position| Step::new(self.roadmap.scope(), steps[position].step))
            .collect()
    }
}
}

/// A decision between alternatives.
#[derive(SimpleObject)]
pub struct Choice {
    /// The requirement that offers alternatives.
    requirement: Requirement,
    /// The step that the roadmap takes, or assumes, for it.
    taken: Step,
    /// All that the requirement offers, and what each would cost.
    alternatives: Vec<Alternative>,
}

/// One way to satisfy a requirement.
#[derive(SimpleObject)]
pub struct Alternative {
    /// The step.
    step: Step,
    /// How many hours more the whole roadmap would have, had it been taken, or of an assumption, how many more would be assumed; null where the
    /// learner's wishes rule it out.
    extra_hours: Option<f64>,
}

plain_fields!(Choice { requirement: Requirement, taken: Step, alternatives: Vec<Alternative> });
plain_fields!(Alternative { step: Step, extra_hours: Option<f64> });

impl Choice {
    pub(crate) fn new(scope: &Scope, choice: planner::Choice) -> Self {
        let alternative = |(step, extra): (_, Option<waymark_planner::units::Hours>)| Alternative {
            step: Step::new(scope, step),
            extra_hours: extra.map(waymark_planner::units::Hours::as_f64),
        };
        Self {
            requirement: Requirement::of_entry(scope, choice.entry),
            taken: Step::new(scope, choice.taken),
            alternatives: choice.alternatives.into_iter().map(alternative).collect(),
        }
    }
}
