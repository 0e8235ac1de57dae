//! What becomes of a request, and how far it got: what was not executed has no `data`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, ServerError, async_trait};

use super::Answer;

/// What became of a request.
#[derive(Debug)]
pub enum Executed {
    /// Nothing was executed: the document, or what it asks for, is at fault.
    Refused {
        /// Why.
        errors: Vec<ServerError>,
        /// Whether the document could be parsed.
        is_parsed: bool,
    },
    /// The answer, with the errors of its fields.
    Answered(Box<Answer>),
}

impl Executed {
    /// A document that could be parsed and is at fault all the same.
    pub(super) fn refused(error: ServerError) -> Self {
        Self::Refused { errors: vec![error], is_parsed: true }
    }
}

/// Goes along with a request that is validated: set where it is valid.
#[derive(Clone, Default)]
pub(super) struct Begun(Arc<AtomicBool>);

impl Begun {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Sets the [`Begun`] of each request that gets as far as its execution, and stops it there.
pub(super) struct Validated;

impl ExtensionFactory for Validated {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Validated {
    async fn execute(&self, ctx: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        if let Some(Begun(begun)) = ctx.data_opt::<Begun>() {
            begun.store(true, Ordering::Release);
        }
        Response::default()
    }
}
