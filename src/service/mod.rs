//! What joins the store and the catalogue: which catalogue a database starts with, and the snapshot that requests see.

mod accounts;
mod allowance;
mod compared;
pub mod curation;
pub mod export;
mod follow;
pub mod ground;
mod lazy;
pub mod learners;
mod memo;
mod noted;
mod notices;
mod plans;
pub mod study;
mod write_rate;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use waymark_planner::Catalog;

use self::compared::Comparisons;
use crate::catalog::{self, CatalogId, Diagnostics, Snapshot};
use crate::store::{Import, NewRevision, Store, StoreError};

pub use accounts::{
    Accounts, Added, Deletion, Origin, Refused, SESSION_DAYS, SignedIn, Via, Who, of_account,
};
pub use allowance::{Allowance, Unplanned};
pub use follow::follow;
pub use lazy::{Lazy, Lost, blocking, reading};
pub use learners::Learners;
pub use notices::Notices;
pub use plans::{Compared, Planned, Planner, Plans};
pub use write_rate::WriteRate;

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
pub struct Current {
    snapshot: watch::Sender<Arc<Snapshot>>,
    /// What was different between revisions before.
    compared: Comparisons,
}

impl Current {
    /// Starts with a snapshot.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot: watch::Sender::new(snapshot), compared: Comparisons::default() }
    }

    /// The snapshot of this moment.
    pub fn pin(&self) -> Arc<Snapshot> {
        self.snapshot.borrow().clone()
    }

    /// Puts another in its place; requests under way finish on theirs.
    pub fn swap(&self, snapshot: Arc<Snapshot>) {
        self.snapshot.send_replace(snapshot);
    }

    /// Puts another in the place of the one that was looked at, unless that has been replaced meanwhile.
    pub fn replace(&self, seen: &Arc<Snapshot>, snapshot: Arc<Snapshot>) -> bool {
        self.snapshot.send_if_modified(|current| {
            let is_seen = Arc::ptr_eq(current, seen);
            if is_seen {
                *current = snapshot;
            }
            is_seen
        })
    }

    /// Puts the snapshot of an import in its place, where none has been meanwhile that is later still. Numbers are compared here: both are of
    /// one database. Where that was put back meanwhile, [`follow()`] finds what it holds by its content.
    pub fn advance(&self, snapshot: Arc<Snapshot>) {
        self.snapshot.send_if_modified(|current| {
            let is_later = snapshot.revision > current.revision;
            if is_later {
                *current = snapshot;
            }
            is_later
        });
    }

    /// Sees each snapshot that is put in the place of another from now on. Whoever looks too late sees the last one alone, so nothing
    /// is kept for those who are slow.
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshot.subscribe()
    }
}

/// A database as those see it who watch over the server.
#[derive(Clone, Debug)]
pub struct Watched(Store);

impl Watched {
    /// The database of a store.
    pub const fn new(store: Store) -> Self {
        Self(store)
    }

    /// How many statements have been executed.
    pub fn statements(&self) -> u64 {
        self.0.statements()
    }

    /// What keeps the database from being used, in words for everybody.
    pub fn trouble(&self) -> Option<String> {
        self.0.trouble().map(|trouble| trouble.to_string())
    }

    /// How many failures there were, by kind.
    pub fn errors(&self) -> Vec<(&'static str, u64)> {
        self.0.errors()
    }

