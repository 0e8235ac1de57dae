//! From a set of steps to a roadmap: which step meets which need, in which milestone each belongs, in which order, on which days.
//!
//! O(steps and alternatives among them), but for the order inside the milestones.

use std::collections::BTreeSet;

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::closure::{Need, StepSet, Terms};
use crate::graph;
use crate::ids::{RoleId, StepId, small};
use crate::known::Known;
use crate::order::Jobs;
use crate::request::Request;
use crate::roadmap::{Milestone, PlannedStep, Roadmap};
use crate::units::Hours;
use crate::{critical, deadline};

/// The steps of the roadmap that satisfy a requirement, as numbers, ascending.
type Ways = Vec<u32>;

/// The steps of a roadmap, numbered in ascending order of their ids.
pub(crate) struct Layout<'a> {
    catalog: &'a Catalog,
    steps: Vec<StepId>,
    /// The milestone of each.
    placed: Vec<Option<usize>>,
    milestones: Vec<(Option<RoleId>, Vec<u32>)>,
    /// For each the needs that it meets itself.
    serves: Vec<Vec<Need>>,
    /// For each what it requires and the learner does not know.
    required: Vec<Vec<Ways>>,
    /// For each the steps that it needs, ascending.
    needs: Vec<Vec<u32>>,
}

impl<'a> Layout<'a> {
    /// Places each step in the first milestone that needs it. `taken` is ascending, closed, and meets the needs.
    pub(crate) fn new(catalog: &'a Catalog, needs: &[Need], taken: Vec<StepId>, terms: &Terms<'_>) -> Self {
        let number = |step: &StepId| taken.binary_search(step).ok().map(small);
        let ways = |any_of: &[StepId]| -> Option<Ways> {
            Some(terms.offer(any_of)?.iter().filter_map(number).collect())
        };
        let required: Vec<Vec<Ways>> = taken
            .iter()
            .map(|&step| catalog.requires(step).filter_map(|entry| ways(catalog.any_of(entry))).collect())
            .collect();
        let open: Vec<(Need, Ways)> =
            needs.iter().filter_map(|need| Some((*need, ways(need.any_of(catalog))?))).collect();
        let mut layout = Self {
            catalog,
            placed: vec![None; taken.len()],
            milestones: Vec::new(),
            serves: vec![Vec::new(); taken.len()],
            required: Vec::new(),
            needs: Vec::new(),
            steps: taken,
        };
        for group in open.chunk_by(|a, b| role_of(a.0) == role_of(b.0)) {
            let steps = layout.place(group.iter().map(|(_, ways)| ways), &required);
            if !steps.is_empty() {
                layout.milestones.push((role_of(group[0].0), steps));
            }
        }
        for (need, ways) in &open {
            if let Some(provider) = layout.provider(ways) {
                layout.serves[provider as usize].push(*need);
            }
        }
        layout.needs = required.iter().map(|required| layout.providers(required)).collect();
        layout.required = required;
        layout
    }

