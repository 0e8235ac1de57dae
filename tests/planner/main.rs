//! The planner against proven optima, and against itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

mod cases;
mod effort;
mod extremes;
mod hostile;
mod model;
mod placement;
mod properties;
mod reference;
mod stability;
