//! The tables of Waymark, one file each.

pub mod alternative;
pub mod area;
pub mod catalog_revision;
pub mod coverage;
pub mod requirement;
pub mod resource;
pub mod resource_author;
pub mod role;
pub mod step;
pub mod topic;
