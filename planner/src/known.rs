//! Chapter 1 of the planning problem: what the learner knows. Whoever holds a step is taken to hold what it requires.

use crate::catalog::Catalog;
use crate::closure::{Avoidance, Compiled, StepSet, Terms, with_lower_levels};
use crate::ids::{EntryId, StepId};
use crate::meter::Meter;
use crate::request::{Request, role_entries};

/// The learner's knowledge before the roadmap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// All known steps.
    pub(crate) steps: StepSet,
    /// Those of them that the learner has not named, ascending.
    pub(crate) assumed: Vec<StepId>,
}

/// What is assumed, as a problem of its own: the least hours that, with the skills, satisfy the role held and are closed.
pub(crate) struct Assumption<'a> {
    catalog: &'a Catalog,
    request: &'a Request,
    /// The skills, with the lower levels of their topics.
    skills: StepSet,
}

impl Known {
    /// The skills with their lower levels, and what is assumed with them, without the gaps and the higher levels of their topics.
    ///
    /// The request is in its normal form.
    pub(crate) fn of(catalog: &Catalog, request: &Request, meter: &Meter) -> Self {
        let assumption = Assumption::of(catalog, request);
        let assumed = assumption.steps(meter);
        let is_gap =
            |step: &StepId| catalog.with_lower(*step).any(|lower| request.gaps.binary_search(&lower).is_ok());
        let assumed: Vec<_> = assumed.into_iter().filter(|step| !is_gap(step)).collect();
        let held = assumption.skills.into_iter().filter(|step| !is_gap(step));
        Self { steps: held.chain(assumed.iter().copied()).collect(), assumed }
    }
}

impl<'a> Assumption<'a> {
    pub(crate) fn of(catalog: &'a Catalog, request: &'a Request) -> Self {
        let skills = with_lower_levels(catalog, request.skills.iter().copied());
        Self { catalog, request, skills }
    }

    /// On which terms it is made. Avoided topics are a last resort, so that it always can be: the catalogue's graph has no cycle.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms {
            catalog: self.catalog,
            known: &self.skills,
            prefer: &self.request.prefer,
            avoid: &self.request.avoid,
            avoidance: Avoidance::LastResort,
        }
    }

    /// What has to be satisfied from the start: what the role asks for, and what the skills require. In an order of its own.
    pub(crate) fn entries(&self) -> Vec<EntryId> {
        let of_role = self.request.from.map_or_else(Vec::new, |role| role_entries(self.catalog, role));
        let mut skills: Vec<_> = self.skills.iter().copied().collect();
        skills.sort_unstable();
        let of_skills = skills.into_iter().flat_map(|step| self.catalog.requires(step));
        of_role.into_iter().map(|(_, entry)| entry).chain(of_skills).collect()
    }

    pub(crate) fn compiled(&self) -> Compiled {
        Compiled::of_entries(self.entries().into_iter(), &self.terms())
    }

    /// The steps that are assumed, ascending.
    fn steps(&self, meter: &Meter) -> Vec<StepId> {
        if self.request.from.is_none() && self.skills.is_empty() {
            return Vec::new();
        }
        let compiled = self.compiled();
        meter.search(self.request.effort.0, |fuel| compiled.least(fuel)).steps
    }
}

#[cfg(test)]
mod tests;
