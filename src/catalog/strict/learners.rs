//! Learners of every stack that the roles offer: what they have to learn is found by planning.

use std::collections::BTreeSet;

use waymark_planner::ids::{EntryId, RoleId, TopicId};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Catalog, Pace, Request, Roadmap, plan};

/// Somebody who begins with nothing, and has chosen one of the alternatives that a role offers.
pub(super) struct Learner {
    /// What they have chosen.
    pub(super) topic: TopicId,
    /// What they have chosen between.
    pub(super) offered: BTreeSet<TopicId>,
    /// The role that they want: the one that offers the choice, or one above it.
    pub(super) to: RoleId,
    /// What they have to learn.
    pub(super) roadmap: Roadmap,
}

/// A learner for each alternative of each requirement of a role, on the way to each role from there up.
pub(super) fn learners(catalog: &Catalog) -> Vec<Learner> {
    let mut learners: Vec<Learner> = Vec::new();
    for role in catalog.roles().ids() {
        for entry in catalog.role_requires(role) {
            let offered = topics(catalog, entry);
            for &topic in offered.iter().filter(|_| offered.len() > 1) {
                for to in catalog.roles().ids().filter(|&to| catalog.ladder(to).contains(&role)) {
                    let is_there = |learner: &Learner| {
                        learner.topic == topic && learner.to == to && learner.offered == offered
                    };
                    if !learners.iter().any(is_there) {
                        learners.extend(learner(catalog, topic, &offered, to));
                    }
                }
            }
        }
    }
    learners
}

/// The topics that a requirement names.
pub(super) fn topics(catalog: &Catalog, entry: EntryId) -> BTreeSet<TopicId> {
    catalog.any_of(entry).iter().map(|&step| catalog.steps()[step].topic).collect()
}

fn learner(catalog: &Catalog, topic: TopicId, offered: &BTreeSet<TopicId>, to: RoleId) -> Option<Learner> {
    let hours_per_week = Hours::from_millionths(6_000_000);
    let pace = Pace { hours_per_week, start: Day(0), finish_by: None, pauses: Vec::new() };
    let request = Request { to: Some(to), prefer: vec![topic], ..Request::new(pace) };
    let roadmap = plan(catalog, request).ok()?;
    Some(Learner { topic, offered: offered.clone(), to, roadmap })
}
