//! Facility location as a least-cost closure.

use std::collections::BTreeMap;

use super::Burden;
use crate::catalog::Catalog;
use crate::closure::{Cost, Fate, Fuel, Instance, search};
use crate::ids::{CoverageId, ResourceId, small};
use crate::request::ResourceWishes;

/// Steps, numbered from 0, with the coverages to choose from.
pub(super) struct Location {
    instance: Instance,
    /// The resource nodes come first: their ids, and their prices in cents.
    pub(super) resources: Vec<ResourceId>,
    pub(super) cents: Vec<u64>,
    /// Then the coverages, of each the id.
    coverages: Vec<CoverageId>,
    resource_of: BTreeMap<CoverageId, ResourceId>,
    /// Last a node for each step that stands for leaving it uncovered.
    steps: usize,
    /// What leaving a step uncovered costs: more than everything else together.
    pub(super) penalty: Cost,
}

/// The best choice found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) coverages: Vec<CoverageId>,
    /// Steps that are left uncovered.
    pub(super) uncovered: Vec<usize>,
    /// The price in cents.
    pub(super) cents: u64,
    /// Penalties for uncovered steps not counted.
    pub(super) burden: Cost,
    /// A lower bound of the same.
    pub(super) lower: Cost,
}

impl Location {
    pub(super) fn new(catalog: &Catalog, wishes: &ResourceWishes, table: &[Vec<CoverageId>]) -> Self {
        let resource_of = |coverage: &CoverageId| catalog.coverages()[*coverage].resource;
        let mut number: BTreeMap<ResourceId, u32> =
            table.iter().flatten().map(|coverage| (resource_of(coverage), 0)).collect();
        (0..).zip(number.values_mut()).for_each(|(i, value)| *value = i);
        let resources: Vec<ResourceId> = number.keys().copied().collect();
        let mut instance = Instance::default();
        for &resource in &resources {
            instance.cost.push(Burden::of_resource(catalog, resource, wishes));
            instance.groups.push(vec![small(instance.groups.len())]);
            instance.needs.push(Vec::new());
        }
        let mut coverages = Vec::new();
        for step in table {
            let mut group = Vec::new();
            for coverage in step {
                group.push(small(instance.cost.len()));
                instance.cost.push(Burden::of_coverage(catalog, *coverage, wishes));
                instance.needs.push(vec![number[&resource_of(coverage)]]);
                coverages.push(*coverage);
            }
            instance.roots.push(small(instance.groups.len()));
            instance.groups.push(group);
        }
        let penalty = 1 + instance.cost.iter().sum::<Cost>();
        let cents = resources.iter().map(|&resource| catalog.resources()[resource].price.cents()).collect();
        let labels = (0..small(instance.cost.len())).collect();
        let resource_of = coverages.iter().map(|coverage| (*coverage, resource_of(coverage))).collect();
        let instance = Instance { labels, ..instance };
        Self { instance, resources, cents, coverages, resource_of, steps: table.len(), penalty }
    }

    /// Lets each step be left uncovered, at the penalty.
    pub(super) fn with_penalties(&self) -> Self {
        let mut instance = self.instance.clone();
        for step in 0..self.steps {
            let node = small(instance.cost.len());
            instance.cost.push(self.penalty);
            instance.needs.push(Vec::new());
            instance.labels.push(node);
            instance.groups[instance.roots[step] as usize].push(node);
        }
        Self {
            instance,
            resources: self.resources.clone(),
            cents: self.cents.clone(),
            coverages: self.coverages.clone(),
            resource_of: self.resource_of.clone(),
            ..*self
        }
    }

    /// The least burden where each cent costs `per_cent` more, and some resources are decided.
    pub(super) fn solve(&self, decided: &[(usize, Fate)], per_cent: Cost, fuel: u64) -> Found {
        let mut instance = self.instance.clone();
        for (cost, &cents) in instance.cost.iter_mut().zip(&self.cents) {
            *cost += per_cent * Cost::from(cents);
        }
        let mut fate = vec![Fate::Open; instance.len()];
        for &(resource, decision) in decided {
            fate[resource] = decision;
        }
        let answer = search::solve(&instance, fate, Cost::MAX, &mut Fuel(fuel));
        let (_, taken) = answer.taken.unwrap_or_default();
        self.found(&taken, answer.lower)
    }

    /// The numbers of the resources that a choice uses.
    pub(super) fn bought(&self, found: &Found) -> Vec<usize> {
        let number = |resource| self.resources.binary_search(&resource).ok();
        let mut bought: Vec<usize> =
            found.coverages.iter().filter_map(|coverage| number(self.resource_of[coverage])).collect();
        bought.sort_unstable();
        bought.dedup();
        bought
    }

    fn found(&self, taken: &[u32], lower: Cost) -> Found {
        let first_coverage = self.resources.len();
        let first_penalty = first_coverage + self.coverages.len();
        let mut found = Found { coverages: Vec::new(), uncovered: Vec::new(), cents: 0, burden: 0, lower };
        for node in taken.iter().map(|&node| node as usize) {
            if node >= first_penalty {
                found.uncovered.push(node - first_penalty);
                continue;
            }
            found.burden += self.instance.cost[node];
            match node.checked_sub(first_coverage) {
                Some(coverage) => found.coverages.push(self.coverages[coverage]),
                None => found.cents = found.cents.saturating_add(self.cents[node]),
            }
        }
        found
    }
}
