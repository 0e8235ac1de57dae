//! Topics.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use waymark_planner::draft::TopicDraft;

use super::made::{Editing, made};
use super::naming::{RenameTopicInput, RetireTopicInput};
use super::paths::{Paths, change};
use super::payloads::payloads;
use super::step::LevelInput;
use super::terms::Terms;
use crate::catalog::edit::{Edit, TopicChange};
use crate::graphql::arguments::stated;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::types::Topic;
use crate::graphql::user_errors::{apart, trimmed};

/// A new topic, with its levels and what they require.
#[derive(InputObject)]
pub(crate) struct CreateTopicInput {
    /// The name in addresses and arguments.
    #[doc = stated!(slug)]
    slug: String,
    /// The name for people.
    #[doc = stated!(short)]
    title: String,
    /// Other names that people use; two topics may share one.
    #[doc = stated!(names)]
    #[graphql(default)]
    names: Vec<String>,
    /// The slug of the area that it belongs to.
    #[doc = stated!(slug)]
    area: String,
    /// What it is and why it matters, in a sentence.
    #[doc = stated!(prose)]
    summary: String,
    /// Why it is worth learning although no role and no other step asks for it.
    #[doc = stated!(prose)]
    elective: Option<String>,
    /// How widely it is used among its alternatives, 0 to 100.
    #[graphql(default = 50)]
    popularity: i32,
    /// The addresses of the same thing in other vocabularies.
    #[doc = stated!(links)]
    #[graphql(default)]
    links: Vec<String>,
    /// Its levels, at least one.
    #[doc = stated!(levels)]
    levels: Vec<LevelInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// Changes of a topic. What is not given stays; its levels are changed one by one.
#[derive(InputObject)]
pub(crate) struct UpdateTopicInput {
    /// Its slug.
    #[doc = stated!(slug)]
    slug: String,
    /// The former slugs that it is still found by. Those that are left out are taken away; none can be added, which is for renaming.
    #[doc = stated!(aliases)]
    aliases: Option<Vec<String>>,
    /// The name for people.
    #[doc = stated!(short)]
    title: Option<String>,
    /// All other names that people use.
    #[doc = stated!(names)]
    names: Option<Vec<String>>,
    /// The slug of the area that it belongs to.
    #[doc = stated!(slug)]
    area: Option<String>,
    /// What it is and why it matters, in a sentence.
    #[doc = stated!(prose)]
    summary: Option<String>,
    /// Why it is worth learning although no role and no other step asks for it; null takes it away.
    #[doc = stated!(prose)]
    elective: MaybeUndefined<String>,
    /// How widely it is used among its alternatives, 0 to 100.
    popularity: Option<i32>,
    /// All addresses of the same thing in other vocabularies.
    #[doc = stated!(links)]
    links: Option<Vec<String>>,
    #[graphql(flatten)]
    terms: Terms,
}

impl Editing for CreateTopicInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        let levels = self.levels.iter().enumerate();
        Edit::CreateTopic(TopicDraft {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: Vec::new(),
            title: paths.text(&self.title, &format!("{path}.title"), "title"),
            names: paths.texts(&self.names, &format!("{path}.names"), "name"),
            area: paths.slug(&self.area, &format!("{path}.area")),
            summary: paths.text(&self.summary, &format!("{path}.summary"), "summary"),
            elective: trimmed(self.elective.as_deref()),
            popularity: paths.at(self.popularity.into(), &format!("{path}.popularity")),
            links: paths.addresses(&self.links, &format!("{path}.links")),
            levels: levels.map(|(i, level)| level.draft(paths, &format!("{path}.levels[{i}]"))).collect(),
        })
    }
}

impl Editing for UpdateTopicInput {
    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
        Edit::ChangeTopic(TopicChange {
            slug: paths.slug(&self.slug, &format!("{path}.slug")),
            aliases: paths.maybe_slugs(self.aliases.as_deref(), &format!("{path}.aliases")),
            title: self.title.as_ref().map(|title| paths.text(title, &format!("{path}.title"), "title")),
            names: self.names.as_ref().map(|names| paths.texts(names, &format!("{path}.names"), "name")),
            area: paths.maybe_slug(self.area.as_deref(), &format!("{path}.area")),
            summary: self
                .summary
                .as_ref()
                .map(|text| paths.text(text, &format!("{path}.summary"), "summary")),
            elective: change(&self.elective),
            popularity: self
                .popularity
                .map(|popularity| paths.at(popularity.into(), &format!("{path}.popularity"))),
            links: self.links.as_ref().map(|links| paths.addresses(links, &format!("{path}.links"))),
        })
    }
}

payloads! {
    /// What came of creating it.
    CreateTopicPayload {
        /// The topic; null where it is gone by now, for who asks a second time.
        topic: Topic
    }
    /// What came of changing it.
    UpdateTopicPayload {
        /// The topic.
        topic: Topic
    }
    /// What came of renaming it.
    RenameTopicPayload {
        /// The topic.
        topic: Topic
    }
    /// What came of retiring it.
    RetireTopicPayload {
        /// What has taken its place; null where nothing has.
        replacement: Topic
    }
}

#[derive(Default)]
pub(crate) struct TopicEdits;

#[Object]
impl TopicEdits {
    /// Creates a topic with its levels.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn create_topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is made of.")] input: CreateTopicInput,
    ) -> Option<Result<CreateTopicPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(CreateTopicPayload::made(&made, made.topic(&[&input.slug])))
        });
        CreateTopicPayload::from(ctx, came.await)
    }

    /// Changes a topic.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn update_topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be otherwise.")] input: UpdateTopicInput,
    ) -> Option<Result<UpdateTopicPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(UpdateTopicPayload::made(&made, made.topic(&[&input.slug])))
        });
        UpdateTopicPayload::from(ctx, came.await)
    }

    /// Gives a topic another slug. By the old one it is still found, and what learners have recorded of it counts on.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn rename_topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new slug.")] input: RenameTopicInput,
    ) -> Option<Result<RenameTopicPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RenameTopicPayload::made(&made, made.topic(&[&input.new_slug, &input.slug])))
        });
        RenameTopicPayload::from(ctx, came.await)
    }

    /// Retires a topic. What refers to it, and what learners have recorded of it, goes over to the one that takes its place.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn retire_topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what takes its place.")] input: RetireTopicInput,
    ) -> Option<Result<RetireTopicPayload>> {
        let came = apart(ctx, async {
            let made = made(ctx, &input).await?;
            Ok(RetireTopicPayload::made(
                &made,
                made.topic(&input.replacement.as_deref().into_iter().collect::<Vec<_>>()),
            ))
        });
        RetireTopicPayload::from(ctx, came.await)
    }
}
