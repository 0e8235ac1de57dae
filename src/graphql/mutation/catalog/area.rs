//! Areas.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_planner::draft::AreaDraft;

use super::made::{Editing, made};
use super::naming::{RenameAreaInput, RetireAreaInput};
use super::paths::{Paths, change};
use super::payloads::payloads;
use super::terms::Terms;
use crate::catalog::edit::{AreaChange, Edit};
use crate::graphql::arguments::stated;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::types::Area;
use crate::graphql::user_errors::{apart, trimmed};

/// A new area.
#[derive(InputObject)]
pub(crate) struct CreateAreaInput {
    /// The name in addresses and arguments.
    #[doc = stated!(slug)]
    slug: String,
    /// The name for people.
    #[doc = stated!(short)]
    title: String,
    /// What it is about, in a sentence.
    #[doc = stated!(prose)]
    summary: Option<String>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of an area. What is not given stays.
#[derive(InputObject)]
pub(crate) struct UpdateAreaInput {
    /// Its slug.
    #[doc = stated!(slug)]
    slug: String,
    /// The former slugs that it is still found by. Those that are left out are taken away; none can be added, which is for renaming.
    #[doc = stated!(aliases)]
    aliases: Option<Vec<String>>,
    /// The name for people.
    #[doc = stated!(short)]
    title: Option<String>,
    /// What it is about, in a sentence; null takes it away.
    #[doc = stated!(prose)]
    summary: MaybeUndefined<String>,
    #[graphql(flatten)]
    terms: Terms,
}

impl Editing for CreateAreaInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        Edit::CreateArea(AreaDraft {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: Vec::new(),
            title: paths.text(&self.title, &format!("{path}.title"), "title"),
            summary: trimmed(self.summary.as_deref()),
        })
    }
}

impl Editing for UpdateAreaInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        Edit::ChangeArea(AreaChange {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: paths.maybe_slugs(self.aliases.as_deref(), &format!("{path}.aliases")),
            title: self.title.as_ref().map(|title| paths.text(title, &format!("{path}.title"), "title")),
            summary: change(&self.summary),
        })
    }
}

payloads! {
    /// What came of creating it.
    CreateAreaPayload {
        /// The area; null where it is gone by now, for who asks a second time.
        area: Area
    }
    /// What came of changing it.
    UpdateAreaPayload {
        /// The area.
        area: Area
    }
    /// What came of renaming it.
    RenameAreaPayload {
        /// The area.
        area: Area
    }
    /// What came of retiring it.
    RetireAreaPayload {
        /// What has taken its place; null where nothing has.
        replacement: Area
    }
}

#[derive(Default)]
pub(crate) struct AreaEdits;

#[Object]
impl AreaEdits {
    /// Creates an area.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn create_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is made of.")] input: CreateAreaInput,
    ) -> Option<Result<CreateAreaPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(CreateAreaPayload::made(&made, made.area(&[&input.slug])))
        });
        CreateAreaPayload::from(ctx, came.await)
    }

    /// Changes an area.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateAreaInput,
    ) -> Option<Result<UpdateAreaPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateAreaPayload::made(&made, made.area(&[&input.slug])))
        });
        UpdateAreaPayload::from(ctx, came.await)
    }

    /// Gives an area another slug. By the old one it is still found.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn rename_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new slug.")] input: RenameAreaInput,
    ) -> Option<Result<RenameAreaPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RenameAreaPayload::made(&made, made.area(&[&input.new_slug, &input.slug])))
        });
        RenameAreaPayload::from(ctx, came.await)
    }

    /// Retires an area; its topics move to the one that takes its place.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn retire_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what takes its place.")] input: RetireAreaInput,
    ) -> Option<Result<RetireAreaPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RetireAreaPayload::made(
                &made,
                made.area(&input.replacement.as_deref().into_iter().collect::<Vec<_>>()),
            ))
        });
        RetireAreaPayload::from(ctx, came.await)
    }
}
