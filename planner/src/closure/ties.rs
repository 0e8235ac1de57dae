//! Which of the closures with the least cost is taken: the one with the least of a second criterion, and of those the one that has the first
//! node that they do not share.
//!
//! Nodes that the bound rules out of every closure of that cost go first; mostly nothing is left to
//! choose then. The rest is solved as a problem of its own, in which a cost counts more than all of the second criterion together. Then the nodes that are still open
//! are decided in order, each by a search for a closure with it.

use super::bound::Bound;
use super::instance::{Cost, Fate, Instance, Reduced};
use super::search::{self, Answer, Fuel};

/// The answer for an instance, or one of the same cost that is better by the further criteria. Both are looked for as far as the fuel goes,
/// and only where the cost is proven.
///
/// `second` is by label.
pub(super) fn settle(instance: &Instance, answer: &Answer, second: &[Cost], fuel: &mut Fuel) -> Answer {
    let Some((cost, _)) = answer.taken.as_ref().filter(|(cost, _)| *cost == answer.lower) else {
        return answer.clone();
    };
    let Some(rest) = least_only(instance, *cost, fuel) else { return answer.clone() };
    let mut taken = rest.taken;
    for part in rest.parts {
        let Some(labels) = best_of(&part.instance, second, fuel) else { return answer.clone() };
        taken.extend(labels);
    }
    taken.sort_unstable();
    Answer { taken: Some((*cost, taken)), lower: answer.lower }
}

/// The choice that is left between closures of the least cost; `None` if there is none.
fn least_only(instance: &Instance, cost: Cost, fuel: &mut Fuel) -> Option<Reduced> {
    if !fuel.burn(instance.size()) {
        return None;
    }
    let order = instance.prerequisites_first();
    let bound = Bound::ascend(instance, &order, fuel.0);
    fuel.burn(bound.work);
    let fate = (0..instance.len()).map(|node| if bound.with(node) > cost { Fate::Out } else { Fate::Open });
    instance.reduce(fate.collect())
}

/// The labels of the closure with the least cost and then the least of the second criterion; `None` where the fuel does not suffice.
fn best_of(instance: &Instance, second: &[Cost], fuel: &mut Fuel) -> Option<Vec<u32>> {
    let second: Vec<Cost> = instance.labels.iter().map(|&label| second[label as usize]).collect();
    let scale = 1 + second.iter().sum::<Cost>();
    let cost = instance.cost.iter().zip(&second).map(|(cost, second)| cost * scale + second).collect();
    let ranked = Instance { cost, scale, ..instance.clone() };
    let answer = search::solve(&ranked, vec![Fate::Open; ranked.len()], Cost::MAX, fuel);
    let (cost, taken) = answer.taken.filter(|(cost, _)| *cost == answer.lower)?;
    first_of(&ranked, cost, taken, fuel)
}

/// Of the closures of a cost, which is the least, the one that has the first node that they do not share. One of them is given.
fn first_of(instance: &Instance, cost: Cost, mut taken: Vec<u32>, fuel: &mut Fuel) -> Option<Vec<u32>> {
    let Some(rest) = least_only(instance, cost, fuel) else { return Some(taken) };
    if rest.parts.is_empty() {
        return Some(rest.taken);
    }
    let mut fate = rest.fate;
    for part in &rest.parts {
        for &label in &part.instance.labels {
            let node = instance.labels.binary_search(&label).ok()?;
            if fate[node] != Fate::Open {
                continue;
            }
            if taken.binary_search(&label).is_ok() {
                fate[node] = Fate::In;
                continue;
            }
            let mut with = fate.clone();
            with[node] = Fate::In;
            let answer = search::solve(instance, with.clone(), cost + 1, fuel);
            match answer.taken {
                Some((_, labels)) => (taken, fate) = (labels, with),
                None if answer.lower > cost => fate[node] = Fate::Out,
                // Nobody knows: the one that there is stays.
                None => return Some(taken),
            }
        }
    }
    Some(taken)
}

#[cfg(test)]
mod tests;
