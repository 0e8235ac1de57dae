//! Chapter 5 of the planning problem: one resource for each step, chosen for the roadmap as a whole.
//!
//! It is uncapacitated facility location, which is a least-cost closure too: each step is a requirement, each coverage of it an
//! alternative that costs its weighted hours and requires its resource, which costs what it takes to get it. So the search of
//! `closure` solves it, with the same proof. A budget is taken in by Lagrangian relaxation and branching (see `budget`).

mod budget;
mod location;

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::ids::{CoverageId, ResourceId, StepId};
use crate::request::{Effort, ResourceWishes};
use crate::units::{Hours, Price};

/// The resources for a roadmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePlan {
    /// The resources used, by slug, each with the coverages that it is used for, by step.
    pub picks: Vec<(ResourceId, Vec<CoverageId>)>,
    /// The steps that nothing within the wishes covers, ascending.
    pub uncovered: Vec<StepId>,
    /// What all of them cost together.
    pub price: Price,
    /// The learning time by them, of the covered steps.
    pub hours: Hours,
    /// The total burden.
    pub burden: Burden,
    /// No choice that covers as many steps has less.
    pub lower_bound: Burden,
}

impl ResourcePlan {
    /// How much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let coverages = self.picks.iter().map(|(_, coverages)| size_of_val(coverages.as_slice()));
        size_of::<Self>()
            + size_of_val(self.picks.as_slice())
            + coverages.sum::<usize>()
            + size_of_val(self.uncovered.as_slice())
    }

    /// Whether no choice that covers as many steps has a smaller burden.
    pub fn is_proven_minimal(&self) -> bool {
        self.burden == self.lower_bound
    }
}

/// What learning by some resources takes, in hundred-millionths of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Burden(pub u128);

impl Burden {
    const HOUR: u128 = 100_000_000;

    /// In hours.
    #[allow(clippy::cast_precision_loss)] // shown, not computed with
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::HOUR as f64
    }

    /// Of a coverage: its hours, less for a preferred kind and for quality.
    fn of_coverage(catalog: &Catalog, coverage: CoverageId, wishes: &ResourceWishes) -> u128 {
        let coverage = &catalog.coverages()[coverage];
        let resource = &catalog.resources()[coverage.resource];
        let tenths_kind = if wishes.prefer_kinds.contains(&resource.kind) { 8 } else { 10 };
        let tenths_quality = 15 - u128::from(resource.quality);
        u128::from(coverage.hours.millionths()) * tenths_kind * tenths_quality
    }

    /// Of a resource: an hour to find it and get used to it, and the hours that its price is worth.
    fn of_resource(catalog: &Catalog, resource: ResourceId, wishes: &ResourceWishes) -> u128 {
        let price = u128::from(catalog.resources()[resource].price.cents());
        let hour_value = u128::from(wishes.hour_value.cents().max(1));
        Self::HOUR + (price * Self::HOUR + hour_value / 2) / hour_value
    }
}

/// The resources with the least burden for some steps, within the learner's wishes; with a budget first as few steps uncovered as
/// can be. Exact where the effort suffices, else the best found with a bound.
pub fn choose(catalog: &Catalog, steps: &[StepId], wishes: &ResourceWishes, effort: Effort) -> ResourcePlan {
    let mut steps = steps.to_vec();
    steps.sort_unstable();
    steps.dedup();
    let is_candidate =
        |coverage: &CoverageId| is_allowed(catalog, catalog.coverages()[*coverage].resource, wishes);
    let candidates = |step: &StepId| -> Vec<CoverageId> {
        catalog.taught_by(*step).iter().copied().filter(is_candidate).collect()
    };
    let (covered, mut uncovered): (Vec<StepId>, Vec<StepId>) =
        steps.into_iter().partition(|step| !candidates(step).is_empty());
    let table: Vec<Vec<CoverageId>> = covered.iter().map(candidates).collect();
    let location = location::Location::new(catalog, wishes, &table);
    let found = match wishes.budget {
        Some(budget) => budget::solve(&location, budget, effort.0),
        None => location.solve(&[], 0, effort.0),
    };
    uncovered.extend(found.uncovered.iter().map(|&i| covered[i]));
    uncovered.sort_unstable();
    let mut picks: BTreeMap<ResourceId, Vec<CoverageId>> = BTreeMap::new();
    for coverage in found.coverages {
        picks.entry(catalog.coverages()[coverage].resource).or_default().push(coverage);
    }
    for coverages in picks.values_mut() {
        coverages.sort_unstable();
    }
    ResourcePlan {
        uncovered,
        price: picks.keys().map(|&resource| catalog.resources()[resource].price).sum(),
        hours: picks.values().flatten().map(|&coverage| catalog.coverages()[coverage].hours).sum(),
        burden: Burden(found.burden),
        lower_bound: Burden(found.lower),
        picks: picks.into_iter().collect(),
    }
}

fn is_allowed(catalog: &Catalog, resource: ResourceId, wishes: &ResourceWishes) -> bool {
    let resource = &catalog.resources()[resource];
    let affordable = !wishes.free_only || resource.price == Price::FREE;
    let within = wishes.budget.is_none_or(|budget| resource.price <= budget);
    let read = wishes.languages.iter().any(|range| matches_language(range, &resource.language));
    affordable && within && read && !wishes.exclude_kinds.contains(&resource.kind)
}

/// Basic filtering of RFC 4647: `en` matches `en` and `en-GB`, in any case; `*` matches all.
fn matches_language(range: &str, tag: &str) -> bool {
    let Some(head) = tag.get(..range.len()) else { return range == "*" };
    range == "*"
        || (head.eq_ignore_ascii_case(range) && matches!(tag.as_bytes().get(range.len()), None | Some(b'-')))
}

#[cfg(test)]
mod tests;
