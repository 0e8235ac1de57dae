//! Why each step is there: reasons, choices, necessity. All of it is computed when asked for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashSet;

use crate::catalog::Catalog;
use crate::closure::{Compiled, Need, StepSet};
use crate::ids::{EntryId, StepId};
use crate::known::Assumption;
use crate::meter::Meter;
use crate::roadmap::Roadmap;
use crate::units::Hours;

/// A need that a step serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The need.
    pub need: Need,
    /// The shortest chain from the step to the one that meets the need, as positions, both ends included.
    pub chain: Vec<usize>,
}

/// What was decided for a requirement that had alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The requirement.
    pub entry: EntryId,
    /// The step that meets it.
    pub taken: StepId,
    /// All that the requirement names, ascending, with the hours that the roadmap would have more with it; `None` where there would
    /// be no roadmap.
    pub alternatives: Vec<(StepId, Option<Hours>)>,
}

impl Roadmap {
    /// The needs that a step serves, in ladder order, each with the shortest chain to it.
    pub fn reasons(&self, position: usize) -> Vec<Reason> {
        let mut came_from: BTreeMap<usize, usize> = BTreeMap::from([(position, position)]);
        let mut queue = VecDeque::from([position]);
        let mut reasons = Vec::new();
        while let Some(at) = queue.pop_front() {
            let chain = || {
                let mut chain = vec![at];
                while let Some(&last) = chain.last().filter(|&&last| last != position) {
                    chain.push(came_from[&last]);
                }
                chain.reverse();
                chain
            };
            reasons.extend(self.steps[at].serves.iter().map(|&need| Reason { need, chain: chain() }));
            for &next in &self.steps[at].unlocks {
                came_from.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    at
                });
            }
        }
        reasons.sort_by_key(|reason| reason.need);
        reasons
    }

    /// What was decided: for each requirement with alternatives, once for equal ones, the step that meets it.
    pub fn taken(&self, catalog: &Catalog) -> Vec<(EntryId, StepId)> {
        let terms = self.terms(catalog);
        let positions = self.positions();
        let of_needs = self.request.needs(catalog).into_iter().filter_map(|need| match need {
            Need::Role(_, entry) => Some(entry),
            Need::Goal(_) => None,
        });
        let of_steps = self.steps.iter().flat_map(|planned| catalog.requires(planned.step));
        let mut seen = FxHashSet::default();
        of_needs
            .chain(of_steps)
            .filter(|&entry| catalog.any_of(entry).len() > 1 && seen.insert(catalog.any_of(entry)))
            .filter_map(|entry| {
                let offer = terms.offer(catalog.any_of(entry))?;
                let taken = offer.into_iter().filter_map(|step| Some((*positions.get(&step)?, step))).min();
                taken.map(|(_, step)| (entry, step))
            })
            .collect()
    }

    /// What was decided, and what each alternative would cost: one search for each.
    pub fn choices(&self, catalog: &Catalog, meter: &Meter) -> Vec<Choice> {
        let terms = self.terms(catalog);
        let positions = self.positions();
        let Ok(compiled) = Compiled::new(&self.request.needs(catalog), &terms) else { return Vec::new() };
        let solved = meter.search(self.request.effort.0, |fuel| compiled.solved(fuel));
        let Some(solved) = solved else { return Vec::new() };
        let mut extra: BTreeMap<StepId, Option<Hours>> = BTreeMap::new();
        meter.search(self.questions(), |fuel| {
            let mut cost_of = |step: StepId| {
                *extra.entry(step).or_insert_with(|| {
                    if positions.contains_key(&step) {
                        return Some(Hours::ZERO);
                    }
                    compiled.extra_with(&solved, step, fuel)
                })
            };
            let choice = |(entry, taken): (EntryId, StepId)| {
                let offer = terms.offer(catalog.any_of(entry)).unwrap_or_default();
                let mut alternative =
                    |&step: &StepId| (step, offer.contains(&step).then(|| cost_of(step)).flatten());
                let alternatives = catalog.any_of(entry).iter().map(&mut alternative).collect();
                Choice { entry, taken, alternatives }
            };
            self.taken(catalog).into_iter().map(choice).collect()
        })
    }

    /// Assumptions that had alternatives: for each requirement that one of them meets, once for equal ones, what was assumed, and how
    /// many more hours would be assumed with each alternative. Those that the most hours of steps hang on come first.
    pub fn assumed_choices(&self, catalog: &Catalog, meter: &Meter) -> Vec<Choice> {
        let assumption = Assumption::of(catalog, &self.request);
        let terms = assumption.terms();
        let of_assumed = self.assumed.iter().flat_map(|&step| catalog.requires(step));
        let mut seen = FxHashSet::default();
        let open: Vec<(EntryId, StepId, Vec<StepId>)> = assumption
            .entries()
            .into_iter()
            .chain(of_assumed)
            .filter(|&entry| catalog.any_of(entry).len() > 1 && seen.insert(catalog.any_of(entry)))
            .filter_map(|entry| {
                let offer = terms.offer(catalog.any_of(entry)).filter(|offer| offer.len() > 1)?;
                let taken = *offer.iter().find(|step| self.assumed.binary_search(step).is_ok())?;
                Some((entry, taken, offer))
            })
            .collect();
        if open.is_empty() {
            return Vec::new();
        }
        let compiled = assumption.compiled();
        let solved = meter.search(self.request.effort.0, |fuel| compiled.solved(fuel));
        let Some(solved) = solved else { return Vec::new() };
        let mut extra: BTreeMap<StepId, Option<Hours>> =
            self.assumed.iter().map(|&step| (step, Some(Hours::ZERO))).collect();
        let hanging = Hanging::new(self, catalog);
        let mut choices: Vec<(Hours, Choice)> = meter.search(self.questions(), |fuel| {
            let mut cost_of =
                |step: StepId| *extra.entry(step).or_insert_with(|| compiled.extra_with(&solved, step, fuel));
            let choice = |(entry, taken, offer): (EntryId, StepId, Vec<StepId>)| {
                let alternatives = catalog.any_of(entry).iter();
                let alternatives =
                    alternatives.map(|&step| (step, offer.contains(&step).then(|| cost_of(step)).flatten()));
                let choice = Choice { entry, taken, alternatives: alternatives.collect() };
                (hanging.on(taken), choice)
            };
            open.into_iter().map(choice).collect()
        });
        choices.sort_by_key(|(hours, choice)| (Reverse(*hours), choice.entry));
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    /// For each step whether every least-hours plan has it: one search for each that could be done without. Never wrongly true.
    pub fn necessary(&self, catalog: &Catalog, meter: &Meter) -> Vec<bool> {
        let Ok(compiled) = Compiled::new(&self.request.needs(catalog), &self.terms(catalog)) else {
            return vec![false; self.steps.len()];
        };
        let solved = meter.search(self.request.effort.0, |fuel| compiled.solved(fuel));
        let Some(solved) = solved else { return vec![false; self.steps.len()] };
        meter.search(self.questions(), |fuel| {
            let mut does_without = |step| compiled.does_without(&solved, step, fuel);
            self.steps.iter().map(|planned| does_without(planned.step) == Some(false)).collect()
        })
    }

    /// One purse for all further questions: where it is spent, what is left is answered by the best plan met, not by a longer search.
    fn questions(&self) -> u64 {
        self.request.effort.0 / 2
    }
}

