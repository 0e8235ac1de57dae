//! From a set of steps to a roadmap: which step meets which need, in which milestone each belongs, in which order, on which days.
//!
//! O(steps and alternatives among them), but for the order inside the milestones and what is kept where not all fits.

mod recommended;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::closure::{Need, StepSet, Terms};
use crate::graph;
use crate::ids::{RoleId, StepId, small};
use crate::known::Known;
use crate::meter::Meter;
use crate::order::Jobs;
use crate::request::{Effort, Request};
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
    /// For each the steps of its milestone that it is to come after because it recommends them.
    recommended: Vec<Vec<u32>>,
    /// For each the hours of the longest chain of steps that hangs on it.
    hanging: Vec<Hours>,
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
            recommended: Vec::new(),
            hanging: Vec::new(),
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
        layout.recommended = recommended::edges(&layout, terms);
        layout.hanging = layout.longest_after();
        layout
    }

    /// For each step the hours of the longest chain of what comes after it.
    fn longest_after(&self) -> Vec<Hours> {
        let mut after = vec![Hours::ZERO; self.steps.len()];
        let order = graph::topological_order(self.steps.len(), |step| &self.needs[step]).unwrap_or_default();
        for step in order.into_iter().rev() {
            let with = after[step] + self.catalog.steps()[self.steps[step]].hours;
            for &needed in &self.needs[step] {
                after[needed as usize] = after[needed as usize].max(with);
            }
        }
        after
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
        ascending(required.iter().filter_map(|ways| self.provider(ways)).collect())
    }

    /// The roadmap, with what has been begun and is to be early as early in its milestones as what it needs allows.
    pub(crate) fn into_roadmap(
        mut self,
        request: Request,
        known: Known,
        lower: Hours,
        meter: &Meter,
    ) -> Roadmap {
        let early: StepSet = request.begun.iter().chain(&request.early).copied().collect();
        let order: Vec<(usize, u32)> = (0..self.milestones.len())
            .flat_map(|milestone| {
                self.ordered(milestone, &early, meter).into_iter().map(move |step| (milestone, step))
            })
            .collect();
        let calendar = Calendar::new(&request.pace);
        let hours = order.iter().map(|&(_, step)| self.hours(step)).sum();
        let room = request.pace.finish_by.map(|last| calendar.room(last)).filter(|room| hours > *room);
        let (order, kept, upper) = match room {
            Some(room) => self.kept_first(order, room, request.effort, meter),
            None => (order, usize::MAX, None),
        };
        let mut steps = self.dated(&order, kept, &calendar);
        critical::set_slack(self.catalog, &mut steps);
        let schedule = deadline::schedule(&request.pace, &calendar, hours, &steps, upper);
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
    fn ordered(&self, milestone: usize, early: &StepSet, meter: &Meter) -> Vec<u32> {
        let steps = &self.milestones[milestone].1;
        if early.is_empty() {
            return self.by_value(steps, meter);
        }
        // What is to be early does not wait for what it only recommends.
        let within: Vec<Vec<u32>> = steps
            .iter()
            .map(|&step| {
                let needs = self.needs[step as usize].iter();
                needs.filter_map(|needed| steps.binary_search(needed).ok().map(small)).collect()
            })
            .collect();
        let mut is_first = vec![false; steps.len()];
        for at in graph::topological_order(steps.len(), |at| &within[at]).unwrap_or_default() {
            let needs_no_other = within[at].iter().all(|&before| is_first[before as usize]);
            is_first[at] = needs_no_other && early.contains(&self.steps[steps[at] as usize]);
        }
        let part = |first| -> Vec<u32> {
            steps.iter().zip(&is_first).filter(|(_, is_first)| **is_first == first).map(|(&s, _)| s).collect()
        };
        [part(true), part(false)].iter().flat_map(|part| self.by_value(part, meter)).collect()
    }

    /// Steps in an order that brings value early. What is equal there goes by what hangs on it.
    fn by_value(&self, steps: &[u32], meter: &Meter) -> Vec<u32> {
        let mut ranked = steps.to_vec();
        ranked.sort_unstable_by_key(|&step| (Reverse(self.hanging[step as usize]), step));
        self.jobs(&ranked).order(meter).into_iter().map(|job| ranked[job]).collect()
    }

    /// Some steps as jobs, in the order in which ties go; what they need beyond each other is done by then.
    fn jobs(&self, ranked: &[u32]) -> Jobs {
        let job: FxHashMap<u32, u32> = ranked.iter().copied().zip(0..).collect();
        let before = |&step: &u32| {
            let edges = [&self.needs[step as usize], &self.recommended[step as usize]];
            let mut before: Vec<u32> =
                edges.into_iter().flatten().filter_map(|step| job.get(step)).copied().collect();
            before.sort_unstable();
            before.dedup();
            before
        };
        let hours: Vec<u64> = ranked.iter().map(|&step| self.hours(step).millionths()).collect();
        let weights: Vec<u32> = ranked.iter().map(|&step| self.weight(step)).collect();
        Jobs::new(&hours, &weights, ranked.iter().map(before).collect())
    }

    fn hours(&self, step: u32) -> Hours {
        self.catalog.steps()[self.steps[step as usize]].hours
    }

    /// The order with the steps first that are to be kept where not all fit, how many these are, and a bound of what they can be worth.
    /// What a kept step needs is kept.
    fn kept_first(
        &mut self,
        order: Vec<(usize, u32)>,
        room: Hours,
        effort: Effort,
        meter: &Meter,
    ) -> (Vec<(usize, u32)>, usize, Option<Hours>) {
        let position = self.positions(&order);
        let ways = self.earlier_ways(&order, &position);
        let hours: Vec<u64> = order.iter().map(|&(_, step)| self.hours(step).millionths()).collect();
        let weights: Vec<u32> = order.iter().map(|&(_, step)| self.weight(step)).collect();
        let deadline::Kept { kept, upper } = deadline::kept(&hours, &weights, &ways, room, effort, meter);
        for (at, &(_, step)) in order.iter().enumerate().filter(|(at, _)| kept[*at]) {
            let provider = |(all, earlier): (&Ways, &Vec<usize>)| {
                let usual = self.provider(all)?;
                if kept[position[usual as usize]] {
                    return Some(usual);
                }
                earlier.iter().find(|way| kept[**way]).map(|&way| order[way].1)
            };
            let required = self.required[step as usize].iter().zip(&ways[at]);
            self.needs[step as usize] = ascending(required.filter_map(provider).collect());
        }
        let count = kept.iter().filter(|kept| **kept).count();
        let (first, later): (Vec<_>, Vec<_>) = order.into_iter().zip(kept).partition(|(_, kept)| *kept);
        (first.into_iter().chain(later).map(|(step, _)| step).collect(), count, upper)
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

    /// The steps in their order with their days; those from a position on are deferred.
    fn dated(&mut self, order: &[(usize, u32)], kept: usize, calendar: &Calendar) -> Vec<PlannedStep> {
        let position = self.positions(order);
        let mut elapsed = Hours::ZERO;
        let mut steps: Vec<PlannedStep> = Vec::with_capacity(order.len());
        for &(milestone, number) in order {
            let step = self.steps[number as usize];
            let (begins, hours, weight) = (calendar.begins(elapsed), self.hours(number), self.weight(number));
            elapsed += hours;
            let mut needs: Vec<usize> =
                self.needs[number as usize].iter().map(|&needed| position[needed as usize]).collect();
            needs.sort_unstable();
            steps.push(PlannedStep {
                step,
                milestone,
                weight,
                value: hours.times(weight),
                serves: std::mem::take(&mut self.serves[number as usize]),
                starts_on: begins,
                finishes_on: calendar.ends(elapsed),
                needs,
                unlocks: Vec::new(),
                slack: Hours::ZERO,
                deferred: steps.len() >= kept,
            });
        }
        link_unlocks(&mut steps);
        steps
    }

    fn milestones(&self, steps: &[PlannedStep]) -> Vec<Milestone> {
        let mut members = vec![Vec::new(); self.milestones.len()];
        steps.iter().enumerate().for_each(|(at, planned)| members[planned.milestone].push(at));
        let milestone = |((role, _), members): (&(Option<RoleId>, Vec<u32>), Vec<usize>)| {
            let (first, last) = (members[0], members[members.len() - 1]);
            Milestone {
                role: *role,
                hours: members.iter().map(|&at| self.catalog.steps()[steps[at].step].hours).sum(),
                starts_on: steps[first].starts_on,
                arrives_on: steps[last].finishes_on,
                steps: members,
            }
        };
        self.milestones.iter().zip(members).map(milestone).collect()
    }
}

/// Each once, in ascending order.
fn ascending(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
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
    steps.iter().fold(0u128, |sum, planned| {
        elapsed += u128::from(catalog.steps()[planned.step].hours.millionths());
        sum.saturating_add(u128::from(planned.value.millionths()).saturating_mul(elapsed))
    })
}
