//! The house's own rules: the schema in the repository is the one that is served, it explains itself, and arrows point down only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

mod identity;
mod layers;
mod packaging;
mod promises;
mod readme;
mod schema;
