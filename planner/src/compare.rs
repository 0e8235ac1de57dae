//! Several roadmaps side by side, ordered so that the decision between them can wait.

use crate::catalog::Catalog;
use crate::closure::StepSet;
use crate::conflict::NoRoadmap;
use crate::ids::StepId;
use crate::request::Request;
use crate::roadmap::{Roadmap, plan};
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
    let shared = shared_steps(alone.iter().flatten());
    let early = |request: Request| Request { early: shared.clone(), ..request };
    let options: Vec<_> = requests.into_iter().map(|request| plan(catalog, early(request))).collect();
    let decide_by = decide_by(options.iter().flatten(), &shared);
    Comparison { options, shared, decide_by }
}

/// The steps that are on all of some roadmaps, ascending.
pub fn shared_steps<'a>(roadmaps: impl Iterator<Item = &'a Roadmap>) -> Vec<StepId> {
    let mut sets = roadmaps.map(steps_of);
    let first = sets.next().unwrap_or_default();
    let shared = sets.fold(first, |shared, set| shared.intersection(&set).copied().collect());
    let mut shared: Vec<_> = shared.into_iter().collect();
    shared.sort_unstable();
    shared
}

/// The day in which the first step begins that is not shared; `None` if all are. The shared steps are ascending.
pub fn decide_by<'a>(roadmaps: impl Iterator<Item = &'a Roadmap>, shared: &[StepId]) -> Option<Day> {
    let own = roadmaps.filter_map(|roadmap| {
        let mut steps = roadmap.steps.iter();
        let own = steps.find(|planned| shared.binary_search(&planned.step).is_err());
        own.map(|planned| planned.starts_on)
    });
    own.min()
}

fn steps_of(roadmap: &Roadmap) -> StepSet {
    roadmap.steps.iter().map(|planned| planned.step).collect()
}
