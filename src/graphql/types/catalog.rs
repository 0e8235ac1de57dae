//! `Catalog`.

use async_graphql::Result;
use waymark_planner::measures;

use super::count;
use crate::graphql::plain::{Prepare, plain_object};
use crate::graphql::scope::Scope;

/// The catalogue as a whole, in the scope of a request.
pub struct CatalogInfo {
    scope: Scope,
}

impl CatalogInfo {
    pub(crate) fn new(scope: &Scope) -> Self {
        Self { scope: scope.clone() }
    }
}

plain_object! {
/// The catalogue that this answer was made from.
impl CatalogInfo as "Catalog" {
    /// The revision: it grows by one with each import that changes something.
    fn revision(&self) -> i32 {
        self.scope.snapshot().revision
    }

    /// Digest of the content: equal for equal catalogues, whatever their revision. After the database was
    /// restored, a revision's number can be that of another catalogue; its digest can't.
    fn digest(&self) -> String {
        self.scope.snapshot().id.to_string()
    }

    /// The number of topics.
    fn topic_count(&self) -> i32 {
        count(self.scope.catalog().topics().len())
    }

    /// The number of steps: topics at a level.
    fn step_count(&self) -> i32 {
        count(self.scope.catalog().steps().len())
    }

    /// The number of resources.
    fn resource_count(&self) -> i32 {
        count(self.scope.catalog().resources().len())
    }

    /// The number of roles on the career ladder.
    fn role_count(&self) -> i32 {
        count(self.scope.catalog().roles().len())
    }
}
waits {
    /// The structural complexity of the whole: the sum of the complexities of all steps, each with whatever a requirement names counted
    /// as required. Of use beside that of another revision; larger catalogues have more.
    async fn complexity(&self) -> Result<i32> {
        Ok(count(self.scope.of_measures(|all| measures::complexity(all)).await?))
    }

    /// The number of steps on the longest path of requirements.
    async fn longest_path(&self) -> Result<i32> {
        Ok(count(self.scope.of_measures(|all| measures::longest_path(all)).await?))
    }
}
}

impl Prepare for CatalogInfo {}
