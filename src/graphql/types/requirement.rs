//! `Requirement`.

use waymark_planner::Need;
use waymark_planner::ids::EntryId;

use super::{Step, count};
use crate::graphql::plain::plain_object;
use crate::graphql::scope::Scope;

/// A requirement, in the scope of a request.
#[derive(Clone)]
pub struct Requirement {
    scope: Scope,
    of: Of,
}

/// Where it stands.
#[derive(Clone, Copy)]
enum Of {
    Entry(EntryId),
    Need(Need),
}

impl Requirement {
    pub(crate) fn of_entry(scope: &Scope, entry: EntryId) -> Self {
        Self { scope: scope.clone(), of: Of::Entry(entry) }
    }

    /// A role's requirement, or a goal as one of weight 1.
    pub(crate) fn of_need(scope: &Scope, need: Need) -> Self {
        Self { scope: scope.clone(), of: Of::Need(need) }
    }
}

plain_object! {
/// Any one of these steps satisfies it.
impl Requirement {
    /// The steps, by topic and level; one of them is enough.
    fn any_of(&self) -> Vec<Step> {
        let catalog = self.scope.catalog();
        let steps = match &self.of {
            Of::Entry(entry) => catalog.any_of(*entry),
            Of::Need(need) => need.any_of(catalog),
        };
        steps.iter().map(|&step| Step::new(&self.scope, step)).collect()
    }

    /// How much it matters, from 1 to 3; 1 for what a step requires.
    fn weight(&self) -> i32 {
        let catalog = self.scope.catalog();
        match self.of {
            Of::Entry(entry) => catalog.weight(entry).into(),
            Of::Need(need) => count(need.weight(catalog)),
        }
    }

    /// Why its steps stand for each other, where a role says so.
    fn reason(&self) -> Option<&str> {
        match self.of {
            Of::Entry(entry) | Of::Need(Need::Role(_, entry)) => self.scope.catalog().reason(entry),
            Of::Need(Need::Goal(_)) => None,
        }
    }
}
}
