//! Roles.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_planner::draft::RoleDraft;

use super::made::{Editing, made};
use super::naming::{RenameRoleInput, RetireRoleInput};
use super::paths::Paths;
use super::payloads::payloads;
use super::requirement::{WeightedRequirementInput, weighted};
use super::terms::Terms;
use crate::catalog::edit::{Edit, RoleChange};
use crate::graphql::arguments::stated;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::types::Role;
use crate::graphql::user_errors::apart;

/// A new role.
#[derive(InputObject)]
pub(crate) struct CreateRoleInput {
    /// The name in addresses and arguments.
    #[doc = stated!(slug)]
    slug: String,
    /// The name for people.
    #[doc = stated!(short)]
    title: String,
    /// What somebody in the role does, in a sentence.
    #[doc = stated!(prose)]
    summary: String,
    /// The slug of the role below it. The ladder has one first role, without one.
    #[doc = stated!(slug)]
    after: Option<String>,
    /// What the role itself asks for, without the roles below it.
    #[doc = stated!(requirements)]
    #[graphql(default)]
    requires: Vec<WeightedRequirementInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of a role. What is not given stays.
#[derive(InputObject)]
pub(crate) struct UpdateRoleInput {
    /// Its slug.
    #[doc = stated!(slug)]
    slug: String,
    /// The former slugs that it is still found by. Those that are left out are taken away; none can be added, which is for renaming.
    #[doc = stated!(aliases)]
    aliases: Option<Vec<String>>,
    /// The name for people.
    #[doc = stated!(short)]
    title: Option<String>,
    /// What somebody in the role does, in a sentence.
    #[doc = stated!(prose)]
    summary: Option<String>,
    /// The slug of the role below it; null makes it the first.
    #[doc = stated!(slug)]
    after: MaybeUndefined<String>,
    /// All that the role itself asks for.
    #[doc = stated!(requirements)]
    requires: Option<Vec<WeightedRequirementInput>>,
    #[graphql(flatten)]
    terms: Terms,
}

impl Editing for CreateRoleInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        Edit::CreateRole(RoleDraft {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: Vec::new(),
            title: paths.text(&self.title, &format!("{path}.title"), "title"),
            summary: paths.text(&self.summary, &format!("{path}.summary"), "summary"),
            after: paths.maybe_slug(self.after.as_deref(), &format!("{path}.after")),
            requires: weighted(&self.requires, paths, &format!("{path}.requires")),
        })
    }
}

impl Editing for UpdateRoleInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let after = match &self.after {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(after) => Some(Some(paths.slug(after, &format!("{path}.after")))),
        };
        Edit::ChangeRole(RoleChange {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: paths.maybe_slugs(self.aliases.as_deref(), &format!("{path}.aliases")),
            title: self.title.as_ref().map(|title| paths.text(title, &format!("{path}.title"), "title")),
            summary: self
                .summary
                .as_ref()
                .map(|text| paths.text(text, &format!("{path}.summary"), "summary")),
            after,
            requires: self.requires.as_ref().map(|all| weighted(all, paths, &format!("{path}.requires"))),
        })
    }
}

payloads! {
    /// What came of creating it.
    CreateRolePayload {
        /// The role; null where it is gone by now, for who asks a second time.
        role: Role
    }
    /// What came of changing it.
    UpdateRolePayload {
        /// The role.
        role: Role
    }
    /// What came of renaming it.
    RenameRolePayload {
        /// The role.
        role: Role
    }
    /// What came of retiring it.
    RetireRolePayload {
        /// What has taken its place; null where nothing has.
        replacement: Role
    }
}

#[derive(Default)]
pub(crate) struct RoleEdits;

#[Object]
impl RoleEdits {
    /// Creates a role.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn create_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is made of.")] input: CreateRoleInput,
    ) -> Option<Result<CreateRolePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(CreateRolePayload::made(&made, made.role(&[&input.slug])))
        });
        CreateRolePayload::from(ctx, came.await)
    }

    /// Changes a role.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateRoleInput,
    ) -> Option<Result<UpdateRolePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateRolePayload::made(&made, made.role(&[&input.slug])))
        });
        UpdateRolePayload::from(ctx, came.await)
    }

    /// Gives a role another slug. By the old one it is still found.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn rename_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new slug.")] input: RenameRoleInput,
    ) -> Option<Result<RenameRolePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RenameRolePayload::made(&made, made.role(&[&input.new_slug, &input.slug])))
        });
        RenameRolePayload::from(ctx, came.await)
    }

    /// Retires a role; those above it come after the one that takes its place. What it asked for goes with it, and does not go over: the `diff` tells what
    /// that was. Where it is still to be asked for, add it to another role.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn retire_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what takes its place.")] input: RetireRoleInput,
    ) -> Option<Result<RetireRolePayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RetireRolePayload::made(
                &made,
                made.role(&input.replacement.as_deref().into_iter().collect::<Vec<_>>()),
            ))
        });
        RetireRolePayload::from(ctx, came.await)
    }
}
