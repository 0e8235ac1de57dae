//! The catalogue as files: read, check, write, and look things up in.
//!
//! [`read`] takes a folder or a single file of YAML or JSON and gives a catalogue, or all that is wrong with it, each with its file,
//! line and advice. [`write()`] is its inverse; [`parse`] and [`print`] do the same between a catalogue and a text. A [`Snapshot`] is
//! what the server answers from.

mod diagnostics;
pub mod diff;
mod digest;
pub mod edit;
mod embedded;
mod json_schema;
mod keys;
pub mod nearest;
mod packed;
mod places;
mod reader;
pub mod report;
pub mod search;
pub mod strict;
mod writer;
mod yaml;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use waymark_planner::Catalog;
use waymark_planner::ids::{Arena, StepId};
use waymark_planner::measures::{self, Measures};

pub use diagnostics::{Diagnostic, Diagnostics};
pub use digest::{CatalogId, hex};
pub use embedded::{embedded, embedded_placed};
pub use json_schema::json_schema;
pub use keys::{NameKey, NameKeys, name_key};
pub use packed::{pack, unpack, unpack_text};
pub use places::Places;
pub use reader::is_language;
pub use search::TextIndex;
pub use writer::{WriteError, print, write};

/// Reads the catalogue of a folder or of a single file.
///
/// # Errors
/// Everything that is wrong with it, ordered by file and line.
pub fn read(path: impl AsRef<Path>) -> Result<Catalog, Diagnostics> {
    read_placed(path).map(|placed| placed.catalog)
}

/// As [`read`], with the places of what was read.
///
/// # Errors
/// As [`read`].
pub fn read_placed(path: impl AsRef<Path>) -> Result<Placed, Diagnostics> {
    reader::read(path.as_ref())
}

/// A catalogue, and where in its files each thing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Placed {
    pub catalog: Catalog,
    pub places: Places,
}

/// Reads the text of a single file; its name's ending tells YAML from JSON, and errors name it.
///
/// # Errors
/// Everything that is wrong with it, ordered by line.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Catalog, Diagnostics> {
    reader::read_file(name, bytes).map(|placed| placed.catalog)
}

/// A catalogue under its number in a database. The number alone is no identity: after a restore, and
/// in another database, it is the number of another catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CatalogVersion {
    /// The number of the revision, from 1; 0 for a catalogue without a database.
    pub revision: i32,
    /// The content.
    pub id: CatalogId,
}

impl CatalogVersion {
    /// Whether this is the revision of a number and a digest, as a database has them. Releases before
    /// the second form of digests wrote others, which match nothing.
    pub fn is(&self, number: i32, digest: &str) -> bool {
        self.revision == number && self.id.to_string() == digest
    }
}

/// A revision of the catalogue with what is derived from it: immutable, and shared by all requests that began while it was current.
#[derive(Debug)]
pub struct Snapshot {
    /// Number of the revision. Never compare it alone: see [`Snapshot::version`].
    pub revision: i32,
    /// The identity of the content, computed from the content itself.
    pub id: CatalogId,
    /// The catalogue itself.
    pub catalog: Catalog,
    /// For the search over its texts.
    pub index: TextIndex,
    measures: OnceLock<Arena<StepId, Measures>>,
    keys: OnceLock<NameKeys>,
}

impl Snapshot {
    /// Derives what belongs to a catalogue.
    pub fn new(revision: i32, catalog: Catalog) -> Arc<Self> {
        let (id, index) = (CatalogId::of(&catalog), TextIndex::new(&catalog));
        Arc::new(Self { revision, id, catalog, index, measures: OnceLock::new(), keys: OnceLock::new() })
    }

    /// The content with its number.
    pub const fn version(&self) -> CatalogVersion {
        CatalogVersion { revision: self.revision, id: self.id }
    }

    /// Steps, topics and roles by the keys of their names. The first call makes the index: a millisecond for a thousand names.
    pub fn keys(&self) -> &NameKeys {
        self.keys.get_or_init(|| NameKeys::new(&self.catalog))
    }

    /// The measures of each step in the catalogue as a whole. The first call computes them, which blocks.
    pub fn measures(&self) -> &Arena<StepId, Measures> {
        self.measures.get_or_init(|| measures::of_catalog(&self.catalog))
    }
}
