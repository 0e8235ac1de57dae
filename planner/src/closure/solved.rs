//! A solved problem that answers what one decision more would cost. Its parts share no node, so only those that the decision touches
//! are solved again.

use rustc_hash::FxHashSet;

use super::bound;
use super::instance::{Cost, Fate, Further, Instance, Reduced};
use super::search::{self, Answer, Fuel};
use super::ties;

/// A problem with the answer of each of its parts.
pub(crate) struct Solved<'a> {
    instance: &'a Instance,
    reduced: Reduced,
    answers: Vec<Answer>,
    /// For each node the part that it is in.
    part_of: Vec<Option<usize>>,
    /// Whether each node is in the closure found.
    taken: Vec<bool>,
    /// For each node what the cheapest closure of its own that shares nothing would cost.
    alone: Vec<Cost>,
}

impl<'a> Solved<'a> {
    /// Solves an instance whose labels are its nodes; `None` where it has no closure.
    pub(super) fn new(instance: &'a Instance, fuel: &mut Fuel) -> Option<Self> {
        let reduced = instance.reduce(vec![Fate::Open; instance.len()])?;
        let answers = search::solve_parts(&reduced.parts, fuel);
        let mut part_of = vec![None; instance.len()];
        for (number, part) in reduced.parts.iter().enumerate() {
            part.instance.labels.iter().for_each(|&node| part_of[node as usize] = Some(number));
        }
        let mut taken = vec![false; instance.len()];
        let (_, labels) = merged(&reduced, answers.iter()).taken?;
        for node in labels {
            taken[node as usize] = true;
        }
        let alone = bound::grown_cost(instance, &instance.cost, &instance.prerequisites_first());
        Some(Self { instance, reduced, answers, part_of, taken, alone })
    }

    /// The whole answer, with ties settled: always a closure, since every open node can be taken. `second` gives for each node what counts
    /// after the cost.
    pub(super) fn settled(&self, second: &[Cost], fuel: &mut Fuel) -> Answer {
        let settled: Vec<Answer> = (self.reduced.parts.iter().zip(&self.answers))
            .map(|(part, answer)| ties::settle(&part.instance, answer, second, fuel))
            .collect();
        merged(&self.reduced, settled.iter())
    }

    /// What the least-cost closure with a node costs beyond the one found; `None` where there is no such closure. With no fuel left,
    /// what it costs to add the node to the one found.
    pub(super) fn extra_with(&self, node: usize, fuel: &mut Fuel) -> Option<Cost> {
        if self.reduced.fate[node] == Fate::In {
            return Some(0);
        }
        if !fuel.burn(self.instance.size()) {
            return Some(self.added(node));
        }
        let Further { reduced, touched } =
            self.instance.reduce_further(&self.reduced, &self.part_of, node)?;
        let answers = search::solve_parts(&reduced.parts, fuel);
        let (with, _) = merged(&reduced, answers.iter()).taken?;
        let without: Cost = touched.iter().filter_map(|&part| self.cost_of(part)).sum();
        Some(with.saturating_sub(without))
    }

    /// The cost of a node, and of what it needs that the closure found does not have, each need met by its cheapest way.
    fn added(&self, node: usize) -> Cost {
        let mut new = FxHashSet::default();
        let mut stack = vec![node];
        let mut cost = 0;
        while let Some(node) = stack.pop() {
            if self.taken[node] || !new.insert(node) {
                continue;
            }
            cost += self.instance.cost[node];
            for &group in &self.instance.needs[node] {
                let ways = || self.instance.groups[group as usize].iter().map(|&way| way as usize);
                if !ways().any(|way| self.taken[way] || new.contains(&way)) {
                    stack.extend(ways().min_by_key(|&way| (self.alone[way], way)));
                }
            }
        }
        cost
    }

    /// Whether a closure that costs no more than the one found does without a node; `None` where the fuel ran out before that was known.
    pub(super) fn does_without(&self, node: usize, fuel: &mut Fuel) -> Option<bool> {
        let Some(part) = self.part_of[node] else { return Some(self.reduced.fate[node] != Fate::In) };
        let instance = &self.reduced.parts[part].instance;
        if !fuel.burn(instance.size()) {
            return None;
        }
        let mut fate = vec![Fate::Open; instance.len()];
        let local = instance.labels.binary_search(&crate::ids::small(node)).ok()?;
        fate[local] = Fate::Out;
        let limit = self.cost_of(part)? + 1;
        let answer = search::solve(instance, fate, limit, fuel);
        match answer.taken {
            Some(_) => Some(true),
            None => (answer.lower >= limit).then_some(false),
        }
    }

    fn cost_of(&self, part: usize) -> Option<Cost> {
        self.answers[part].taken.as_ref().map(|(cost, _)| *cost)
    }
}

/// What is taken for certain and the answers for the parts as one.
fn merged<'a>(reduced: &Reduced, answers: impl Iterator<Item = &'a Answer>) -> Answer {
    let (mut cost, mut lower, mut taken) = (reduced.cost, reduced.cost, reduced.taken.clone());
    let mut complete = true;
    for answer in answers {
        lower += answer.lower;
        match &answer.taken {
            Some((own, labels)) => {
                cost += own;
                taken.extend(labels);
            }
            None => complete = false,
        }
    }
    taken.sort_unstable();
    Answer { taken: complete.then_some((cost, taken)), lower }
}
