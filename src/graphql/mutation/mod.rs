//! The root of all mutations: one for each thing that somebody does, a file for what belongs together.

mod accounts;
mod catalog;
mod once;
mod progress;
mod roadmaps;
mod sharing;
mod skills;

use async_graphql::MergedObject;

/// Everything that can be changed. Each takes one `input`, and answers with what was changed, or with what a person has to enter otherwise.
#[derive(MergedObject, Default)]
pub struct Mutation(
    accounts::Sessions,
    accounts::Passwords,
    accounts::Tokens,
    accounts::Roles,
    skills::Skills,
    roadmaps::Roadmaps,
    sharing::Sharing,
    progress::Steps,
    catalog::Curators,
);
