//! What learners know, and what they think of resources.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_entity::{rating, skill};
use waymark_planner::{Catalog, catalog, units};

use super::once::once;
use crate::catalog::nearest::nearest;
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::inputs::{StepInput, known_skill, known_topic};
use crate::graphql::scope::Scope;
use crate::graphql::types::{Proficiency, Resource, Skill, SkillSource, Viewer};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload};
use crate::learning::{Name, current};
use crate::store::Outcome;
use crate::store::learners::{Forgotten, instant};

/// What the learner knows.
#[derive(InputObject)]
pub(crate) struct RecordSkillsInput {
    /// The steps; each brings the lower levels of its topic.
    #[doc = stated!(skills)]
    skills: Vec<StepInput>,
    /// How it is known: `SAID` by the learner, or `IMPORTED` from elsewhere.
    #[graphql(default_with = "SkillSource::Said")]
    source: SkillSource,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// What the learner does not know after all.
#[derive(InputObject)]
pub(crate) struct ForgetSkillsInput {
    /// What to forget.
    #[doc = stated!(skills)]
    skills: Vec<ForgottenSkillInput>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// A topic, or its higher levels.
#[derive(InputObject)]
pub(crate) struct ForgottenSkillInput {
    /// The slug of the topic.
    #[doc = stated!(slug)]
    topic: String,
    /// This level and the higher ones are forgotten, and the one below is held; all of the topic if not given.
    level: Option<Proficiency>,
}

/// What the learner thinks of a resource.
#[derive(InputObject)]
pub(crate) struct RateResourceInput {
    /// The slug of the resource.
    #[doc = stated!(slug)]
    resource: String,
    /// From 1, a waste of time, to 5, could not be better; null takes the rating back.
    stars: MaybeUndefined<i32>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

payload! {
    /// What came of recording.
    RecordSkillsPayload {
        /// Who knows it.
        viewer: Viewer,
        /// What was recorded, in the order of the input. What was recorded before is as it was.
        skills: Vec<Skill>,
    }
}

payload! {
    /// What came of forgetting.
    ForgetSkillsPayload {
        /// Whose skills they were.
        viewer: Viewer,
    }
}

payload! {
    /// What came of rating.
    RateResourcePayload {
        /// The resource, with its rating.
        resource: Resource,
    }
}

#[derive(Default)]
pub(crate) struct Skills;

#[Object]
impl Skills {
    /// Records what the learner knows. Kept roadmaps count it as done at once; `replan` takes it off them.
    async fn record_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the learner knows.")] input: RecordSkillsInput,
    ) -> Option<Result<RecordSkillsPayload>> {
        let came = apart(ctx, once(ctx, &input, record, recorded));
        RecordSkillsPayload::from(ctx, came.await)
    }

    /// Takes back what the learner was said to know.
    async fn forget_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the learner does not know after all.")] input: ForgetSkillsInput,
    ) -> Option<Result<ForgetSkillsPayload>> {
        let came = apart(ctx, once(ctx, &input, forget, forgot));
        ForgetSkillsPayload::from(ctx, came.await)
    }

    /// Says what the learner thinks of a resource. Others see the average.
    async fn rate_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The resource and the stars.")] input: RateResourceInput,
    ) -> Option<Result<RateResourcePayload>> {
        let came = apart(ctx, once(ctx, &input, rate, rated));
        RateResourcePayload::from(ctx, came.await)
    }
}

async fn record(scope: &Scope, input: &RecordSkillsInput) -> Result<RecordSkillsPayload, Failed> {
    let who = scope.with(Right::Write)?;
    if input.source == SkillSource::Completed {
        let message = "COMPLETED is for steps of a roadmap: use completeStep.";
        return Err(ApiError::argument("input.source", message).into());
    }
    let mut errors = Vec::new();
    for (i, skill) in input.skills.iter().enumerate() {
        errors.extend(known_skill(scope.catalog(), &format!("input.skills[{i}]"), skill).err());
    }
    if !errors.is_empty() {
        return Err(Failed::Errors(errors));
    }
    let row = |step: &StepInput| {
        let (topic, level) = Name::from(&step.held(scope.catalog())).columns();
        let (source, recorded_at) = (input.source.name().to_owned(), instant(scope.now()));
        skill::Model { learner_id: who.id, topic, level, source, recorded_at }
    };
    let rows: Vec<_> = input.skills.iter().map(row).collect();
    scope.learners()?.store.record_skills(who.id, rows, scope.now()).await??;
    recorded(scope, input, Outcome::default()).await
}

/// What is recorded by now of what was.
async fn recorded(
    scope: &Scope,
    input: &RecordSkillsInput,
    _: Outcome,
) -> Result<RecordSkillsPayload, Failed> {
    let who = scope.with(Right::Write)?;
    let kept = scope.learners()?.skill_rows(who.id, scope.catalog()).await?;
    let of = |step: &StepInput| {
        let (topic, level) = Name::from(&step.held(scope.catalog())).columns();
        Skill::new(scope, kept.iter().find(|kept| kept.topic == topic && kept.level == level)?)
    };
    Ok(RecordSkillsPayload::of(Viewer::new(scope), input.skills.iter().filter_map(of).collect()))
}

