//! The tables of Waymark, one file each.
//!
//! The catalogue's keys are plain numbers that the importer assigns, since its content is replaced as a whole. Nothing outside the
//! catalogue may hold on to them: slugs and levels are what stays.

pub mod alternative;
pub mod area;
pub mod author;
pub mod coverage;
pub mod requirement;
pub mod resource;
pub mod revision;
pub mod role;
pub mod step;
pub mod topic;
pub mod witness;
