//! Chapter 5 of the planning problem: one resource to learn from for each step, chosen for the roadmap as a whole, and something to
//! practise with.
//!
//! It is uncapacitated facility location, which is a least-cost closure too: each step is a requirement, each coverage of it an
//! alternative that costs its weighed hours and requires its resource, which costs what it takes to get it. So the search of
//! `closure` solves it, with the same proof. A budget is taken in by Lagrangian relaxation and branching (see `budget`).

mod budget;
mod dominance;
mod location;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::catalog::{Catalog, Coverage, Resource};
use crate::ids::{CoverageId, ResourceId, StepId, TopicId};
use crate::meter::Meter;
use crate::request::ResourceWishes;
use crate::roadmap::Roadmap;
use crate::units::{Hours, Price, ResourceKind};

/// The resources for a roadmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePlan {
    /// The resources used, by slug, each with the coverages that it is used for, by step.
    pub picks: Vec<(ResourceId, Vec<CoverageId>)>,
    /// The steps that nothing within the wishes covers, ascending.
    pub uncovered: Vec<StepId>,
    /// The exercises and projects to practise with, by step: at most one for each.
    pub exercises: Vec<CoverageId>,
    /// What the resources used cost together.
    pub price: Price,
    /// The time that they take together.
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
            + size_of_val(self.exercises.as_slice())
    }

    /// Whether no choice that covers as many steps has a smaller burden.
    pub fn is_proven_minimal(&self) -> bool {
        self.burden == self.lower_bound
    }
}

/// What learning by some resources takes, in ten-thousandths of a millionth of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Burden(pub u128);

impl Burden {
    const HOUR: u128 = 10_000_000_000;

    /// In hours.
    #[allow(clippy::cast_precision_loss)] // shown, not computed with
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::HOUR as f64
    }

    /// Of a coverage: the hours of the step, or its own where they are more, less for what the learner prefers, for quality and fit.
    fn of_coverage(catalog: &Catalog, coverage: CoverageId, wishes: &ResourceWishes) -> u128 {
        let Coverage { hours, step, .. } = catalog.coverages()[coverage];
        let hours = hours.max(catalog.steps()[step].hours);
        u128::from(hours.millionths()) * factor(catalog, coverage, wishes)
    }

    /// Of a resource: an hour to find it and get used to it, and the hours that its price is worth.
    fn of_resource(catalog: &Catalog, resource: ResourceId, wishes: &ResourceWishes) -> u128 {
        let price = u128::from(catalog.resources()[resource].price.cents());
        let hour_value = u128::from(wishes.hour_value.cents().max(1));
        Self::HOUR + (price * Self::HOUR + hour_value / 2) / hour_value
    }
}

/// How many of a step's hours go into a resource that covers it: as many as it takes, and no more than the step has. The rest is practice.
pub fn study_hours(catalog: &Catalog, coverage: &Coverage) -> Hours {
    coverage.hours.min(catalog.steps()[coverage.step].hours)
}

/// How much an hour by a coverage weighs, in ten-thousandths: less for a preferred kind, for what is made for the learner's topics, for
/// quality and for fit.
fn factor(catalog: &Catalog, coverage: CoverageId, wishes: &ResourceWishes) -> u128 {
    let Coverage { resource, fit, .. } = catalog.coverages()[coverage];
    let Resource { kind, quality, ref made_for, .. } = catalog.resources()[resource];
    let tenths_kind = if wishes.prefer_kinds.contains(&kind) { 8 } else { 10 };
    let tenths_made_for = if made_for.is_empty() { 10 } else { 9 };
    tenths_kind * tenths_made_for * (15 - u128::from(quality)) * (15 - u128::from(fit))
}

