//! Why each step is there: reasons, choices, necessity. All of it is computed when asked for.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashSet;

use crate::catalog::Catalog;
use crate::closure::{Compiled, Fuel, Need};
use crate::ids::{EntryId, StepId};
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
    pub fn choices(&self, catalog: &Catalog) -> Vec<Choice> {
        let terms = self.terms(catalog);
        let positions = self.positions();
        let Ok(compiled) = Compiled::new(&self.request.needs(catalog), &terms) else { return Vec::new() };
        let Some(solved) = compiled.solved(&mut self.fuel()) else { return Vec::new() };
        let mut fuel = self.questions();
        let mut extra: BTreeMap<StepId, Option<Hours>> = BTreeMap::new();
        let mut cost_of = |step: StepId| {
            *extra.entry(step).or_insert_with(|| {
                if positions.contains_key(&step) {
                    return Some(Hours::ZERO);
                }
                compiled.extra_with(&solved, step, &mut fuel)
            })
        };
        let choice = |(entry, taken): (EntryId, StepId)| {
            let offer = terms.offer(catalog.any_of(entry)).unwrap_or_default();
            let mut alternative =
                |&step: &StepId| (step, offer.contains(&step).then(|| cost_of(step)).flatten());
            Choice {
                entry,
                taken,
                alternatives: catalog.any_of(entry).iter().map(&mut alternative).collect(),
            }
        };
        self.taken(catalog).into_iter().map(choice).collect()
    }

    /// For each step whether every least-hours plan has it: one search for each that could be done without. Never wrongly true.
    pub fn necessary(&self, catalog: &Catalog) -> Vec<bool> {
        let Ok(compiled) = Compiled::new(&self.request.needs(catalog), &self.terms(catalog)) else {
            return vec![false; self.steps.len()];
        };
        let Some(solved) = compiled.solved(&mut self.fuel()) else {
            return vec![false; self.steps.len()];
        };
        let mut fuel = self.questions();
        let mut does_without = |step| compiled.does_without(&solved, step, &mut fuel);
        self.steps.iter().map(|planned| does_without(planned.step) == Some(false)).collect()
    }

    /// What the plan had.
    fn fuel(&self) -> Fuel {
        Fuel(self.request.effort.0)
    }

    /// One purse for all further questions: where it is spent, what is left is answered by the best plan met, not by a longer search.
    fn questions(&self) -> Fuel {
        Fuel(self.request.effort.0 / 2)
    }
}
