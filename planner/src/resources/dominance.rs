//! Coverages that no least choice has, or need have, are left out before the search.
//!
//! For each step there is a coverage that is cheapest with its resource, bought for it alone. Whatever costs as much without its resource
//! is not worth taking, be that there or not. Nor is what costs as much with its resource, where that covers no other step any more.
//! Within a budget only what is free can stand in for something else.

use std::collections::BTreeMap;

use super::Burden;
use crate::catalog::Catalog;
use crate::ids::{CoverageId, ResourceId};
use crate::request::ResourceWishes;
use crate::units::Price;

/// The coverages of each step that are worth looking at. O(coverages) for each round, and a round more only where the one before has left a
/// resource with a single step.
pub(super) fn worthwhile(
    catalog: &Catalog,
    wishes: &ResourceWishes,
    mut table: Vec<Vec<CoverageId>>,
) -> Vec<Vec<CoverageId>> {
    let resource = |coverage: CoverageId| catalog.coverages()[coverage].resource;
    let own = |coverage: CoverageId| Burden::of_coverage(catalog, coverage, wishes);
    let alone =
        |coverage: CoverageId| own(coverage) + Burden::of_resource(catalog, resource(coverage), wishes);
    let stands_in = |coverage: &CoverageId| {
        wishes.budget.is_none() || catalog.resources()[resource(*coverage)].price == Price::FREE
    };
    loop {
        let mut steps: BTreeMap<ResourceId, usize> = BTreeMap::new();
        table.iter().flatten().for_each(|&coverage| *steps.entry(resource(coverage)).or_default() += 1);
        let mut is_changed = false;
        for step in &mut table {
            let cheapest = step.iter().copied().filter(stands_in).min_by_key(|&one| (alone(one), one));
            let Some(cheapest) = cheapest else { continue };
            let (limit, before) = (alone(cheapest), step.len());
            step.retain(|&coverage| {
                let is_single = steps[&resource(coverage)] == 1;
                let least = if is_single { alone(coverage) } else { own(coverage) };
                coverage == cheapest || least < limit
            });
            is_changed |= step.len() < before;
        }
        if !is_changed {
            return table;
        }
    }
}
