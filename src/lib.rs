//! Waymark: a GraphQL server that computes personal learning roadmaps.

pub mod catalog;
pub mod store;
