//! From kept wishes to a roadmap, on the catalogue as it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::{Catalog, Effort, Need, NoRoadmap, Request};

use super::{Planned, Planner, Unplanned};
use crate::catalog::Snapshot;
use crate::learning::{Name, Wishes, holds};

/// On what a roadmap is planned.
#[derive(Clone)]
pub struct Ground {
    /// The catalogue.
    pub snapshot: Arc<Snapshot>,
    /// The day.
    pub today: NaiveDate,
    /// What the planner may do.
    pub effort: Effort,
    /// Plans within the request's allowance.
    pub planner: Planner,
}

/// What a learner holds and has begun, when a roadmap is planned.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// All that is recorded.
    pub skills: BTreeSet<Name>,
    /// What has been begun on the roadmap.
    pub begun: BTreeSet<Name>,
    /// Whether the first day may be over: that of a roadmap which is under way is today.
    pub is_under_way: bool,
}

impl Ground {
    /// The roadmap for wishes. What has been begun stays on it unless there is no roadmap with it.
    ///
    /// # Errors
    /// If the computation does not come to its end, or the request has spent its effort.
    pub async fn plan(&self, wishes: &Wishes, held: &Held) -> Result<Result<Planned, NoRoadmap>, Unplanned> {
        let mut request = self.request(wishes, held);
        loop {
            let begun = request.begun.clone();
            match self.planner.roadmap(&self.snapshot, request.clone()).await? {
                Err(NoRoadmap { need: Need::Goal(step), .. }) if begun.contains(&step) => {
                    request.begun.retain(|other| *other != step);
                }
                planned => return Ok(planned),
            }
        }
    }

    /// What wishes lead from or to that the catalogue does not have any more, in words; `None` where a roadmap can be planned for them.
    pub(super) fn lost(&self, wishes: &Wishes) -> Option<String> {
        let roles = [&wishes.from, &wishes.to].into_iter().flatten();
        let role = roles.into_iter().find(|slug| self.catalog().role(slug).is_none());
        let has_goals = wishes.goals.iter().any(|goal| goal.step(self.catalog()).is_some());
        match role {
            Some(slug) => Some(format!("the role \"{slug}\"")),
            None if wishes.to.is_none() && !has_goals => Some("any of its goals".to_owned()),
            None => None,
        }
    }

    /// Wishes as the planner takes them. What the catalogue does not have any more is passed over.
    fn request(&self, wishes: &Wishes, held: &Held) -> Request {
        let catalog = &self.snapshot.catalog;
        let steps = |names: &mut dyn Iterator<Item = &Name>| -> Vec<StepId> {
            names.filter_map(|name| name.step(catalog)).collect()
        };
        let topics = |slugs: &[String]| -> Vec<TopicId> {
            slugs.iter().filter_map(|slug| catalog.topic(slug)).collect()
        };
        let role =
            |slug: &Option<String>| -> Option<RoleId> { slug.as_deref().and_then(|slug| catalog.role(slug)) };
        let is_held = |name: &Name| holds(&held.skills, name);
        let avoid = topics(&wishes.avoid);
        let start = wishes.start_on.unwrap_or(self.today);
        let begun = steps(&mut held.begun.iter().filter(|name| !is_held(name)));
        Request {
            from: role(&wishes.from),
            to: role(&wishes.to),
            goals: steps(&mut wishes.goals.iter()),
            skills: wishes
                .skills
                .iter()
                .chain(&held.skills)
                .filter_map(|name| name.defined(catalog))
                .collect(),
            // What was recorded later than the gap was named is held by now.
            gaps: steps(&mut wishes.gaps.iter().filter(|name| !is_held(name))),
            early: Vec::new(),
            begun: begun.into_iter().filter(|&step| !avoid.contains(&catalog.steps()[step].topic)).collect(),
            prefer: topics(&wishes.prefer),
            avoid,
            pace: wishes.pace(if held.is_under_way { start.max(self.today) } else { start }),
            effort: self.effort,
        }
    }

    /// The catalogue.
    pub fn catalog(&self) -> &Catalog {
        &self.snapshot.catalog
    }
}
