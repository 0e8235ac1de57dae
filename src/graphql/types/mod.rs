//! The types of the schema, one file each (small ones with the type that they belong to).

mod area;
mod catalog;
mod comparison;
mod enums;
mod node;
mod reason;
mod requirement;
mod resource;
mod resource_plan;
mod roadmap;
mod roadmap_step;
mod role;
mod schedule;
mod search;
mod step;
mod topic;

pub use area::Area;
pub use catalog::CatalogInfo;
pub use comparison::{RoadmapComparison, RoadmapOption};
pub use enums::{Proficiency, ResourceKind, RoadmapFormat};
pub use node::Node;
pub use reason::{Alternative, Choice, Reason};
pub use requirement::Requirement;
pub use resource::{Coverage, Resource};
pub use resource_plan::{ResourcePick, ResourcePlan};
pub use roadmap::{Milestone, Roadmap};
pub use roadmap_step::RoadmapStep;
pub use role::Role;
pub use schedule::Schedule;
pub use search::SearchResult;
pub use step::{Measures, Step};
pub use topic::Topic;

/// How many of something there are, as GraphQL counts.
pub(crate) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
