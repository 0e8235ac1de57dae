//! `CatalogRevision`.

use std::collections::HashMap;

use async_graphql::{Object, Result};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::CatalogDifference;
use crate::graphql::error::ApiError;
use crate::graphql::price::{DIFFERENCE, cost};
use crate::graphql::scope::Scope;
use crate::store::Revision;

/// A revision, in the scope of a request.
#[derive(Clone)]
pub struct CatalogRevision {
    scope: Scope,
    revision: Revision,
    author: Option<String>,
}

impl CatalogRevision {
    /// With the name of its author, where it is among the names.
    pub(crate) fn new(scope: &Scope, revision: Revision, names: &HashMap<Uuid, String>) -> Self {
        let author = revision.author.and_then(|author| names.get(&author).cloned());
        Self { scope: scope.clone(), revision, author }
    }

    /// The words for one that is not there, or was not kept.
    pub(crate) fn unknown(number: i32) -> String {
        format!(
            "What was in revision {number} is not known: there is none of the number, or it is from before that was kept."
        )
    }
}

/// The catalogue as it was, or is, from one change to the next.
#[Object]
impl CatalogRevision {
    /// Counted from 1.
    async fn number(&self) -> i32 {
        self.revision.number
    }

    /// When it was made.
    async fn imported_at(&self) -> DateTime<Utc> {
        self.revision.imported_at
    }

    /// What the curator who made it is called; null where no curator did, or the account is gone.
    async fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// What its author says about it.
    async fn message(&self) -> Option<&str> {
        self.revision.message.as_deref()
    }

    /// Where it comes from: `edit`, `import` or `revert` for what curators do here, `embedded` for what the program brings, or else what was
    /// imported on the server's machine.
    async fn source(&self) -> &str {
        &self.revision.source
    }

    /// The fingerprint of its content: equal for equal catalogues.
    async fn digest(&self) -> &str {
        &self.revision.digest
    }

    /// What is different from the revision before; null for the first, and where one of the two is from before revisions were kept.
    #[graphql(directive = cost::apply(DIFFERENCE, None))]
    async fn diff(&self) -> Option<Result<Vec<CatalogDifference>>> {
        let found: Result<Option<Vec<CatalogDifference>>> = async {
            if self.revision.number <= 1 {
                return Ok(None);
            }
            let (before, after) = (self.revision.number - 1, self.revision.number);
            let differences =
                self.scope.curation()?.differences(before, after).await.map_err(ApiError::from)?;
            Ok(differences.ok().map(|all| all.iter().cloned().map(CatalogDifference::from).collect()))
        }
        .await;
        found.transpose()
    }
}
