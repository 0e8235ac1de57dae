//! Chapter 1 of the planning problem: what the learner knows.

use crate::catalog::Catalog;
use crate::closure::{Avoidance, Compiled, Fuel, StepSet, Terms, with_lower_levels};
use crate::ids::StepId;
use crate::request::{Request, role_needs};

/// The learner's knowledge before the roadmap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// All known steps.
    pub(crate) steps: StepSet,
    /// Those of them that `from` implies, ascending.
    pub(crate) assumed: Vec<StepId>,
}

impl Known {
    /// The skills with their lower levels, and the least-hours plan for `from` that starts from them, without the gaps.
    ///
    /// The request is in its normal form. There the avoided topics are a last resort, so that plan always exists: the catalogue's graph has no cycle.
    pub(crate) fn of(catalog: &Catalog, request: &Request) -> Self {
        let skills = with_lower_levels(catalog, request.skills.iter().copied());
        let implied = implied_by_role(catalog, request, &skills);
        let is_gap =
            |step: &StepId| catalog.with_lower(*step).any(|lower| request.gaps.binary_search(&lower).is_ok());
        let assumed: Vec<_> = implied.into_iter().filter(|step| !is_gap(step)).collect();
        let held = skills.into_iter().filter(|step| !is_gap(step));
        Self { steps: held.chain(assumed.iter().copied()).collect(), assumed }
    }
}

fn implied_by_role(catalog: &Catalog, request: &Request, skills: &StepSet) -> Vec<StepId> {
    let Some(role) = request.from else { return Vec::new() };
    let terms = Terms {
        catalog,
        known: skills,
        prefer: &request.prefer,
        avoid: &request.avoid,
        avoidance: Avoidance::LastResort,
    };
    let plan = Compiled::new(&role_needs(catalog, role), &terms);
    plan.map_or_else(|_| Vec::new(), |plan| plan.least(&mut Fuel(request.effort.0)).steps)
}
