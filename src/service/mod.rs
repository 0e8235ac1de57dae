//! What joins the store and the catalogue: which catalogue a database starts with, and the snapshot that requests see.

mod accounts;
mod export;
mod follow;
pub mod ground;
mod lazy;
pub mod learners;
mod memo;
mod notices;
mod plans;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use waymark_planner::Catalog;

use crate::catalog::{self, Diagnostics, Snapshot};
use crate::store::{Import, Store, StoreError};

pub use accounts::{Accounts, Refused, SESSION_DAYS, Via, Who};
pub use follow::follow;
pub use lazy::{Lazy, Lost, blocking};
pub use learners::Learners;
pub use notices::Notices;
pub use plans::{Compared, Planned, Plans};

/// The source of the embedded catalogue's revisions.
const EMBEDDED: &str = "embedded";

/// Tells the time; tests give their own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The time of the system: the one place where it is read.
#[allow(clippy::disallowed_methods)]
pub fn system_clock() -> Clock {
    Arc::new(Utc::now)
}

/// The current snapshot. Requests pin it when they begin; an import swaps it.
#[derive(Clone)]
pub struct Current(watch::Sender<Arc<Snapshot>>);

impl Current {
    /// Starts with a snapshot.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        Self(watch::Sender::new(snapshot))
    }

    /// The snapshot of this moment.
    pub fn pin(&self) -> Arc<Snapshot> {
        self.0.borrow().clone()
    }

    /// Puts another in its place; requests under way finish on theirs.
    pub fn swap(&self, snapshot: Arc<Snapshot>) {
        self.0.send_replace(snapshot);
    }

    /// Sees each snapshot that is put in the place of another from now on. Whoever looks too late sees the last one alone, so nothing
    /// is kept for those who are slow.
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.0.subscribe()
    }
}

/// The connections to a database, for those who watch them.
#[derive(Clone, Debug)]
pub struct Pools(Store);

impl Pools {
    /// Those of a store.
    pub const fn new(store: Store) -> Self {
        Self(store)
    }

    /// How many statements have been executed.
    pub fn statements(&self) -> u64 {
        self.0.statements()
    }

    /// For each pool and state how many there are.
    pub fn figures(&self) -> Vec<(&'static str, &'static str, u32)> {
        let of_pool = |(pool, in_use, idle)| [(pool, "in use", in_use), (pool, "idle", idle)];
        self.0.connections().into_iter().flat_map(of_pool).collect()
    }
}

/// Why there is no catalogue to work with.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The files are wrong.
    #[error("the catalogue has errors, and was not imported\n{0}")]
    Files(Diagnostics),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the database holds is no valid catalogue.
    #[error("the catalogue in {place} has {problems} problems: import it again")]
    Damaged {
        /// The database.
        place: String,
        /// How many.
        problems: usize,
    },
}

/// Imports a folder or file as a new revision.
///
/// # Errors
/// All that is wrong with the files, or what the database said.
pub async fn import(store: &Store, path: &Path, clock: &Clock) -> Result<(Import, Catalog), CatalogError> {
    let catalog = catalog::read(path).map_err(CatalogError::Files)?;
    let import =
        store.import(&catalog, &catalog::digest(&catalog), &path.display().to_string(), clock()).await?;
    Ok((import, catalog))
}

/// The snapshot that a server starts with: of the given files, else of what the database holds, else of the embedded catalogue.
///
/// What somebody imported stays. The embedded catalogue follows the program: a newer program brings its own as a new revision.
///
/// # Errors
/// Where the files are wrong or the database fails.
pub async fn start(
    store: &Store,
    files: Option<&Path>,
    clock: &Clock,
) -> Result<Arc<Snapshot>, CatalogError> {
    if let Some(path) = files {
        let (import, catalog) = import(store, path, clock).await?;
        return Ok(Snapshot::new(import.revision.number, catalog));
    }
    let current = store.current_revision().await?;
    if current.is_none_or(|revision| revision.source == EMBEDDED) {
        let catalog = catalog::embedded().map_err(CatalogError::Files)?;
        let import = store.import(&catalog, &catalog::digest(&catalog), EMBEDDED, clock()).await?;
        return Ok(Snapshot::new(import.revision.number, catalog));
    }
    stored(store).await?.ok_or_else(|| CatalogError::Damaged { place: store.place(), problems: 1 })
}

/// The snapshot of what a database holds; `None` where nothing was imported yet.
///
/// # Errors
/// Where the database fails.
pub async fn stored(store: &Store) -> Result<Option<Arc<Snapshot>>, CatalogError> {
    let Some((revision, draft)) = store.load().await? else { return Ok(None) };
    let damaged = |problems| CatalogError::Damaged { place: store.place(), problems };
    let build = move || Catalog::new(draft).map(|catalog| Snapshot::new(revision.number, catalog));
    let snapshot = blocking(build).await.map_err(|_| damaged(1))?;
    snapshot.map(Some).map_err(|problems| damaged(problems.len()))
}
