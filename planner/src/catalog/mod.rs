//! The catalogue: an immutable AND/OR graph of steps with the texts that belong to it.
//!
//! [`Catalog::new`] is the only way to make one, and it validates: whoever holds a catalogue holds a good one. Its lists are kept in
//! one canonical order (areas, topics and resources by slug, steps by topic and level, roles down the ladder), so that nothing
//! computed from it depends on the order in which it was written.

mod alias;
mod build;
mod check;
mod problem;
mod written;

use std::ops::Range;

pub use check::{LONGEST_SLUG, is_slug};
pub use problem::{Fault, Kind, Problem};

use self::alias::Aliases;
use crate::draft::Draft;
use crate::ids::{AreaId, Arena, CoverageId, EntryId, Id, ResourceId, RoleId, StepId, TopicId, small};
use crate::source::{Attestation, Identifiers};
use crate::units::{Hours, Price, Proficiency, ResourceKind};

/// A field of knowledge that topics are grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Area {
    pub slug: Box<str>,
    /// Slugs that it had before, or of areas that it has taken the place of, in alphabetical order.
    pub aliases: Vec<Box<str>>,
    pub title: Box<str>,
    pub summary: Option<Box<str>>,
    /// Its topics, by slug.
    pub topics: Vec<TopicId>,
}

/// Something to learn, at one or more levels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Topic {
    pub slug: Box<str>,
    /// Slugs that it had before, or of topics that it has taken the place of, in alphabetical order.
    pub aliases: Vec<Box<str>>,
    pub title: Box<str>,
    /// Other names that people use, in alphabetical order. Two topics may share one.
    pub names: Vec<Box<str>>,
    pub area: AreaId,
    pub summary: Box<str>,
    /// Why it is worth learning although nothing asks for it.
    pub elective: Option<Box<str>>,
    /// Rating of how widely it is used among its alternatives, 0 to 100.
    pub popularity: u8,
    /// Addresses of the same thing in other vocabularies, in alphabetical order.
    pub links: Vec<Box<str>>,
    first_step: StepId,
    step_count: u8,
}

/// A topic at a level: the unit of learning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Step {
    pub topic: TopicId,
    pub level: Proficiency,
    /// The whole effort to reach the outcome from the level below: learning and practice together.
    pub hours: Hours,
    pub outcome: Box<str>,
    /// Something to build, change or decide, and how to tell that it worked.
    pub practice: Option<Box<str>>,
    /// Steps that it has taken the place of, as `topic@LEVEL`, in alphabetical order.
    pub aliases: Vec<Box<str>>,
    /// The next lower level that the topic defines.
    pub lower: Option<StepId>,
    requires: Span,
    recommends: Span,
}

/// A role on the career ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Role {
    pub slug: Box<str>,
    /// Slugs that it had before, or of roles that it has taken the place of, in alphabetical order.
    pub aliases: Vec<Box<str>>,
    pub title: Box<str>,
    pub summary: Box<str>,
    /// The role below it; `None` for the first.
    pub after: Option<RoleId>,
    requires: Span,
}

/// Something to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Resource {
    pub slug: Box<str>,
    /// Slugs that it had before, or of resources that it has taken the place of, in alphabetical order.
    pub aliases: Vec<Box<str>>,
    pub title: Box<str>,
    pub kind: ResourceKind,
    pub url: Box<str>,
    pub identifiers: Identifiers,
    pub attested: Option<Attestation>,
    pub authors: Vec<Box<str>>,
    pub provider: Option<Box<str>>,
    pub year: Option<i32>,
    /// BCP 47.
    pub language: Box<str>,
    pub price: Price,
    /// The curators' judgement, 1 to 5.
    pub quality: u8,
    /// Topics, one of which a learner has to do with, ascending; empty: for everybody.
    pub made_for: Vec<TopicId>,
    covers: Span,
}

/// A resource that teaches a step, how long it takes, and how far it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Coverage {
    pub resource: ResourceId,
    pub step: StepId,
    /// Time to read, watch or do this.
    pub hours: Hours,
    /// Rating of how far it alone brings a learner to the step's outcome, 1 to 5.
    pub fit: u8,
    pub section: Option<Box<str>>,
}

