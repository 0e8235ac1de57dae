//! `Topic`.

use async_graphql::{ID, Result};
use waymark_planner::ids::{ResourceId, TopicId};
use waymark_planner::{catalog, units};

use super::{Area, Proficiency, Resource, Step};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::error::ApiError;
use crate::graphql::ids::NodeId;
use crate::graphql::loaders::LevelIn;
use crate::graphql::plain::plain_object;
use crate::graphql::scalars::Url;
use crate::graphql::scope::Scope;

/// A topic, in the scope of a request.
#[derive(Clone)]
pub struct Topic {
    scope: Scope,
    id: TopicId,
}

impl Topic {
    pub(crate) fn new(scope: &Scope, id: TopicId) -> Self {
        Self { scope: scope.clone(), id }
    }

    /// Its key in connections.
    pub(crate) fn key(scope: &Scope, id: TopicId) -> String {
        scope.catalog().topics()[id].slug.to_string()
    }

    fn get(&self) -> &catalog::Topic {
        &self.scope.catalog().topics()[self.id]
    }

    /// The resources that cover any of its steps, by slug.
    fn resource_ids(&self) -> Vec<ResourceId> {
        let catalog = self.scope.catalog();
        let coverages = catalog.steps_of(self.id).flat_map(|step| catalog.taught_by(step));
        let mut ids: Vec<_> = coverages.map(|&coverage| catalog.coverages()[coverage].resource).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

plain_object! {
/// Something to learn, at one or more levels of proficiency.
impl Topic {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) fn id(&self) -> ID {
        NodeId::Topic(self.id).encode(self.scope.catalog())
    }

    /// The name in addresses and arguments.
    fn slug(&self) -> &str {
        &self.get().slug
    }

    /// Slugs that it had before, or of topics that it has taken the place of, in alphabetical order: each of them still finds it.
    fn aliases(&self) -> Vec<&str> {
        self.get().aliases.iter().map(|alias| &**alias).collect()
    }

    /// The name for people.
    fn title(&self) -> &str {
        &self.get().title
    }

    /// Other names that people use, in alphabetical order; search finds it by them.
    fn names(&self) -> Vec<&str> {
        self.get().names.iter().map(|name| &**name).collect()
    }

    /// How widely it is used among its alternatives, 0 to 100: decides between plans of equal hours.
    fn popularity(&self) -> i32 {
        self.get().popularity.into()
    }

    /// The addresses of the same thing in other vocabularies.
    fn links(&self) -> Vec<Url> {
        self.get().links.iter().map(|link| Url(link.to_string())).collect()
    }

    /// What it is and why it matters, in a sentence.
    fn summary(&self) -> &str {
        &self.get().summary
    }

    /// Why it is worth learning although no role and no other step asks for it; null where something does.
    fn elective(&self) -> Option<&str> {
        self.get().elective.as_deref()
    }

    /// The area that it belongs to.
    fn area(&self) -> Area {
        Area::new(&self.scope, self.get().area)
    }

    /// Its levels, lowest first.
    fn steps(&self) -> Vec<Step> {
        self.scope.catalog().steps_of(self.id).map(|step| Step::new(&self.scope, step)).collect()
    }

    /// The topic at one level; null where it does not define that level.
    fn step(&self, #[graphql(desc = "The level.")] level: Proficiency) -> Option<Step> {
        let step = self.scope.catalog().step(self.id, level.into())?;
        Some(Step::new(&self.scope, step))
    }

    /// The resources that teach any of its levels, by slug.
    fn resources(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<String>,
    ) -> Result<Connection<Resource>> {
        let page = Page { first, after, last, before };
        let resource = |id| Resource::new(&self.scope, id);
        Ok(page.of(&self.resource_ids(), |id| Resource::key(&self.scope, id), resource)?)
    }
}
waits {
    /// The highest level of it that the learner who asks has recorded to hold; null where there is none, or nobody has said who asks.
    async fn viewer_level(&self) -> Option<Result<Proficiency>> {
        let found: Result<Option<Proficiency>> = async {
            Ok(viewer_level(&self.scope, self.id).await?.flatten().map(Into::into))
        }
        .await;
        found.transpose()
    }
}
}

/// The highest level of a topic that the asker has recorded; `None` where nobody has said who asks.
pub(super) async fn viewer_level(
    scope: &Scope,
    topic: TopicId,
) -> Result<Option<Option<units::Proficiency>>, ApiError> {
    let Some(who) = scope.reader() else { return Ok(None) };
    let key = LevelIn(who.id, Topic::key(scope, topic));
    Ok(Some(scope.loaders()?.load(key).await?))
}
