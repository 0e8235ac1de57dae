//! What the server tells of itself: logs and spans, and figures.

pub mod figures;
mod spans;

pub use spans::{Telemetry, start};