    /// Places what these requirements need and is not placed yet in the next milestone; returns it, ascending.
    ///
    /// Requirements with one way are followed first; of several ways one that is placed by then is used, or else the first.
    fn place<'w>(&mut self, open: impl Iterator<Item = &'w Ways>, required: &'w [Vec<Ways>]) -> Vec<u32> {
        let milestone = self.milestones.len();
        let mut certain: Vec<u32> = Vec::new();
        let mut undecided: BTreeSet<&Ways> = BTreeSet::new();
        let sort = |ways: &'w Ways, certain: &mut Vec<u32>| match ways[..] {
            [] => None,
            [only] => {
                certain.push(only);
                None
            }
            _ => Some(ways),
        };
        undecided.extend(open.filter_map(|ways| sort(ways, &mut certain)));
        let mut steps = Vec::new();
        loop {
            while let Some(step) = certain.pop() {
                if self.placed[step as usize].is_none() {
                    self.placed[step as usize] = Some(milestone);
                    steps.push(step);
                    let own = required[step as usize].iter();
                    undecided.extend(own.filter_map(|ways| sort(ways, &mut certain)));
                }
            }
            let Some(ways) = undecided.pop_first() else { break };
            if ways.iter().all(|&way| self.placed[way as usize].is_none()) {
                certain.push(ways[0]);
            }
        }
        steps.sort_unstable();
        steps
    }

    /// Of the ways to meet a requirement the one in the earliest milestone.
    fn provider(&self, ways: &Ways) -> Option<u32> {
        let placed = ways.iter().filter_map(|&way| Some((self.placed[way as usize]?, way)));
        placed.min().map(|(_, way)| way)
    }

    /// The providers of some requirements, ascending, each once.
    fn providers(&self, required: &[Ways]) -> Vec<u32> {
        let mut providers: Vec<u32> = required.iter().filter_map(|ways| self.provider(ways)).collect();
        providers.sort_unstable();
        providers.dedup();
        providers
    }

    /// The roadmap, with some steps as early in their milestones as what they need allows.
    pub(crate) fn into_roadmap(
        mut self,
        request: Request,
        known: Known,
        lower: Hours,
        early: &StepSet,
    ) -> Roadmap {
        let order: Vec<(usize, u32)> = (0..self.milestones.len())
            .flat_map(|milestone| {
                self.ordered(milestone, early).into_iter().map(move |step| (milestone, step))
            })
            .collect();
        let calendar = Calendar::new(&request.pace);
        let position = self.positions(&order);
        let mut steps = self.dated(&order, &position, &calendar);
        critical::set_slack(self.catalog, &mut steps);
        let hours = steps.iter().map(|planned| self.catalog.steps()[planned.step].hours).sum();
        let needs = || self.earlier_ways(&order, &position);
        let schedule = deadline::schedule(self.catalog, &request, &calendar, needs, &mut steps);
        Roadmap {
            milestones: self.milestones(&steps),
            weighted_completion: weighted_completion(self.catalog, &steps),
            schedule,
            assumed: known.assumed,
            known: known.steps,
            hours,
            lower_bound: lower.min(hours),
            steps,
            request,
        }
    }

    /// The steps of a milestone: those that are to be early and need no other, then the rest.
    fn ordered(&self, milestone: usize, early: &StepSet) -> Vec<u32> {
        let steps = &self.milestones[milestone].1;
        if early.is_empty() {
            return self.by_weight(steps);
        }
        let jobs = self.jobs(steps);
        let mut is_first = vec![false; steps.len()];
        for job in graph::topological_order(steps.len(), |job| &jobs.before[job]).unwrap_or_default() {
            let needs_no_other = jobs.before[job].iter().all(|&before| is_first[before as usize]);
            is_first[job] = needs_no_other && early.contains(&self.steps[steps[job] as usize]);
        }
        let part = |first| -> Vec<u32> {
            steps.iter().zip(&is_first).filter(|(_, is_first)| **is_first == first).map(|(&s, _)| s).collect()
        };
        [part(true), part(false)].iter().flat_map(|part| self.by_weight(part)).collect()
    }

    /// Steps in an order that brings weight early.
    fn by_weight(&self, steps: &[u32]) -> Vec<u32> {
        self.jobs(steps).order().into_iter().map(|job| steps[job]).collect()
    }

    /// Some steps, ascending, as jobs; what they need beyond each other is done by then.
    fn jobs(&self, steps: &[u32]) -> Jobs {
        let job = |step: &u32| steps.binary_search(step).ok().map(small);
        let hours = |&step: &u32| self.catalog.steps()[self.steps[step as usize]].hours.millionths();
        Jobs {
            length: steps.iter().map(hours).collect(),
            weight: steps.iter().map(|&step| u64::from(self.weight(step))).collect(),
            before: steps
                .iter()
                .map(|&step| self.needs[step as usize].iter().filter_map(job).collect())
                .collect(),
        }
    }

    fn weight(&self, step: u32) -> u32 {
        self.serves[step as usize].iter().map(|need| need.weight(self.catalog)).sum()
    }

    /// For each step its position. A search that ran out of effort may have taken steps that nothing needs: they have none.
    fn positions(&self, order: &[(usize, u32)]) -> Vec<usize> {
        let mut position = vec![usize::MAX; self.steps.len()];
        order.iter().enumerate().for_each(|(at, &(_, step))| position[step as usize] = at);
        position
    }

    /// For each position the ways to meet each requirement that stand before it.
    fn earlier_ways(&self, order: &[(usize, u32)], position: &[usize]) -> Vec<Vec<Vec<usize>>> {
        let earlier = |at: usize, ways: &Ways| -> Vec<usize> {
            ways.iter().map(|&way| position[way as usize]).filter(|&way| way < at).collect()
        };
        let of_step = |(at, &(_, step)): (usize, &(usize, u32))| {
            self.required[step as usize].iter().map(|ways| earlier(at, ways)).collect()
        };
        order.iter().enumerate().map(of_step).collect()
    }

    fn dated(&mut self, order: &[(usize, u32)], position: &[usize], calendar: &Calendar) -> Vec<PlannedStep> {
        let mut elapsed = Hours::ZERO;
        let mut steps: Vec<PlannedStep> = Vec::with_capacity(order.len());
        for &(milestone, number) in order {
            let step = self.steps[number as usize];
            let begins = calendar.begins(elapsed);
            elapsed += self.catalog.steps()[step].hours;
            let mut needs: Vec<usize> =
                self.needs[number as usize].iter().map(|&needed| position[needed as usize]).collect();
            needs.sort_unstable();
            steps.push(PlannedStep {
                step,
                milestone,
                weight: self.weight(number),
                serves: std::mem::take(&mut self.serves[number as usize]),
                starts_on: begins,
                finishes_on: calendar.ends(elapsed),
                needs,
                unlocks: Vec::new(),
                slack: Hours::ZERO,
                deferred: false,
            });
        }
        link_unlocks(&mut steps);
        steps
    }

    fn milestones(&self, steps: &[PlannedStep]) -> Vec<Milestone> {
        let mut start = 0;
        let milestone = |(role, members): &(Option<RoleId>, Vec<u32>)| {
            let range = start..start + members.len();
            start = range.end;
            let of = &steps[range.clone()];
            Milestone {
                role: *role,
                hours: of.iter().map(|planned| self.catalog.steps()[planned.step].hours).sum(),
                starts_on: of[0].starts_on,
                arrives_on: of[of.len() - 1].finishes_on,
                steps: range,
            }
        };
        self.milestones.iter().map(milestone).collect()
    }
}

fn role_of(need: Need) -> Option<RoleId> {
    match need {
        Need::Role(role, _) => Some(role),
        Need::Goal(_) => None,
    }
}

fn link_unlocks(steps: &mut [PlannedStep]) {
    for position in 0..steps.len() {
        for needed in steps[position].needs.clone() {
            steps[needed].unlocks.push(position);
        }
    }
}

fn weighted_completion(catalog: &Catalog, steps: &[PlannedStep]) -> u128 {
    let mut elapsed = 0u128;
    steps.iter().fold(0, |sum, planned| {
        elapsed += u128::from(catalog.steps()[planned.step].hours.millionths());
        sum + u128::from(planned.weight) * elapsed
    })
}
