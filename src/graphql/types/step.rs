//! `Step` and its `Measures`.

use async_graphql::{ID, Object, SimpleObject};
use waymark_planner::ids::StepId;
use waymark_planner::{catalog, measures};

use super::{Coverage, Proficiency, Requirement, Topic};
use crate::graphql::ids::NodeId;
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

/// A topic at a level: the unit of learning.
#[Object]
impl Step {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) async fn id(&self) -> ID {
        NodeId::Step(self.id).encode(self.scope.catalog())
    }

    /// The topic.
    async fn topic(&self) -> Topic {
        Topic::new(&self.scope, self.get().topic)
    }

    /// The level of proficiency.
    async fn level(&self) -> Proficiency {
        self.get().level.into()
    }

    /// The learning time of this level alone, on top of the level below, in hours.
    async fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// What somebody who holds it can be seen to do.
    async fn outcome(&self) -> &str {
        &self.get().outcome
    }

    /// What must hold before it starts: all of these, the next lower level of its topic first among them.
    async fn requires(&self) -> Vec<Requirement> {
        let entries = self.scope.catalog().requires(self.id);
        entries.map(|entry| Requirement::of_entry(&self.scope, entry)).collect()
    }

    /// What is good to have first; never forced.
    async fn recommends(&self) -> Vec<Requirement> {
        let entries = self.scope.catalog().recommends(self.id);
        entries.map(|entry| Requirement::of_entry(&self.scope, entry)).collect()
    }

    /// The steps that name it in what they require, by topic and level.
    async fn unlocks(&self) -> Vec<Step> {
        self.scope.catalog().unlocks(self.id).iter().map(|&step| Self::new(&self.scope, step)).collect()
    }

    /// The resources that teach it, best first: by quality, then price, then hours.
    async fn coverage(&self) -> Vec<Coverage> {
        self.scope.catalog().taught_by(self.id).iter().map(|&id| Coverage::new(&self.scope, id)).collect()
    }

    /// How much hangs on it in the catalogue as a whole, with every alternative counted.
    async fn measures(&self) -> Measures {
        self.scope.snapshot().depths.of(self.scope.catalog(), self.id).into()
    }
}

/// Measures of Curricular Analytics (Heileman and others, 2018).
#[derive(SimpleObject)]
pub struct Measures {
    /// The number of other steps that can't be reached without it or that it is one way to.
    blocking_factor: i32,
    /// The number of steps on the longest path of prerequisites through it.
    delay_factor: i32,
    /// The sum of the two.
    complexity: i32,
}

impl From<measures::Measures> for Measures {
    fn from(measures: measures::Measures) -> Self {
        let int = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            blocking_factor: int(measures.blocking_factor),
            delay_factor: int(measures.delay_factor),
            complexity: int(measures.complexity()),
        }
    }
}
