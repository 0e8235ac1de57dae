//! Levels of topics.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_planner::draft::{EntryDraft, LevelDraft};

use super::made::{Editing, made};
use super::paths::{Paths, change};
use super::payloads::payloads;
use super::requirement::{RequirementInput, plain};
use super::terms::Terms;
use crate::catalog::edit::{Edit, Retire, StepChange};
use crate::graphql::arguments::stated;
use crate::graphql::inputs::StepInput;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::types::{Proficiency, Step};
use crate::graphql::user_errors::{apart, trimmed};

/// A level of a topic.
#[derive(InputObject)]
pub(crate) struct LevelInput {
    /// Which one.
    level: Proficiency,
    /// The whole effort to reach the outcome from the level below, learning and practice together, in hours.
    hours: f64,
    /// What somebody who holds it can be seen to do.
    #[doc = stated!(prose)]
    outcome: String,
    /// Something to build, change or decide, in one to four sentences, and how to tell that it worked.
    #[doc = stated!(prose)]
    practice: Option<String>,
    /// What must hold before it starts, beside the level below, which goes without saying.
    #[doc = stated!(requirements)]
    #[graphql(default)]
    requires: Vec<RequirementInput>,
    /// What is good to have first.
    #[doc = stated!(requirements)]
    #[graphql(default)]
    recommends: Vec<RequirementInput>,
}

/// A new level of a topic.
#[derive(InputObject)]
pub(crate) struct CreateStepInput {
    /// The slug of the topic.
    #[doc = stated!(slug)]
    topic: String,
    /// Which level.
    level: Proficiency,
    /// The whole effort to reach the outcome from the level below, learning and practice together, in hours.
    hours: f64,
    /// What somebody who holds it can be seen to do.
    #[doc = stated!(prose)]
    outcome: String,
    /// Something to build, change or decide, in one to four sentences, and how to tell that it worked.
    #[doc = stated!(prose)]
    practice: Option<String>,
    /// What must hold before it starts, beside the level below, which goes without saying.
    #[doc = stated!(requirements)]
    #[graphql(default)]
    requires: Vec<RequirementInput>,
    /// What is good to have first.
    #[doc = stated!(requirements)]
    #[graphql(default)]
    recommends: Vec<RequirementInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of a level of a topic. What is not given stays.
#[derive(InputObject)]
pub(crate) struct UpdateStepInput {
    /// Which one.
    step: StepInput,
    /// The whole effort to reach the outcome from the level below, learning and practice together, in hours.
    hours: Option<f64>,
    /// What somebody who holds it can be seen to do.
    #[doc = stated!(prose)]
    outcome: Option<String>,
    /// Something to build, change or decide, and how to tell that it worked; null takes it away.
    #[doc = stated!(prose)]
    practice: MaybeUndefined<String>,
    /// All that must hold before it starts, beside the level below.
    #[doc = stated!(requirements)]
    requires: Option<Vec<RequirementInput>>,
    /// All that is good to have first.
    #[doc = stated!(requirements)]
    recommends: Option<Vec<RequirementInput>>,
    #[graphql(flatten)]
    terms: Terms,
}

/// The end of a level of a topic.
#[derive(InputObject)]
pub(crate) struct RetireStepInput {
    /// Which one.
    step: StepInput,
    /// Another step that takes its place, of the same topic or not: what refers to the old one refers to that from now on. Without one nothing may
    /// refer to it any more.
    replacement: Option<StepInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// What a level is made of, wherever it is given.
struct Parts<'a> {
    level: Proficiency,
    hours: f64,
    outcome: &'a str,
    practice: Option<&'a str>,
    requires: &'a [RequirementInput],
    recommends: &'a [RequirementInput],
}

impl Parts<'_> {
    fn draft(&self, paths: &mut Paths, path: &str) -> LevelDraft {
        LevelDraft {
            level: paths.at(self.level.into(), &format!("{path}.level")),
            aliases: Vec::new(),
            hours: paths.at(self.hours, &format!("{path}.hours")),
            outcome: paths.text(self.outcome, &format!("{path}.outcome"), "outcome"),
            practice: trimmed(self.practice),
            requires: plain(self.requires, paths, &format!("{path}.requires")),
            recommends: plain(self.recommends, paths, &format!("{path}.recommends")),
        }
    }
}

impl LevelInput {
    pub(super) fn draft(&self, paths: &mut Paths, path: &str) -> LevelDraft {
        let Self { level, hours, outcome, practice, requires, recommends } = self;
        let practice = practice.as_deref();
        Parts { level: *level, hours: *hours, outcome, practice, requires, recommends }.draft(paths, path)
    }
}

impl Editing for CreateStepInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let Self { topic, level, hours, outcome, practice, requires, recommends, terms: _ } = self;
        let practice = practice.as_deref();
        let parts = Parts { level: *level, hours: *hours, outcome, practice, requires, recommends };
        Edit::CreateStep(paths.slug(topic, &format!("{path}.topic")), parts.draft(paths, path))
    }
}

impl Editing for UpdateStepInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let mut all = |given: &Option<Vec<RequirementInput>>, field: &str| -> Option<Vec<EntryDraft>> {
            given.as_ref().map(|given| plain(given, paths, &format!("{path}.{field}")))
        };
        let (requires, recommends) = (all(&self.requires, "requires"), all(&self.recommends, "recommends"));
        Edit::ChangeStep(StepChange {
            step: paths.step(&self.step, &format!("{path}.step")),
            hours: self.hours.map(|hours| paths.at(hours, &format!("{path}.hours"))),
            outcome: self
                .outcome
                .as_ref()
                .map(|text| paths.text(text, &format!("{path}.outcome"), "outcome")),
            practice: change(&self.practice),
            requires,
            recommends,
        })
    }
}

impl Editing for RetireStepInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let slug = paths.step(&self.step, &format!("{path}.step"));
        let replacement =
            self.replacement.as_ref().map(|step| paths.step(step, &format!("{path}.replacement")));
        Edit::RetireStep(Retire { slug, replacement })
    }
}

payloads! {
    /// What came of creating it.
    CreateStepPayload {
        /// The step; null where it is gone by now, for who asks a second time.
        step: Step
    }
    /// What came of changing it.
    UpdateStepPayload {
        /// The step.
        step: Step
    }
    /// What came of retiring it.
    RetireStepPayload {
        /// What has taken its place; null where nothing has.
        replacement: Step
    }
}

#[derive(Default)]
pub(crate) struct StepEdits;

#[Object]
impl StepEdits {
    /// Creates a level of a topic.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn create_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is made of.")] input: CreateStepInput,
    ) -> Option<Result<CreateStepPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(CreateStepPayload::made(
                &made,
                made.step(&StepInput { topic: input.topic.clone(), level: input.level }),
            ))
        });
        CreateStepPayload::from(ctx, came.await)
    }

    /// Changes a level of a topic.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateStepInput,
    ) -> Option<Result<UpdateStepPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateStepPayload::made(&made, made.step(&input.step)))
        });
        UpdateStepPayload::from(ctx, came.await)
    }

    /// Retires a level of a topic. What refers to it, and what learners have recorded of it, goes over to the step that takes its place; but whoever holds
    /// it does not come to hold a higher level of the same topic. Without a replacement it counts as the level below.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn retire_step(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what takes its place.")] input: RetireStepInput,
    ) -> Option<Result<RetireStepPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RetireStepPayload::made(&made, input.replacement.as_ref().and_then(|step| made.step(step))))
        });
        RetireStepPayload::from(ctx, came.await)
    }
}
