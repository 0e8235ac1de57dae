//! The export of all that is kept of the learner who asks: as a text within an answer, or as a download of its own.

use std::sync::atomic::Ordering;

use async_graphql::Value;
use uuid::Uuid;

use super::access::Right;
use super::error::{ApiError, Code};
use super::scope::Scope;
use crate::service::export::Export;

/// The path of the download.
pub(crate) const EXPORT_PATH: &str = "/export/my-data";
/// The most bytes of an export that stands in an answer: an answer is built as a whole in memory.
const LARGEST_TEXT: usize = 1_000_000;

impl Scope {
    /// The learner whose data is exported.
    ///
    /// # Errors
    /// Where nobody has said who asks, or they may not.
    pub(crate) fn may_export(&self) -> Result<Uuid, ApiError> {
        Ok(self.with(Right::Read)?.id)
    }

    /// Begins the export of the asker's data.
    ///
    /// # Errors
    /// Where the asker may not, has no account any more, or the database fails.
    pub(crate) async fn export(&self) -> Result<Export, ApiError> {
        let export = self.learners()?.export(self.may_export()?).await?;
        export.ok_or_else(|| ApiError::new(Code::Unauthenticated, "The account has been deleted."))
    }

    /// The export as a text.
    ///
    /// # Errors
    /// The same, and where it is asked for twice or is too large for an answer.
    pub(super) async fn export_text(&self) -> Result<String, ApiError> {
        self.may_export()?;
        self.claim_export().await?;
        self.export().await?.text(LARGEST_TEXT).await?.ok_or_else(|| {
            let message = format!(
                "Your data has more than {LARGEST_TEXT} bytes, the most that is put in an answer: download it with \
                 GET {EXPORT_PATH}, with the same cookie or token."
            );
            ApiError::new(Code::QueryTooCostly, message)
                .with("path", Value::from(EXPORT_PATH))
                .with("most", Value::from(LARGEST_TEXT))
        })
    }

    /// Takes the one export that a request may have. All that ask for it beside each other are counted before any of them goes on, so that none does
    /// anything if there are several.
    async fn claim_export(&self) -> Result<(), ApiError> {
        let asked = self.exports_asked();
        asked.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        if asked.load(Ordering::Relaxed) == 1 {
            return Ok(());
        }
        let message = format!(
            "exportMyData is answered once in a request: ask for it in one field, or download it with GET {EXPORT_PATH}."
        );
        Err(ApiError::new(Code::QueryTooCostly, message).with("path", Value::from(EXPORT_PATH)))
    }
}
