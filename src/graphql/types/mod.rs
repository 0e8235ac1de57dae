//! The types of the schema, one file each (small ones with the type that they belong to).

mod area;
mod catalog;
mod catalog_change;
mod catalog_difference;
mod catalog_revision;
mod changes;
mod comparison;
mod enums;
mod forecast;
mod measures;
mod node;
mod placement;
mod reason;
mod requirement;
mod resource;
mod resource_plan;
mod roadmap;
mod roadmap_step;
mod role;
mod saved_roadmap;
mod saved_step;
mod schedule;
mod search;
mod shared_roadmap;
mod skill;
mod step;
mod study;
mod topic;
mod version;
mod viewer;
mod wishes;

pub use area::Area;
pub use catalog::CatalogInfo;
pub use catalog_change::CatalogChange;
pub use catalog_difference::{CatalogDifference, CatalogFieldChange, CatalogItemChange, CatalogItemKind};
pub use catalog_revision::CatalogRevision;
pub use changes::{AddedStep, ChangedChoice, GoneStep, MovedStep, RoadmapChanges, ShiftedDate};
pub use comparison::{RoadmapComparison, RoadmapOption};
pub use enums::{Proficiency, ResourceKind, RoadmapFormat};
pub use forecast::{Forecast, ObservedForecast, Progress};
pub use measures::Measures;
pub use node::Node;
pub use placement::{Placement, PlacementQuestion};
pub use reason::{Alternative, Choice, Reason};
pub use requirement::Requirement;
pub use resource::{Attestation, Coverage, Resource};
pub use resource_plan::{ResourcePick, ResourcePlan};
pub(crate) use roadmap::Need;
pub use roadmap::{Milestone, Roadmap};
pub use roadmap_step::{Practice, RoadmapStep, WeekStep};
pub use role::Role;
pub use saved_roadmap::SavedRoadmap;
pub(crate) use saved_roadmap::calendar_path;
pub(crate) use saved_step::Overview;
pub use saved_step::{SavedStep, StepState};
pub use schedule::Schedule;
pub use search::SearchResult;
pub use shared_roadmap::SharedRoadmap;
pub use skill::{ResourceRating, Skill, SkillSource};
pub use step::Step;
pub use study::StudyEntry;
pub use topic::Topic;
pub use version::{RoadmapVersion, VersionCause};
pub use viewer::{AccessToken, AccountRole, LearnerAccount, Session, TokenScope, Viewer};
pub use wishes::{DateRange, ResourceWishes, RoadmapWishes};

/// How many of something there are, as GraphQL counts: more than an Int holds is the largest Int.
pub(crate) fn count<N>(n: N) -> i32
where
    i32: TryFrom<N>,
{
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn more_than_an_int_holds_is_the_largest_int() {
        assert_eq!((count(7u32), count(u64::from(i32::MAX.unsigned_abs()) + 1)), (7, i32::MAX));
    }
}
