//! The house's own rules: the schema in the repository is the one that is served, it explains itself, and arrows point down only.

mod layers;
mod schema;
