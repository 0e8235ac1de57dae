//! `ResourcePlan` and `ResourcePick`.

use std::sync::Arc;

use async_graphql::SimpleObject;
use waymark_planner::resources;

use super::{Coverage, Resource, Step};
use crate::graphql::plain::{plain_fields, plain_object};
use crate::graphql::scope::Scope;

/// The resources of a roadmap, in the scope of a request.
pub struct ResourcePlan {
    scope: Scope,
    plan: Arc<resources::ResourcePlan>,
}

impl ResourcePlan {
    pub(crate) fn new(scope: &Scope, plan: Arc<resources::ResourcePlan>) -> Self {
        Self { scope: scope.clone(), plan }
    }
}

plain_object! {
/// One resource to learn from for each step, chosen for the roadmap as a whole: the least burden in hours, counting what it takes to find,
/// buy and get used to each. None is made for a stack that the learner has nothing to do with.
impl ResourcePlan {
    /// The resources, by slug, each with the steps that it is picked for.
    fn picks(&self) -> Vec<ResourcePick> {
        let pick = |(resource, covers): &(_, Vec<_>)| ResourcePick {
            resource: Resource::new(&self.scope, *resource),
            covers: covers.iter().map(|&coverage| Coverage::new(&self.scope, coverage)).collect(),
        };
        self.plan.picks.iter().map(pick).collect()
    }

    /// The steps that no resource within the learner's wishes covers, by topic and level.
    fn uncovered(&self) -> Vec<Step> {
        self.plan.uncovered.iter().map(|&step| Step::new(&self.scope, step)).collect()
    }

    /// What all of them cost together, in US dollars.
    fn price(&self) -> f64 {
        self.plan.price.as_dollars()
    }

    /// How long the parts take that are picked, in hours.
    fn hours(&self) -> f64 {
        self.plan.hours.as_f64()
    }

    /// The total burden, in hours: those of each step, or of its resource where they are more, weighed by kind, audience, quality and fit; an
    /// hour for each resource, and its price.
    fn burden(&self) -> f64 {
        self.plan.burden.as_f64()
    }

    /// No choice that covers as many steps has a smaller burden than this.
    fn lower_bound_burden(&self) -> f64 {
        self.plan.lower_bound.as_f64()
    }

    /// Whether it is proven that no choice that covers as many steps has a smaller burden.
    fn proven_minimal(&self) -> bool {
        self.plan.is_proven_minimal()
    }
}
}

/// A resource with the steps that it is picked for.
#[derive(SimpleObject)]
pub struct ResourcePick {
    /// The resource.
    resource: Resource,
    /// What it is picked for, by topic and level.
    covers: Vec<Coverage>,
}

plain_fields!(ResourcePick { resource: Resource, covers: Vec<Coverage> });
