//! `PlacementInput`, checked as a whole.

use std::collections::BTreeSet;

use async_graphql::{Enum, InputObject};
use waymark_planner::placement::{self, PlacementRequest};

use super::roadmap::{RoadmapInput, StepInput, known_step};
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::scope::Scope;
use crate::graphql::types::Proficiency;

/// The most questions of a placement.
const MOST_QUESTIONS: i32 = 100;

/// An answer to "Can you do this?".
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "placement::Answer")]
pub enum PlacementAnswer {
    /// The learner can do it.
    Yes,
    /// The learner cannot do it yet.
    No,
    /// The learner does not know.
    Unsure,
}

/// An answer about a step.
#[derive(InputObject, Clone, Debug)]
pub struct PlacementAnswerInput {
    /// The slug of the step's topic.
    #[doc = stated!(slug)]
    pub topic: String,
    /// The level of the step.
    pub level: Proficiency,
    /// The answer.
    pub answer: PlacementAnswer,
}

/// Where the learner is, where to, and the answers so far. Needs `to`, or `goals`, or both.
#[derive(InputObject, Clone, Debug)]
pub struct PlacementInput {
    /// The slug of the role that the learner holds: the questions begin around it.
    #[doc = stated!(slug)]
    pub from: Option<String>,
    /// The slug of the target role.
    #[doc = stated!(slug)]
    pub to: Option<String>,
    /// Steps wanted beyond the target role.
    #[doc = stated!(goals)]
    #[graphql(default)]
    pub goals: Vec<StepInput>,
    /// Slugs of topics to use wherever a requirement offers them. Ask for language, framework, database and cloud first: the questions
    /// depend on them.
    #[doc = stated!(slugs)]
    #[graphql(default)]
    pub prefer: Vec<String>,
    /// Slugs of topics never to put on the roadmap.
    #[doc = stated!(slugs)]
    #[graphql(default)]
    pub avoid: Vec<String>,
    /// The answers so far, in any order. At most 500 entries.
    #[graphql(default)]
    pub answers: Vec<PlacementAnswerInput>,
    /// The most questions to ask: 1 to 100.
    #[graphql(default = 30)]
    pub max_questions: i32,
}

impl PlacementInput {
    /// The same as a roadmap's input.
    pub(crate) fn roadmap(&self) -> RoadmapInput {
        RoadmapInput {
            from: self.from.clone(),
            to: self.to.clone(),
            goals: self.goals.clone(),
            prefer: self.prefer.clone(),
            avoid: self.avoid.clone(),
            ..RoadmapInput::default()
        }
    }

    /// The planner's request.
    ///
    /// # Errors
    /// Everything that is wrong, each with the path of its argument below `argument`.
    pub(crate) fn check(&self, scope: &Scope, argument: &str) -> Result<PlacementRequest, Vec<ApiError>> {
        let mut errors = Vec::new();
        let range = 1..=MOST_QUESTIONS;
        if !range.contains(&self.max_questions) {
            let message = format!("{} questions: give 1 to {MOST_QUESTIONS}.", self.max_questions);
            errors.push(ApiError::argument(format!("{argument}.maxQuestions"), message));
        }
        let mut answers = Vec::with_capacity(self.answers.len());
        for (i, given) in self.answers.iter().enumerate() {
            let step = StepInput { topic: given.topic.clone(), level: given.level };
            match known_step(scope.catalog(), &format!("{argument}.answers[{i}]"), &step) {
                Ok(step) => answers.push((step, given.answer.into())),
                Err(error) => errors.push(error),
            }
        }
        let request = match self.roadmap().check(scope, argument, &BTreeSet::new()) {
            Ok((request, _)) if errors.is_empty() => request,
            Ok(_) => return Err(errors),
            Err(wrong) => return Err(wrong.into_iter().chain(errors).collect()),
        };
        Ok(PlacementRequest {
            from: request.from,
            to: request.to,
            goals: request.goals,
            prefer: request.prefer,
            avoid: request.avoid,
            answers,
            most_questions: self.max_questions.unsigned_abs(),
            effort: request.effort,
        })
    }
}