    /// For each pool and state how many connections there are.
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
pub async fn import(
    store: &Store,
    path: &Path,
    message: Option<&str>,
    clock: &Clock,
) -> Result<(Import, Catalog), CatalogError> {
    let catalog = read(path)?;
    let import = import_from(store, &catalog, &path.display().to_string(), message, clock).await?;
    Ok((import, catalog))
}

/// Reads a folder or file.
///
/// # Errors
/// All that is wrong with it.
pub fn read(path: &Path) -> Result<Catalog, CatalogError> {
    catalog::read(path).map_err(CatalogError::Files)
}

/// The identity of a catalogue as the database keeps it.
fn digest_of(catalog: &Catalog) -> String {
    CatalogId::of(catalog).to_string()
}

/// Imports a catalogue that nobody has signed, whatever is there.
async fn import_from(
    store: &Store,
    catalog: &Catalog,
    source: &str,
    message: Option<&str>,
    clock: &Clock,
) -> Result<Import, StoreError> {
    let (digest, content) = (digest_of(catalog), catalog::pack(catalog));
    let new =
        NewRevision { catalog, digest: &digest, source, author: None, message, content, expected: None };
    store.import(new, clock()).await
}

/// The snapshot that a server starts with: of the given files, else of what the database holds, else of the embedded catalogue.
///
/// What somebody imported or edited stays: files that have not changed since they were brought do not take the place of what curators have made of
/// them. The embedded catalogue follows the program: a newer program brings its own as a new revision. Each
/// program brings its own once, so that two versions side by side do not take turns for ever.
///
/// # Errors
/// Where the files are wrong or the database fails.
pub async fn start(
    store: &Store,
    files: Option<&Path>,
    clock: &Clock,
) -> Result<Arc<Snapshot>, CatalogError> {
    let snapshot = first(store, files, clock).await?;
    // Earlier releases did not keep what was in a revision: of the newest it is still known.
    if store.revision_content(snapshot.revision).await?.is_none() {
        store.keep_content(snapshot.revision, catalog::pack(&snapshot.catalog)).await?;
    }
    Ok(snapshot)
}

async fn first(store: &Store, files: Option<&Path>, clock: &Clock) -> Result<Arc<Snapshot>, CatalogError> {
    if let Some(path) = files {
        let (catalog, source) = (read(path)?, path.display().to_string());
        let brought = store.newest_unsigned().await?;
        if brought.is_none_or(|brought| brought.source != source || brought.digest != digest_of(&catalog)) {
            let import = import_from(store, &catalog, &source, None, clock).await?;
            return Ok(Snapshot::new(import.revision().number, catalog));
        }
    }
    let current = store.current_revision().await?;
    if files.is_none() && current.as_ref().is_none_or(|revision| revision.source == EMBEDDED) {
        let catalog = catalog::embedded().map_err(CatalogError::Files)?;
        let digest = digest_of(&catalog);
        if let Some(same) = current.filter(|revision| revision.digest == digest) {
            return Ok(Snapshot::new(same.number, catalog));
        }
        if !store.has_come(EMBEDDED, &digest).await? {
            let import = import_from(store, &catalog, EMBEDDED, None, clock).await?;
            return Ok(Snapshot::new(import.revision().number, catalog));
        }
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

#[cfg(test)]
mod tests {
    use waymark_planner::testing;

    use super::*;

    #[tokio::test]
    async fn programs_of_two_versions_do_not_take_turns_in_bringing_their_catalogues() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("waymark.db").display().to_string()).await.unwrap();
        store.migrate().await.unwrap();
        let clock = system_clock();
        let number = async || start(&store, None, &clock).await.unwrap().revision;
        let by = async |catalog: &str, source| {
            import_from(&store, &testing::catalog(catalog, &[]), source, None, &clock).await.unwrap();
        };
        // Another version has been here, and is followed once.
        by("a@W:1", EMBEDDED).await;
        assert_eq!((number().await, number().await), (2, 2));
        // A later one is not taken back by this one's next start.
        by("a@W:2", EMBEDDED).await;
        assert_eq!((number().await, number().await), (3, 3));
        // What a curator makes of it stays.
        by("a@W:3", "edit").await;
        assert_eq!(number().await, 4);
    }

    #[tokio::test]
    async fn what_curators_make_of_files_stays_until_the_files_change() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("waymark.db").display().to_string()).await.unwrap();
        store.migrate().await.unwrap();
        let clock = system_clock();
        let write = |name: &str, catalog: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, catalog::print(&testing::catalog(catalog, &[]))).unwrap();
            path
        };
        let number = async |path: &Path| start(&store, Some(path), &clock).await.unwrap().revision;
        let (one, other) = (write("one.yaml", "a@W:1"), write("other.yaml", "b@W:1"));
        assert_eq!((number(&one).await, number(&one).await), (1, 1));
        let edited = testing::catalog("a@W:9", &[]);
        let (digest, content) = (digest_of(&edited), catalog::pack(&edited));
        let author = Some(uuid::Uuid::from_u128(1));
        let (source, message, expected) = ("edit", None, None);
        let new =
            NewRevision { catalog: &edited, digest: &digest, source, author, message, content, expected };
        store.import(new, clock()).await.unwrap();
        assert_eq!(number(&one).await, 2, "the curator's");
        write("one.yaml", "a@W:2");
        assert_eq!(number(&one).await, 3, "the files are others");
        assert_eq!(
            (number(&other).await, number(&one).await),
            (4, 5),
            "each server starts on what it is told to"
        );
    }
}
