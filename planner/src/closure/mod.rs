//! Chapter 2 of the planning problem: the set of steps with the least hours that reaches what is wanted, with a proof.
//!
//! The problem is the least-cost closure of an AND/OR graph, also known as the minimum-cost hyperpath with shared parts; it contains
//! set cover, so it is NP-hard. What catalogues look like is solved by a handful of classical steps: the part of the graph that
//! matters ([`compile`]), dominance between alternatives ([`dominance`]), forced decisions and independent parts ([`instance`]), a dual
//! ascent bound with reduced-cost fixing ([`bound`]), and branch and bound ([`search`]). Of the sets with the least hours one is taken by
//! further criteria ([`ties`]).

mod bound;
mod compile;
mod dominance;
mod instance;
mod reach;
pub(crate) mod search;
mod solved;
mod ties;

use rustc_hash::FxHashSet;

pub(crate) use bound::Bound;
pub(crate) use compile::{Compiled, Unreachable, with_lower_levels};
pub(crate) use instance::{Cost, Fate, Instance, Part};
pub(crate) use reach::Reach;
pub(crate) use search::Fuel;

use crate::catalog::Catalog;
use crate::ids::{EntryId, RoleId, StepId, TopicId};

/// A set of steps.
pub(crate) type StepSet = FxHashSet<StepId>;

/// Something that the roadmap must reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A requirement of a role on the ladder.
    Role(RoleId, EntryId),
    /// A goal of the learner's own.
    Goal(StepId),
}

impl Need {
    /// The steps any one of which satisfies it.
    pub fn any_of<'a>(&'a self, catalog: &'a Catalog) -> &'a [StepId] {
        match self {
            Self::Role(_, entry) => catalog.any_of(*entry),
            Self::Goal(step) => std::slice::from_ref(step),
        }
    }

    /// How much it matters.
    pub fn weight(&self, catalog: &Catalog) -> u32 {
        match self {
            Self::Role(_, entry) => u32::from(catalog.weight(*entry)),
            Self::Goal(_) => 1,
        }
    }
}

/// What an avoided topic means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Avoidance {
    /// Its steps are never taken.
    Never,
    /// Its steps are taken where nothing else is left: as few as can be, before hours count.
    LastResort,
}

/// On which terms requirements are met.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) known: &'a StepSet,
    /// Ascending.
    pub(crate) prefer: &'a [TopicId],
    /// Ascending.
    pub(crate) avoid: &'a [TopicId],
    pub(crate) avoidance: Avoidance,
}

impl Terms<'_> {
    /// The steps that a requirement offers: `None` where a known step satisfies it, the preferred ones where there are any, and
    /// without those that are never to be taken.
    pub(crate) fn offer(&self, any_of: &[StepId]) -> Option<Vec<StepId>> {
        if any_of.iter().any(|step| self.known.contains(step)) {
            return None;
        }
        let names = |topics: &[TopicId], step: &StepId| contains(topics, self.catalog.steps()[*step].topic);
        let pinned: Vec<_> = any_of.iter().copied().filter(|step| names(self.prefer, step)).collect();
        let offered = if pinned.is_empty() { any_of.to_vec() } else { pinned };
        let barred = |step: &StepId| self.avoidance == Avoidance::Never && names(self.avoid, step);
        Some(offered.into_iter().filter(|step| !barred(step)).collect())
    }

    /// Whether a step's topic is avoided.
    pub(crate) fn avoids(&self, step: StepId) -> bool {
        contains(self.avoid, self.catalog.steps()[step].topic)
    }
}

fn contains(topics: &[TopicId], topic: TopicId) -> bool {
    topics.binary_search(&topic).is_ok()
}

#[cfg(test)]
mod tests;
