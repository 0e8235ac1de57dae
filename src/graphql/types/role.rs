//! `Role`.

use async_graphql::ID;
use waymark_planner::catalog;
use waymark_planner::ids::RoleId;

use super::Requirement;
use crate::graphql::ids::NodeId;
use crate::graphql::plain::plain_object;
use crate::graphql::scope::Scope;

/// A role, in the scope of a request.
#[derive(Clone)]
pub struct Role {
    scope: Scope,
    id: RoleId,
}

impl Role {
    pub(crate) fn new(scope: &Scope, id: RoleId) -> Self {
        Self { scope: scope.clone(), id }
    }

    fn get(&self) -> &catalog::Role {
        &self.scope.catalog().roles()[self.id]
    }
}

plain_object! {
/// A rung of the career ladder. To hold a role is to satisfy its requirements and those of every role below it.
impl Role {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) fn id(&self) -> ID {
        NodeId::Role(self.id).encode(self.scope.catalog())
    }

    /// The name in addresses and arguments.
    fn slug(&self) -> &str {
        &self.get().slug
    }

    /// Slugs that it had before, or of roles that it has taken the place of, in alphabetical order: each of them still finds it.
    fn aliases(&self) -> Vec<&str> {
        self.get().aliases.iter().map(|alias| &**alias).collect()
    }

    /// The name for people.
    fn title(&self) -> &str {
        &self.get().title
    }

    /// What somebody in the role does, in a sentence.
    fn summary(&self) -> &str {
        &self.get().summary
    }

    /// The role below it; null for the first.
    fn after(&self) -> Option<Role> {
        self.get().after.map(|id| Self::new(&self.scope, id))
    }

    /// The roles right above it, by slug.
    fn next(&self) -> Vec<Role> {
        self.scope.catalog().next_roles(self.id).map(|id| Self::new(&self.scope, id)).collect()
    }

    /// What the role itself asks for, without the roles below it.
    fn requires(&self) -> Vec<Requirement> {
        let entries = self.scope.catalog().role_requires(self.id);
        entries.map(|entry| Requirement::of_entry(&self.scope, entry)).collect()
    }
}
}