/// A run of consecutive ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Span {
    start: u32,
    len: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }

    fn ids<I: Id>(self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone {
        self.range().map(I::at)
    }
}

/// A requirement: a run of `Catalog::alternatives`, and how much it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    any_of: Span,
    weight: u8,
    reason: Option<Box<str>>,
}

/// The curated graph of learning: see the module's documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    areas: Arena<AreaId, Area>,
    topics: Arena<TopicId, Topic>,
    steps: Arena<StepId, Step>,
    roles: Arena<RoleId, Role>,
    roles_by_slug: Vec<RoleId>,
    resources: Arena<ResourceId, Resource>,
    coverages: Arena<CoverageId, Coverage>,
    entries: Arena<EntryId, Entry>,
    /// The steps of all requirements, one requirement after the other, ascending inside each.
    alternatives: Vec<StepId>,
    /// For each step where its run in `unlocked` starts; one more at the end.
    unlocks_start: Vec<u32>,
    unlocked: Vec<StepId>,
    /// For each step where its run in `taught_by` starts; one more at the end.
    taught_start: Vec<u32>,
    taught_by: Vec<CoverageId>,
    aliases: Aliases,
}

impl Catalog {
    /// Validates a draft and builds the catalogue.
    ///
    /// # Errors
    /// Every problem of the draft, ordered by origin, in one go.
    pub fn new(mut draft: Draft) -> Result<Self, Vec<Problem>> {
        draft.resolve_aliases();
        check::check(&draft)?;
        Ok(build::build(draft))
    }

    /// All areas, by slug.
    pub fn areas(&self) -> &Arena<AreaId, Area> {
        &self.areas
    }

    /// All topics, by slug.
    pub fn topics(&self) -> &Arena<TopicId, Topic> {
        &self.topics
    }

    /// All steps, by their topic's slug and by level.
    pub fn steps(&self) -> &Arena<StepId, Step> {
        &self.steps
    }

    /// All roles in ladder order: each after the role below it, branches by slug.
    pub fn roles(&self) -> &Arena<RoleId, Role> {
        &self.roles
    }

    /// All resources, by slug.
    pub fn resources(&self) -> &Arena<ResourceId, Resource> {
        &self.resources
    }

    /// All coverages, by their resource's slug and by step.
    pub fn coverages(&self) -> &Arena<CoverageId, Coverage> {
        &self.coverages
    }

    /// The area of a slug, or of an alias. O(log n).
    pub fn area(&self, slug: &str) -> Option<AreaId> {
        by_slug(&self.areas, |area| &area.slug, slug).or_else(|| self.aliases.area(slug))
    }

    /// The topic of a slug, or of an alias. O(log n).
    pub fn topic(&self, slug: &str) -> Option<TopicId> {
        by_slug(&self.topics, |topic| &topic.slug, slug).or_else(|| self.aliases.topic(slug))
    }

    /// The resource of a slug, or of an alias. O(log n).
    pub fn resource(&self, slug: &str) -> Option<ResourceId> {
        by_slug(&self.resources, |resource| &resource.slug, slug).or_else(|| self.aliases.resource(slug))
    }

    /// The role of a slug, or of an alias. O(log n).
    pub fn role(&self, slug: &str) -> Option<RoleId> {
        let found = self.roles_by_slug.binary_search_by(|&role| (*self.roles[role].slug).cmp(slug));
        found.ok().map(|at| self.roles_by_slug[at]).or_else(|| self.aliases.role(slug))
    }

    /// The levels of a topic, lowest first.
    pub fn steps_of(
        &self,
        topic: TopicId,
    ) -> impl DoubleEndedIterator<Item = StepId> + ExactSizeIterator + Clone {
        let topic = &self.topics[topic];
        Span { start: small(topic.first_step.index()), len: u32::from(topic.step_count) }.ids()
    }

    /// A topic at a level, if the topic defines it.
    pub fn step(&self, topic: TopicId, level: Proficiency) -> Option<StepId> {
        self.steps_of(topic).find(|&step| self.steps[step].level == level)
    }

