//! `RoadmapComparison` and `RoadmapOption`.

use async_graphql::{Object, Result};
use waymark_planner::ids::StepId;
use waymark_planner::units::Day;

use super::{Roadmap, Step};
use crate::graphql::error::ApiError;
use crate::graphql::plain::Plain;
use crate::graphql::price::{ROADMAP, cost};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;

/// Compared roadmaps, in the scope of a request.
pub struct RoadmapComparison {
    scope: Scope,
    options: Vec<Result<Roadmap, ApiError>>,
    shared: Vec<StepId>,
    decide_by: Option<Day>,
}

impl RoadmapComparison {
    pub(crate) fn new(
        scope: &Scope,
        options: Vec<Result<Roadmap, ApiError>>,
        shared: Vec<StepId>,
        decide_by: Option<Day>,
    ) -> Self {
        Self { scope: scope.clone(), options, shared, decide_by }
    }

    /// The steps of one roadmap that are on no other.
    fn only(&self, index: usize) -> Vec<StepId> {
        let steps = |option: &Result<Roadmap, ApiError>| -> Vec<StepId> {
            let plan = option.as_ref().map(Roadmap::plan);
            plan.map_or_else(|_| Vec::new(), |plan| plan.steps.iter().map(|planned| planned.step).collect())
        };
        let mut own = steps(&self.options[index]);
        for (_, other) in self.options.iter().enumerate().filter(|(i, _)| *i != index) {
            let other = steps(other);
            own.retain(|step| !other.contains(step));
        }
        own
    }
}

/// Several roadmaps side by side.
#[Object]
impl RoadmapComparison {
    /// One for each input, in their order.
    async fn options(&self) -> Vec<RoadmapOption> {
        let options = self.options.iter().enumerate();
        let option = |(index, option): (usize, &Result<Roadmap, ApiError>)| RoadmapOption {
            scope: self.scope.clone(),
            roadmap: option.clone(),
            only: self.only(index),
        };
        options.map(option).collect()
    }

    /// The steps that are on all of them, by topic and level; they come first in each, as far as milestones and prerequisites allow.
    async fn shared(&self) -> Plain<Vec<Step>> {
        Plain(self.shared.iter().map(|&step| Step::new(&self.scope, step)).collect())
    }

    /// Until when the decision can wait: the day in which the first step begins that not all share; null where they share all.
    async fn decide_by(&self) -> Option<Date> {
        self.decide_by.map(Date::from)
    }
}

/// One of the roadmaps, in the scope of a request.
pub struct RoadmapOption {
    scope: Scope,
    roadmap: Result<Roadmap, ApiError>,
    only: Vec<StepId>,
}

/// One of the roadmaps that are compared.
#[Object]
impl RoadmapOption {
    /// The roadmap; null, with an error beside it, where there is none for this input.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn roadmap(&self) -> Option<Result<Plain<Roadmap>>> {
        Some(self.roadmap.clone().map(Plain).map_err(Into::into))
    }

    /// The steps that are on this one alone, in order.
    async fn only(&self) -> Plain<Vec<Step>> {
        Plain(self.only.iter().map(|&step| Step::new(&self.scope, step)).collect())
    }
}
