//! Facility location as a least-cost closure.

use std::collections::BTreeMap;

use super::Burden;
use crate::catalog::Catalog;
use crate::closure::{Bound, Cost, Fate, Fuel, Instance, Part, search};
use crate::ids::{CoverageId, ResourceId, small};
use crate::request::ResourceWishes;

/// Steps, numbered from 0, with the coverages to choose from.
pub(super) struct Location {
    /// All of it: the nodes of the parts are numbered as here.
    instance: Instance,
    /// What is taken whatever money is spent on, with a lower bound of its cost.
    settled: Vec<u32>,
    settled_lower: Cost,
    /// What is left to choose, in parts that share no node.
    parts: Vec<Instance>,
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        Self {
            parts: vec![instance.clone()],
            instance,
            settled: Vec::new(),
            settled_lower: 0,
            resources,
            cents,
            coverages,
            resource_of,
            steps: table.len(),
            penalty,
        }
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
            parts: vec![instance.clone()],
            instance,
            settled: Vec::new(),
            resources: self.resources.clone(),
            cents: self.cents.clone(),
            coverages: self.coverages.clone(),
            resource_of: self.resource_of.clone(),
            ..*self
        }
    }

    /// Solves what no money can be spent on, once for all.
    pub(super) fn split(&mut self, fuel: &mut Fuel) {
        let fates = self.parts.iter().map(|part| vec![Fate::Open; part.len()]).collect();
        self.settle(fates, fuel);
    }

    /// Follows what is decided of the nodes of each part for good; whether that leaves a choice.
    fn settle(&mut self, fates: Vec<Vec<Fate>>, fuel: &mut Fuel) -> bool {
        for (part, fate) in std::mem::take(&mut self.parts).into_iter().zip(fates) {
            fuel.burn(part.size());
            let Some(reduced) = part.reduce(fate) else { return false };
            self.settled_lower += reduced.cost;
            self.settled.extend(reduced.taken);
            for Part { instance, .. } in reduced.parts {
                if instance.labels.iter().any(|&label| self.price(label) > 0) {
                    self.parts.push(instance);
                    continue;
                }
                let fate = vec![Fate::Open; instance.len()];
                let answer = search::solve(&instance, fate, Cost::MAX, fuel);
                self.settled_lower += answer.lower;
                self.settled.extend(answer.taken.into_iter().flat_map(|(_, labels)| labels));
            }
        }
        true
    }

    /// The least burden where each cent costs `per_cent` more, and some resources are decided; `None` where that leaves no choice.
    pub(super) fn solve(&self, decided: &[(usize, Fate)], per_cent: Cost, fuel: &mut Fuel) -> Option<Found> {
        if decided.iter().any(|&(node, fate)| fate == Fate::Out && self.settled.contains(&small(node))) {
            return None;
        }
        let settled_cents: u64 = self.settled.iter().map(|&label| self.price(label)).sum();
        let mut lower = self.settled_lower + per_cent * Cost::from(settled_cents);
        let mut taken = self.settled.clone();
        for part in &self.parts {
            let part = self.tolled(part, per_cent);
            let mut fate = vec![Fate::Open; part.len()];
            for &(resource, decision) in decided {
                if let Ok(node) = part.labels.binary_search(&small(resource)) {
                    fate[node] = decision;
                }
            }
            let answer = search::solve(&part, fate, Cost::MAX, fuel);
            taken.extend(answer.taken?.1);
            lower += answer.lower;
        }
        taken.sort_unstable();
        Some(self.found(&taken, lower))
    }

    /// Decides for good against what every choice with costs at least so much where each cent costs `per_cent` more; whether that leaves a
    /// choice.
    pub(super) fn rule_out(&mut self, per_cent: Cost, limit: Cost, fuel: &mut Fuel) -> bool {
        let bound = |part: &Instance, fuel: &mut Fuel| {
            let part = self.tolled(part, per_cent);
            let bound = Bound::ascend(&part, &part.prerequisites_first(), fuel.0);
            fuel.burn(bound.work);
            bound
        };
        let bounds: Vec<Bound> = self.parts.iter().map(|part| bound(part, fuel)).collect();
        let settled_cents: u64 = self.settled.iter().map(|&label| self.price(label)).sum();
        let settled = self.settled_lower + per_cent * Cost::from(settled_cents);
        let all = settled + bounds.iter().map(|bound| bound.lower).sum::<Cost>();
        let fate = |(part, bound): (&Instance, &Bound)| -> Vec<Fate> {
            let is_out = |node| all - bound.lower + bound.with(node) >= limit;
            (0..part.len()).map(|node| if is_out(node) { Fate::Out } else { Fate::Open }).collect()
        };
        let fates = self.parts.iter().zip(&bounds).map(fate).collect();
        self.settle(fates, fuel)
    }

    /// What a node costs in cents.
    fn price(&self, label: u32) -> u64 {
        self.cents.get(label as usize).copied().unwrap_or_default()
    }

    /// A part where each cent costs so much more.
    fn tolled(&self, part: &Instance, per_cent: Cost) -> Instance {
        let mut part = part.clone();
        for (cost, &label) in part.cost.iter_mut().zip(&part.labels) {
            *cost += per_cent * Cost::from(self.price(label));
        }
        part
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
