//! Roadmaps for people and for their programs: pure functions from a roadmap to text.

mod sheet;
pub mod terminal;

pub use sheet::Sheet;
