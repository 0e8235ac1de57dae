//! `SearchResult`.

use async_graphql::Union;

use super::{Resource, Role, Topic};
use crate::catalog::search::Found;
use crate::graphql::plain::plain_union;
use crate::graphql::scope::Scope;

/// What a search finds.
#[derive(Union, Clone)]
pub enum SearchResult {
    /// A topic.
    Topic(Topic),
    /// A resource.
    Resource(Resource),
    /// A role.
    Role(Role),
}

impl SearchResult {
    pub(crate) fn new(scope: &Scope, found: Found) -> Self {
        match found {
            Found::Topic(id) => Self::Topic(Topic::new(scope, id)),
            Found::Resource(id) => Self::Resource(Resource::new(scope, id)),
            Found::Role(id) => Self::Role(Role::new(scope, id)),
        }
    }

    /// Its key in connections.
    pub(crate) fn key(scope: &Scope, found: Found) -> String {
        let catalog = scope.catalog();
        match found {
            Found::Topic(id) => format!("Topic:{}", catalog.topics()[id].slug),
            Found::Resource(id) => format!("Resource:{}", catalog.resources()[id].slug),
            Found::Role(id) => format!("Role:{}", catalog.roles()[id].slug),
        }
    }
}

plain_union!(SearchResult { Topic, Resource, Role });
