//! What the server tells of itself: logs and spans, and figures.

mod audit;
pub mod figures;
mod refusals;
mod spans;

pub use audit::{audit_trail, start_audit_trail};
pub use refusals::{keep_logging_refusals, log_refusals};
pub use spans::{Telemetry, start};
