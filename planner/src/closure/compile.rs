//! From the catalogue to an instance: the unknown steps that can be reached from what is wanted, on the learner's terms.

use rustc_hash::FxHashMap;

use super::instance::{Cost, Instance};
use super::search::{Answer, Fuel};
use super::solved::Solved;
use super::{Avoidance, Need, StepSet, Terms, dominance};
use crate::ids::{EntryId, StepId, small};
use crate::units::Hours;

/// The problem of reaching some needs on some terms, ready to be solved any number of times.
pub(crate) struct Compiled {
    instance: Instance,
    /// The steps of the instance's labels, ascending.
    steps: Vec<StepId>,
    /// What a taken step of an avoided topic costs beyond its hours.
    penalty: Cost,
    avoided: Vec<bool>,
    /// For each step how far its topic is from being used by everybody.
    unpopularity: Vec<Cost>,
}

/// Needs that no plan meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreachable {
    /// The first need that can't be met.
    pub(crate) need: Need,
    /// From a step that the need offers to the one that nothing can be done about, each requiring the next; empty where the need
    /// offers nothing at all.
    pub(crate) chain: Vec<StepId>,
}

/// A solved problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Solution {
    /// The steps to learn, ascending.
    pub(crate) steps: Vec<StepId>,
    pub(crate) hours: Hours,
    /// No set of steps that reaches the needs has fewer hours.
    pub(crate) lower: Hours,
}

/// The relevant part of the graph: steps in ascending order, and what each offers for its requirements.
pub(super) struct Relevant {
    pub(super) steps: Vec<StepId>,
    number: FxHashMap<StepId, u32>,
    roots: Vec<Vec<StepId>>,
    offers: Vec<Vec<Vec<StepId>>>,
}

impl Compiled {
    /// O(size of the relevant part), but for the dominance tests, which are bounded.
    pub(crate) fn new(needs: &[Need], terms: &Terms<'_>) -> Result<Self, Unreachable> {
        let relevant = Relevant::new(needs.iter().map(|need| need.any_of(terms.catalog)), terms);
        let instance = relevant.instance();
        let possible = Relevant::possible(&instance);
        relevant.blocked(needs, terms, &possible).map_or(Ok(()), Err)?;
        Ok(Self::of(&relevant, instance, &possible, terms))
    }

    /// The problem of satisfying some requirements on terms that rule nothing out.
    pub(crate) fn of_entries(entries: impl Iterator<Item = EntryId>, terms: &Terms<'_>) -> Self {
        let relevant = Relevant::new(entries.map(|entry| terms.catalog.any_of(entry)), terms);
        let instance = relevant.instance();
        let possible = Relevant::possible(&instance);
        Self::of(&relevant, instance, &possible, terms)
    }

    fn of(relevant: &Relevant, mut instance: Instance, possible: &[bool], terms: &Terms<'_>) -> Self {
        for group in &mut instance.groups {
            group.retain(|&node| possible[node as usize]);
        }
        let hours = |&step: &StepId| Cost::from(terms.catalog.steps()[step].hours.millionths());
        let avoided: Vec<bool> = relevant.steps.iter().map(|&step| terms.avoids(step)).collect();
        let penalised = terms.avoidance == Avoidance::LastResort && avoided.contains(&true);
        let penalty = if penalised { 1 + relevant.steps.iter().map(hours).sum::<Cost>() } else { 0 };
        instance.cost = relevant
            .steps
            .iter()
            .zip(&avoided)
            .map(|(step, &avoided)| hours(step) + if avoided { penalty } else { 0 })
            .collect();
        let instance = dominance::drop_impossible(instance, possible);
        let steps: Vec<StepId> =
            instance.labels.iter().map(|&label| relevant.steps[label as usize]).collect();
        let avoided = instance.labels.iter().map(|&label| avoided[label as usize]).collect();
        let instance =
            dominance::simplify(Instance { labels: (0..small(instance.len())).collect(), ..instance });
        let unpopularity = |&step: &StepId| {
            let topic = terms.catalog.steps()[step].topic;
            Cost::from(100u8.saturating_sub(terms.catalog.topics()[topic].popularity))
        };
        let unpopularity = steps.iter().map(unpopularity).collect();
        Self { instance, steps, penalty, avoided, unpopularity }
    }

    /// The least hours, of several such sets the one with the most popular topics, and of those the one with the first step by slug.
    pub(crate) fn least(&self, fuel: &mut Fuel) -> Solution {
        // Without a limit there always is a closure: every step left can be taken.
        let all = Solution { steps: self.steps.clone(), hours: Hours::ZERO, lower: Hours::ZERO };
        let Some(solved) = self.solved(fuel) else { return all };
        self.solution(solved.settled(&self.unpopularity, fuel)).unwrap_or(all)
    }