    /// The step of a topic's slug and a level, both as they are or as they were: an alias of a step comes first, and then the topic, by
    /// whatever name, at the level.
    pub fn step_named(&self, topic: &str, level: Proficiency) -> Option<StepId> {
        let former = self.aliases.step(topic, level);
        former.or_else(|| self.step(self.topic(topic)?, level))
    }

    /// Whether anything has a former name.
    pub fn has_aliases(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// The step and all lower levels of its topic, highest first.
    pub fn with_lower(&self, step: StepId) -> impl Iterator<Item = StepId> {
        std::iter::successors(Some(step), |&step| self.steps[step].lower)
    }

    /// The step as it is written in files and messages: `topic@LEVEL`.
    pub fn step_name(&self, step: StepId) -> String {
        let Step { topic, level, .. } = self.steps[step];
        format!("{}@{level}", self.topics[topic].slug)
    }

    /// What must hold before a step starts; the next lower level of its topic is the first of them.
    pub fn requires(
        &self,
        step: StepId,
    ) -> impl DoubleEndedIterator<Item = EntryId> + ExactSizeIterator + Clone {
        self.steps[step].requires.ids()
    }

    /// What is good to have before a step starts.
    pub fn recommends(
        &self,
        step: StepId,
    ) -> impl DoubleEndedIterator<Item = EntryId> + ExactSizeIterator + Clone {
        self.steps[step].recommends.ids()
    }

    /// What a role asks for itself, without the roles below it.
    pub fn role_requires(
        &self,
        role: RoleId,
    ) -> impl DoubleEndedIterator<Item = EntryId> + ExactSizeIterator + Clone {
        self.roles[role].requires.ids()
    }

    /// The steps any one of which satisfies a requirement, ascending; never empty.
    pub fn any_of(&self, entry: EntryId) -> &[StepId] {
        &self.alternatives[self.entries[entry].any_of.range()]
    }

    /// How much a requirement matters, 1 to 3.
    pub fn weight(&self, entry: EntryId) -> u8 {
        self.entries[entry].weight
    }

    /// Why the steps of a role's requirement stand for each other, where that is said.
    pub fn reason(&self, entry: EntryId) -> Option<&str> {
        self.entries[entry].reason.as_deref()
    }

    /// The steps that name a step in what they require, ascending.
    pub fn unlocks(&self, step: StepId) -> &[StepId] {
        run(&self.unlocks_start, &self.unlocked, step)
    }

    /// The coverages that teach a step, best first: by quality, then fit, price, hours and slug.
    pub fn taught_by(&self, step: StepId) -> &[CoverageId] {
        run(&self.taught_start, &self.taught_by, step)
    }

    /// What a resource teaches, by step.
    pub fn covers(
        &self,
        resource: ResourceId,
    ) -> impl DoubleEndedIterator<Item = CoverageId> + ExactSizeIterator + Clone {
        self.resources[resource].covers.ids()
    }

    /// The role and the roles below it, first rung first.
    pub fn ladder(&self, role: RoleId) -> Vec<RoleId> {
        let mut rungs: Vec<_> = std::iter::successors(Some(role), |&role| self.roles[role].after).collect();
        rungs.reverse();
        rungs
    }

    /// The roles that come right after a role, by slug.
    pub fn next_roles(&self, role: RoleId) -> impl Iterator<Item = RoleId> {
        self.roles.ids().filter(move |&next| self.roles[next].after == Some(role))
    }
}

fn by_slug<I: Id, T>(arena: &Arena<I, T>, slug_of: impl Fn(&T) -> &str, slug: &str) -> Option<I> {
    let (mut low, mut high) = (0, arena.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match slug_of(&arena[I::at(middle)]).cmp(slug) {
            std::cmp::Ordering::Equal => return Some(I::at(middle)),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn run<'a, T>(starts: &[u32], items: &'a [T], step: StepId) -> &'a [T] {
    &items[starts[step.index()] as usize..starts[step.index() + 1] as usize]
}

#[cfg(test)]
mod tests;
