//! What is different about a roadmap that was planned anew, and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use waymark_planner::Catalog;

use super::{Name, Plan, Wishes, holds};

/// From one plan to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Steps that were not on it before, in order.
    pub added: Vec<Added>,
    /// Steps that are not on it any more, in the order in which they were.
    pub gone: Vec<Gone>,
    /// The fewest steps that have to be moved to get from one order to the other, in the new order.
    pub moved: Vec<Moved>,
    /// Requirements for which another alternative is taken.
    pub choices: Vec<ChoiceChanged>,
    /// Milestones that are reached on another day, in their order; of all of it last.
    pub dates: Vec<Shift>,
    /// The hours to learn, before and now, in millionths.
    pub hours: (u64, u64),
    /// The revisions of the catalogue that the two were planned on.
    pub revisions: (i32, i32),
    /// Whether the two were planned on catalogues of different content. Earlier releases did not record
    /// it, and compared the revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_changed: Option<bool>,
    /// Whether the learner wished for something else.
    pub wishes: bool,
}

/// A step that was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The step.
    pub step: Name,
    /// Why it is there now.
    pub why: WhyAdded,
    /// The steps that need it right after it; none where the target itself does.
    pub for_steps: Vec<Name>,
}

/// Why a step is there that was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WhyAdded {
    /// It was held before, and is not any more.
    Forgotten,
    /// It is a goal, or something that was begun.
    Wished,
    /// An alternative that was taken otherwise brings it.
    Chosen,
    /// The catalogue, or the target, asks for it.
    Required,
}

/// A step that is not there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The step.
    pub step: Name,
    /// Why it is gone.
    pub why: WhyGone,
}

/// Why a step is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WhyGone {
    /// The learner holds it.
    Held,
    /// The learner avoids its topic.
    Avoided,
    /// The catalogue does not have it any more.
    Retired,
    /// What it was needed for is met in another way, or is not asked for any more.
    NotNeeded,
}

/// A step in another place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The step.
    pub step: Name,
    /// Its place before, from 0.
    pub from: usize,
    /// Its place now, from 0.
    pub to: usize,
}

/// A requirement that is met in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceChanged {
    /// What it offers.
    pub any_of: Vec<Name>,
    /// What was taken before.
    pub before: Name,
    /// What is taken now.
    pub now: Name,
}

/// A day that is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The slug of the milestone's role; none for the learner's own goals.
    pub role: Option<String>,
    /// Whether it is the end of all.
    pub is_end: bool,
    /// The day before; none where the milestone is new.
    pub before: Option<NaiveDate>,
    /// The day now; none where nothing is left to learn for it.
    pub now: Option<NaiveDate>,
}

/// A plan with what it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) wishes: &'a Wishes,
    pub(crate) catalog: PlannedOn<'a>,
}

/// The catalogue that something was planned on, as kept beside it.
#[derive(Clone, Copy, Debug)]
pub struct PlannedOn<'a> {
    /// The number of its revision.
    pub revision: i32,
    /// Digest of its content; `None` in what earlier releases have kept.
    pub digest: Option<&'a str>,
}

impl PlannedOn<'_> {
    /// Whether the other is another catalogue. The content decides; numbers do where it is not known.
    pub fn differs(self, other: PlannedOn<'_>) -> bool {
        match (self.digest, other.digest) {
            (Some(own), Some(other)) => own != other,
            _ => self.revision != other.revision,
        }
    }
}

impl Changes {
    /// What is different between two plans; the catalogue is the one of the later.
    pub fn between(before: Made<'_>, now: Made<'_>, catalog: &Catalog) -> Self {
        let choices = choices(before.plan, now.plan);
        Self {
            added: added(before.plan, now, &choices),
            gone: gone(before.plan, now, catalog),
            moved: moved(before.plan, now.plan),
            choices,
            dates: dates(before.plan, now.plan),
            hours: (before.plan.hours, now.plan.hours),
            revisions: (before.catalog.revision, now.catalog.revision),
            catalog_changed: Some(before.catalog.differs(now.catalog)),
            wishes: before.wishes != now.wishes,
        }
    }
}

fn steps(plan: &Plan) -> BTreeMap<&Name, usize> {
    plan.steps.iter().enumerate().map(|(position, planned)| (&planned.step, position)).collect()
}

