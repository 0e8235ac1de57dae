//! The steps in question, and how they hang together.

use rustc_hash::FxHashMap;

use crate::catalog::Catalog;
use crate::ids::{AreaId, StepId};
use crate::request::role_entries;
use crate::roadmap::Roadmap;

/// The part of a milestone that lies before its first step, and after its last.
const MARGIN: f64 = 0.15;

/// The items that a state consists of: the steps in question first, each after what it requires, then the hidden ones. A hidden item
/// says that the learner knows an alternative that is not in question; all requirements with the same alternatives share it.
#[derive(Debug)]
pub(super) struct Domain {
    /// The steps in question, each after what it requires.
    pub(super) steps: Vec<StepId>,
    pub(super) hours: Vec<f64>,
    /// The place of each step on the ladder: the rung that asks for it, and how far up that rung.
    pub(super) depths: Vec<f64>,
    /// The area of each step, numbered from 0.
    pub(super) areas: Vec<usize>,
    pub(super) area_count: usize,
    /// Whether each step is one of several that would do, and nothing on the way requires that one.
    pub(super) is_choice: Vec<bool>,
    /// The number of rungs of the ladder.
    pub(super) rungs: usize,
    /// The number of items.
    pub(super) items: usize,
    /// The groups of items any one of which satisfies a requirement of a step.
    pub(super) groups: Vec<Group>,
    /// For each item the steps that name it, and in which of their groups.
    pub(super) named_by: Vec<Vec<(usize, Vec<usize>)>>,
    /// For each step its groups.
    pub(super) groups_of: Vec<Vec<usize>>,
    numbers: FxHashMap<StepId, usize>,
}

/// A requirement of a step in question.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) owner: usize,
    pub(super) items: Vec<usize>,
}

impl Domain {
    /// The steps of a roadmap from nothing.
    pub(super) fn new(catalog: &Catalog, whole: &Roadmap) -> Self {
        let steps: Vec<_> = whole.steps.iter().map(|planned| planned.step).collect();
        let numbers: FxHashMap<_, _> = steps.iter().enumerate().map(|(item, &step)| (step, item)).collect();
        let mut hidden: FxHashMap<&[StepId], usize> = FxHashMap::default();
        let mut groups = Vec::new();
        let mut groups_of = vec![Vec::new(); steps.len()];
        for (owner, &step) in steps.iter().enumerate() {
            for entry in catalog.requires(step) {
                let any_of = catalog.any_of(entry);
                let mut items: Vec<_> = any_of.iter().filter_map(|step| numbers.get(step).copied()).collect();
                if items.len() < any_of.len() {
                    let next = steps.len() + hidden.len();
                    items.push(*hidden.entry(any_of).or_insert(next));
                }
                groups_of[owner].push(groups.len());
                groups.push(Group { owner, items });
            }
        }
        let items = steps.len() + hidden.len();
        let is_choice = choices(catalog, whole, &steps, &numbers);
        let (areas, area_count) = areas(catalog, &steps);
        let rungs = whole.request.to.map_or(0, |role| catalog.ladder(role).len());
        Self {
            hours: steps.iter().map(|&step| catalog.steps()[step].hours.as_f64()).collect(),
            depths: depths(catalog, whole, rungs),
            named_by: named_by(&groups, items),
            areas,
            area_count,
            is_choice,
            rungs,
            items,
            groups,
            groups_of,
            steps,
            numbers,
        }
    }

    /// The item of a step; `None` if it is not in question.
    pub(super) fn item(&self, step: StepId) -> Option<usize> {
        self.numbers.get(&step).copied()
    }
}

/// Finds the steps that are choices: no rung and no goal asks for them alone, nor does a step that is no choice. Steps come after what
/// they require, so the last ones are looked at first.
fn choices(
    catalog: &Catalog,
    whole: &Roadmap,
    steps: &[StepId],
    numbers: &FxHashMap<StepId, usize>,
) -> Vec<bool> {
    let mut is_choice = vec![true; steps.len()];
    let goals = whole.request.goals.iter().copied();
    let asked = whole.request.to.map(|role| role_entries(catalog, role)).unwrap_or_default();
    let asked = asked.into_iter().filter_map(|(_, entry)| alone(catalog.any_of(entry)));
    for step in goals.chain(asked) {
        if let Some(&item) = numbers.get(&step) {
            is_choice[item] = false;
        }
    }
    for (owner, &step) in steps.iter().enumerate().rev() {
        if !is_choice[owner] {
            for required in catalog.requires(step).filter_map(|entry| alone(catalog.any_of(entry))) {
                if let Some(&item) = numbers.get(&required) {
                    is_choice[item] = false;
                }
            }
        }
    }
    is_choice
}

/// The only alternative.
const fn alone(any_of: &[StepId]) -> Option<StepId> {
    match any_of {
        [step] => Some(*step),
        _ => None,
    }
}

fn areas(catalog: &Catalog, steps: &[StepId]) -> (Vec<usize>, usize) {
    let mut numbers: FxHashMap<AreaId, usize> = FxHashMap::default();
    let of = |&step: &StepId| catalog.topics()[catalog.steps()[step].topic].area;
    let areas = steps.iter().map(|step| {
        let next = numbers.len();
        *numbers.entry(of(step)).or_insert(next)
    });
    (areas.collect(), numbers.len())
}

/// A milestone's steps are spread over its rung by the longest chain of hours that leads to each.
fn depths(catalog: &Catalog, whole: &Roadmap, rungs: usize) -> Vec<f64> {
    #![allow(clippy::cast_precision_loss)]
    let mut chains: Vec<f64> = Vec::with_capacity(whole.steps.len());
    for planned in &whole.steps {
        let own = catalog.steps()[planned.step].hours.as_f64();
        let needs = planned.needs.iter().filter(|&&need| whole.steps[need].milestone == planned.milestone);
        let before = needs.map(|&need| chains[need]).fold(0.0, f64::max);
        chains.push(before + own);
    }
    let mut depths = vec![0.0; whole.steps.len()];
    for milestone in &whole.milestones {
        let rung = milestone.role.map_or(rungs, |role| catalog.ladder(role).len() - 1) as f64;
        let longest = milestone.steps.iter().map(|&at| chains[at]).fold(f64::MIN_POSITIVE, f64::max);
        for &position in &milestone.steps {
            depths[position] = rung + MARGIN + (1.0 - 2.0 * MARGIN) * chains[position] / longest;
        }
    }
    depths
}

fn named_by(groups: &[Group], items: usize) -> Vec<Vec<(usize, Vec<usize>)>> {
    let mut named_by: Vec<Vec<(usize, Vec<usize>)>> = vec![Vec::new(); items];
    for (number, group) in groups.iter().enumerate() {
        for &item in &group.items {
            // The groups of an owner follow each other.
            match named_by[item].last_mut() {
                Some((owner, numbers)) if *owner == group.owner => numbers.push(number),
                _ => named_by[item].push((group.owner, vec![number])),
            }
        }
    }
    named_by
}
