//! Branch and bound over what the reductions and the bound leave open.

use super::bound::{self, Bound};
use super::instance::{Cost, Fate, Instance, Part, Reduced};

/// How much work a search may do, counted in visits of graph nodes, so that equal inputs stop at the same point everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fuel(pub(crate) u64);

impl Fuel {
    /// Whether any is left after some work.
    pub(crate) fn burn(&mut self, work: u64) -> bool {
        self.0 = self.0.saturating_sub(work);
        self.0 > 0
    }
}

/// What a search found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The labels of the best closure found, ascending; `None` where none is cheaper than the limit, or none was found in time.
    pub(crate) taken: Option<(Cost, Vec<u32>)>,
    /// No closure costs less; at most the limit.
    pub(crate) lower: Cost,
}

impl Answer {
    fn nothing_below(limit: Cost) -> Self {
        Self { taken: None, lower: limit }
    }
}

/// The least-cost closure of an instance that agrees with the decisions, if one costs less than `limit`.
///
/// Decides what must be, splits the rest into parts that share no node, and solves each by bound and branch. Exponential at worst;
/// where the fuel runs out the answer is the best closure met, with a bound that still holds.
pub(crate) fn solve(instance: &Instance, fate: Vec<Fate>, limit: Cost, fuel: &mut Fuel) -> Answer {
    fuel.burn(instance.size());
    let Some(Reduced { mut taken, cost, parts, .. }) = instance.reduce(fate) else {
        return Answer::nothing_below(limit);
    };
    if cost >= limit {
        return Answer::nothing_below(limit);
    }
    let bounded: Vec<Bounded> = parts.into_iter().map(|part| Bounded::new(part.instance, fuel)).collect();
    let mut lower = cost + bounded.iter().map(|part| part.bound.lower).sum::<Cost>();
    let mut spent = cost;
    let mut complete = true;
    for part in bounded {
        if lower >= limit {
            return Answer::nothing_below(limit);
        }
        // What the other parts leave of the limit.
        let own = part.bound.lower;
        let room = limit - (lower - own);
        let answer = part.solve(room, fuel);
        lower = lower - own + answer.lower;
        match answer.taken {
            Some((cost, labels)) => {
                spent += cost;
                taken.extend(labels);
            }
            None => complete = false,
        }
    }
    taken.sort_unstable();
    let found = complete && spent < limit;
    Answer { taken: found.then_some((spent, taken)), lower: lower.min(limit) }
}

/// The least-cost closure of each of some parts. All are bounded before the first is searched, so that none is left without a bound.
pub(crate) fn solve_parts(parts: &[Part], fuel: &mut Fuel) -> Vec<Answer> {
    let bounded: Vec<Bounded> = parts.iter().map(|part| Bounded::new(part.instance.clone(), fuel)).collect();
    bounded.into_iter().map(|part| part.solve(Cost::MAX, fuel)).collect()
}

/// A part with its bound.
struct Bounded {
    instance: Instance,
    order: Vec<usize>,
    bound: Bound,
}

impl Bounded {
    fn new(instance: Instance, fuel: &mut Fuel) -> Self {
        let order = instance.prerequisites_first();
        let bound = Bound::ascend(&instance, &order, fuel.0);
        fuel.burn(bound.work);
        Self { instance, order, bound }
    }

    fn solve(self, limit: Cost, fuel: &mut Fuel) -> Answer {
        let Self { instance, order, bound } = self;
        if bound.lower >= limit {
            return Answer::nothing_below(limit);
        }
        let marks = bound.closure(&instance, &order);
        let cost = bound::total(&instance, &marks);
        let mut best = (cost < limit).then(|| (cost, labels(&instance, &marks)));
        let mut limit = limit.min(cost);
        if bound.lower >= limit || !fuel.burn(4 * instance.size()) {
            return Answer { taken: best, lower: bound.lower.min(limit) };
        }
        // A node that makes every closure with it too dear is out.
        let fate: Vec<Fate> = (0..instance.len())
            .map(|node| if bound.with(node) >= limit { Fate::Out } else { Fate::Open })
            .collect();
        if fate.contains(&Fate::Out) {
            let answer = solve(&instance, fate, limit, fuel);
            return Answer { taken: answer.taken.or(best), lower: answer.lower.max(bound.lower) };
        }
        let branch = pick(&instance, &bound, &marks);
        let mut lower = Cost::MAX;
        for decision in [Fate::In, Fate::Out] {
            let mut fate = fate.clone();
            fate[branch] = decision;
            let answer = solve(&instance, fate, limit, fuel);
            lower = lower.min(answer.lower);
            if let Some(taken) = answer.taken {
                limit = taken.0;
                best = Some(taken);
            }
        }
        Answer { taken: best, lower: lower.max(bound.lower).min(limit) }
    }
}

fn labels(instance: &Instance, marks: &[bool]) -> Vec<u32> {
    instance.labels.iter().zip(marks).filter(|(_, mark)| **mark).map(|(&label, _)| label).collect()
}

/// The node to decide on: one of a root group that the bound is least sure of, and of those the one that touches the most.
fn pick(instance: &Instance, bound: &Bound, marks: &[bool]) -> usize {
    let mut member_of = vec![0usize; instance.len()];
    for &node in instance.groups.iter().flatten() {
        member_of[node as usize] += 1;
    }
    let roots = instance.roots.iter().flat_map(|&group| &instance.groups[group as usize]);
    roots
        .map(|&node| node as usize)
        .max_by_key(|&node| {
            let sure = bound.extra[node];
            (member_of[node], marks[node], std::cmp::Reverse(sure), std::cmp::Reverse(node))
        })
        .unwrap_or_default()
}
