//! Requirements of steps and of roles, one at a time. One is told from the others by its steps.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, OneofObject, Result};
use waymark_planner::draft::{At, EntryDraft};

use super::made::{Editing, Made, invalid, made};
use super::paths::{Paths, change};
use super::payloads::payloads;
use super::terms::Terms;
use crate::catalog::edit::{Edit, Owner, RequirementChange};
use crate::graphql::arguments::stated;
use crate::graphql::inputs::StepInput;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::types::Node;
use crate::graphql::user_errors::{apart, trimmed};

/// A requirement of a step: any one of these steps satisfies it.
#[derive(InputObject)]
pub(crate) struct RequirementInput {
    /// The steps, at least one.
    #[doc = stated!(alternatives)]
    any_of: Vec<StepInput>,
}

/// A requirement of a role: any one of these steps satisfies it.
#[derive(InputObject)]
pub(crate) struct WeightedRequirementInput {
    /// The steps, at least one.
    #[doc = stated!(alternatives)]
    any_of: Vec<StepInput>,
    /// How much it matters, from 1 to 3.
    #[graphql(default = 1)]
    weight: i32,
    /// Why the steps stand for each other, where that does not speak for itself.
    #[doc = stated!(prose)]
    reason: Option<String>,
}

/// Whose a requirement is.
#[derive(OneofObject)]
pub(crate) enum RequirementOwnerInput {
    /// A step that needs it.
    RequiredByStep(StepInput),
    /// A step that is easier with it.
    RecommendedByStep(StepInput),
    /// The slug of a role that asks for it.
    #[doc = stated!(slug)]
    RequiredByRole(String),
}

/// A new requirement.
#[derive(InputObject)]
pub(crate) struct AddRequirementInput {
    /// Whose it is.
    owner: RequirementOwnerInput,
    /// The steps of which any one satisfies it, at least one.
    #[doc = stated!(alternatives)]
    any_of: Vec<StepInput>,
    /// How much it matters to a role, from 1 to 3; 1 for a step.
    #[graphql(default = 1)]
    weight: i32,
    /// Why the steps stand for each other, where that does not speak for itself; of a role's requirement alone.
    #[doc = stated!(prose)]
    reason: Option<String>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of a requirement. What is not given stays.
#[derive(InputObject)]
pub(crate) struct UpdateRequirementInput {
    /// Whose it is.
    owner: RequirementOwnerInput,
    /// Its steps so far, in any order.
    #[doc = stated!(alternatives)]
    any_of: Vec<StepInput>,
    /// Its steps from now on.
    #[doc = stated!(alternatives)]
    new_any_of: Option<Vec<StepInput>>,
    /// How much it matters to a role from now on, from 1 to 3.
    weight: Option<i32>,
    /// Why the steps of a role's requirement stand for each other from now on; null takes it away.
    #[doc = stated!(prose)]
    reason: MaybeUndefined<String>,
    #[graphql(flatten)]
    terms: Terms,
}

/// The end of a requirement.
#[derive(InputObject)]
pub(crate) struct RemoveRequirementInput {
    /// Whose it is.
    owner: RequirementOwnerInput,
    /// Its steps, in any order.
    #[doc = stated!(alternatives)]
    any_of: Vec<StepInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Requirements of steps.
pub(super) fn plain(all: &[RequirementInput], paths: &mut Paths, path: &str) -> Vec<EntryDraft> {
    let all = all.iter().enumerate();
    all.map(|(i, given)| entry(&given.any_of, 1, None, paths, &format!("{path}[{i}]"))).collect()
}

/// Requirements of a role.
pub(super) fn weighted(all: &[WeightedRequirementInput], paths: &mut Paths, path: &str) -> Vec<EntryDraft> {
    let all = all.iter().enumerate();
    let entry = |(i, given): (usize, &WeightedRequirementInput)| {
        let reason = given.reason.as_deref();
        entry(&given.any_of, given.weight, reason, paths, &format!("{path}[{i}]"))
    };
    all.map(entry).collect()
}

fn entry(
    any_of: &[StepInput],
    weight: i32,
    reason: Option<&str>,
    paths: &mut Paths,
    path: &str,
) -> EntryDraft {
    EntryDraft {
        any_of: paths.steps(any_of, &format!("{path}.anyOf")),
        weight: paths.at(weight.into(), &format!("{path}.weight")),
        reason: trimmed(reason),
        origin: paths.origin(&format!("{path}.anyOf")),
    }
}

impl RequirementOwnerInput {
    /// The owner, which takes a weight and a reason only if it is a role.
    fn owner(&self, weight: Option<i32>, has_reason: bool, paths: &mut Paths, path: &str) -> Owner {
        if has_reason && !matches!(self, Self::RequiredByRole(_)) {
            let message = "Only what a role asks for has a reason: leave it out.";
            paths.errors.push(invalid(&format!("{path}.reason"), message));
        }
        if weight.is_some_and(|weight| weight != 1) && !matches!(self, Self::RequiredByRole(_)) {
            let message = "Only what a role asks for has a weight: leave it out.";
            paths.errors.push(invalid(&format!("{path}.weight"), message));
        }
        let at = |field: &str| format!("{path}.owner.{field}");
        match self {
            Self::RequiredByStep(step) => Owner::Requires(paths.step(step, &at("requiredByStep"))),
            Self::RecommendedByStep(step) => Owner::Recommends(paths.step(step, &at("recommendedByStep"))),
            Self::RequiredByRole(slug) => Owner::Role(paths.slug(slug, &at("requiredByRole"))),
        }
    }

