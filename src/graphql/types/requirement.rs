//! `Requirement`.

use waymark_planner::Need;
use waymark_planner::ids::{EntryId, StepId};

use super::Step;
use crate::graphql::plain::plain_object;
use crate::graphql::scope::Scope;

/// A requirement, in the scope of a request.
#[derive(Clone)]
pub struct Requirement {
    scope: Scope,
    any_of: Vec<StepId>,
    weight: i32,
}

impl Requirement {
    pub(crate) fn of_entry(scope: &Scope, entry: EntryId) -> Self {
        let catalog = scope.catalog();
        Self {
            scope: scope.clone(),
            any_of: catalog.any_of(entry).to_vec(),
            weight: catalog.weight(entry).into(),
        }
    }

    /// A role's requirement, or a goal as one of weight 1.
    pub(crate) fn of_need(scope: &Scope, need: Need) -> Self {
        let catalog = scope.catalog();
        let weight = i32::try_from(need.weight(catalog)).unwrap_or(i32::MAX);
        Self { scope: scope.clone(), any_of: need.any_of(catalog).to_vec(), weight }
    }
}

plain_object! {
/// Any one of these steps satisfies it.
impl Requirement {
    /// The steps, by topic and level; one of them is enough.
    fn any_of(&self) -> Vec<Step> {
        self.any_of.iter().map(|&step| Step::new(&self.scope, step)).collect()
    }

    /// How much it matters, from 1 to 3; 1 for what a step requires.
    fn weight(&self) -> i32 {
        self.weight
    }
}
}
