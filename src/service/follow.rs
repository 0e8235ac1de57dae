//! Other programs import into the same database: a server that runs beside them follows.

use std::sync::Arc;
use std::time::Duration;

use tracing::{error, info};

use super::{CatalogError, Current, stored};
use crate::catalog::Snapshot;
use crate::store::Store;

/// How long the server waits between two looks: an import is seen within a second.
const PAUSE: Duration = Duration::from_millis(500);

/// Puts each revision that appears in the database in the place of the current snapshot. Requests under way finish on theirs. Ends never:
/// what fails is logged once, and tried again.
pub async fn follow(store: Store, current: Current) {
    let mut is_failing = false;
    loop {
        tokio::time::sleep(PAUSE).await;
        match newer(&store, current.pin().revision).await {
            Ok(None) => is_failing = false,
            Ok(Some(snapshot)) => {
                info!(revision = snapshot.revision, "the catalogue has a new revision");
                current.swap(snapshot);
                is_failing = false;
            }
            Err(error) if !is_failing => {
                error!(%error, "the catalogue's revisions can't be followed: the server answers on the one that it has");
                is_failing = true;
            }
            Err(_) => {}
        }
    }
}

/// The snapshot of a revision other than the one at hand; `None` where there is none.
async fn newer(store: &Store, at_hand: i32) -> Result<Option<Arc<Snapshot>>, CatalogError> {
    if store.current_revision().await?.is_none_or(|revision| revision.number == at_hand) {
        return Ok(None);
    }
    stored(store).await
}