fn added(before: &Plan, now: Made<'_>, choices: &[ChoiceChanged]) -> Vec<Added> {
    let old = steps(before);
    let taken: BTreeSet<&Name> = choices.iter().map(|choice| &choice.now).collect();
    let why = |step: &Name| {
        if holds(before.skills.iter().chain(&before.assumed), step) {
            WhyAdded::Forgotten
        } else if now.wishes.goals.contains(step) || now.plan.begun.contains(step) {
            WhyAdded::Wished
        } else if taken.contains(step) {
            WhyAdded::Chosen
        } else {
            WhyAdded::Required
        }
    };
    let new = now.plan.steps.iter().enumerate().filter(|(_, planned)| !old.contains_key(&planned.step));
    new.map(|(position, planned)| Added {
        step: planned.step.clone(),
        why: why(&planned.step),
        for_steps: now
            .plan
            .steps
            .iter()
            .filter(|other| other.needs.contains(&position))
            .map(|other| other.step.clone())
            .collect(),
    })
    .collect()
}

fn gone(before: &Plan, now: Made<'_>, catalog: &Catalog) -> Vec<Gone> {
    let left = steps(now.plan);
    let is_held = |step: &Name| holds(now.plan.skills.iter().chain(&now.plan.assumed), step);
    let why = |step: &Name| {
        if step.step(catalog).is_none() {
            WhyGone::Retired
        } else if is_held(step) {
            WhyGone::Held
        } else if now.wishes.avoid.contains(&step.topic) {
            WhyGone::Avoided
        } else {
            WhyGone::NotNeeded
        }
    };
    let gone = before.steps.iter().map(|planned| &planned.step).filter(|step| !left.contains_key(step));
    gone.map(|step| Gone { step: step.clone(), why: why(step) }).collect()
}

/// What both have keeps its order as far as it can: all but the longest run that ascends in both.
fn moved(before: &Plan, now: &Plan) -> Vec<Moved> {
    let old = steps(before);
    let common: Vec<(usize, usize, &Name)> = now
        .steps
        .iter()
        .enumerate()
        .filter_map(|(to, planned)| Some((*old.get(&planned.step)?, to, &planned.step)))
        .collect();
    let kept = longest_ascending(&common.iter().map(|(from, ..)| *from).collect::<Vec<_>>());
    let moved = common.into_iter().enumerate().filter(|(i, _)| !kept.contains(i));
    moved.map(|(_, (from, to, step))| Moved { step: step.clone(), from, to }).collect()
}

/// The places of a longest ascending subsequence. Patience sorting (Fredman 1975), O(n log n).
fn longest_ascending(values: &[usize]) -> BTreeSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (i, value) in values.iter().enumerate() {
        let length = ends.partition_point(|&end| values[end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(i);
        } else {
            ends[length] = i;
        }
    }
    std::iter::successors(ends.last().copied(), |&i| before[i]).collect()
}

fn choices(before: &Plan, now: &Plan) -> Vec<ChoiceChanged> {
    let old: BTreeMap<_, _> = before.choices.iter().map(|choice| (&choice.any_of, &choice.taken)).collect();
    let changed = now.choices.iter().filter_map(|choice| {
        let before = old.get(&choice.any_of).filter(|taken| ***taken != choice.taken)?;
        Some(ChoiceChanged {
            any_of: choice.any_of.clone(),
            before: (*before).clone(),
            now: choice.taken.clone(),
        })
    });
    changed.collect()
}

fn dates(before: &Plan, now: &Plan) -> Vec<Shift> {
    let (old, new) = (before.arrivals(), now.arrivals());
    let day =
        |of: &[(Option<&str>, NaiveDate)], role| of.iter().find(|(own, _)| *own == role).map(|(_, day)| *day);
    let mut roles: Vec<Option<&str>> = new.iter().map(|(role, _)| *role).collect();
    roles.extend(old.iter().map(|(role, _)| *role).filter(|role| day(&new, *role).is_none()));
    let shifts = roles.into_iter().map(|role| Shift {
        role: role.map(str::to_owned),
        is_end: false,
        before: day(&old, role),
        now: day(&new, role),
    });
    let end =
        Shift { role: None, is_end: true, before: Some(before.finishes_on), now: Some(now.finishes_on) };
    shifts.chain([end]).filter(|shift| shift.before != shift.now).collect()
}

impl<'a> Made<'a> {
    /// A plan, the wishes that it answers, and the catalogue that it was made on.
    pub const fn new(plan: &'a Plan, wishes: &'a Wishes, catalog: PlannedOn<'a>) -> Self {
        Self { plan, wishes, catalog }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_possible_have_moved() {
        let of = |values: &[usize]| longest_ascending(values).into_iter().collect::<Vec<_>>();
        assert_eq!(of(&[]), [0; 0]);
        assert_eq!(of(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(of(&[3, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(of(&[1, 2, 3, 0]), [0, 1, 2]);
        assert_eq!(of(&[2, 1, 0]).len(), 1);
    }
}
