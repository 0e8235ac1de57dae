//! What a learner asks for.

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::closure::Need;
use crate::ids::{EntryId, RoleId, StepId, TopicId};
use crate::units::{Day, Hours, Price, ResourceKind};

/// The input of a roadmap, in the catalogue's ids. The order of its lists has no meaning, and what is named twice counts once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The role that the learner holds.
    pub from: Option<RoleId>,
    /// The target role.
    pub to: Option<RoleId>,
    /// Steps wanted beyond the target role.
    pub goals: Vec<StepId>,
    /// Steps that the learner holds beyond `from`.
    pub skills: Vec<StepId>,
    /// Steps that the learner does not hold although `from` or the skills suggest it.
    pub gaps: Vec<StepId>,
    /// Steps that the learner has begun: each counts as a goal, so it stays on the roadmap, and comes as early as milestones and
    /// prerequisites allow.
    pub begun: Vec<StepId>,
    /// Steps that come as early as milestones and prerequisites allow, if they are on the roadmap. None is added for it.
    pub early: Vec<StepId>,
    /// Topics to use wherever a requirement offers them.
    pub prefer: Vec<TopicId>,
    /// Topics never to put on the roadmap, and assumed to be known only where nothing else is left.
    pub avoid: Vec<TopicId>,
    /// The learner's time.
    pub pace: Pace,
    /// What the searches may do: see [`Effort`].
    pub effort: Effort,
}

/// The most hours a week that anybody is told to learn.
pub const MOST_HOURS_PER_WEEK: Hours = Hours::from_millionths(100_000_000);

/// The learner's time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pace {
    /// More than none.
    pub hours_per_week: Hours,
    /// The first day.
    pub start: Day,
    /// The last day that there is.
    pub finish_by: Option<Day>,
    /// Days without work, from and to, both included.
    pub pauses: Vec<(Day, Day)>,
}

impl Pace {
    /// The day in which the last of so many hours ends; with none at all the first working day.
    pub fn ends(&self, work: Hours) -> Day {
        Calendar::new(self).ends(work)
    }

    /// The hours that there are until the end of a day.
    pub fn room(&self, last: Day) -> Hours {
        Calendar::new(self).room(last)
    }
}

/// How much each search may do before it settles for the best plan found and a bound: visits of graph nodes, not time, so that
/// equal inputs give equal plans on any machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Effort(pub u64);

impl Default for Effort {
    /// Well below a second on the machines of 2026, and hundreds of times what the embedded catalogue needs.
    fn default() -> Self {
        Self(4_000_000)
    }
}

/// What the learner wants of resources.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceWishes {
    /// BCP 47 ranges that the learner reads.
    pub languages: Vec<String>,
    /// Nothing that has a price.
    pub free_only: bool,
    /// Kinds whose hours count less.
    pub prefer_kinds: Vec<ResourceKind>,
    /// Kinds left out.
    pub exclude_kinds: Vec<ResourceKind>,
    /// The most that all of them together may cost.
    pub budget: Option<Price>,
    /// What an hour of the learner is worth; more than nothing.
    pub hour_value: Price,
}

impl Default for ResourceWishes {
    fn default() -> Self {
        Self {
            languages: vec!["en".to_owned()],
            free_only: false,
            prefer_kinds: Vec::new(),
            exclude_kinds: Vec::new(),
            budget: None,
            hour_value: Price::from_cents(2_000),
        }
    }
}

impl Request {
    /// For nothing yet: no role, no goal, nothing known and no wishes.
    pub fn new(pace: Pace) -> Self {
        Self {
            from: None,
            to: None,
            goals: Vec::new(),
            skills: Vec::new(),
            gaps: Vec::new(),
            begun: Vec::new(),
            early: Vec::new(),
            prefer: Vec::new(),
            avoid: Vec::new(),
            pace,
            effort: Effort::default(),
        }
    }

    /// How much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let lists = [&self.goals, &self.skills, &self.gaps, &self.begun, &self.early];
        let steps: usize = lists.into_iter().map(Vec::len).sum();
        let topics = self.prefer.len() + self.avoid.len();
        size_of::<Self>()
            + steps * size_of::<StepId>()
            + topics * size_of::<TopicId>()
            + size_of_val(self.pace.pauses.as_slice())
    }

    /// The same request in its one normal form: lists ascending, nothing twice.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        for steps in [&mut self.goals, &mut self.skills, &mut self.gaps, &mut self.begun, &mut self.early] {
            steps.sort_unstable();
            steps.dedup();
        }
        for topics in [&mut self.prefer, &mut self.avoid] {
            topics.sort_unstable();
            topics.dedup();
        }
        self.pace.pauses.sort_unstable();
        self.pace.pauses.dedup();
        self
    }

    /// All that must hold at the end: the requirements of the target role and of the roles below it in ladder order, then the goals,
    /// and what has been begun.
    pub(crate) fn needs(&self, catalog: &Catalog) -> Vec<Need> {
        let of_role = self.to.map_or_else(Vec::new, |role| role_needs(catalog, role));
        let begun = self.begun.iter().filter(|step| !self.goals.contains(step));
        let wanted = self.goals.iter().chain(begun).map(|&step| Need::Goal(step));
        of_role.into_iter().chain(wanted).collect()
    }
}

/// The requirements of a role and of the roles below it, in ladder order.
pub(crate) fn role_needs(catalog: &Catalog, role: RoleId) -> Vec<Need> {
    role_entries(catalog, role).into_iter().map(|(rung, entry)| Need::Role(rung, entry)).collect()
}

/// The same with the role that each belongs to.
pub(crate) fn role_entries(catalog: &Catalog, role: RoleId) -> Vec<(RoleId, EntryId)> {
    let rungs = catalog.ladder(role).into_iter();
    rungs.flat_map(|rung| catalog.role_requires(rung).map(move |entry| (rung, entry))).collect()
}
