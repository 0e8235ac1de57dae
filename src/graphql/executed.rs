//! What becomes of a request, and how far it got: what was not executed has no `data`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, ServerError, async_trait};

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
    Answered(Box<Response>),
}

impl Executed {
    /// A document that could be parsed and is at fault all the same.
    pub(super) fn refused(error: ServerError) -> Self {
        Self::Refused { errors: vec![error], is_parsed: true }
    }
}

/// Goes along with a request: set when its execution begins.
#[derive(Clone, Default)]
pub(super) struct Begun(Arc<AtomicBool>);

impl Begun {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Goes along with a request that is validated and not executed.
pub(super) struct ValidateOnly;

/// Sets the [`Begun`] of each request, and stops those that are to be validated only.
pub(super) struct Watch;

impl ExtensionFactory for Watch {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Watch {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if let Some(Begun(begun)) = ctx.data_opt::<Begun>() {
            begun.store(true, Ordering::Release);
        }
        if ctx.data_opt::<ValidateOnly>().is_some() {
            return Response::default();
        }
        next.run(ctx, operation_name).await
    }
}
