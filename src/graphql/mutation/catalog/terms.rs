//! What every change of the catalogue may come with.

use async_graphql::InputObject;

use crate::graphql::arguments::stated;
use crate::graphql::user_errors::{UserError, UserErrorCode, trimmed};
use crate::service::Who;
use crate::service::curation;

/// How a change is to be made.
#[derive(InputObject, Clone, Default)]
pub(crate) struct Terms {
    /// What the curator says about the change, for those who look at the revisions.
    #[doc = stated!(message)]
    message: Option<String>,
    /// The revision that the curator has seen. Where it is not the newest any more, nothing is done, and the error CONFLICT says what others have
    /// changed.
    expected_revision: Option<i32>,
    /// Whether only to tell what would be different: nothing is done, and what is answered is as it would be.
    #[graphql(default)]
    dry_run: bool,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

impl Terms {
    /// In the terms of the service, by somebody, for a revision that comes from a source.
    pub(super) fn of(&self, who: &Who, source: &'static str) -> curation::Terms {
        curation::Terms {
            author: who.id,
            message: trimmed(self.message.as_deref()),
            expected: self.expected_revision,
            is_dry: self.dry_run,
            source,
        }
    }

    /// What is wrong where an edit among several comes with terms of its own.
    pub(super) fn among_others(&self, path: &str) -> Option<UserError> {
        let Self { message, expected_revision, dry_run, client_mutation_id } = self;
        let is_bare =
            message.is_none() && expected_revision.is_none() && client_mutation_id.is_none() && !dry_run;
        (!is_bare).then(|| {
            let message =
                "Say message, expectedRevision, dryRun and clientMutationId once, beside the edits.";
            UserError::new(path, UserErrorCode::Invalid, message)
        })
    }
}
