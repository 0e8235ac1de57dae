//! Waymark: a GraphQL server that computes personal learning roadmaps.
//!
//! One request, from the socket to the planner and back: [`http`] reads it, pins the current [`catalog::Snapshot`] and hands both to
//! the [`graphql`] schema. A query about the catalogue is answered from the snapshot alone. For a roadmap the input is checked as a
//! whole and turned into a [`waymark_planner::Request`]; [`waymark_planner::plan`] computes the roadmap off the async threads; the
//! types of the schema read it, and what costs another search (resources, choices, necessity) is computed when a query selects it.
//!
//! Learners are in the database: [`accounts`] tells who asks, [`learning`] what a kept roadmap was, is, and how far it is, and
//! [`service::Learners`] joins both with the [`store`].
//!
//! Arrows point down only: `cli` and `http` → `graphql` → `service` → `store` and the planner; `catalog` is the file format, `render`
//! draws roadmaps. A test reads the sources and fails where a lower layer names a higher one.

pub mod accounts;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod dates;
pub mod graphql;
pub mod http;
pub mod learning;
pub mod render;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod text;
