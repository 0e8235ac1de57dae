//! `Placement`.

use async_graphql::SimpleObject;
use waymark_planner::ids::StepId;
use waymark_planner::placement;

use super::{Step, count};
use crate::graphql::scope::Scope;

/// What the answers to a few questions tell about what the learner knows. It depends on the input alone: the server keeps nothing.
#[derive(SimpleObject)]
pub struct Placement {
    /// The question to ask next; null when the questions are over.
    next: Option<PlacementQuestion>,
    /// The number of steps that were asked about.
    asked: i32,
    /// The number of questions that are expected to come yet.
    expected_left: i32,
    /// The expected share of the hours in question that is judged rightly, 0 to 1.
    settled_share: f64,
    /// The steps that the learner is taken to know, by slug and level: the `skills` of a `RoadmapInput`.
    skills: Vec<Step>,
    /// The steps that `from` implies and the learner is taken not to know, by slug and level: the `gaps` of a `RoadmapInput`.
    gaps: Vec<Step>,
}

/// "Can you do this?"
#[derive(SimpleObject)]
pub struct PlacementQuestion {
    /// The step in question.
    step: Step,
    /// The question in words: what somebody who holds the step can be seen to do.
    text: String,
}

impl Placement {
    pub(crate) fn new(scope: &Scope, placed: &placement::Placement) -> Self {
        let steps = |ids: &[StepId]| ids.iter().map(|&id| Step::new(scope, id)).collect();
        Self {
            next: placed.next.map(|id| PlacementQuestion::new(scope, id)),
            asked: count(placed.asked),
            expected_left: count(placed.expected_left),
            settled_share: placed.settled_share,
            skills: steps(&placed.skills),
            gaps: steps(&placed.gaps),
        }
    }
}

impl PlacementQuestion {
    fn new(scope: &Scope, id: StepId) -> Self {
        let catalog = scope.catalog();
        let step = &catalog.steps()[id];
        let title = &catalog.topics()[step.topic].title;
        Self { step: Step::new(scope, id), text: format!("{title}: {}", step.outcome) }
    }
}