/// The resources with the least burden for the steps of a roadmap, within the learner's wishes; with a budget first as few steps uncovered
/// as can be. Exact where the effort of the roadmap's request suffices, else the best found with a bound. And for each step the exercise or
/// project that suits best.
pub fn choose(catalog: &Catalog, roadmap: &Roadmap, wishes: &ResourceWishes, meter: &Meter) -> ResourcePlan {
    let mut steps: Vec<StepId> = roadmap.steps.iter().map(|planned| planned.step).collect();
    steps.sort_unstable();
    let effort = roadmap.request.effort;
    let terms = Terms { catalog, wishes, topics: roadmap.topics(catalog) };
    let candidates = |step: &StepId| terms.candidates(*step, false);
    let steps_with_exercises = steps.iter().filter_map(|&step| terms.exercise(step)).collect();
    let (covered, mut uncovered): (Vec<StepId>, Vec<StepId>) =
        steps.into_iter().partition(|step| !candidates(step).is_empty());
    let table = dominance::worthwhile(catalog, wishes, covered.iter().map(candidates).collect());
    let location = location::Location::new(catalog, wishes, &table);
    let found = match wishes.budget {
        Some(budget) => budget::solve(&location, budget, effort.0, meter),
        None => meter.search(effort.0, |fuel| location.solve(&[], 0, fuel)).unwrap_or_default(),
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
        exercises: steps_with_exercises,
        uncovered,
        price: picks.keys().map(|&resource| catalog.resources()[resource].price).sum(),
        hours: picks.values().flatten().map(|&coverage| catalog.coverages()[coverage].hours).sum(),
        burden: Burden(found.burden),
        lower_bound: Burden(found.lower),
        picks: picks.into_iter().collect(),
    }
}

/// What a learner wants of resources, and has to do with.
struct Terms<'a> {
    catalog: &'a Catalog,
    wishes: &'a ResourceWishes,
    /// The topics that are known or on the roadmap, at any level.
    topics: FxHashSet<TopicId>,
}

impl Terms<'_> {
    /// The coverages of a step that are allowed: those to learn from, or those to practise with.
    fn candidates(&self, step: StepId, to_practise: bool) -> Vec<CoverageId> {
        let coverages = self.catalog.taught_by(step).iter().copied();
        coverages.filter(|&coverage| self.is_allowed(coverage, to_practise)).collect()
    }

    fn is_allowed(&self, coverage: CoverageId, to_practise: bool) -> bool {
        let (resource, wishes) = (self.resource(coverage), self.wishes);
        let is_exercise = matches!(resource.kind, ResourceKind::Exercise | ResourceKind::Project);
        let has_to_do = |topic: &TopicId| self.topics.contains(topic);
        let free_only = wishes.free_only || (to_practise && wishes.budget.is_some());
        is_exercise == to_practise
            && (!free_only || resource.price == Price::FREE)
            && wishes.budget.is_none_or(|budget| resource.price <= budget)
            && wishes.languages.iter().any(|range| matches_language(range, &resource.language))
            && !wishes.exclude_kinds.contains(&resource.kind)
            && (resource.made_for.is_empty() || resource.made_for.iter().any(has_to_do))
    }

    fn resource(&self, coverage: CoverageId) -> &Resource {
        &self.catalog.resources()[self.catalog.coverages()[coverage].resource]
    }

    /// What suits best to practise a step with; of equals the first by slug.
    fn exercise(&self, step: StepId) -> Option<CoverageId> {
        let candidates = self.candidates(step, true).into_iter();
        candidates.min_by_key(|&coverage| (factor(self.catalog, coverage, self.wishes), coverage))
    }
}

/// Basic filtering of RFC 4647: `en` matches `en` and `en-GB`, in any case; `*` matches all.
fn matches_language(range: &str, tag: &str) -> bool {
    let Some(head) = tag.get(..range.len()) else { return range == "*" };
    range == "*"
        || (head.eq_ignore_ascii_case(range) && matches!(tag.as_bytes().get(range.len()), None | Some(b'-')))
}

#[cfg(test)]
mod tests;
