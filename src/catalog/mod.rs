//! The catalogue as files: read, check, write, and look things up in.
//!
//! [`read`] takes a folder or a single file of YAML or JSON and gives a catalogue, or all that is wrong with it, each with its file,
//! line and advice. [`write()`] is its inverse. A [`Snapshot`] is what the server answers from.

mod diagnostics;
mod digest;
mod embedded;
pub mod nearest;
mod reader;
pub mod search;
mod writer;
mod yaml;

use std::path::Path;
use std::sync::Arc;

use waymark_planner::Catalog;
use waymark_planner::measures::Depths;

pub use diagnostics::{Diagnostic, Diagnostics};
pub use digest::digest;
pub use embedded::embedded;
pub use search::TextIndex;
pub use writer::{WriteError, write};

/// Reads the catalogue of a folder or of a single file.
///
/// # Errors
/// Everything that is wrong with it, ordered by file and line.
pub fn read(path: impl AsRef<Path>) -> Result<Catalog, Diagnostics> {
    reader::read(path.as_ref())
}

/// A revision of the catalogue with what is derived from it: immutable, and shared by all requests that began while it was current.
#[derive(Debug)]
pub struct Snapshot {
    /// Counts the catalogues that were imported into a database.
    pub revision: i32,
    /// The content's fingerprint, equal for equal catalogues.
    pub digest: String,
    /// The catalogue itself.
    pub catalog: Catalog,
    /// For the search over its texts.
    pub index: TextIndex,
    /// For the measures of its steps.
    pub depths: Depths,
}

impl Snapshot {
    /// Derives what belongs to a catalogue.
    pub fn new(revision: i32, catalog: Catalog) -> Arc<Self> {
        let (digest, index, depths) = (digest(&catalog), TextIndex::new(&catalog), Depths::new(&catalog));
        Arc::new(Self { revision, digest, catalog, index, depths })
    }
}
