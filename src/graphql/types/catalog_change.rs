//! `CatalogChange`.

use async_graphql::Object;

use super::CatalogInfo;
use crate::graphql::plain::Plain;
use crate::graphql::scope::Scope;

/// A new revision, in a scope that sees it.
pub struct CatalogChange {
    scope: Scope,
    previous: i32,
}

impl CatalogChange {
    pub(crate) fn new(scope: &Scope, previous: i32) -> Self {
        Self { scope: scope.clone(), previous }
    }
}

/// The catalogue has a new revision: what was asked about it before may have another answer now.
#[Object]
impl CatalogChange {
    /// The catalogue as it is now.
    async fn catalog(&self) -> Plain<CatalogInfo> {
        Plain(CatalogInfo::new(&self.scope))
    }

    /// The revision that was known before: the one told last, or the one that the subscription began with.
    async fn previous_revision(&self) -> i32 {
        self.previous
    }
}
