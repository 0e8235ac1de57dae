//! `Area`.

use async_graphql::{ID, Result};
use waymark_planner::catalog;
use waymark_planner::ids::AreaId;

use super::Topic;
use crate::graphql::connection::{Connection, Page};
use crate::graphql::ids::NodeId;
use crate::graphql::plain::plain_object;
use crate::graphql::scope::Scope;

/// An area, in the scope of a request.
#[derive(Clone)]
pub struct Area {
    scope: Scope,
    id: AreaId,
}

impl Area {
    pub(crate) fn new(scope: &Scope, id: AreaId) -> Self {
        Self { scope: scope.clone(), id }
    }

    fn get(&self) -> &catalog::Area {
        &self.scope.catalog().areas()[self.id]
    }
}

plain_object! {
/// A field of knowledge that topics are grouped by.
impl Area {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) fn id(&self) -> ID {
        NodeId::Area(self.id).encode(self.scope.catalog())
    }

    /// The name in addresses and arguments.
    fn slug(&self) -> &str {
        &self.get().slug
    }

    /// Slugs that it had before, or of areas that it has taken the place of, in alphabetical order: each of them still finds it.
    fn aliases(&self) -> Vec<&str> {
        self.get().aliases.iter().map(|alias| &**alias).collect()
    }

    /// The name for people.
    fn title(&self) -> &str {
        &self.get().title
    }

    /// What the area is about, in a sentence.
    fn summary(&self) -> Option<&str> {
        self.get().summary.as_deref()
    }

    /// The topics of the area, by slug.
    fn topics(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<String>,
    ) -> Result<Connection<Topic>> {
        let page = Page { first, after, last, before };
        Ok(page.of(&self.get().topics, |id| Topic::key(&self.scope, id), |id| Topic::new(&self.scope, id))?)
    }
}
}
