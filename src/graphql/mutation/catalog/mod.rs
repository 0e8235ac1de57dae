//! What curators do to the catalogue: a mutation for each thing, and some for all of it. Each makes one new revision, valid as a whole.

mod area;
mod made;
mod naming;
mod paths;
mod payloads;
mod requirement;
mod resource;
mod role;
mod step;
mod terms;
mod topic;
mod whole;

use async_graphql::MergedObject;

/// Everything that curators do.
#[derive(MergedObject, Default)]
pub(crate) struct Curators(
    area::AreaEdits,
    topic::TopicEdits,
    step::StepEdits,
    role::RoleEdits,
    resource::ResourceEdits,
    requirement::RequirementEdits,
    whole::CatalogEdits,
);