/// The steps that are assumed or planned, and what each of them stands on.
struct Hanging<'a> {
    catalog: &'a Catalog,
    /// What is known or planned.
    held: StepSet,
    /// What is so although the learner has not named it.
    unnamed: StepSet,
}

impl<'a> Hanging<'a> {
    fn new(roadmap: &'a Roadmap, catalog: &'a Catalog) -> Self {
        let planned = || roadmap.steps.iter().map(|planned| planned.step);
        Self {
            catalog,
            held: roadmap.known.iter().copied().chain(planned()).collect(),
            unnamed: roadmap.assumed.iter().copied().chain(planned()).collect(),
        }
    }

    /// The hours of what would have nothing to stand on if a step were not known, itself among it.
    fn on(&self, step: StepId) -> Hours {
        let mut fallen = StepSet::from_iter([step]);
        let mut stack = vec![step];
        let mut hours = Hours::ZERO;
        while let Some(step) = stack.pop() {
            hours += self.catalog.steps()[step].hours;
            for &next in self.catalog.unlocks(step) {
                let stands = |entry| {
                    let any_of = self.catalog.any_of(entry).iter();
                    let mut ways = any_of.filter(|way| self.held.contains(way));
                    // What nothing has met from the start does not fall.
                    ways.clone().next().is_none() || ways.any(|way| !fallen.contains(way))
                };
                let falls = self.unnamed.contains(&next) && !self.catalog.requires(next).all(stands);
                if falls && fallen.insert(next) {
                    stack.push(next);
                }
            }
        }
        hours
    }
}
