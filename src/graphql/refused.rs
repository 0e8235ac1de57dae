//! How far a request gets: what is not executed has no `data`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Response, ServerError, async_trait};

/// A request that is not executed: the document, or what it asks for, is at fault.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub errors: Vec<ServerError>,
    /// Whether the document could be parsed.
    pub is_parsed: bool,
}

impl Refused {
    /// A document that could be parsed and is at fault all the same.
    pub(super) fn parsed(error: ServerError) -> Self {
        Self { errors: vec![error], is_parsed: true }
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
