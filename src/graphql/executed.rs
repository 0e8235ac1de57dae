//! Whether a request got as far as being executed: until then an answer has no `data`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{Request, Response, ServerError, async_trait};

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
    Answered(Response),
}

/// Set when the execution begins.
#[derive(Clone, Default)]
pub(super) struct Begun(Arc<AtomicBool>);

impl Begun {
    /// What became of the request that this came along with.
    pub(super) fn outcome(&self, response: Response, is_parsed: bool) -> Executed {
        if self.0.load(Ordering::Acquire) {
            return Executed::Answered(response);
        }
        Executed::Refused { errors: response.errors, is_parsed }
    }
}

/// Sets the [`Begun`] of each request.
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
        next.run(ctx, operation_name).await
    }
}

/// What kind of operation a request asks for; `None` where its document can't be parsed, or it is not clear which is meant. The request
/// keeps the document, so that it is parsed once.
pub fn operation_type(request: &mut Request) -> Option<OperationType> {
    let name = request.operation_name.clone();
    match (&request.parsed_query().ok()?.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation.node.ty),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.iter().find(|(own, _)| own.as_str() == name).map(|(_, operation)| operation.node.ty)
        }
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| operation.node.ty)
        }
        (DocumentOperations::Multiple(_), None) => None,
    }
}
