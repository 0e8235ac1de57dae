//! Arguments: their shapes, and all that can be wrong with them.

mod current;
mod filters;
mod placement;
mod roadmap;

pub use filters::{ResourceFilter, ResourceOrder, TopicFilter, TopicOrder};
pub use placement::{PlacementAnswer, PlacementAnswerInput, PlacementInput};
pub use roadmap::{DateRangeInput, ResourcePreferences, RoadmapInput, StepInput};
pub(crate) use roadmap::{known_skill, known_topic};