    /// Solved, for further questions.
    pub(crate) fn solved(&self, fuel: &mut Fuel) -> Option<Solved<'_>> {
        Solved::new(&self.instance, fuel)
    }

    /// The hours that the least plan with a step has beyond the one found; `None` where there is no such plan.
    /// A step of an avoided topic is none to go by.
    pub(crate) fn extra_with(&self, solved: &Solved<'_>, step: StepId, fuel: &mut Fuel) -> Option<Hours> {
        let node = self.steps.binary_search(&step).ok()?;
        let extra = solved.extra_with(node, fuel)?;
        (self.penalty == 0 || extra < self.penalty).then(|| hours(extra))
    }

    /// Whether a plan of no more hours than the one found does without a step; `None` where the fuel ran out before that was known.
    pub(crate) fn does_without(&self, solved: &Solved<'_>, step: StepId, fuel: &mut Fuel) -> Option<bool> {
        self.steps.binary_search(&step).map_or(Some(true), |node| solved.does_without(node, fuel))
    }

    fn solution(&self, answer: Answer) -> Option<Solution> {
        let (cost, taken) = answer.taken?;
        let avoided = taken.iter().filter(|&&node| self.avoided[node as usize]).count() as Cost;
        let penalty = avoided * self.penalty;
        Some(Solution {
            steps: taken.iter().map(|&node| self.steps[node as usize]).collect(),
            hours: hours(cost - penalty),
            lower: hours(answer.lower.saturating_sub(penalty)),
        })
    }
}

impl Relevant {
    /// Everything that can be reached from what is wanted through what requirements offer.
    pub(super) fn new<'a>(wanted: impl Iterator<Item = &'a [StepId]>, terms: &Terms<'_>) -> Self {
        let roots: Vec<_> = wanted.filter_map(|any_of| terms.offer(any_of)).collect();
        let mut offers: FxHashMap<StepId, Vec<Vec<StepId>>> = FxHashMap::default();
        let mut stack: Vec<StepId> = roots.iter().flatten().copied().collect();
        while let Some(step) = stack.pop() {
            if offers.contains_key(&step) {
                continue;
            }
            let requires = terms.catalog.requires(step);
            let own: Vec<_> = requires.filter_map(|entry| terms.offer(terms.catalog.any_of(entry))).collect();
            stack.extend(own.iter().flatten());
            offers.insert(step, own);
        }
        let mut pairs: Vec<_> = offers.into_iter().collect();
        pairs.sort_unstable_by_key(|(step, _)| *step);
        let number = (0..).zip(&pairs).map(|(i, (step, _))| (*step, i)).collect();
        let (steps, offers) = pairs.into_iter().unzip();
        Self { steps, number, roots, offers }
    }

    /// The graph without costs; groups may be empty.
    pub(super) fn instance(&self) -> Instance {
        let mut groups = Vec::new();
        let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
        let mut group = |offer: &Vec<StepId>| {
            let members: Vec<u32> = offer.iter().map(|step| self.number[step]).collect();
            *known.entry(members).or_insert_with_key(|members| {
                groups.push(members.clone());
                small(groups.len() - 1)
            })
        };
        let mut list = |offers: &Vec<Vec<StepId>>| {
            let mut ids: Vec<u32> = offers.iter().map(&mut group).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let roots = list(&self.roots);
        let needs = self.offers.iter().map(&mut list).collect();
        let labels = (0..small(self.steps.len())).collect();
        Instance { labels, cost: vec![0; self.steps.len()], groups, needs, roots, scale: 0 }
    }

    /// For each step whether all that it requires can be met.
    fn possible(instance: &Instance) -> Vec<bool> {
        let mut possible = vec![false; instance.len()];
        for node in instance.prerequisites_first() {
            let met = |&group: &u32| {
                instance.groups[group as usize].iter().any(|&member| possible[member as usize])
            };
            possible[node] = instance.needs[node].iter().all(met);
        }
        possible
    }

    /// The first need that can't be met, with the way down to what stands against it.
    fn blocked(&self, needs: &[Need], terms: &Terms<'_>, possible: &[bool]) -> Option<Unreachable> {
        let can = |step: &StepId| possible[self.number[step] as usize];
        let need = *needs.iter().find(|need| {
            terms.offer(need.any_of(terms.catalog)).is_some_and(|offer| !offer.iter().any(can))
        })?;
        let mut chain = Vec::new();
        let mut offer = terms.offer(need.any_of(terms.catalog)).unwrap_or_default();
        // Down the first impossible requirement of the first step offered, until a requirement offers nothing.
        while let Some(&step) = offer.first() {
            chain.push(step);
            let own = &self.offers[self.number[&step] as usize];
            offer = own.iter().find(|offer| !offer.iter().any(can)).cloned().unwrap_or_default();
        }
        let end = chain.last().map_or_else(
            || need.any_of(terms.catalog).to_vec(),
            |&last| {
                let unmet = terms.catalog.requires(last).map(|entry| terms.catalog.any_of(entry));
                unmet
                    .into_iter()
                    .find(|any_of| terms.offer(any_of).is_some_and(|o| o.is_empty()))
                    .unwrap_or_default()
                    .to_vec()
            },
        );
        chain.extend(end.first());
        Some(Unreachable { need, chain })
    }
}

fn hours(cost: Cost) -> Hours {
    Hours::from_millionths(u64::try_from(cost).unwrap_or(u64::MAX))
}

/// The steps of a set with the lower levels of their topics.
pub(crate) fn with_lower_levels(
    catalog: &crate::Catalog,
    steps: impl IntoIterator<Item = StepId>,
) -> StepSet {
    steps.into_iter().flat_map(|step| catalog.with_lower(step).collect::<Vec<_>>()).collect()
}
