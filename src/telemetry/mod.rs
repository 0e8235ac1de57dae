//! What the server tells of itself: logs and spans, and figures.

pub mod figures;
mod refusals;
mod spans;

pub use refusals::{keep_logging_refusals, log_refusals};
pub use spans::{Telemetry, start};
