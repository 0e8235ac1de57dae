//! The schema: thin roots over types that read the snapshot directly, and each mechanism once.

#![allow(clippy::unused_async)] // what a field resolves by is async, whether it waits or not

pub mod connection;
pub(crate) mod error;
mod executed;
mod ids;
pub mod inputs;
pub(crate) mod planning;
mod query;
mod scalars;
mod scope;
pub mod types;

use async_graphql::{EmptyMutation, EmptySubscription, Request, SDLExportOptions};

pub use executed::{Executed, operation_type};
pub use query::Query;
pub use scalars::{Date, Url};
pub use scope::Scope;

/// The deepest selection that is answered.
const DEEPEST: usize = 24;
/// The most fields that a selection may have, each counted once.
const MOST_FIELDS: usize = 4_000;

/// The executable schema. Cheap to clone.
#[derive(Clone)]
pub struct Schema(async_graphql::Schema<Query, EmptyMutation, EmptySubscription>);

impl Schema {
    /// The schema, ready to answer.
    pub fn new() -> Self {
        let schema = async_graphql::Schema::build(Query, EmptyMutation, EmptySubscription);
        Self(schema.extension(executed::Watch).limit_depth(DEEPEST).limit_complexity(MOST_FIELDS).finish())
    }

    /// Answers one request on what its scope sees. Every error carries a code.
    pub async fn execute(&self, mut request: Request, scope: Scope) -> Executed {
        let begun = executed::Begun::default();
        let is_parsed = request.parsed_query().is_ok();
        let response = self.0.execute(request.data(scope).data(begun.clone())).await;
        begun.outcome(error::with_codes(response), is_parsed)
    }

    /// The schema in the schema definition language.
    pub fn sdl(&self) -> String {
        let options = SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2);
        self.0.sdl_with_options(options)
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}