    /// The owner as it is after a change.
    fn seen(&self, made: &Made) -> Option<Node> {
        match self {
            Self::RequiredByStep(step) | Self::RecommendedByStep(step) => made.step(step).map(Node::Step),
            Self::RequiredByRole(slug) => made.role(&[slug]).map(Node::Role),
        }
    }
}

impl Editing for AddRequirementInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let owner = self.owner.owner(Some(self.weight), self.reason.is_some(), paths, path);
        let reason = self.reason.as_deref();
        Edit::AddRequirement(owner, entry(&self.any_of, self.weight, reason, paths, path))
    }
}

impl Editing for UpdateRequirementInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let owner = self.owner.owner(self.weight, self.reason.is_value(), paths, path);
        let steps = named(&self.any_of, paths, path);
        let new = self.new_any_of.as_ref().map(|steps| {
            let path = format!("{path}.newAnyOf");
            At::new(paths.steps(steps, &path), paths.origin(&path))
        });
        let weight = self.weight.map(|weight| paths.at(weight.into(), &format!("{path}.weight")));
        Edit::ChangeRequirement(
            owner,
            steps,
            RequirementChange { any_of: new, weight, reason: change(&self.reason) },
        )
    }
}

impl Editing for RemoveRequirementInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let owner = self.owner.owner(None, false, paths, path);
        Edit::RemoveRequirement(owner, named(&self.any_of, paths, path))
    }
}

/// The steps that name a requirement.
fn named(any_of: &[StepInput], paths: &mut Paths, path: &str) -> At<Vec<String>> {
    let path = format!("{path}.anyOf");
    let names = paths.steps(any_of, &path).into_iter().map(|step| step.value).collect();
    paths.at(names, &path)
}

payloads! {
    /// What came of adding it.
    AddRequirementPayload {
        /// The step or the role whose it is.
        owner: Node
    }
    /// What came of changing it.
    UpdateRequirementPayload {
        /// The step or the role whose it is.
        owner: Node
    }
    /// What came of removing it.
    RemoveRequirementPayload {
        /// The step or the role whose it was.
        owner: Node
    }
}

#[derive(Default)]
pub(crate) struct RequirementEdits;

#[Object]
impl RequirementEdits {
    /// Adds a requirement to a step or a role. One that would make a circle is refused with its path.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn add_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose it is, and what.")] input: AddRequirementInput,
    ) -> Option<Result<AddRequirementPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(AddRequirementPayload::made(&made, input.owner.seen(&made)))
        });
        AddRequirementPayload::from(ctx, came.await)
    }

    /// Changes a requirement of a step or a role.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what is to be otherwise.")] input: UpdateRequirementInput,
    ) -> Option<Result<UpdateRequirementPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateRequirementPayload::made(&made, input.owner.seen(&made)))
        });
        UpdateRequirementPayload::from(ctx, came.await)
    }

    /// Takes a requirement of a step or a role away.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn remove_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RemoveRequirementInput,
    ) -> Option<Result<RemoveRequirementPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RemoveRequirementPayload::made(&made, input.owner.seen(&made)))
        });
        RemoveRequirementPayload::from(ctx, came.await)
    }
}
