//! Notices that another file has taken the place of a SQLite database that is open, as after a restore
//! under a running server. Connections that are open then still have the old file: what they write would
//! be lost with it, so they are closed instead of used again.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The file at a path, watched. A clone is another handle to the same.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    path: PathBuf,
    seen: Arc<Mutex<Option<Seen>>>,
    /// Counts the files that have taken the place of others.
    epoch: Arc<AtomicU64>,
}

/// The file that was there last, and when it was seen first; `None` for the first of all.
type Seen = (FileId, Option<Instant>);

/// Tells files of one machine apart: device and inode.
type FileId = (u64, u64);

impl Watched {
    /// Watches a path; the epoch grows with each file that takes the place of another.
    pub(super) fn new(path: &Path, epoch: Arc<AtomicU64>) -> Self {
        Self { path: path.to_owned(), seen: Arc::default(), epoch }
    }

    /// Whether a connection that was opened so long ago has the file that is at the path now. While
    /// there is none, which is so in the middle of a restore, it has.
    pub(super) fn is_on(&self, age: Duration) -> bool {
        let Some(now) = file_id(&self.path) else { return true };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let since = match *seen {
            Some((last, since)) if last == now => since,
            None => None,
            Some(_) => {
                self.epoch.fetch_add(1, Ordering::Relaxed);
                tracing::warn!(
                    file = %self.path.display(),
                    "another file has taken the place of the database: it is opened anew. Stop the server before a \
                     restore: what was written last may be in the old file alone"
                );
                Some(Instant::now())
            }
        };
        *seen = Some((now, since));
        since.is_none_or(|since| age < since.elapsed())
    }
}

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

/// Windows lets nobody replace a file that is open.
#[cfg(not(unix))]
fn file_id(_: &Path) -> Option<FileId> {
    None
}
