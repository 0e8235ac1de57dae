//! Several roadmaps side by side, ordered so that the decision between them can wait.

use crate::catalog::Catalog;
use crate::closure::StepSet;
use crate::conflict::NoRoadmap;
use crate::ids::StepId;
use crate::request::Request;
use crate::roadmap::{Roadmap, plan, plan_early};
use crate::units::Day;

/// Roadmaps for several requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the requests; what they share stands first in each, as far as milestones and prerequisites allow.
    pub options: Vec<Result<Roadmap, NoRoadmap>>,
    /// The steps on every roadmap that there is, ascending.
    pub shared: Vec<StepId>,
    /// The day in which the first step begins that not all share; `None` where they share all.
    pub decide_by: Option<Day>,
}

/// Plans each request, and once more with the shared steps early: the sets stay the same, only the order changes.
pub fn compare(catalog: &Catalog, requests: Vec<Request>) -> Comparison {
    let alone: Vec<_> = requests.iter().map(|request| plan(catalog, request.clone())).collect();
    let mut sets = alone.iter().flatten().map(steps_of);
    let first = sets.next().unwrap_or_default();
    let shared = sets.fold(first, |shared, set| shared.intersection(&set).copied().collect());
    let early = requests.into_iter().map(|request| plan_early(catalog, request, shared.clone()));
    let options: Vec<_> = early.collect();
    let own = options.iter().flatten().filter_map(|roadmap| {
        let steps = &mut roadmap.steps.iter();
        steps.find(|planned| !shared.contains(&planned.step)).map(|planned| planned.starts_on)
    });
    let decide_by = own.min();
    let mut shared: Vec<_> = shared.into_iter().collect();
    shared.sort_unstable();
    Comparison { options, shared, decide_by }
}

fn steps_of(roadmap: &Roadmap) -> StepSet {
    roadmap.steps.iter().map(|planned| planned.step).collect()
}