async fn forget(scope: &Scope, input: &ForgetSkillsInput) -> Result<ForgetSkillsPayload, Failed> {
    let who = scope.with(Right::Write)?;
    let learners = scope.learners()?;
    let recorded = learners.skills(who.id, scope.catalog()).await?;
    let mut errors = Vec::new();
    for (i, skill) in input.skills.iter().enumerate() {
        // What the catalogue does not have any more may be forgotten too.
        let topic = current::topic(scope.catalog(), &skill.topic);
        if !recorded.iter().any(|name| name.topic == topic) {
            let at = format!("input.skills[{i}].topic");
            errors.extend(known_topic(scope.catalog(), &at, &skill.topic).err());
        }
    }
    if !errors.is_empty() {
        return Err(Failed::Errors(errors));
    }
    let forgotten: Vec<_> = input
        .skills
        .iter()
        .map(|skill| forgotten(scope.catalog(), &skill.topic, skill.level.map(Into::into)))
        .collect();
    learners.store.forget_skills(who.id, &forgotten, scope.now()).await?;
    Ok(ForgetSkillsPayload::of(Viewer::new(scope)))
}

async fn forgot(scope: &Scope, _: &ForgetSkillsInput, _: Outcome) -> Result<ForgetSkillsPayload, Failed> {
    scope.with(Right::Write)?;
    Ok(ForgetSkillsPayload::of(Viewer::new(scope)))
}

/// A level of a topic and the higher ones, or all of it, by all names that they may be recorded by; what is left is the level that the topic
/// defines below.
pub(super) fn forgotten(catalog: &Catalog, topic: &str, from: Option<units::Proficiency>) -> Forgotten {
    let topic = current::topic(catalog, topic);
    let lowest = from.unwrap_or(units::Proficiency::Aware);
    let is_there = |name: &Name| name.topic == topic && name.level >= lowest;
    // What was recorded at a level that is not defined any more counts as less by now.
    let was_there = |name: &Name| current::topic(catalog, &name.topic) == topic && name.level >= lowest;
    let is_gone = |name: &Name| is_there(&name.clone().held(catalog)) || was_there(name);
    let names = current::names(catalog, &topic).into_iter();
    let defined = catalog.topic(&topic).into_iter().flat_map(|topic| catalog.steps_of(topic));
    let below = defined.map(|step| catalog.steps()[step].level).filter(|level| *level < lowest).max();
    Forgotten {
        names: names.filter(is_gone).map(|name| name.columns()).collect(),
        left: below.map(|level| Name { topic: topic.clone(), level }.columns()),
    }
}

async fn rate(scope: &Scope, input: &RateResourceInput) -> Result<RateResourcePayload, Failed> {
    let who = scope.with(Right::Write)?;
    let catalog = scope.catalog();
    let Some(resource) = catalog.resource(&input.resource) else {
        let slug = &input.resource;
        let known = nearest(slug, catalog.resources().iter().map(|resource| &*resource.slug));
        let message = format!("There is no resource \"{slug}\".");
        return Err(ApiError::unknown("input.resource", message, known).into());
    };
    let catalog::Resource { slug, aliases, .. } = &catalog.resources()[resource];
    let names: Vec<String> = [slug].into_iter().chain(aliases).map(ToString::to_string).collect();
    let learners = scope.learners()?;
    match input.stars {
        MaybeUndefined::Undefined => {
            let message = "Say how many stars, from 1 to 5; null takes them back.";
            return Err(UserError::new("input.stars", UserErrorCode::Required, message).into());
        }
        MaybeUndefined::Null => learners.store.unrate(who.id, &names).await?,
        MaybeUndefined::Value(stars @ 1..=5) => {
            let (resource, rated_at) = (names[0].clone(), instant(scope.now()));
            let rating = rating::Model { learner_id: who.id, resource, stars, rated_at };
            learners.store.rate(rating, &names[1..]).await??;
        }
        MaybeUndefined::Value(stars) => {
            let message = format!("{stars} stars: give 1 to 5.");
            return Err(UserError::new("input.stars", UserErrorCode::OutOfRange, message).into());
        }
    }
    Ok(RateResourcePayload::of(Resource::new(scope, resource)))
}

async fn rated(scope: &Scope, input: &RateResourceInput, _: Outcome) -> Result<RateResourcePayload, Failed> {
    scope.with(Right::Write)?;
    let resource = scope.catalog().resource(&input.resource);
    let resource = resource.ok_or_else(|| ApiError::gone("input.resource", "resource"))?;
    Ok(RateResourcePayload::of(Resource::new(scope, resource)))
}
