//! The core of Waymark: a catalogue of topics as an AND/OR graph of steps, and the roadmap computed from it.

pub mod catalog;
pub mod draft;
pub mod graph;
pub mod ids;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used, clippy::missing_panics_doc)]
pub mod testing;
pub mod units;

pub use catalog::Catalog;
